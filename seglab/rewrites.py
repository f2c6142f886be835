"""Rewrites of a model that change no score, made while it runs; `equivalences` shows why.

A 1x1 convolution to a few scores usually comes last, after up-sampling and concatenation have made
many and large features. All of these are linear, so the scores can be taken first:

- before up-sampling: every cell is scored once, and its score is copied;
- before concatenation: every part is scored where it is made, and the scores are added;
- before a transposed convolution without activation: the two kernels multiply to one small kernel.

So these layers only leave a note of what they would do. A 1x1 convolution, and what follows it cell
by cell, passes through notes; any other layer has them carried out. The layers and the weights are
the model's own: nothing is copied, and nothing is out of date when it has learnt more.
"""

from functools import cached_property, lru_cache, reduce
from math import prod

import keras
import numpy as np
from keras import layers, ops, tree

from seglab.dimensions.walk import is_graph


def rewritten(model, size=None):
    """A model with the same scores in less time; the model itself, if its layers are not known yet.

    It takes images of any size, where no layer of the model is tied to one. size: (H, W) of the
    images, to be given where the model `interpolates`: a model for this size only.
    """
    if not (is_graph(model) and model.built):
        return model
    return _rewritten(model, size, model.jit_compile, *model.layers)


@lru_cache(maxsize=32)
def _rewritten(model, size, *changing):  # compiled anew, or a Sequential model with other layers
    return Rewritten(model)


def interpolates(model):
    """True with bilinear up-sampling, which Keras cannot trace in TensorFlow for any size at once.

    `ops.image.resize` asks whether the size is positive, and of a size that is not known yet,
    TensorFlow does not say (Keras 3.15).
    """
    return any(
        interpolates(layer) if is_graph(layer) else _interpolation(layer) != "nearest"
        for layer in model.layers
    )


def _interpolation(layer):
    return getattr(layer, "interpolation", "nearest")


class Rewritten(keras.Model):
    """What `model` gives, in fewer steps."""

    def __init__(self, model):
        super().__init__(name=model.name)
        self.model, self.jit_compile = model, model.jit_compile

    def call(self, images):
        return tree.map_structure(tensor, through(self.model, images))


def through(model, x):
    """What a Sequential or functional model gives: tensors, or notes of them."""
    if isinstance(model, keras.Sequential):
        return reduce(lambda x, layer: noting(layer)(x), model.layers, x)
    return model._run_through_graph(x, operation_fn=noting)


def noting(layer):
    """The layer as a function of tensors and notes."""

    def apply(*args, **kwargs):
        plain = not kwargs and getattr(layer, "data_format", "channels_last") == "channels_last"
        if plain and is_graph(layer):
            return through(layer, *args)
        if plain and type(layer) in RULES:
            return RULES[type(layer)](layer, *args)
        args, kwargs = tree.map_structure(tensor, (args, kwargs))
        return layer(*args, **kwargs)

    return apply


class Note:
    """A layer and what it reads: it is carried out when its tensor is asked for."""

    def __init__(self, layer, features):
        self.layer, self.features = layer, features

    @cached_property
    def tensor(self):
        return self.layer(tree.map_structure(tensor, self.features))


class Upsampled(Note):
    """Copies of cells; in other interpolations, mixtures of cells whose shares sum to 1."""

    @property
    def channels(self):
        return channels(self.features)


class Concatenated(Note):
    """Parts, side by side in the channels."""

    @property
    def channels(self):
        return sum(map(channels, self.features))


class Transposed(Note):
    """A transposed convolution without activation."""

    @property
    def channels(self):
        return self.layer.filters


def tensor(x):
    return x.tensor if isinstance(x, Note) else x


def channels(x):
    return x.channels if isinstance(x, Note) else x.shape[-1]


def scores(x, kernel):
    """A 1x1 convolution of a tensor or note; kernel: (channels, num_classes)."""
    num_classes = kernel.shape[-1]
    if isinstance(x, Upsampled):
        return Upsampled(x.layer, scores(x.features, kernel))
    if isinstance(x, Concatenated) and len(x.features) * num_classes < x.channels:
        return summed_scores(x.features, kernel)
    if isinstance(x, Transposed) and num_classes * prod(x.layer.kernel_size) < channels(x.features):
        return transposed_scores(x, kernel)
    return ops.matmul(tensor(x), kernel)


def summed_scores(parts, kernel):
    """Every part scored with its own rows of the kernel."""
    ends = np.cumsum([channels(part) for part in parts])
    kernels = ops.split(kernel, ends[:-1])
    return reduce(ops.add, (tensor(scores(*pair)) for pair in zip(parts, kernels)))


def transposed_scores(x, kernel):
    """Every cell's scores for the pixels that it writes to, then written and added there."""
    layer, num_classes = x.layer, kernel.shape[-1]
    taps = ops.einsum("hwfi,fc->ihwc", layer.kernel, kernel)
    written = prod(taps.shape[1:])
    y = ops.conv_transpose(
        tensor(scores(x.features, ops.reshape(taps, (-1, written)))),
        ops.reshape(ops.eye(written), (*layer.kernel_size, num_classes, written)),
        layer.strides,
        layer.padding,
        layer.output_padding,
        dilation_rate=layer.dilation_rate,
    )
    return ops.add(y, ops.matmul(layer.bias, kernel)) if layer.use_bias else y


def each(x, function):
    """A function of single cells, of a tensor or note: copies are made afterwards."""
    if isinstance(x, Upsampled) and _interpolation(x.layer) == "nearest":
        return Upsampled(x.layer, each(x.features, function))
    return function(tensor(x))


def pointwise(layer, x):
    """A Conv2D: if it is 1x1, its scores are taken through the notes."""
    if layer.kernel_size + layer.strides != (1, 1, 1, 1) or layer.groups > 1:
        return layer(tensor(x))
    x = scores(x, layer.kernel[0, 0])
    if layer.use_bias:
        x = each(x, lambda cells: ops.add(cells, layer.bias))
    return activated(x, layer.activation, layer.activation)


def activated(x, activation, function):
    """`function`, which applies an activation; one that is not Keras's own may look around."""
    keras_own = getattr(keras.activations, getattr(activation, "__name__", ""), None)
    return each(x, function) if activation is keras_own else function(tensor(x))


# What single layers do with a tensor or note (Concatenate: with a list of them).
RULES = {
    layers.UpSampling2D: Upsampled,
    layers.Concatenate: lambda layer, parts: (
        Concatenated(layer, parts) if layer.axis in (-1, 3) else layer(list(map(tensor, parts)))
    ),
    layers.Conv2DTranspose: lambda layer, x: (
        Transposed(layer, x) if layer.activation is keras.activations.linear else layer(tensor(x))
    ),
    layers.Conv2D: pointwise,
    layers.Activation: lambda layer, x: activated(x, layer.activation, layer),
    layers.BatchNormalization: lambda layer, x: (
        each(x, layer) if layer.axis in (-1, 3) else layer(tensor(x))
    ),
    layers.Dropout: lambda layer, x: each(x, layer),
}
