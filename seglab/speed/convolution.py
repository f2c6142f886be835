"""The machine's own peak: the best rate that a large convolution reaches in Keras."""

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import keras
import numpy as np
from keras import layers

from seglab.timing import seconds_per_call

# Channels of the convolutions that are tried; which is fastest depends on machine and backend.
CHANNELS = (64, 128, 256)
SIDE = 64  # pixels
DEPTH = 4  # convolutions in a call

# A call this long hides what Keras spends around it, about a millisecond.
LONG_ENOUGH = 0.1  # seconds


class Convolution(NamedTuple):
    """A function to time, and the multiply-adds of its convolutions."""

    call: Callable
    multiply_adds: int


def large_convolutions(variant):
    """{channels: Convolution} of 3x3 convolutions on many channels, in a variant.

    Each call takes about `LONG_ENOUGH`: fast devices get more images. What goes in and comes out
    is tiny, a pixel an image, so that the time is the convolutions' alone.
    """
    return {channels: _long_enough(_stack(channels, variant), channels) for channels in CHANNELS}


def _stack(channels, variant):
    policy = variant.precision
    model = keras.Sequential(
        [
            keras.Input((1, 1, channels)),
            layers.UpSampling2D(SIDE, dtype=policy),
            *(layers.Conv2D(channels, 3, padding="same", dtype=policy) for _ in range(DEPTH)),
            layers.GlobalAveragePooling2D(dtype=policy),
        ]
    )
    model.compile(jit_compile=variant.xla)
    return model


def _long_enough(model, channels):
    images, seconds = 1, 0.0
    while seconds < LONG_ENOUGH / 2:
        call = partial(model.predict_on_batch, np.ones((images, 1, 1, channels), "float32"))
        seconds = seconds_per_call({"call": call}, repetitions=1)["call"].median
        multiply_adds = images * DEPTH * (3 * channels * SIDE) ** 2
        images *= min(64, math.ceil(LONG_ENOUGH / seconds))
    return Convolution(call, multiply_adds)
