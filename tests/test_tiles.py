"""Tiles are cut as told, cover the page, and see the margins that they need."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab.tiles import assembled, cut, spans

IMAGE = np.random.default_rng(0).random((7, 5, 2)).astype("float32")

quick = settings(derandomize=True, database=None, deadline=None)


@quick
@given(*[st.integers(-9, 9)] * 2, *[st.integers(1, 9)] * 2)
def test_outside_the_image_there_is_paper(top, left, height, width):
    rectangle = cut(IMAGE, top, left, height, width)
    assert rectangle.shape == (height, width, 2)
    for row in range(height):
        for column in range(width):
            r, c = top + row, left + column
            inside = 0 <= r < 7 and 0 <= c < 5
            expected = IMAGE[r, c] if inside else np.zeros(2)
            np.testing.assert_array_equal(rectangle[row, column], expected)


@quick
@given(
    st.integers(1, 60), st.integers(1, 80), st.integers(0, 9), st.integers(0, 9), st.integers(1, 5)
)
def test_parts_cover_the_axis_and_see_their_margins(length, most, before, after, multiple):
    length, most, before, after = (multiple * side for side in (length, most, before, after))
    parts = list(spans(length, most, before, after, multiple))
    pixels = [pixel for part, _ in parts for pixel in range(part.start, part.stop)]
    assert pixels == list(range(length))
    for part, seen in parts:
        assert seen.start % multiple == seen.stop % multiple == 0
        assert 0 <= seen.start <= max(part.start - before, 0)
        assert min(part.stop + after, length) <= seen.stop <= length
    assert len({seen.stop - seen.start for _, seen in parts}) == 1
    if length <= most:
        assert len(parts) == 1
    elif most >= 2 * (before + after) + multiple:
        assert all(seen.stop - seen.start <= most for _, seen in parts)


def test_an_axis_without_pixels_has_no_parts():
    assert list(spans(0, 8)) == []


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_page_is_put_together_cell_by_cell(stride):
    cells = np.arange(4 * 3 * 2).reshape(4, 3, 2)
    height, width = 4 * stride - stride // 2, 3 * stride
    halves = [
        (slice(0, 2 * stride), slice(0, width), cells[:2]),
        (slice(2 * stride, 4 * stride), slice(0, width), cells[2:]),
    ]
    page = assembled(halves, (height, width), stride)
    assert page.shape == (height, width, 2)
    for row in range(height):
        for column in range(width):
            np.testing.assert_array_equal(page[row, column], cells[row // stride, column // stride])
    largest = assembled(halves, (height, width), stride, of=lambda scores: scores.max(-1))
    np.testing.assert_array_equal(largest, page.max(-1))
