import numpy as np
import pytest

from seglab.polygons import Region, painted

SHAPE = (17, 23)


def square(left, top, right, bottom):
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


def is_inside(x, y, outline):
    """Count, edge by edge, how often the ray from (x, y) to the right leaves or enters."""
    crossings = 0
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("points", [3, 4, 5, 8, 20])
@pytest.mark.parametrize("seed", range(4))
def test_every_pixel_centre_agrees_with_the_loop(points, seed):
    # Points from well outside the page to well inside, in any order: most outlines cross
    # themselves, many leave the page.
    outline = np.random.default_rng([points, seed]).uniform(-10, 30, (points, 2))
    labels = painted([Region(2, outline)], SHAPE)
    assert labels.dtype == np.uint8
    for row, column in np.ndindex(SHAPE):
        expected = 2 if is_inside(column + 0.5, row + 0.5, outline) else 0
        assert labels[row, column] == expected


def test_a_box_covers_its_pixels_and_no_more():
    expected = np.zeros(SHAPE, np.uint8)
    expected[2:7, 3:11] = 1
    for outline in (square(3, 2, 11, 7), square(2.6, 1.6, 11.4, 7.4)):
        np.testing.assert_array_equal(painted([Region(1, outline)], SHAPE), expected)


def test_neighbours_share_an_edge_without_gap_or_overlap():
    corners = np.array([(1.3, 0.7), (22.1, 2.2), (20.4, 15.9), (0.2, 14.1)])
    whole = painted([Region(1, corners)], SHAPE)
    halves = [painted([Region(1, corners[part])], SHAPE) for part in ([0, 1, 2], [0, 2, 3])]
    np.testing.assert_array_equal(halves[0] + halves[1], whole)


@pytest.mark.parametrize("order", [1, -1])
def test_the_inner_region_wins_in_any_order(order):
    regions = [
        Region(1, square(0, 0, 20, 16)),
        Region(2, square(4, 4, 12, 12)),
        Region(0, square(6, 6, 8, 8)),
    ]
    labels = painted(regions[::order], SHAPE)
    assert [labels[1, 1], labels[5, 5], labels[7, 7]] == [1, 2, 0]


@pytest.mark.parametrize("points", [0, 1, 2])
def test_fewer_than_three_points_span_no_area(points):
    assert not painted([Region(1, square(1, 1, 9, 9)[:points])], SHAPE).any()


def test_points_far_outside_are_cut_off():
    assert painted([Region(1, square(-1e7, -1e7, 1e7, 1e7))], SHAPE).all()
    assert not painted([Region(1, square(100, 100, 200, 200))], SHAPE).any()
    assert not painted([Region(1, square(-90, 3, -4, 9))], SHAPE).any()
