"""Windows are centred as the docstring says, whatever the page's size."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab import models, windows

PAGE = np.random.default_rng(0).random((13, 9, 1)).astype("float32")


def looked_up(image, row, column, size):
    """The window around a pixel, a pixel at a time: paper outside the page."""
    window = np.zeros((size, size, 1), "float32")
    for i in range(size):
        for j in range(size):
            r, c = row - size // 2 + i, column - size // 2 + j
            if 0 <= r < image.shape[0] and 0 <= c < image.shape[1]:
                window[i, j] = image[r, c]
    return window


@pytest.mark.parametrize("size", [1, 4, 5, 32])
def test_a_window_is_cut_around_its_pixel(size):
    rows, columns = np.array([0, 12, 5]), np.array([0, 8, 3])
    cut = windows.windows(PAGE, rows, columns, size)
    expected = [looked_up(PAGE, r, c, size) for r, c in zip(rows, columns, strict=True)]
    np.testing.assert_array_equal(cut, expected)
    np.testing.assert_array_equal(cut[:, size // 2, size // 2], PAGE[rows, columns])


def centre_reader(size):
    """A "classifier" whose scores are its window's centre pixel and one minus it."""
    image = keras.Input((size, size, 1))
    ink = keras.layers.Flatten()(image)[:, size // 2 * size + size // 2, None]
    return keras.Model(image, keras.layers.Concatenate()([ink, 1 - ink]))


READER = centre_reader(4)


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 12))
def test_the_middle_of_a_cell_speaks_for_the_cell(height, width, stride):
    image = np.random.default_rng(1).random((height, width, 1)).astype("float32")
    scores = windows.window_scores(READER, image, stride)
    assert scores.shape == (height, width, 2)
    for row in range(height):
        for column in range(width):
            r = min(row // stride * stride + stride // 2, height - 1)
            c = min(column // stride * stride + stride // 2, width - 1)
            assert scores[row, column, 0] == image[r, c, 0]


def test_stride_one_gives_every_pixel_its_own_window():
    scores = windows.window_scores(READER, PAGE, stride=1)
    np.testing.assert_array_equal(scores[..., :1], PAGE)


def test_scores_do_not_depend_on_how_windows_are_batched(monkeypatch):
    model = models.sliding_window(3, window=8)
    together = windows.window_scores(model, PAGE, stride=2)
    monkeypatch.setattr(windows, "WINDOWS_PER_CALL", 7)
    np.testing.assert_allclose(windows.window_scores(model, PAGE, stride=2), together, atol=1e-6)


def test_a_stride_beyond_the_page_is_one_cell():
    scores = windows.window_scores(READER, PAGE, stride=10**9)
    assert scores.shape == (13, 9, 2) and (scores == scores[0, 0]).all()


def test_a_stride_of_zero_is_refused():
    with pytest.raises(ValueError, match="stride should be 1 or more pixels; yours is 0"):
        windows.window_scores(READER, PAGE, stride=0)
