"""The two insights, on random features and on the lecture's own models."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from seglab import models
from seglab.dimensions import table, totals
from seglab.equivalences import (
    classifier_as_fcn,
    dense_as_convolution,
    frame_of_zeros,
    scores_of_concatenated,
    scores_of_upsampled,
    skip_fcn_as_sum,
    summed_scores,
    upsampled,
    upsampled_scores,
)
from seglab.errors import InputError

RANDOM = np.random.default_rng(0)


def random(*shape):
    return RANDOM.standard_normal(shape).astype("float32")


def valid_classifier(window=28):
    """The lecture's sliding window with `valid` convolutions; 28 pixels come out even."""
    return keras.Sequential(
        [
            keras.Input((window, window, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(5, 4, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(6, 4, activation="relu"),
            layers.Flatten(),
            layers.Dense(7, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(3, activation="softmax"),
        ]
    )


@given(factor=st.integers(1, 4), channels=st.integers(1, 5), num_classes=st.integers(1, 4))
@settings(derandomize=True, database=None, deadline=None, max_examples=20)
def test_a_one_by_one_convolution_and_nearest_up_sampling_commute(factor, channels, num_classes):
    features, kernel, bias = random(2, 3, 4, channels), random(channels, num_classes), random(1)
    np.testing.assert_allclose(
        scores_of_upsampled(features, kernel, bias, factor),
        upsampled_scores(features, kernel, bias, factor),
        atol=1e-6,
    )


def test_up_sampling_is_kerass():
    features = random(1, 3, 4, 2)
    np.testing.assert_array_equal(upsampled(features, 3), layers.UpSampling2D(3)(features))


def test_a_three_by_three_convolution_does_not_commute_with_up_sampling():
    """The insight is about 1x1: a larger kernel sees other neighbours after up-sampling."""
    features, convolution = random(1, 4, 4, 2), layers.Conv2D(3, 3, padding="same")
    first, last = upsampled(convolution(features), 2), convolution(upsampled(features, 2))
    assert np.abs(np.asarray(first) - np.asarray(last)).max() > 0.1


@given(channels=st.lists(st.integers(1, 4), min_size=1, max_size=4))
@settings(derandomize=True, database=None, deadline=None, max_examples=20)
def test_concatenating_and_scoring_is_scoring_and_adding(channels):
    parts = [random(2, 3, 4, count) for count in channels]
    kernel, bias = random(sum(channels), 3), random(3)
    np.testing.assert_allclose(
        scores_of_concatenated(parts, kernel, bias), summed_scores(parts, kernel, bias), atol=1e-5
    )


def test_the_skip_fcn_is_a_sum_of_up_sampled_scores():
    model = models.skip_fcn(3)
    summed = skip_fcn_as_sum(model)
    images = (RANDOM.random((2, 32, 48, 1)) > 0.5).astype("float32")
    np.testing.assert_allclose(model(images), summed(images), atol=1e-6)
    assert summed.count_params() == model.count_params()
    slow, fast = (totals(table(m, (96, 64))).multiply_adds for m in (model, summed))
    assert fast < slow
    biggest = [max(row.activation_bytes for row in table(m, (96, 64))) for m in (model, summed)]
    assert biggest[1] * 9 == biggest[0]  # 360 channels at full size against 40


def test_flatten_and_dense_are_one_convolution():
    dense = layers.Dense(5, activation="relu")
    dense.build((None, 2 * 3 * 4))
    features = random(7, 2, 3, 4)
    expected = dense(features.reshape(7, -1))
    convolved = dense_as_convolution(dense, 2, 3)(features)
    np.testing.assert_allclose(convolved, np.asarray(expected)[:, None, None], atol=1e-5)
    with pytest.raises(InputError, match="24 values"):
        dense_as_convolution(dense, 5, 5)


def windows_at(image, corners, window):
    return np.stack([image[top : top + window, left : left + window] for top, left in corners])


def test_a_valid_window_classifier_is_an_fcn():
    classifier, image = valid_classifier(), random(60, 44, 1)
    corners = [(4 * row, 4 * column) for row in range(9) for column in range(5)]
    one_by_one = classifier(windows_at(image, corners, 28))
    at_once = classifier_as_fcn(classifier)(image[None])
    assert at_once.shape == (1, 9, 5, 3)
    np.testing.assert_allclose(np.reshape(at_once, (45, 3)), one_by_one, atol=1e-6)


def test_a_same_padded_window_classifier_is_not():
    classifier, image = models.sliding_window(3), random(64, 64, 1)
    cut = np.asarray(classifier(image[None, 16:48, 16:48]))[0]
    shared = np.asarray(classifier_as_fcn(classifier)(image[None]))[0, 2, 2]
    assert np.abs(cut - shared).max() > 1e-4
    # A page as small as the window has the same frame of zeros.
    corner = classifier_as_fcn(classifier)(image[None, :32, :32])
    np.testing.assert_allclose(classifier(image[None, :32, :32]), corner[0, 0], atol=1e-6)
    # White paper around the window is no such frame: its cells see into the window.
    alone = np.pad(image[16:48, 16:48], ((16, 16), (16, 16), (0, 0)))
    framed = np.asarray(classifier_as_fcn(classifier)(alone[None]))[0, 2, 2]
    assert np.abs(framed - cut).max() > 1e-5


def test_it_differs_at_the_frame_of_the_window_only():
    classifier, image = models.sliding_window(3, window=64), random(128, 128, 1)
    frame = np.asarray(frame_of_zeros(classifier, image, 32, 32))
    rows = table(classifier)
    before_flatten = next(row for row in rows if row.layer == "pool3")
    inside = np.zeros(frame.shape, bool)
    for row in range(frame.shape[0]):
        for column in range(frame.shape[1]):
            seen = before_flatten.sees((8 * row, 8 * column))
            inside[row, column] = all(start >= 0 and stop <= 64 for start, stop in seen)
    assert inside.any() and not inside.all()
    assert (frame[inside] < 1e-6).all()
    assert (frame[~inside] > 1e-4).all()
    assert frame_of_zeros(valid_classifier(), image, 32, 32).shape == (2, 2)
    assert np.max(frame_of_zeros(valid_classifier(), image, 32, 32)) < 1e-6
