"""What the cells of each Keras layer read: one rule a layer type.

The registry is open (`functools.singledispatch`): a new layer enters it beside its own class, and
likewise `operations.multiply_adds` if it multiplies by weights::

    from seglab.dimensions import Window, reach

    @reach.register
    def _(layer: Unpooling, sizes):
        return tuple(Window(((0,), (0,)), 1, 2 * size) for size in sizes)

A layer without a rule is named in the table; what it sees is not guessed.
"""

from functools import singledispatch

from keras import layers as keras_layers

from seglab.dimensions.fields import Window
from seglab.dimensions.formulas import (
    convolution_size,
    padding,
    pooling_size,
    transposed_crop,
    transposed_size,
    upsampling_size,
)

# Every output cell reads its own input cell: activations, merges, dense layers on a map.
CELL = "cell"
# Every output cell reads all input cells: global pooling, flattening.
WHOLE = "whole"


@singledispatch
def reach(layer, sizes):
    """What the output cells of a layer read: CELL, WHOLE, a Window an axis, or None for unknown.

    sizes: input cells along each spatial axis, numbers or symbolic; () for a vector.
    """
    return None


def spatial(layer, shape):
    """The spatial part of a shape (without batch): (H, W) of (H, W, channels)."""
    channels_first = getattr(layer, "data_format", None) == "channels_first"
    return tuple(shape[1:] if channels_first else shape[:-1])


def channels(layer, shape):
    """The channels of a shape (without batch)."""
    return shape[0 if getattr(layer, "data_format", None) == "channels_first" else -1]


def register(rules, *kinds):
    """Register one function for several layer types."""

    def registered(function):
        for kind in kinds:
            rules.register(kind, function)
        return function

    return registered


@register(reach, keras_layers.Conv1D, keras_layers.Conv2D, keras_layers.Conv3D)
@register(reach, keras_layers.DepthwiseConv1D, keras_layers.DepthwiseConv2D)
@register(reach, keras_layers.SeparableConv1D, keras_layers.SeparableConv2D)
def _(layer, sizes):
    return tuple(
        convolution_window(size, kernel, stride, layer.padding, dilation)
        for size, kernel, stride, dilation in zip(
            sizes, layer.kernel_size, layer.strides, layer.dilation_rate
        )
    )


def convolution_window(size, kernel, stride, mode, dilation):
    """A convolution's window along one axis: `kernel` cells, `dilation` apart."""
    before, after = padding(size, kernel, stride, mode, dilation)
    reads = tuple(dilation * tap - before for tap in range(kernel))
    if mode == "same":
        return Window((reads,), stride, -(-size // stride))
    outputs = convolution_size(size, kernel, stride, before, after, dilation)
    return Window((reads,), stride, outputs)


@register(reach, keras_layers.MaxPooling1D, keras_layers.MaxPooling2D, keras_layers.MaxPooling3D)
@register(reach, keras_layers.AveragePooling1D, keras_layers.AveragePooling2D)
@register(reach, keras_layers.AveragePooling3D)
def _(layer, sizes):
    return tuple(
        pooling_window(size, pool, stride, layer.padding)
        for size, pool, stride in zip(sizes, layer.pool_size, layer.strides)
    )


def pooling_window(size, pool, stride, mode):
    """A pool's window along one axis."""
    before, _ = padding(size, pool, stride, mode)
    reads = tuple(range(-before, pool - before))
    return Window((reads,), stride, pooling_size(size, pool, stride, mode))


@register(reach, keras_layers.Conv1DTranspose, keras_layers.Conv2DTranspose)
@register(reach, keras_layers.Conv3DTranspose)
def _(layer, sizes):
    extra = layer.output_padding
    extra = extra if isinstance(extra, tuple) else (extra,) * len(sizes)
    return tuple(
        transposed_window(size, kernel, stride, layer.padding, more, dilation)
        for size, kernel, stride, more, dilation in zip(
            sizes, layer.kernel_size, layer.strides, extra, layer.dilation_rate
        )
    )


def transposed_window(size, kernel, stride, mode, output_padding, dilation):
    """A transposed convolution read backwards: which input cells write this output cell?"""
    before, _ = transposed_crop(size, kernel, stride, mode, output_padding, dilation)
    reads = tuple(
        tuple(
            (phase + before - dilation * tap) // stride
            for tap in range(kernel)
            if (phase + before - dilation * tap) % stride == 0
        )
        for phase in range(stride)
    )
    outputs = transposed_size(size, kernel, stride, mode, output_padding, dilation)
    return Window(reads, 1, outputs)


@register(reach, keras_layers.UpSampling1D, keras_layers.UpSampling2D, keras_layers.UpSampling3D)
def _(layer, sizes):
    interpolation = getattr(layer, "interpolation", "nearest")
    if interpolation not in ("nearest", "bilinear"):
        return None
    factors = layer.size if isinstance(layer.size, tuple) else (layer.size,) * len(sizes)
    return tuple(
        upsampling_window(size, factor, interpolation) for size, factor in zip(sizes, factors)
    )


def upsampling_window(size, factor, interpolation):
    """Nearest reads one cell. Bilinear reads the two whose centres lie around the output's centre.

    The output's centre lies at (phase + 1/2) / factor - 1/2 input cells; where that is a whole
    number, the other cell has weight 0.
    """
    reads = []
    for phase in range(factor):
        cell, between = divmod(2 * phase + 1 - factor, 2 * factor)
        if interpolation == "nearest":
            reads.append((0,))
        else:
            reads.append((cell, cell + 1) if between else (cell,))
    return Window(tuple(reads), 1, upsampling_size(size, factor))


@register(reach, keras_layers.ZeroPadding1D, keras_layers.ZeroPadding2D)
@register(reach, keras_layers.ZeroPadding3D)
def _(layer, sizes):
    return _moved(sizes, layer.padding)


@register(reach, keras_layers.Cropping1D, keras_layers.Cropping2D, keras_layers.Cropping3D)
def _(layer, sizes):
    cropping = layer.cropping if len(sizes) > 1 else (layer.cropping,)
    return _moved(sizes, [(-before, -after) for before, after in cropping])


def _moved(sizes, margins):
    margins = margins if isinstance(margins[0], (tuple, list)) else (margins,)
    return tuple(
        Window(((-before,),), 1, size + before + after)
        for size, (before, after) in zip(sizes, margins)
    )


@register(reach, keras_layers.GlobalAveragePooling1D, keras_layers.GlobalAveragePooling2D)
@register(reach, keras_layers.GlobalAveragePooling3D, keras_layers.GlobalMaxPooling1D)
@register(reach, keras_layers.GlobalMaxPooling2D, keras_layers.GlobalMaxPooling3D)
@register(reach, keras_layers.Flatten, keras_layers.GroupNormalization)
def _(layer, sizes):
    return WHOLE


@register(reach, keras_layers.InputLayer, keras_layers.Identity, keras_layers.Dense)
@register(reach, keras_layers.Activation, keras_layers.ReLU, keras_layers.LeakyReLU)
@register(reach, keras_layers.ELU, keras_layers.PReLU, keras_layers.Dropout)
@register(reach, keras_layers.SpatialDropout1D, keras_layers.SpatialDropout2D)
@register(reach, keras_layers.GaussianNoise, keras_layers.GaussianDropout)
@register(reach, keras_layers.AlphaDropout, keras_layers.BatchNormalization)
@register(reach, keras_layers.Rescaling, keras_layers.Normalization)
@register(reach, keras_layers.ActivityRegularization, keras_layers.UnitNormalization)
@register(reach, keras_layers.Add, keras_layers.Subtract, keras_layers.Multiply)
@register(reach, keras_layers.Average, keras_layers.Maximum, keras_layers.Minimum)
def _(layer, sizes):
    return CELL


@register(reach, keras_layers.Softmax, keras_layers.LayerNormalization)
@register(reach, keras_layers.Concatenate)
def _(layer, sizes):
    """Over the channels these stay within the cell; along H or W they do not, and have no rule."""
    axis = layer.axis[0] if isinstance(layer.axis, (list, tuple)) else layer.axis
    return CELL if axis in (-1, len(sizes) + 1) else None


@register(reach, keras_layers.Reshape)
def _(layer, sizes):
    """Keeping H and W keeps the cells; a vector has no cells to mix."""
    return CELL if layer.target_shape[:-1] == sizes or not sizes else None
