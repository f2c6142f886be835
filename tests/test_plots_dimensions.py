"""Drawings of layers hold as many cells as there are, and say so where some do not fit."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_hex

from seglab import plots
from seglab.dimensions import convolution_size, receptive_field, transposed_size

LIGHT = plots.LIGHT


def cells(figure, face):
    """The left edges of the cells with this face, by row, from the top."""
    found = {}
    for patch in figure.axes[0].patches:
        if to_hex(patch.get_facecolor()) == to_hex(face):
            found.setdefault(round(patch.get_y(), 2), []).append(round(patch.get_x(), 2))
    return [sorted(found[y]) for y in sorted(found)]


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize(
    "case", [(7, 3, 2, 0, 1), (5, 3, 1, 1, 1), (9, 3, 1, 0, 2), (8, 4, 3, 2, 1)]
)
def test_a_convolution_has_a_row_for_each_output(case):
    size, kernel, stride, padding, dilation = case
    outputs = convolution_size(size, kernel, stride, padding, padding, dilation)
    figure = plots.convolution(size, kernel, stride, padding, padding, dilation, outputs)
    rows = cells(figure, LIGHT.block)
    assert [row[0] for row in rows] == [-padding + i * stride for i in range(outputs)]
    assert all(np.diff(row).tolist() == [dilation] * (kernel - 1) for row in rows)
    assert not cells(figure, LIGHT.down)
    too_many = plots.convolution(size, kernel, stride, padding, padding, dilation, 10**3)
    assert cells(too_many, LIGHT.block) == rows
    assert [len(row) for row in cells(too_many, LIGHT.down)] == [kernel]
    assert words(too_many)[-1].endswith("has no room")


@pytest.mark.parametrize("case", [(2, 3, 2, 0), (5, 3, 1, 1), (5, 4, 2, 1), (6, 2, 2, 0)])
def test_a_transposed_convolution_writes_and_cuts(case):
    size, kernel, stride, cut = case
    figure = plots.transposed_convolution(*case)
    rows = cells(figure, LIGHT.block)
    assert [len(row) for row in rows] == [kernel] * size
    written = {x for row in rows for x in row}
    left = transposed_size(size, kernel, stride) - 2 * cut
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 2 * cut and len(written) == left + 2 * cut
    claimed = plots.transposed_convolution(*case, outputs=left + 3)
    (red,) = cells(claimed, LIGHT.down)
    assert red == [cut + left, cut + left + 1, cut + left + 2]


def test_halvings_show_what_is_dropped():
    figure = plots.halvings([13, 6, 3, 1], back=8)
    assert [len(row) for row in cells(figure, LIGHT.block)] == [13, 6, 3, 1, 8]
    assert [len(row) for row in cells(figure, LIGHT.background)] == [1, 4, 5]
    assert [word for word in words(figure) if word.isdigit()] == ["13", "6", "3", "1", "8"]


@pytest.mark.parametrize(
    "layers", [[(5, 1)], [(3, 1), (2, 2), (3, 1)], [(2, 2)] * 3, [(3, 1), (2, 2), (4, 1), (2, 2)]]
)
def test_as_many_cells_of_the_page_are_seen_as_the_receptive_field_has(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field, jump = receptive_field(field, jump, kernel, stride)
    rows = cells(plots.seen_cells(layers), LIGHT.block)
    assert len(rows[0]) == 1 and len(rows[-1]) == field
    # A cell stands above the middle of what it sees.
    assert all(np.mean(above) == pytest.approx(np.mean(rows[0])) for above in rows)
    assert {*np.diff(rows[-1])} <= {1}


def test_the_blocks_of_a_u_are_named_and_lie_apart():
    shapes = [(32, 16, 4), (16, 8, 8), (16, 8, 16), (32, 16, 8), (0, 0, 0), (-3, 4, -1)]
    names = ["c1", "c2", "c2 again", "c3", "empty", "nonsense"]
    figure = plots.u_shape(shapes, names)
    assert words(figure)[::2] == names and "32×16\n×4" in words(figure)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    boxes += [patch.get_window_extent() for patch in figure.axes[0].patches]
    for box, other in itertools.combinations(boxes, 2):
        assert not box.overlaps(other)


def test_ink_and_what_it_reaches_stand_side_by_side():
    ink = np.eye(4, 6)
    figure = plots.passed_on(ink, 1 - ink)
    maps = [axes.collections[0].get_array().reshape(4, 6) for axes in figure.axes]
    np.testing.assert_array_equal(maps, [1 - ink, ink])
