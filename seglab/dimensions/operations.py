"""Multiply-adds of each Keras layer: one rule a layer type, in a registry open like `reach`."""

from functools import singledispatch
from math import prod

from keras import layers as keras_layers

from seglab.dimensions.layers import channels, register, spatial


@singledispatch
def multiply_adds(layer, input_shape, output_shape):
    """Multiplications (each with its addition) for one image; shapes are without the batch axis.

    Weights are counted, zeros of the padding included; biases, activations, pools are not.
    """
    return 0


@register(multiply_adds, keras_layers.Conv1D, keras_layers.Conv2D, keras_layers.Conv3D)
def _(layer, input_shape, output_shape):
    per_output = prod(layer.kernel_size) * channels(layer, input_shape) // layer.groups
    return prod(output_shape) * per_output


@register(multiply_adds, keras_layers.DepthwiseConv1D, keras_layers.DepthwiseConv2D)
def _(layer, input_shape, output_shape):
    return prod(output_shape) * prod(layer.kernel_size)


@register(multiply_adds, keras_layers.SeparableConv1D, keras_layers.SeparableConv2D)
def _(layer, input_shape, output_shape):
    depth = channels(layer, input_shape) * layer.depth_multiplier
    per_cell = prod(layer.kernel_size) * depth + depth * layer.filters
    return prod(spatial(layer, output_shape)) * per_cell


@register(multiply_adds, keras_layers.Conv1DTranspose, keras_layers.Conv2DTranspose)
@register(multiply_adds, keras_layers.Conv3DTranspose)
def _(layer, input_shape, output_shape):
    """Every input cell is written k_h · k_w times, also where the result is then cut off."""
    return prod(input_shape) * prod(layer.kernel_size) * layer.filters


@register(multiply_adds, keras_layers.Dense)
def _(layer, input_shape, output_shape):
    return prod(output_shape) * input_shape[-1]


@register(multiply_adds, keras_layers.BatchNormalization)
def _(layer, input_shape, output_shape):
    """In prediction, scale and shift are one multiplication and one addition a value."""
    return prod(output_shape)
