"""Close-ups show every pixel of every version; maps share one scale, whatever their size."""

import numpy as np
from pages_of_ink import striped_page

from seglab import plots
from seglab.pages import CLASSES

PAGE = striped_page("a", size=(32, 24))


def test_a_close_up_shows_the_page_and_every_version_of_its_labels():
    other = np.zeros_like(PAGE.labels)
    figure = plots.close_up(PAGE.image, {"truth": PAGE.labels, "other": other})
    assert [axis.get_title() for axis in figure.axes] == ["the page", "truth", "other"]
    pictures = [axis.get_images()[0] for axis in figure.axes]
    assert all(picture.get_interpolation() == "nearest" for picture in pictures)
    np.testing.assert_array_equal(pictures[0].get_array()[..., 0], 1 - PAGE.image[..., 0])
    for picture, labels in zip(pictures[1:], (PAGE.labels, other), strict=True):
        np.testing.assert_array_equal(picture.get_array(), plots.overlay(PAGE.image, labels))
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(CLASSES)


def test_edges_of_cells_lie_between_pixels_and_on_labels_alone():
    figure = plots.close_up(PAGE.image, {"truth": PAGE.labels}, cell=8)
    page, truth = figure.axes
    assert not page.lines
    edges = [line.get_xydata() for line in truth.lines]
    rows = sorted(e[0, 1] for e in edges if e[0, 1] == e[1, 1])
    columns = sorted(e[0, 0] for e in edges if e[0, 0] == e[1, 0])
    assert rows == [7.5, 15.5, 23.5] and columns == [7.5, 15.5]
    assert not plots.close_up(PAGE.image, {"truth": PAGE.labels}).axes[1].lines


def test_maps_of_any_size_share_one_scale_around_zero():
    coarse, fine = np.full((2, 3), -0.5), np.linspace(-1, 4, 24).reshape(4, 6)
    figure = plots.feature_maps({"coarse": coarse, "fine": fine})
    drawn = [axis.get_images()[0] for axis in figure.axes[:2]]
    assert {picture.get_clim() for picture in drawn} == {(-4, 4)}
    for picture, values in zip(drawn, (coarse, fine), strict=True):
        np.testing.assert_array_equal(picture.get_array(), values)
    assert [axis.get_title() for axis in figure.axes[:2]] == ["coarse\n2 x 3", "fine\n4 x 6"]


def test_maps_of_nothing_but_zero_are_drawn_too():
    figure = plots.feature_maps({"silent": np.zeros((3, 3))})
    low, high = figure.axes[0].get_images()[0].get_clim()
    assert low < 0 < high
