"""Holes are drawn where they are: kernels, stacks, and what counts within a field."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from seglab import plots
from seglab.plots.atrous import HOLE
from seglab.plots.blocks import LIGHT


def places(axis, face, row=None):
    """(x, y) of the cells with this face, of one row or of all."""
    cells = [p.get_xy() for p in axis.patches if to_hex(p.get_facecolor()) == to_hex(face)]
    return [x for x, y in cells if y == row] if row is not None else cells


@pytest.mark.parametrize("kernel, rates", [(3, (1, 2, 3)), (5, (2,)), (3, (4, 1))])
def test_a_kernel_reads_as_many_cells_at_any_rate(kernel, rates):
    figure = plots.atrous_kernels(rates, kernel)
    assert len(figure.axes) == len(rates)
    for axis, rate in zip(figure.axes, rates):
        read = np.array([*places(axis, LIGHT.block), *places(axis, LIGHT.edge)])
        assert len(read) == kernel**2 and len(places(axis, LIGHT.edge)) == 1
        np.testing.assert_array_equal(np.diff(np.unique(read[:, 0])), rate)
        assert axis.get_title() == f"rate {rate}"


def test_equal_rates_let_every_second_pixel_fall_through():
    axis = plots.dilated_stack([2, 2, 2]).axes[0]
    assert places(axis, LIGHT.block, row=0) == [-6, -4, -2, 0, 2, 4, 6]
    assert places(axis, HOLE) == [(x, 0) for x in (-5, -3, -1, 1, 3, 5)]


def test_hybrid_rates_let_none_fall_through():
    figure = plots.dilated_stack([1, 2, 3], below="first map")
    assert places(figure.axes[0], LIGHT.block, row=0) == list(range(-6, 7))
    assert places(figure.axes[0], HOLE) == []
    assert [text.get_text() for text in figure.axes[0].texts][:2] == ["first map", "rate 1"]


def test_every_cell_of_a_stack_is_joined_to_the_cells_that_it_reads():
    axis = plots.dilated_stack([1, 3]).axes[0]
    assert len(axis.lines) == 3 + 3 * 3
    above = {tuple(np.round(np.diff(line.get_xdata()), 6)) for line in axis.lines[-3:]}
    assert above == {(-3.0,), (0.0,), (3.0,)}


def test_a_wide_stack_is_no_wider_than_a_notebook():
    assert plots.dilated_stack([9, 9, 9]).get_size_inches()[0] <= 10.5


def test_the_theoretical_field_is_a_frame_around_what_counts():
    maps = {"a": np.eye(20), "b": np.zeros((20, 20))}
    figure = plots.effective_fields(maps, {"a": ((4, 12), (3, 13)), "b": ((0, 20), (0, 20))})
    frame = figure.axes[0].patches[0]
    assert frame.get_xy() == (2.5, 3.5)
    assert (frame.get_width(), frame.get_height()) == (10, 8)
    assert [axis.get_title() for axis in figure.axes] == ["a", "b"]
