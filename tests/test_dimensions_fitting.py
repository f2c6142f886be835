"""Odd page sizes: where they break, and which size works."""

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from seglab import models
from seglab.dimensions import (
    fitting_size,
    odd_sizes,
    table,
)


def test_what_happens_to_a_page_of_601_by_425():
    skip = odd_sizes(models.skip_fcn(3), (601, 425))
    assert skip == [
        "pool1 makes 300x212 of 601x425: 300.5x212.5 is rounded.",
        "fuse4 fails: up3 brings 600x424, conv1 brings 601x425: the sizes do not meet.",
        "608x432 fits: pad 7 rows and 7 columns of paper and crop the scores back to 601x425.",
    ]
    assert "fcn gives 600x424 scores for 601x425." in odd_sizes(models.fcn(3), (601, 425))
    assert odd_sizes(models.skip_fcn(3), (608, 432)) == []


def test_keras_refuses_the_same_concatenation():
    with pytest.raises(ValueError, match="matching shapes"):
        layers.Concatenate()([keras.Input((600, 424, 320)), keras.Input((601, 425, 40))])


@given(height=st.integers(1, 70), width=st.integers(1, 70))
@settings(derandomize=True, database=None, deadline=None, max_examples=15)
def test_the_fitting_size_is_the_next_multiple(height, width):
    up = tuple(-(-size // 8) * 8 for size in (height, width))
    assert fitting_size(models.skip_fcn(3), (height, width)) == up
    assert table(models.skip_fcn(3), up)[-1].output_shape == (*up, 3)


def test_the_u_net_needs_multiples_of_16():
    assert fitting_size(models.unet(3, None, 1), (601, 425)) == (608, 432)
    assert fitting_size(models.unet(3, None, 1), (609, 425)) == (624, 432)


def test_a_window_classifier_takes_its_own_windows_only():
    sentences = odd_sizes(models.sliding_window(3), (40, 32))
    assert sentences[0] == "dense fails: flatten gives 1,600 values, dense has weights for 1,280."
    assert sentences[1] == "sliding_window is built for 32x32: show it windows of that size."


def test_a_skip_from_after_the_pool_never_meets():
    image = keras.Input((None, None, 1))
    pooled = layers.MaxPooling2D(name="pool")(layers.Conv2D(4, 3, padding="same")(image))
    up = layers.UpSampling2D(name="up")(pooled)
    model = keras.Model(image, layers.Concatenate(name="fuse")([up, pooled]))
    assert table(model)[-1].problem == (
        "up brings H x W, pool brings H/2 x W/2: the sizes do not meet."
    )
    assert fitting_size(model, (8, 8)) is None
