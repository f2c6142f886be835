"""The pictures of the sliding window show what they were given, at the right place."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.patches import Rectangle
from pages_of_ink import striped_page

from seglab import plots
from seglab.pages import CLASSES
from seglab.windows import windows

PAGE = striped_page("a")


@pytest.mark.parametrize("size", [8, 9])
def test_a_frame_holds_on_the_page_what_its_window_shows(size):
    pixels = [(20, 17), (30, 12)]
    cut = windows(PAGE.image, *np.transpose(pixels), size)
    figure = plots.windows_on_page(PAGE.image, pixels, size, cut)
    page, *parts = (axis for part in figure.subfigs for axis in part.axes)
    shown = page.get_images()[0].get_array()
    frames = [patch for patch in page.patches if isinstance(patch, Rectangle)]
    for frame, part, (row, column), line in zip(frames, parts, pixels, page.lines, strict=True):
        left, top = (int(edge + 0.5) for edge in frame.get_xy())
        inside = shown[top : top + frame.get_height(), left : left + frame.get_width()]
        np.testing.assert_array_equal(inside, part.get_images()[0].get_array())
        assert np.array_equal(line.get_xydata(), [[column, row]])
        assert np.array_equal(part.lines[0].get_xydata(), [[size // 2, size // 2]])
        assert frame.get_edgecolor() == part.spines["left"].get_edgecolor()


def test_a_frame_that_hangs_over_the_edge_is_seen_whole():
    height, width = PAGE.labels.shape
    pixels = [(0, 0), (height - 1, width - 1)]
    cut = windows(PAGE.image, *np.transpose(pixels), 16)
    axis = plots.windows_on_page(PAGE.image, pixels, 16, cut).subfigs[0].axes[0]
    (left, right), (bottom, top) = axis.get_xlim(), axis.get_ylim()
    for frame in axis.patches:
        assert left < frame.get_x() and frame.get_x() + 16 < right
        assert top < frame.get_y() and frame.get_y() + 16 < bottom


def test_windows_that_were_cut_wrong_are_shown_as_they_are():
    cut = [np.zeros((8, 8, 9)), np.zeros((8, 8, 1))]
    small = plots.windows_on_page(PAGE.image, [(0, 0), (2, 2)], 8, cut).subfigs[1].axes
    assert [text.get_text() for text in small[0].texts] == ["its shape is\n(8, 8, 9)"]
    assert not small[1].texts and small[1].lines
    plots.windows_on_page(PAGE.image, [(0, 0)], 8, [PAGE.image[:4, :3]])


def test_a_line_stands_above_every_window():
    cut = windows(PAGE.image, np.array([3, 4]), np.array([5, 6]), 8)
    for said, shown in (None, ["around (3, 5)", "around (4, 6)"]), (["text", "ink"],) * 2:
        figure = plots.windows_on_page(PAGE.image, [(3, 5), (4, 6)], 8, cut, said)
        assert [axis.get_title() for axis in figure.subfigs[1].axes] == shown


def test_every_window_of_a_grid_names_its_class():
    classes = [0, 1, 2, 1, 0]
    figure = plots.window_grid(np.zeros((5, 4, 4, 1)), classes, columns=3)
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == [*(CLASSES[c] for c in classes), ""]


def test_cells_are_ruled_at_their_edges_and_at_the_end_of_the_page():
    labels = np.random.default_rng(0).integers(0, 3, (7, 5))
    axis = plots.label_cells(labels, 3).axes[0]
    np.testing.assert_array_equal(axis.get_images()[0].get_array(), labels)
    rows, columns = (c.get_segments() for c in axis.collections if isinstance(c, LineCollection))
    assert [segment[0, 1] for segment in rows] == [-0.5, 2.5, 5.5, 6.5]
    assert [segment[0, 0] for segment in columns] == [-0.5, 2.5, 4.5]
    assert [text.get_text() for text in axis.texts] == [str(c) for c in labels.ravel()]


def test_every_stride_has_its_map_its_seconds_and_its_accuracy():
    maps = {8: np.ones_like(PAGE.labels), 4: PAGE.labels}
    above, below = plots.strides(PAGE, maps, {8: 0.1, 4: 0.4}, {8: 0.5, 4: 1.0}).subfigs
    assert [axis.get_title() for axis in above.axes] == ["ground truth", "stride 8", "stride 4"]
    for axis, labels in zip(above.axes, (PAGE.labels, *maps.values()), strict=True):
        shown = axis.get_images()[0].get_array()
        np.testing.assert_array_equal(shown, plots.overlay(PAGE.image, labels))
    points = [axis.lines[0].get_xydata().tolist() for axis in below.axes]
    assert points == [[[8, 0.1], [4, 0.4]], [[8, 0.5], [4, 1.0]]]
    assert below.axes[1].get_ylim() == (0, 1.02)


def test_counts_are_shown_as_they_are_with_a_window_to_compare():
    counts = np.arange(20).reshape(4, 5)
    axis = plots.visit_counts(counts, (1, 2), 3).axes[0]
    np.testing.assert_array_equal(axis.get_images()[0].get_array(), counts)
    (frame,) = axis.patches
    assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((1.5, 0.5), 3, 3)


def test_agreement_shows_a_map_a_layer_row_0_on_top():
    maps = {"conv": np.eye(4, dtype=bool), "pool": np.array([[True, False], [False, False]])}
    figure = plots.agreement(maps)
    assert [axis.get_title() for axis in figure.axes] == list(maps)
    for axis, equal in zip(figure.axes, maps.values(), strict=True):
        (mesh,) = (c for c in axis.collections if isinstance(c, QuadMesh))
        np.testing.assert_array_equal(mesh.get_array().reshape(equal.shape), equal)
        assert axis.get_ylim() == (len(equal), 0)
