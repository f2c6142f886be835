"""A window classifier computed for all windows of an image, with nothing computed twice.

Neighbouring windows overlap, and where a classifier pads nothing, they agree on what they overlap.
So every layer is computed once for the whole image. A pool (or any layer with a stride) would give
every second cell only; here it gives all of them, and they are dealt into *fragments*: maps of
every second row and column, in which the next layer finds its neighbours side by side, as in a
window. At the end the scores of all fragments are interleaved.

Source: Giusti, Cireşan, Masci, Gambardella & Schmidhuber (2013), Fast image scanning with deep
max-pooling convolutional neural networks. Dilated layers (Li, Zhao & Wang 2014) give the same; in
`benchmarks/windows.py`'s setting on two cores, they took 1.1 times as long.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import keras
from keras import layers, ops

from seglab.dimensions import effective_kernel

# Where every size is compiled anew, images are made for a multiple of so many windows.
SHARED_WINDOWS = 32

POOLS = {layers.MaxPooling2D: ops.max_pool, layers.AveragePooling2D: ops.average_pool}
ACTIVATIONS = {layers.Activation, layers.ReLU, layers.Softmax}


class Stage(NamedTuple):
    """A layer at work on fragments.

    span: cells that an output cell reads, (rows, columns). step: cells from one output to the next.
    split: into how many fragments every map is then dealt, along each axis; step · split is the
    layer's own stride.
    """

    layer: layers.Layer
    span: tuple = (1, 1)
    step: int = 1
    split: int = 1


def stages(classifier, stride):
    """What there is to compute for windows that lie `stride` pixels apart: a list of `Stage`.

    As long as the windows' stride is a multiple of the layers', nothing has to be dealt.
    """
    listed, left, flattened = [], stride, (1, 1)
    for layer in classifier.layers:
        if type(layer) is layers.Flatten:
            flattened = layer.input.shape[1:3]
        elif type(layer) is layers.Dense:
            listed.append(Stage(layer, flattened))
            flattened = (1, 1)
        elif type(layer) is not layers.Dropout:
            own = getattr(layer, "strides", (1, 1))[0]
            dealt = any(stage.split > 1 for stage in listed)
            step = 1 if dealt else math.gcd(left, own)
            listed.append(Stage(layer, span(layer), step, own // step))
            left //= step
    return listed


def span(layer):
    """Cells from the first to the last that an output cell reads, (rows, columns)."""
    kernel = getattr(layer, "pool_size", getattr(layer, "kernel_size", (1, 1)))
    dilation = getattr(layer, "dilation_rate", (1, 1))
    return tuple(map(effective_kernel, kernel, dilation))


def scan(classifier, stride):
    """The `Scan` of a classifier that `dense_windows.obstacle` finds nothing against."""
    return _scan(classifier, stride, classifier.jit_compile, *classifier.layers)


@lru_cache(maxsize=8)
def _scan(classifier, stride, *changing):  # compiled anew, or a Sequential with other layers
    return Scan(classifier, stride)


class Scan(keras.Model):
    """A window classifier for all windows of an image, with the classifier's own weights.

    (1, H, W, channels) -> the scores of all fragments, (fragments, rows, columns, classes).
    """

    def __init__(self, classifier, stride):
        super().__init__(name=f"{classifier.name}_scan")
        self.classifier, self.stride = classifier, stride
        self.jit_compile = classifier.jit_compile
        listed = stages(classifier, stride)
        self.splits = [stage.split for stage in listed if stage.split > 1]
        # What is left of the stride is computed in vain and left out at last.
        self.left = stride // math.prod(stage.step for stage in listed)

    def call(self, x):
        for stage in stages(self.classifier, self.stride):
            x = fragments(output(stage, x), stage.split)
        return x

    def pixels(self, windows, axis):
        """The side of an image that holds at least so many windows along an axis."""
        if self.jit_compile:
            windows += -windows % SHARED_WINDOWS
        side = -(-((windows - 1) * self.left + 1) // math.prod(self.splits))
        for stage in reversed(stages(self.classifier, self.stride)):
            side = (side * stage.split - 1) * stage.step + stage.span[axis]
        return side

    def scores(self, image):
        """Scores of all windows of an image (H, W, channels): (rows, columns, num_classes)."""
        scores = interleaved(self.predict_on_batch(image[None]), self.splits)
        return scores[:: self.left, :: self.left]


def output(stage, x):
    """What a layer gives at the step of its stage, its own stride or a part of it."""
    layer = stage.layer
    if type(layer) in POOLS:
        return POOLS[type(layer)](x, layer.pool_size, stage.step)
    if type(layer) in ACTIVATIONS:
        return layer(x)
    kernel, dilation = layer.kernel, getattr(layer, "dilation_rate", 1)
    if type(layer) is layers.Dense:  # a convolution as large as the map: see `equivalences`
        kernel = ops.reshape(kernel, (*stage.span, -1, layer.units))
    x = ops.conv(x, kernel, stage.step, "valid", dilation_rate=dilation)
    return layer.activation(ops.add(x, layer.bias) if layer.use_bias else x)


def fragments(maps, split):
    """Every `split`-th row and column in a map of its own.

    (n, H, W, channels) -> (split · split · n, H / split, W / split, channels).
    """
    if split == 1:
        return maps
    _, height, width, channels = ops.shape(maps)
    height, width = height // split, width // split
    maps = ops.reshape(maps, (-1, height, split, width, split, channels))
    maps = ops.transpose(maps, (2, 4, 0, 1, 3, 5))
    return ops.reshape(maps, (-1, height, width, channels))


def interleaved(maps, splits):
    """Undo `fragments`, made of one map with these splits in turn: (H, W, channels).

    maps: (n, rows, columns, channels), a numpy array.
    """
    _, height, width, channels = maps.shape
    sides = [split for split in reversed(splits) for _ in range(2)]
    rows, columns = (range(axis, len(sides), 2) for axis in (0, 1))
    order = (len(sides), *rows, len(sides) + 1, *columns, len(sides) + 2)
    whole = math.prod(splits)
    maps = maps.reshape(*sides, height, width, channels).transpose(order)
    return maps.reshape(height * whole, width * whole, channels)
