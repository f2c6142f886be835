"""Error maps tell apart what is lost, invented and confused; the front is a line of steps."""

import numpy as np
from pages_of_ink import striped_page

from seglab import plots
from seglab.plots.error_maps import KINDS

PAGE = striped_page("a", size=(32, 24))


def pictures(predictions):
    figure = plots.error_maps(PAGE, predictions)
    return [(axis.get_title(), axis.get_images()[0].get_array()) for axis in figure.axes]


def test_where_a_model_is_right_there_is_no_colour():
    (_, truth), (title, right) = pictures({"perfect": PAGE.labels})
    np.testing.assert_array_equal(truth, plots.overlay(PAGE.image, PAGE.labels))
    assert title == "perfect"
    assert np.ptp(right.astype(int), axis=-1).max() == 0


def test_every_kind_of_error_has_one_colour_and_ink_stays_darker_than_paper():
    truth, said = np.indices((3, 3)).reshape(2, 9)
    kinds = KINDS[truth, said]
    for kind, wrong in {
        0: truth == said,
        1: (truth > 0) & (said == 0),
        2: (truth == 0) & (said > 0),
        3: (truth > 0) & (said > 0) & (truth != said),
    }.items():
        np.testing.assert_array_equal(kinds == kind, wrong)
    wrong = (PAGE.labels + 1) % 3
    picture = dict(pictures({"wrong": wrong}))["wrong"].astype(int)
    ink = PAGE.image[..., 0] == 1
    assert (np.ptp(picture, axis=-1) > 0).all()
    assert picture[ink].sum(-1).max() < picture[~ink].sum(-1).min()


def test_five_models_fill_two_rows_and_the_legend_names_the_errors():
    figure = plots.error_maps(PAGE, dict.fromkeys("abcde", PAGE.labels))
    assert [axis.get_title() for axis in figure.axes] == ["ground truth", *"abcde"]
    named = " ".join(text.get_text() for text in figure.legends[0].get_texts())
    assert all(word in named for word in ("lost", "invented", "confused"))
    assert len(plots.error_maps(PAGE, {"a": PAGE.labels}).axes) == 2


def test_models_are_points_the_best_first_and_the_front_is_steps():
    seconds = {"fcn": 0.02, "unet": 0.07, "my own": 0.3}
    quality = {"fcn": 0.6, "unet": 0.7, "my own": 0.65}
    figure = plots.quality_against_seconds(seconds, quality, ["fcn", "unet"])
    points = {tuple(line.get_xydata()[0]) for line in figure.axes[0].lines[:3]}
    assert points == {(seconds[name], quality[name]) for name in seconds}
    (steps,) = figure.axes[0].lines[3:]
    assert steps.get_drawstyle() == "steps-post"
    np.testing.assert_allclose(steps.get_xydata(), [(0.02, 0.6), (0.07, 0.7)])
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert texts == ["unet", "my own", "fcn", "the front"]


def test_without_a_front_there_are_points_alone():
    figure = plots.quality_against_seconds({"fcn": 0.02}, {"fcn": 0.6})
    assert len(figure.axes[0].lines) == 1
