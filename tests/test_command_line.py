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
from seglab import training
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


def test_pages_are_the_same_bytes_for_the_same_seed(seglab, tmp_path):
    options = ("--count", 2, "--seed", 3, "--height", 300)
    for folder in "ab":
        assert seglab("pages", *options, "--out", tmp_path / folder)[0] == 0
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.png"))
    assert len(files) == 4
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_convert_makes_a_page_folder(seglab, tmp_path):
    write_image(tmp_path / "scans" / "a.png", striped_page("a").image)
    out = tmp_path / "pages"
    assert seglab("convert", tmp_path / "scans", "--out", out, "--height", 24)[0] == 0
    assert read_image(out / "images" / "a.png").shape == (24, 20, 1)


def test_a_page_that_cannot_be_read_does_not_stop_the_others(seglab, pages, tmp_path):
    model = tmp_path / "fcn.keras"
    training.BUILDERS["fcn"](3).save(model)
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
    training.BUILDERS["fcn"](3).save(model)
    five = tmp_path / "five.keras"
    training.BUILDERS["fcn"](5).save(five)
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
