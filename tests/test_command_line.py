"""The commands do what they say; what a user can mend is one sentence and a non-zero exit."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from pages_of_ink import page_folder, striped_page
from PIL import Image

from seglab import __main__ as command_line
from seglab import models, prediction, training, weights
from seglab.model_files import load_model, read_card
from seglab.pages import read_image, read_labels, write_image, write_page


@pytest.fixture(autouse=True)
def small_crops(monkeypatch):
    monkeypatch.setattr(training, "CROP", 32)
    monkeypatch.setattr(training, "WINDOWS", 8)


@pytest.fixture
def seglab(monkeypatch, capsys):
    """Call the command line; returns (exit code, what it printed, what it said on stderr)."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["seglab", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            command_line.main()
        printed = capsys.readouterr()
        return exit_.value.code or 0, printed.out, " ".join(printed.err.split())

    return call


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return page_folder(tmp_path_factory.mktemp("pages"))


def test_train_predict_evaluate(seglab, pages, tmp_path):
    model, out = tmp_path / "models" / "fcn.keras", tmp_path / "out"
    options = ("--pages", pages, "--height", 48, "--epochs", 2)
    assert seglab("train", "fcn", "--out", model, *options)[0] == 0
    assert seglab("train", "fcn", "--out", model, *options)[0] == 0  # done already: nothing lost
    write_page(tmp_path / "more", striped_page("z", (97, 81)))
    code, *_ = seglab("predict", model, pages, tmp_path / "more", "--out", out, "--overlay")
    assert code == 0
    assert len(list(out.glob("*.png"))) == len(list((out / "overlays").glob("*.png"))) == 11
    assert read_labels(out / "z.png").shape == (97, 81)
    with Image.open(out / "z.png") as picture:
        assert picture.mode == "P"

    one = tmp_path / "one"
    write_image(tmp_path / "page.png", read_image(pages / "images" / "a.png"))
    assert seglab("predict", model, tmp_path / "page.png", "--out", one)[0] == 0
    np.testing.assert_array_equal(read_labels(one / "page.png"), read_labels(out / "a.png"))

    (out / "z.png").unlink()
    code, printed, _ = seglab("evaluate", out, pages, "--images", pages, "--json")
    scores = json.loads(printed)
    assert code == 0 and scores["pages"] == 10
    assert 0 <= scores["mean_iou"] <= 1 and 0 <= scores["ink_accuracy"] <= 1
    code, printed, _ = seglab("evaluate", out, pages)
    assert code == 0 and f"{scores['mean_iou']:.4f}" in printed and "graphic" in printed


def test_compare_writes_rows_table_and_picture(seglab, pages, tmp_path):
    code, printed, said = seglab(
        *("compare", "--quick", "--pages", pages, "--out", tmp_path, "--models", "fcn, unet"),
        *("--height", 48, "--epochs", 1),
    )
    assert code == 0 and "Training takes about" in said and "FCN" in printed
    rows = json.loads((tmp_path / "compare.json").read_text())
    keys = (
        "model parameters pixel_accuracy ink_accuracy mean_iou mean_dice iou train_seconds "
        "seconds_per_page lecture_seconds times_fcn"
    )
    assert [row["model"] for row in rows] == ["fcn", "unet"]
    assert all(set(keys.split()) <= set(row) for row in rows)
    assert "1,940,851" in (tmp_path / "compare.md").read_text()
    assert (tmp_path / "compare.png").stat().st_size > 10_000


def test_the_ink_reading_from_training_to_scores(seglab, pages, tmp_path):
    ink = ("--labels", "ink", "--pages", pages)
    small = ("--height", 48, "--epochs", 1)
    code, *_ = seglab("compare", *ink, *small, "--models", "fcn", "--out", tmp_path / "compared")
    rows = json.loads((tmp_path / "compared" / "compare.json").read_text())
    assert code == 0 and rows[0]["reading"] == "ink"
    assert "Labels: ink; only ink is" in (tmp_path / "compared" / "compare.md").read_text()
    model, out = tmp_path / "fcn.keras", tmp_path / "out"
    assert seglab("train", "fcn", *ink, *small, "--out", model)[0] == 0
    assert read_card(model)["training"]["reading"] == "ink"
    code, _, said = seglab("train", "fcn", "--pages", pages, *small, "--out", model)
    assert code == 1 and "fcn.keras is there already, trained with other options" in said
    seglab("predict", model, pages, "--out", out)
    code, printed, _ = seglab("evaluate", out, pages, "--labels", "ink", "--json")
    scores, table = json.loads(printed), seglab("evaluate", out, pages, "--labels", "ink")[1]
    assert code == 0 and f"{scores['mean_iou']:.4f}" in table
    assert "ink" in table and "area" not in table


def test_pages_are_the_same_bytes_for_the_same_seed(seglab, tmp_path):
    options = ("--count", 2, "--seed", 3, "--height", 300)
    for folder in "ab":
        assert seglab("pages", *options, "--out", tmp_path / folder)[0] == 0
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.png"))
    assert len(files) == 6
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_convert_makes_a_page_folder(seglab, tmp_path):
    write_image(tmp_path / "scans" / "a.png", striped_page("a").image)
    out = tmp_path / "pages"
    assert seglab("convert", tmp_path / "scans", "--out", out, "--height", 24)[0] == 0
    assert read_image(out / "images" / "a.png").shape == (24, 20, 1)


def test_a_page_that_cannot_be_read_does_not_stop_the_others(seglab, pages, tmp_path):
    model = tmp_path / "fcn.keras"
    models.fcn(3).save(model)
    scans = tmp_path / "scans"
    write_image(scans / "good.png", striped_page("a").image)
    (scans / "bad.png").write_bytes(b"no image")
    code, _, said = seglab("predict", model, scans, "--out", tmp_path / "out")
    assert code == 1 and "bad.png is no readable image" in said
    assert "Pages that could not be read: 1 (bad)." in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.png"]


def test_bad_input_is_one_sentence_and_writes_nothing(seglab, pages, tmp_path):
    out = tmp_path / "out"
    (tmp_path / "empty").mkdir()
    two = page_folder(tmp_path / "two", "ab")
    model = tmp_path / "fcn.keras"
    models.fcn(3).save(model)
    five = tmp_path / "five.keras"
    models.fcn(5).save(five)
    page = pages / "images" / "a.png"
    before = page.read_bytes()
    for arguments, sentence in {
        ("train", "vgg", "--out", out / "a.keras"): "There is no model 'vgg'; choose one of",
        ("train", "fcn", "--out", out / "a.h5"): "--out should name a .keras file",
        ("train", "fcn", "--pages", two, "--out", out / "a.keras"): "At least 3 pages are needed",
        ("train", "fcn", "--epochs", 0, "--out", out / "a.keras"): "Invalid value for '--epochs'",
        ("compare", "--pages", tmp_path / "none", "--out", out): "none is not a folder",
        ("compare", "--pages", tmp_path / "empty", "--out", out): "empty holds no pages",
        ("compare", "--models", "fcn,vgg", "--out", out): "There is no model 'vgg'",
        ("compare", "--labels", "all", "--out", out): "There is no reading 'all'; choose one of",
        ("train", "fcn", "--labels", "all", "--out", out / "a.keras"): "There is no reading 'all'",
        ("compare", "--stride", 0, "--out", out): "Invalid value for '--stride'",
        ("predict", tmp_path / "no.keras", page, "--out", out): "no.keras is no .keras file",
        ("predict", page, page, "--out", out): "a.png is no .keras file",
        ("predict", model, page, "--out", page.parent): "would overwrite the page",
        ("predict", five, page, "--out", out): "tells 5 classes apart, but label images",
        ("convert", pages, "--out", pages): "holds pages already; choose a new folder",
        ("compare", "--epochs", 0, "--out", out): "Invalid value for '--epochs'",
        ("dimensions", "fcn", "--size", "1"): "--size should be HEIGHTxWIDTH",
        ("dimensions", "vgg"): "vgg is no .keras file",
        ("predict", model, page, pages, "--out", out): "Two pages are named a; predict them",
        ("predict", model, page, "--height", 0, "--out", out): "Invalid value for '--height'",
        ("evaluate", out, pages): "out does not exist; give a label image",
        ("pages", "--count", 0, "--out", out): "Invalid value for '--count'",
    }.items():
        code, _, said = seglab(*arguments)
        assert code in (1, 2) and sentence in said, (arguments, said)
        assert "Traceback" not in said and not out.exists(), arguments
    assert page.read_bytes() == before


def test_an_interruption_says_how_to_go_on(seglab, monkeypatch, pages, tmp_path):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("seglab.runs.train_to_file", interrupted)
    code, _, said = seglab("train", "fcn", "--pages", pages, "--out", tmp_path / "fcn.keras")
    assert code == 130 and "go on where they were, by the same command" in said


def in_a_new_python(code, **environment):
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_seglab_and_its_help_import_no_backend():
    heavy = "{'keras', 'tensorflow', 'jax', 'torch', 'matplotlib', 'skimage', 'scipy'}"
    assert in_a_new_python(f"import sys, seglab; print({heavy} & set(sys.modules))") == "set()\n"
    help_ = f"""
import sys
from seglab import __main__ as command_line
sys.argv = ["seglab", "--help"]
try:
    command_line.main()
except SystemExit:
    print({heavy} & set(sys.modules))
"""
    assert in_a_new_python(help_).endswith("set()\n")


def test_scoring_label_images_needs_no_keras():
    code = "import sys; from seglab import evaluation, reports; print('keras' in sys.modules)"
    assert in_a_new_python(code) == "False\n"


def test_a_missing_backend_is_one_sentence():
    code = """
import sys
from seglab import __main__ as command_line
sys.argv = ["seglab", "train", "fcn", "--out", "x.keras"]
try:
    command_line.main()
except SystemExit as exit_:
    print(exit_.code)
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": "nonsense"},
        check=False,
    )
    assert result.stdout == "1\n"
    assert result.stderr.startswith("seglab: Keras cannot start its backend")
    assert "Traceback" not in result.stderr


def test_shipped_weights_predict_at_once(seglab, monkeypatch, pages, tmp_path):
    monkeypatch.setattr(weights, "SHIPPED", tmp_path / "weights")
    page, out = pages / "images" / "a.png", tmp_path / "out"
    code, _, said = seglab("predict", "fcn", page, "--out", out)
    assert code == 1 and "holds no weights of fcn; make them with `make weights`, or" in said
    model = tmp_path / "fcn.keras"
    options = ("--pages", pages, "--height", 48, "--epochs", 2)
    seglab("train", "fcn", "--out", model, *options)
    assert seglab("pack", model, "--out", tmp_path / "weights", "--about", "Stripes.")[0] == 0
    heights, labels = [], prediction.labels

    def labels_at(model, image, height, stride):
        heights.append(height)
        return labels(model, image, height, stride)

    monkeypatch.setattr(prediction, "labels", labels_at)
    assert seglab("predict", "fcn", page, "--out", out)[0] == 0
    assert seglab("predict", model, page, "--out", tmp_path / "same")[0] == 0
    assert np.mean(read_labels(out / "a.png") == read_labels(tmp_path / "same" / "a.png")) > 0.99
    assert heights == [48, 48]


def test_fine_tuning_starts_from_weights_and_goes_on_only_from_them(
    seglab, monkeypatch, pages, tmp_path
):
    monkeypatch.setattr(weights, "SHIPPED", tmp_path)
    first, other, tuned = (tmp_path / f"{name}.keras" for name in ("first", "other", "tuned"))
    for file, seed in (first, 1), (other, 2):
        options = ("--pages", pages, "--height", 48, "--epochs", 1, "--seed", seed)
        assert seglab("train", "fcn", "--out", file, *options)[0] == 0
    seglab("pack", first, "--out", tmp_path)
    still = ("train", "fcn", "--pages", pages, "--epochs", 1, "--learning-rate", 1e-9)
    for start in first, "fcn":
        assert seglab(*still, "--from", start, "--out", tuned)[0] == 0
        before, after = (load_model(file).get_weights() for file in (first, tuned))
        for a, b in zip(before, after, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-6)
        recipe = read_card(tuned)["training"]
        assert recipe["height"] == 48 and recipe["start"]  # the height that the start has learnt
        code, _, said = seglab(*still, "--from", other, "--out", tuned)
        assert code == 1 and "tuned.keras is there already, trained with other options" in said
        tuned.unlink()

    fit = training.keras.Model.fit

    def interrupted(model, *args, **kwargs):
        if kwargs["initial_epoch"] == 1:
            raise KeyboardInterrupt
        return fit(model, *args, **kwargs)

    twice = ("train", "fcn", "--pages", pages, "--epochs", 2, "--out", tuned)
    with monkeypatch.context() as patch:
        patch.setattr(training.keras.Model, "fit", interrupted)
        assert seglab(*twice, "--from", first)[0] == 130
    code, _, said = seglab(*twice, "--from", other)
    assert code == 1 and "unfinished training with start" in said
    code, _, said = seglab(*twice)
    assert code == 1 and "unfinished training with" in said
    assert seglab(*twice, "--from", first)[0] == 0


def test_fine_tuning_needs_weights_of_the_same_model(seglab, pages, tmp_path):
    models.fcn(3).save(tmp_path / "fcn.keras")
    models.fcn(5).save(tmp_path / "five.keras")
    out = ("--pages", pages, "--height", 48, "--out", tmp_path / "out.keras")
    code, _, said = seglab("train", "unet", "--from", tmp_path / "fcn.keras", *out)
    assert code == 1 and "fcn.keras are not those of unet: c1_1/kernel should be" in said
    code, _, said = seglab("train", "fcn", "--from", tmp_path / "five.keras", *out)
    assert code == 1 and "logits/kernel should be (1, 1, 80, 3), but there is (1, 1, 80, 5)" in said
    code, _, said = seglab("train", "fcn", "--from", "vgg", *out)
    assert code == 1 and "vgg is no .keras file" in said
    assert not (tmp_path / "out.keras").exists()


def test_prediction_asks_for_no_labels(seglab, tmp_path):
    models.fcn(3).save(tmp_path / "fcn.keras")
    pages = page_folder(tmp_path / "pages", "abc")
    (pages / "labels" / "b.png").unlink()
    assert seglab("predict", tmp_path / "fcn.keras", pages, "--out", tmp_path / "out")[0] == 0
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == ["a", "b", "c"]
