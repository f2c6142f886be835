"""Pictures of losses and metrics show the counts, the curves and the bars that they are given."""

import numpy as np
from matplotlib.colors import to_hex

from seglab import plots
from seglab.pages import CLASSES

CONFUSION = np.array([[1200, 3, 2], [6, 21, 1], [5, 0, 8]])


def texts(axis):
    return [text.get_text() for text in axis.texts]


def test_every_pixel_says_what_came_of_it():
    hits = {name: np.zeros((2, 3), bool) for name in ("TP", "FP", "FN")}
    hits["TP"][0, :2], hits["FP"][1, 0], hits["FN"][1, 2] = True, True, True
    figure = plots.outcomes(hits, "ship")
    (axis,) = figure.axes
    places = {text.get_position(): text.get_text() for text in axis.texts}
    expected = {(0.5, 0.5): "TP", (1.5, 0.5): "TP", (0.5, 1.5): "FP", (2.5, 1.5): "FN"}
    assert places == expected
    assert len({to_hex(patch.get_facecolor()) for patch in axis.patches}) == 3
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said == ["TP: ship, found", "FP: found, but not ship", "FN: ship, missed"]


def test_a_confusion_matrix_has_its_numbers_where_truth_and_prediction_meet():
    (axis,) = plots.confusion_table(CONFUSION).axes
    assert texts(axis) == [f"{pixels:,}" for pixels in CONFUSION.ravel()]
    assert [label.get_text() for label in axis.get_xticklabels()] == list(CLASSES)
    assert [label.get_text() for label in axis.get_yticklabels()] == list(CLASSES)
    greys = np.array([patch.get_facecolor()[0] for patch in axis.patches]).reshape(3, 3)
    assert (greys.argmin(axis=1) == CONFUSION.argmax(axis=1)).all()
    assert axis.yaxis_inverted()  # the first class is above


def test_the_outcomes_of_one_class_are_coloured_in_its_row_and_column():
    figure = plots.confusion_table(CONFUSION, marked=1)
    (axis,) = figure.axes
    colours = np.array([to_hex(patch.get_facecolor()) for patch in axis.patches]).reshape(3, 3)
    assert colours[1, 0] == colours[1, 2] and colours[0, 1] == colours[2, 1]
    assert len({colours[1, 1], colours[1, 0], colours[0, 1], "#ffffff"}) == 4
    assert set(colours[[0, 0, 2, 2], [0, 2, 0, 2]]) == {"#ffffff"}
    assert "text, missed" in figure.legends[0].get_texts()[2].get_text()


def test_a_matrix_without_pixels_is_drawn_too():
    (axis,) = plots.confusion_table(np.zeros((2, 2), int), ("sea", "ship")).axes
    assert texts(axis) == ["0"] * 4


def test_loss_curves_have_a_dot_where_they_are_lowest():
    chances = [0.1, 0.5, 0.9]
    curves = {"plain": [0.2, 0.6, 1.4], "weighted": [1.0, 0.7, 1.0]}
    lowest = {"plain": (0.1, 0.2), "weighted": (0.5, 0.7)}
    (axis,) = plots.loss_curves(chances, curves, lowest).axes
    lines, dots = axis.lines[::2], axis.lines[1::2]
    np.testing.assert_allclose([line.get_ydata() for line in lines], list(curves.values()))
    np.testing.assert_allclose([dot.get_xydata()[0] for dot in dots], list(lowest.values()))
    assert len({line.get_linestyle() for line in lines}) == 2  # not by colour alone
    assert texts(axis) == ["0.10", "0.50"]
    assert [t.get_text() for t in axis.get_legend().get_texts()] == list(curves)


def test_two_classes_pull_in_two_directions():
    left = {"plain": {"sea": 1.9, "ship": 0.1}, "weighted": {"sea": 1.0, "ship": 1.0}}
    right = {"plain": {"sea": 1.0, "ship": 0.5}, "weighted": {"sea": 0.5, "ship": 4.5}}
    figure = plots.pulls({"at 0.5": left, "at 0.1": right})
    assert [axis.get_title() for axis in figure.axes] == ["at 0.5", "at 0.1"]
    sea, ship = ([bar.get_width() for bar in container] for container in figure.axes[0].containers)
    np.testing.assert_allclose([sea, ship], [[-1.9, -1.0], [0.1, 1.0]])
    assert texts(figure.axes[1]) == ["1.00", "0.50", "0.50", "4.50"]
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["sea", "ship"]


def test_a_dot_for_every_pair_of_iou_and_dice():
    pairs = [(0, 0), (0.5, 2 / 3), (1, 1)]
    (axis,) = plots.iou_and_dice(pairs).axes
    np.testing.assert_allclose(axis.lines[1].get_xydata(), pairs)


def test_bars_of_every_class_beside_each_other():
    scores = {"plain": np.array([0.7, 0.6, np.nan]), "weighted": np.array([0.6, 0.6, 0.3])}
    (axis,) = plots.class_scores(scores, "IoU").axes
    widths = [[bar.get_width() for bar in container] for container in axis.containers]
    np.testing.assert_allclose(np.transpose(widths), list(scores.values()))
    assert texts(axis) == ["70%", "60%", "60%", "60%", "", "30%"]
    assert [label.get_text() for label in axis.get_yticklabels()] == list(scores)
    heights = [bar.get_y() for container in axis.containers for bar in container][::2]
    assert heights == sorted(heights)  # background, text, graphic from above
    assert axis.yaxis_inverted() and axis.get_xlabel() == "IoU"
