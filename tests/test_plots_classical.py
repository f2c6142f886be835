"""Figures of the methods from before deep learning draw what they are given, and all of it."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from pages_of_ink import striped_page

from seglab import plots
from seglab.pages import CLASSES
from seglab.plots.classical import BORDER, THINGS

PAGE = striped_page("a", size=(32, 24))


def test_a_histogram_has_every_class_and_a_strip_of_those_that_win():
    limits, counts = np.linspace(0, 0.6, 7), np.arange(18).reshape(3, 6) + 1
    axis, strip = plots.density_histogram(limits, counts, [0, 0, 1, 1, 2, 0]).axes
    for stairs, own in zip(axis.patches, counts, strict=True):
        np.testing.assert_array_equal(stairs.get_data().values, own)
    assert [text.get_text() for text in axis.get_legend().get_texts()] == list(CLASSES)
    winners = [patch.get_facecolor() for patch in strip.patches]
    assert len(winners) == 6 and len(set(winners)) == 3 and winners[0] == winners[5]
    assert strip.get_xlim() == (0, 0.6)


@pytest.mark.parametrize("moved", [None, np.array([[1.0, 2], [6, 7]])])
def test_clusters_have_their_points_their_centres_and_arrows_if_these_move(moved):
    points, groups = np.random.default_rng(0).random((9, 2)), np.array([0] * 4 + [1] * 5)
    centres = np.array([[0.2, 0.3], [0.7, 0.9]])
    axis = plots.clusters(points, groups, centres, moved, axes=("near", "far")).axes[0]
    for number, (drawn, line) in enumerate(zip(axis.collections, axis.lines, strict=True)):
        np.testing.assert_allclose(drawn.get_offsets(), points[groups == number])
        np.testing.assert_allclose(line.get_xydata(), centres[number : number + 1])
        assert to_rgb(drawn.get_facecolor()[0]) == to_rgb(line.get_color())
    arrows = [text for text in axis.texts if text.arrow_patch is not None]
    assert len(arrows) == (0 if moved is None else 2)
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("near", "far")


def test_borders_lie_where_superpixels_meet_and_nowhere_else():
    numbers = np.zeros((32, 24), int)
    numbers[16:] = 5
    figure = plots.borders(PAGE.image, {"halves": numbers, "one": 0 * numbers})
    halves, one = (axis.get_images()[0].get_array() for axis in figure.axes)
    edge = (halves == np.array(BORDER)).all(-1)
    assert edge[16].all() and edge.sum() == 24
    assert not (one == np.array(BORDER)).all(-1).any()
    assert [axis.get_title() for axis in figure.axes] == ["halves", "one"]


def test_things_have_colours_and_nothing_has_none():
    numbers = np.array([[0, 1, 2], [0, 1, len(THINGS) + 2]])
    picture = plots.instances({"things": numbers}).axes[0].get_images()[0].get_array()
    assert (picture[:, 0] == 255).all()
    np.testing.assert_array_equal(picture[0, 1], picture[1, 1])
    np.testing.assert_array_equal(picture[0, 2], picture[1, 2])  # colours come again
    assert (picture[0, 1] != picture[0, 2]).any()
    darker = plots.instances({"things": numbers}, np.ones((2, 3, 1)))
    assert (darker.axes[0].get_images()[0].get_array() < picture).all()
