"""What was found is marked where it is, and a reading of a curve is drawn at its height."""

import io

import numpy as np

from seglab import plots


def test_taps_are_marked_on_their_layers():
    sides = [64, 32, 33, 16, 8, 1, 4, 2]
    axis = plots.taps(64, sides, [1, 3, 99, -1]).axes[0]
    layers, marked = axis.get_lines()
    np.testing.assert_array_equal(layers.get_xydata(), list(enumerate(sides)))
    np.testing.assert_array_equal(marked.get_xydata(), [(1, 32), (3, 16)])
    assert [text.get_text() for text in axis.texts] == ["1", "3"]
    labels = [label.get_text() for label in axis.get_yticklabels()]
    assert labels == ["64", "32", "16", "8", "4", "2"]


def test_running_means_start_before_the_first_step():
    means = {"momentum 0.5": [4.0, 3.0, 2.5], "momentum 0.9": [4.0, 3.8, 3.62]}
    axis = plots.running_means(means, 2.0).axes[0]
    target, *curves = axis.get_lines()
    assert set(target.get_ydata()) == {2.0}
    for curve, (title, values) in zip(curves, means.items(), strict=True):
        assert curve.get_label() == title
        np.testing.assert_array_equal(curve.get_xydata(), list(enumerate(values)))


def test_a_reading_goes_from_one_curve_to_the_other():
    curves = {"random": (0.2, 0.4, 0.6), "pre-trained": (0.4, 0.5, 0.6)}
    figure = plots.learning_curves((4, 8, 16), curves, (4, 0.4, 8))
    arrow = next(text for text in figure.axes[0].texts if text.arrow_patch is not None)
    assert (arrow.xyann, arrow.xy) == ((4, 0.4), (8, 0.4))
    assert "8 pages" in [text.get_text() for text in figure.axes[0].texts]
    drawn = [line.get_label() for line in figure.axes[0].get_lines()[:2]]
    assert drawn == list(curves)
    assert not plots.learning_curves((4, 8, 16), curves).axes[0].texts


def test_a_reading_that_is_far_off_can_be_drawn():
    figure = plots.learning_curves((4, 8), {"random": (0.2, 0.4)}, (4, 0.2, 1e6))
    file = io.BytesIO()
    figure.savefig(file)
    assert file.tell() > 5000
