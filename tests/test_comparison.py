"""The lecture's comparison on tiny pages: rows, resumption, refusal."""

import io
import json

import numpy as np
import pytest
from pages_of_ink import page_folder, striped_page
from PIL import Image
from rich.console import Console

from seglab import catalogue, comparison, metrics, prediction, reports, runs, training
from seglab.classical import METHODS
from seglab.errors import InputError
from seglab.model_files import load_model, read_card
from seglab.pages import Page
from seglab.recipe import CLASSICAL, LITERATURE, MODELS, TRANSFER, Recipe
from seglab.scaling import scaled_image, scaled_labels

NAMES = "fcn", "skip_fcn"


@pytest.fixture(autouse=True)
def small_crops(monkeypatch):
    monkeypatch.setattr(training, "CROP", 32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return page_folder(tmp_path_factory.mktemp("pages"))


def run(folder, out, names=NAMES, console=None, methods=(), **options):
    recipes = [Recipe(name, height=48, epochs=2, **options) for name in names]
    reading = recipes[0].reading
    pages = runs.read_training_pages(folder, 48, reading=reading)
    test_pages = runs.read_test_pages(folder, reading=reading)
    compared = comparison.compare(recipes, pages, test_pages, out, console=console, methods=methods)
    return *compared, test_pages


def test_rows_are_what_the_trained_models_score(folder, tmp_path):
    rows, predictions, test_pages = run(folder, tmp_path)
    assert [row["model"] for row in rows] == list(NAMES)
    for row in rows:
        file = tmp_path / f"{row['model']}.keras"
        model, history = load_model(file), read_card(file)["history"]
        labels = [prediction.labels(model, page.image, 48) for page in test_pages]
        np.testing.assert_array_equal(predictions[row["model"]], labels)
        truth = np.stack([page.labels for page in test_pages])
        ink = np.stack([page.image[..., 0] for page in test_pages]) > 0.5
        expected = metrics.report(
            metrics.confusion_matrix(truth, np.stack(labels), 3),
            metrics.confusion_matrix(truth, np.stack(labels), 3, ink),
        )
        np.testing.assert_equal({key: row[key] for key in expected}, expected)
        assert row["parameters"] == model.count_params()
        assert row["train_seconds"] == sum(epoch["seconds"] for epoch in history) > 0
        assert row["seconds_per_page"] > 0 and row["first_page_seconds"] > 0
    fcn, skip_fcn = rows
    assert fcn["times_fcn"] == 1
    assert skip_fcn["times_fcn"] == skip_fcn["seconds_per_page"] / fcn["seconds_per_page"]
    assert (fcn["lecture_seconds"], skip_fcn["lecture_seconds"]) == (0.86, 0.91)


def test_the_ink_reading_is_scored_and_drawn_on_ink_alone(folder, tmp_path, monkeypatch):
    (row,), predictions, test_pages = run(folder, tmp_path, ["fcn"], reading="ink")
    truth, labels = (
        np.stack(arrays) for arrays in ([page.labels for page in test_pages], predictions["fcn"])
    )
    ink = np.stack([page.image[..., 0] for page in test_pages]) > 0.5
    regions = np.stack([page.labels for page in runs.read_test_pages(folder)])
    expected = metrics.report(metrics.confusion_matrix(regions, labels, 3, ink))
    np.testing.assert_equal({key: row[key] for key in expected}, expected)
    assert row["reading"] == "ink" and "ink_accuracy" not in row

    drawn = {}
    monkeypatch.setattr(comparison.plots, "comparison", lambda *given: drawn.update(given=given))
    monkeypatch.setattr(comparison.plots, "save", lambda *_: None)
    comparison.write(tmp_path, [row], test_pages, predictions, [])
    pages, (pictured,), _ = drawn["given"]
    assert pages == test_pages
    np.testing.assert_array_equal(np.stack(pictured), np.where(ink, labels, metrics.IGNORE))


def test_the_lectures_ratios():
    """1 : 1.06 : 1.28 : 7.0 in seconds per page."""
    seconds = comparison.LECTURE_SECONDS
    ratios = [seconds[name] / seconds["fcn"] for name in ("skip_fcn", "transposed_fcn")]
    assert [round(ratio, 2) for ratio in ratios] == [1.06, 1.28]
    assert round(seconds["sliding_window"] / seconds["fcn"], 1) == 7.0


def test_trained_models_are_kept_and_an_interrupted_one_goes_on(folder, tmp_path, monkeypatch):
    """Interrupted in the second model: the first is not trained again, the second not anew."""
    whole, *_ = run(folder, tmp_path / "whole")
    fit, epochs = training.keras.Model.fit, []

    def interrupted(model, *args, **kwargs):
        if (model.name, kwargs["initial_epoch"]) == ("skip_fcn", 1) and "stop" not in epochs:
            epochs.append("stop")
            raise KeyboardInterrupt
        epochs.append((model.name, kwargs["initial_epoch"]))
        return fit(model, *args, **kwargs)

    monkeypatch.setattr(training.keras.Model, "fit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "parts")
    rows, *_ = run(folder, tmp_path / "parts")
    assert epochs == [("fcn", 0), ("fcn", 1), ("skip_fcn", 0), "stop", ("skip_fcn", 1)]
    assert not list((tmp_path / "parts").glob("*unfinished*"))
    for row, straight in zip(rows, whole, strict=True):
        np.testing.assert_equal(row["iou"], straight["iou"])


def test_models_of_other_options_or_pages_are_not_overwritten(folder, tmp_path):
    run(folder, tmp_path / "out", ["fcn"])
    before = (tmp_path / "out" / "fcn.keras").read_bytes()
    other = page_folder(tmp_path / "other", size=(40, 48))
    for arguments in ((folder, {"seed": 1}), (folder, {"reading": "ink"}), (other, {})):
        with pytest.raises(InputError, match="fcn.keras is there already, trained with other"):
            run(arguments[0], tmp_path / "out", ["fcn"], **arguments[1])
    assert (tmp_path / "out" / "fcn.keras").read_bytes() == before


def test_it_says_at_the_start_how_long_it_will_take(folder, tmp_path):
    console = Console(width=100, record=True, file=io.StringIO())
    run(folder, tmp_path, ["fcn"], console)
    text = console.export_text()
    assert text.index("Training takes about") < text.index("training fcn")
    assert "6 pages to train on, 2 to validate, 2 to test; 1 of 1 models to train." in text


def test_without_an_fcn_there_is_no_ratio_to_it(folder, tmp_path):
    rows, *_ = run(folder, tmp_path, ["skip_fcn"])
    assert rows[0]["times_fcn"] is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(3.2, "3 seconds"), (89, "89 seconds"), (400, "7 minutes")]
)
def test_durations_are_said_as_people_say_them(seconds, words):
    assert comparison.duration(seconds) == words


def test_pages_can_be_limited_evenly(folder):
    assert runs.evenly(list("abcde"), 3) == list("ace")
    assert runs.evenly(list("abc"), 5) == runs.evenly(list("abc"), None) == list("abc")
    assert len(runs.read_test_pages(folder, most=1)) == 1
    assert len(runs.read_training_pages(folder, 48, most=2).train) == 2


def test_a_comparison_is_written_whole(folder, tmp_path):
    rows, predictions, pages = run(folder, tmp_path / "models")
    comparison.write(tmp_path, rows, pages, predictions, [])
    assert json.loads((tmp_path / "compare.json").read_text())[1]["model"] == "skip_fcn"
    assert sorted(path.name for path in tmp_path.glob("compare.*")) == [
        *("compare.json", "compare.md", "compare.png")
    ]
    for name in "compare", "quality":
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert min(picture.size) > 500


def test_a_classical_method_learns_from_the_same_pages_and_is_scored_the_same(folder, tmp_path):
    rows, predictions, pages = run(folder, tmp_path, ["fcn"], methods=["threshold"])
    training_pages = runs.read_training_pages(folder, 48).train
    method = METHODS["threshold"]().fit(training_pages)
    small = [Page("", scaled_image(page.image, 48)) for page in pages]
    found = [
        scaled_labels(method.predict(each), page.labels.shape)
        for each, page in zip(small, pages, strict=True)
    ]
    np.testing.assert_array_equal(predictions["threshold"], found)
    truth = np.stack([page.labels for page in pages])
    expected = metrics.mean_iou(metrics.confusion_matrix(truth, np.stack(found), 3))
    assert rows[1]["mean_iou"] == expected and rows[1]["parameters"] is None
    assert rows[1]["times_fcn"] == rows[1]["seconds_per_page"] / rows[0]["seconds_per_page"] > 0
    assert not (tmp_path / "threshold.keras").exists()


@pytest.mark.parametrize("count", [1, 3, 6])
def test_drawn_pages_span_pictures_and_text(count):
    shares = np.linspace(0, 0.5, count)
    pages = []
    for i, share in enumerate(shares):
        page = striped_page(str(i), (40, 40), seed=i)
        page.labels[:] = 1
        page.labels[: round(40 * share)] = 2
        pages.append(page)
    assert len(comparison.pages_to_draw(pages, most=1)) == 1
    drawn = comparison.pages_to_draw(pages)
    assert drawn == sorted(set(drawn)) and len(drawn) == min(count, comparison.PAGES_DRAWN)
    assert {0, count - 1} <= set(drawn)


def test_every_name_is_somebodys_and_has_a_title():
    assert list(catalogue.BUILDERS) == [*MODELS, *LITERATURE, *TRANSFER]
    assert list(METHODS) == list(CLASSICAL)
    assert list(reports.TITLES) == [*MODELS, *LITERATURE, *TRANSFER, *CLASSICAL]
