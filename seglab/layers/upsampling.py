"""Bilinear up-sampling: as a layer without weights, and as the first weights of a learnt one."""

import keras
import numpy as np
from keras import ops

from seglab.layers.cells import interleaved, larger, pair


@keras.saving.register_keras_serializable("seglab")
class BilinearUpSampling2D(keras.layers.Layer):
    """Up-sampling by mixing the two nearest cells along each axis.

    (batch, h, w, channels) -> (batch, h·factor, w·factor, channels). The same numbers as Keras's
    `UpSampling2D(factor, interpolation="bilinear")`, which TensorFlow cannot trace while h and w
    are unknown (Keras 3.15).
    """

    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = pair(size)

    def call(self, features):
        rows, columns = self.size
        taller = interleaved([[row] for row in phases(features, rows, axis=1)])
        return interleaved([phases(taller, columns, axis=2)])

    def compute_output_shape(self, input_shape):
        return larger(input_shape, self.size)

    def get_config(self):
        return {**super().get_config(), "size": self.size}


def phases(features, factor, axis):
    """What the first, second, ... of the `factor` new cells holds, for every cell along an axis.

    The centre of new cell p lies (p + 1/2) / factor - 1/2 cells from the centre of its old one;
    beyond the border there is the border's cell once more.
    """
    along = (slice(None),) * axis
    first, last = features[(*along, slice(0, 1))], features[(*along, slice(-1, None))]
    before = ops.concatenate([first, features[(*along, slice(0, -1))]], axis=axis)
    after = ops.concatenate([features[(*along, slice(1, None))], last], axis=axis)
    places = [(phase + 0.5) / factor - 0.5 for phase in range(factor)]
    return [
        features * (1 - abs(place)) + (before if place < 0 else after) * abs(place)
        for place in places
    ]


@keras.saving.register_keras_serializable("seglab")
class Bilinear(keras.initializers.Initializer):
    """Weights with which `Conv2DTranspose(n, 2·s, strides=s, padding="same")` mixes bilinearly.

    Every channel is up-sampled by itself: kernel[:, :, c, c] is a pyramid, all else is 0. From
    there FCN learns its up-sampling (Long, Shelhamer & Darrell 2015, section 4.3).
    """

    def __call__(self, shape, dtype=None):
        """(rows, columns, channels out, channels in)."""
        rows, columns, *channels = shape
        pyramid = tent(rows)[:, None, None, None] * tent(columns)[:, None, None]
        return ops.cast(pyramid * np.eye(*channels), dtype or keras.config.floatx())


def tent(kernel):
    """The weights of linear interpolation along one axis: 1/4, 3/4, 3/4, 1/4 for a kernel of 4.

    Their sum is the stride, half of the kernel (rounded up), since as many output cells see it.
    """
    stride = (kernel + 1) // 2
    centre = (kernel - 1) / 2
    return 1 - np.abs(np.arange(kernel) - centre) / stride
