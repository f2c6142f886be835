import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seglab.errors import InputError
from seglab.region_classes import IGNORE
from seglab.scaling import scaled_image, scaled_ink_labels, scaled_labels

steady = settings(derandomize=True, max_examples=50, deadline=None)
sides = st.integers(1, 9)
images = st.tuples(sides, sides, st.just(1)).flatmap(
    lambda shape: arrays(np.float32, shape, elements=st.floats(0, 1, width=32))
)
labelled = st.tuples(sides, sides).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.integers(0, 2))
)

ink_labelled = st.tuples(sides, sides).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([0, 1, 2, IGNORE, IGNORE]))
)


def overlap(first, first_count, second, second_count):
    """Length that cell `first` of `first_count` and cell `second` of `second_count` share."""
    start = max(first / first_count, second / second_count)
    return max(0, min((first + 1) / first_count, (second + 1) / second_count) - start)


def mean_ink(image, rows, columns):
    """Add up every old pixel by the area that it shares with the new one, pixel by pixel."""
    height, width, _ = image.shape
    result = np.zeros((rows, columns, 1))
    for row, column, y, x in np.ndindex(rows, columns, height, width):
        shared = overlap(row, rows, y, height) * overlap(column, columns, x, width)
        result[row, column] += image[y, x] * shared * rows * columns
    return result


@steady
@given(images, sides)
def test_every_new_pixel_is_the_mean_of_its_area(image, height):
    rows, columns, _ = image.shape
    expected = mean_ink(image, height, max(1, round(columns * height / rows)))
    np.testing.assert_allclose(scaled_image(image, height), expected, atol=1e-6)


@steady
@given(images, st.integers(1, 40))
def test_the_ink_share_of_the_page_is_kept(image, height):
    result = scaled_image(image, height)
    assert result.dtype == np.float32
    assert 0 <= result.min() <= result.max() <= 1
    np.testing.assert_allclose(result.mean(), image.mean(), atol=1e-6)


def test_the_same_height_changes_nothing():
    image = np.random.default_rng(0).random((37, 23, 1)).astype(np.float32)
    np.testing.assert_array_equal(scaled_image(image, 37), image)


@pytest.mark.parametrize(
    ("shape", "height", "expected"),
    [
        ((601, 425, 1), 300, (300, 212, 1)),
        ((1000, 3, 1), 10, (10, 1, 1)),
        ((3, 1000, 1), 10, (10, 3333, 1)),
        ((1, 1, 1), 5, (5, 5, 1)),
    ],
)
def test_proportions_are_kept_and_a_column_remains(shape, height, expected):
    assert scaled_image(np.ones(shape, np.float32), height).shape == expected


@pytest.mark.parametrize("height", [0, -3, 100_000])
def test_impossible_heights_are_refused(height):
    with pytest.raises(InputError, match=f"10 rows and 20 columns .* height of {height}"):
        scaled_image(np.zeros((10, 20, 1), np.float32), height)


@steady
@given(labelled, st.tuples(sides, sides))
def test_labels_take_the_pixel_under_the_centre(labels, shape):
    expected = np.zeros(shape, np.uint8)
    for row, column in np.ndindex(shape):
        y = (row + 0.5) * labels.shape[0] / shape[0]
        x = (column + 0.5) * labels.shape[1] / shape[1]
        expected[row, column] = labels[int(y + 1e-9), int(x + 1e-9)]
    result = scaled_labels(labels, shape)
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(result, expected)


@steady
@given(labelled, st.integers(1, 4))
def test_whole_enlargement_repeats_and_comes_back(labels, factor):
    height, width = labels.shape
    large = scaled_labels(labels, (height * factor, width * factor))
    np.testing.assert_array_equal(large, labels.repeat(factor, 0).repeat(factor, 1))
    np.testing.assert_array_equal(scaled_labels(large, labels.shape), labels)


def cell(index, old, new):
    """The new cell that holds the centre of an old one."""
    return int((index + 0.5) * new / old + 1e-9)


@steady
@given(ink_labelled, st.data())
def test_ink_labels_take_the_most_frequent_class_of_their_ink(labels, data):
    rows, columns = labels.shape
    shape = data.draw(st.integers(1, rows)), data.draw(st.integers(1, columns))
    result = scaled_ink_labels(labels, shape)
    assert result.shape == shape and result.dtype == np.uint8
    for row, column in np.ndindex(shape):
        classes = [
            labels[y, x]
            for y, x in np.ndindex(labels.shape)
            if (cell(y, rows, shape[0]), cell(x, columns, shape[1])) == (row, column)
            and labels[y, x] != IGNORE
        ]
        if classes:
            assert classes.count(result[row, column]) == max(map(classes.count, classes))
        else:
            assert result[row, column] == IGNORE


@steady
@given(ink_labelled, st.data())
def test_no_other_labels_serve_the_ink_better(labels, data):
    """At working height, these agree with the most ink when brought back to the page's size."""
    shape = data.draw(st.integers(1, len(labels))), data.draw(st.integers(1, len(labels[0])))

    def right(small):
        return np.count_nonzero((scaled_labels(small, labels.shape) == labels)[labels != IGNORE])

    best = scaled_ink_labels(labels, shape)
    for row, column in np.ndindex(shape):
        for other in range(3):
            changed = best.copy()
            changed[row, column] = other
            assert right(changed) <= right(best)


@steady
@given(ink_labelled, st.integers(1, 4))
def test_larger_ink_labels_are_those_of_the_nearest_pixel(labels, factor):
    shape = tuple(side * factor for side in labels.shape)
    np.testing.assert_array_equal(scaled_ink_labels(labels, shape), scaled_labels(labels, shape))


@pytest.mark.parametrize("row", range(9))
def test_a_thin_rule_stays(row):
    labels = np.full((9, 30), IGNORE, np.uint8)
    labels[row] = 0
    small = scaled_ink_labels(labels, (3, 10))
    np.testing.assert_array_equal(
        small != IGNORE, (np.arange(3) == row // 3)[:, None].repeat(10, 1)
    )
