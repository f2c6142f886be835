"""Pictures of labels show every class in its colour, and what a rule or a resize made of it."""

import numpy as np
from pages_of_ink import striped_page

from seglab import plots
from seglab.pages import CLASSES, IGNORE


def pictures(figure):
    return [axis.get_images()[0].get_array() for axis in figure.axes]


def titles(figure):
    return [axis.get_title() for axis in figure.axes]


def test_a_page_stands_beside_its_labels():
    page = striped_page("a")
    inked = np.where(page.image[..., 0] > 0, page.labels, IGNORE)
    figure = plots.labelled(page.image, {"regions": page.labels, "ink": inked})
    assert titles(figure) == ["the page", "regions", "ink"]
    scan, regions, ink = pictures(figure)
    np.testing.assert_array_equal(scan[..., :1], 1 - page.image)
    np.testing.assert_array_equal(regions, plots.overlay(page.image, page.labels))
    np.testing.assert_array_equal(ink, plots.overlay(page.image, inked))
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(CLASSES)


def test_every_cell_has_its_number_and_the_colour_of_its_class():
    labels = np.array([[0, 1, 2, 3, 4], [4, 3, 2, 1, 0]])
    figure = plots.numbered_labels({"a": labels, "b": labels[:1]})
    assert titles(figure) == ["a", "b"]
    assert [text.get_text() for text in figure.axes[0].texts] == [*map(str, labels.ravel())]
    colours = pictures(figure)[0]
    assert len(np.unique(colours.reshape(-1, 3), axis=0)) == 5
    np.testing.assert_array_equal(colours[0], colours[1, ::-1])


def test_channels_are_coloured_where_they_are_one():
    labels = np.array([[0, 1, 2], [2, 1, 0]])
    figure = plots.channels(labels, np.eye(3)[labels])
    assert titles(figure) == ["labels", "channel 0", "channel 1", "channel 2"]
    for number, picture in enumerate(pictures(figure)[1:]):
        np.testing.assert_array_equal((picture < 255).any(-1), labels == number)


def test_bars_are_as_long_as_the_shares():
    figure = plots.class_shares({"area": [0.5, 0.48, 0.02], "ink": [0.2, 0.7, 0.1]})
    (axis,) = figure.axes
    lengths = [[bar.get_width() for bar in container] for container in axis.containers]
    np.testing.assert_allclose(lengths, [[0.5, 0.2], [0.48, 0.7], [0.02, 0.1]])
    starts = [[bar.get_x() for bar in container] for container in axis.containers]
    np.testing.assert_allclose(starts, [[0, 0], [0.5, 0.2], [0.98, 0.9]])
    assert [t.get_text() for t in axis.texts] == ["50%", "20%", "48%", "70%", "", "10%"]


def test_invented_classes_are_black():
    labels = np.array([[0, 2, 2], [0, 0, 2]])
    invented = np.array([[False, True, False], [False, False, True]])
    figure = plots.resized_labels({"nearest": labels, "blended": labels}, {"blended": invented})
    nearest, blended = pictures(figure)
    assert nearest.any(-1).all()
    np.testing.assert_array_equal(~blended.any(-1), invented)
    np.testing.assert_array_equal(blended[~invented], nearest[~invented])
    assert figure.legends[0].get_texts()[-1].get_text() == "invented"


def test_a_threshold_stands_in_its_histogram():
    grey = np.array([[10, 10, 200], [10, 210, 200]], "uint8")
    counts = np.bincount(grey.ravel(), minlength=256)
    figure = plots.threshold(grey, counts, 100, grey < 100)
    scan, histogram, ink = figure.axes
    assert histogram.lines[0].get_xdata()[0] == 100 and "100" in histogram.get_title()
    np.testing.assert_array_equal(scan.get_images()[0].get_array()[..., 0], grey)
    np.testing.assert_array_equal(ink.get_images()[0].get_array()[..., 0] == 0, grey < 100)


def test_scans_are_grey_or_black_on_white():
    grey = np.arange(6, dtype="uint8").reshape(2, 3)
    figure = plots.scans({"grey": grey, "ink": grey > 2})
    assert titles(figure) == ["grey", "ink"]
    np.testing.assert_array_equal(pictures(figure)[0][..., 1], grey)
    np.testing.assert_array_equal(pictures(figure)[1][..., 1], np.where(grey > 2, 0, 255))


def test_smoothing_shows_ink_what_was_filled_and_paper():
    ink = np.array([[1, 0, 0, 1, 0, 0]], bool)
    (picture,) = pictures(plots.smoothing(ink, {"filled": np.array([[1, 1, 1, 1, 0, 0]], bool)}))
    assert (picture[0, 0] < 60).all() and (picture[0, 4:] == 255).all()
    np.testing.assert_array_equal(picture[0, 0], picture[0, 3])
    np.testing.assert_array_equal(picture[0, 1], picture[0, 2])
    assert len(np.unique(picture[0], axis=0)) == 3


def test_scores_are_curves_with_their_titles():
    figure = plots.scores_by_gap((8, 30), {"ink": [0.9, 0.8], "area": [0.6, 0.7]})
    (axis,) = figure.axes
    np.testing.assert_allclose([line.get_ydata() for line in axis.lines], [[0.9, 0.8], [0.6, 0.7]])
    assert [text.get_text() for text in axis.texts] == ["ink", "area"]
    assert [label.get_text() for label in axis.get_xticklabels()] == ["8", "30"]


def test_pictures_find_their_places_whatever_their_shape():
    tall, wide = np.zeros((40, 20), bool), np.zeros((10, 40), bool)
    for shape, count, rows in ((tall, 4, 1), (tall, 5, 2), (wide, 2, 1), (wide, 3, 2)):
        figure = plots.scans({str(i): shape for i in range(count)})
        assert len(figure.axes) == count
        assert figure.axes[0].get_gridspec().nrows == rows
        assert figure.get_size_inches()[0] < 10.5
