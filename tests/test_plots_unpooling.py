"""Cells that overhang a page are drawn where they are; remembered places are marked."""

import numpy as np
from matplotlib.colors import to_hex

from seglab import plots
from seglab.plots.unpooling import MOST_LINES
from seglab.plots.upsampling import NOW


def test_cells_cover_the_page_and_what_overhangs_is_seen():
    figure = plots.overhang((75, 91), {"pool3": (8, (10, 12)), "pool5": (32, (3, 3))})
    assert [axis.get_title() for axis in figure.axes] == ["pool3: 10 x 12", "pool5: 3 x 3"]
    for axis, (height, width) in zip(figure.axes, [(80, 96), (96, 96)]):
        page, cells, inside, frame = axis.patches
        assert (cells.get_height(), cells.get_width()) == (height, width)
        assert to_hex(cells.get_facecolor()) == NOW
        for each in page, inside, frame:
            assert (each.get_height(), each.get_width()) == (75, 91)
    rows, columns = figure.axes[1].collections
    assert [line[0, 1] for line in rows.get_segments()] == [0, 32, 64, 96]
    assert [line[0, 0] for line in columns.get_segments()] == [0, 32, 64, 96]


def test_pixels_without_a_cell_are_seen_in_the_corner():
    figure = plots.overhang((75, 91), {"yours": (8, (9, 11))}, corner=16)
    assert figure.axes[0].get_xlim() == (75, 107) and figure.axes[0].get_ylim() == (91, 59)
    inside = figure.axes[0].patches[2]
    assert (inside.get_height(), inside.get_width()) == (72, 88)
    assert "pixels without a cell" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_all_maps_are_drawn_to_one_scale():
    figure = plots.overhang((75, 91), {"a": (8, (10, 12)), "b": (32, (3, 3))})
    first, second = figure.axes
    assert first.get_xlim() == second.get_xlim() and first.get_ylim() == second.get_ylim()


def test_absurd_numbers_of_cells_are_drawn_all_the_same():
    figure = plots.overhang((75, 91), {"yours": (8, (10**9, -3))})
    rows, _ = figure.axes[0].collections
    assert len(rows.get_segments()) == MOST_LINES + 1
    figure.canvas.draw()


def test_marked_cells_stand_out_and_windows_have_thick_edges():
    numbers, marks = np.array([[5, 1, 3], [2, 8, 4]]), np.array([[0, 0, 0], [0, 1, 1]], bool)
    figure = plots.remembered({"a": numbers, "b": np.array([[3, 2]])}, {"a": marks})
    axes = figure.axes[0]
    words = [text.get_text() for text in axes.texts]
    assert words == ["a", "5", "1", "3", "2", "8", "4", "b", "3", "2"]
    marked = [p.get_xy() for p in axes.patches if to_hex(p.get_facecolor()) == NOW]
    assert marked == [(1, 1), (2, 1)]
    upright = sorted(line.get_xdata()[0] for line in axes.lines if np.ptp(line.get_xdata()) == 0)
    assert upright == [0, 2, 3], "the last window is cut off by the map's edge"
