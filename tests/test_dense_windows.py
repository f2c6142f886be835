"""Shared work changes no score: cutting every window is the oracle."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from seglab import dense_windows, models
from seglab.dense_windows import dense_scores, pays
from seglab.errors import InputError
from seglab.fragments import fragments, interleaved
from seglab.windows import window_scores

RANDOM = np.random.default_rng(0)
PAGE = (RANDOM.random((53, 47, 1)) < 0.3).astype("float32")


def classifier(*listed, size=20, channels=1):
    model = keras.Sequential([keras.Input((size, size, channels)), *listed])
    for weight in model.weights:  # biases of 0 would hide a bias that is forgotten
        weight.assign(RANDOM.standard_normal(weight.shape) / np.prod(weight.shape[:-1]) ** 0.5)
    return model


def head(units=3):
    return layers.Flatten(), layers.Dense(units), layers.Softmax()


SMALL = classifier(
    layers.Conv2D(4, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(5, 4, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(6, activation="relu"),
    layers.Dense(3, activation="softmax"),
)


@pytest.mark.parametrize("stride", [1, 2, 3, 4, 6, 8, 20, 64])
@pytest.mark.parametrize("size", [(53, 47), (48, 32), (5, 70), (1, 1)])
def test_shared_work_gives_the_scores_of_every_window(stride, size):
    image = RANDOM.random((*size, 1)).astype("float32")
    expected = window_scores(SMALL, image, stride)
    assert np.ptp(expected) > 0.01 or size == (1, 1)
    np.testing.assert_allclose(dense_scores(SMALL, image, stride), expected, atol=1e-6)


@pytest.mark.parametrize("window", [28, 36])
def test_the_lectures_window_without_padding_is_shared(window):
    model = models.valid_sliding_window(3, window)
    image = PAGE[:20, :18]
    np.testing.assert_allclose(
        dense_scores(model, image), window_scores(model, image, 1), atol=1e-6
    )


odd_layers = st.sampled_from(
    [
        lambda: layers.Conv2D(3, 3, activation="relu"),
        lambda: layers.Conv2D(3, (2, 1), use_bias=False),
        lambda: layers.Conv2D(2, 2, strides=2, activation="tanh"),
        lambda: layers.Conv2D(2, 3, dilation_rate=2),
        lambda: layers.Conv2D(3, 1, padding="same"),
        lambda: layers.MaxPooling2D(2),
        lambda: layers.MaxPooling2D(3, strides=2),
        lambda: layers.MaxPooling2D((2, 3), strides=1),
        lambda: layers.AveragePooling2D(3),
        lambda: layers.AveragePooling2D(2, strides=3),
        lambda: layers.ReLU(),
        lambda: layers.Activation("sigmoid"),
    ]
)


@settings(derandomize=True, database=None, deadline=None, max_examples=12)
@given(st.lists(odd_layers, min_size=1, max_size=3), st.integers(1, 7), st.sampled_from([1, 2]))
def test_any_layers_that_pad_nothing_are_shared(listed, stride, channels):
    model = classifier(*(build() for build in listed), *head(), size=47, channels=channels)
    image = RANDOM.random((23, 29, channels)).astype("float32")
    assert dense_windows.obstacle(model) is None
    np.testing.assert_allclose(
        dense_scores(model, image, stride), window_scores(model, image, stride), atol=1e-6
    )


@pytest.mark.parametrize("stride", [1, 3, 4])
def test_tiles_of_a_large_page_are_the_whole_page(stride, monkeypatch):
    whole = dense_scores(SMALL, PAGE, stride)
    monkeypatch.setattr(dense_windows, "SIDE", 16)
    np.testing.assert_allclose(dense_scores(SMALL, PAGE, stride), whole, atol=1e-6)


def test_it_follows_what_the_classifier_learns():
    model = classifier(layers.Conv2D(2, 3), *head(), size=5)
    before = dense_scores(model, PAGE)
    model.set_weights([2 * weight for weight in model.get_weights()])
    after = dense_scores(model, PAGE)
    assert np.abs(after - before).max() > 0.01
    np.testing.assert_allclose(after, window_scores(model, PAGE, 1), atol=1e-6)


def test_fragments_are_every_second_row_and_column():
    maps = RANDOM.random((1, 6, 8, 2)).astype("float32")
    dealt = np.asarray(fragments(maps, 2))
    for index, (top, left) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
        np.testing.assert_array_equal(dealt[index], maps[0, top::2, left::2])


def test_interleaving_undoes_fragments():
    maps = RANDOM.random((1, 12, 24, 2)).astype("float32")
    dealt = np.asarray(fragments(fragments(maps, 2), 3))
    assert dealt.shape == (36, 2, 4, 2)
    np.testing.assert_array_equal(interleaved(dealt, [2, 3]), maps[0])
    np.testing.assert_array_equal(interleaved(maps, []), maps[0])


def test_sharing_pays_where_windows_overlap():
    model = models.valid_sliding_window(3)
    assert all(pays(model, stride) for stride in (1, 2, 3, 4, 5, 6, 8, 16))
    assert not any(pays(model, stride) for stride in (37, 64, 1000))


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (models.sliding_window(3), r"its layer conv1 \(Conv2D\) pads every window"),
        (
            classifier(layers.MaxPooling2D(3, padding="same", name="pool"), *head()),
            r"pool \(MaxPooling2D\) pads",
        ),
        (
            classifier(layers.BatchNormalization(name="norm"), *head()),
            r"norm \(BatchNormalization\) is no convolution, pool, Flatten",
        ),
        (
            classifier(layers.MaxPooling2D((2, 1), name="pool"), *head()),
            r"has unequal strides, \(2, 1\)",
        ),
        (
            classifier(layers.Flatten(name="flat"), layers.ReLU(), layers.Dense(3)),
            r"flat \(Flatten\) has no Dense after it",
        ),
        (keras.Model(SMALL.inputs, SMALL.outputs, name="graph"), "graph should be a Sequential"),
    ],
)
def test_what_shares_no_work_is_told(model, reason):
    with pytest.raises(InputError, match=reason):
        dense_scores(model, PAGE)


def test_a_stride_of_zero_is_refused():
    with pytest.raises(InputError, match="stride should be 1 or more pixels; yours is 0"):
        dense_scores(SMALL, PAGE, stride=0)
