"""A timing from beginning to end on tiny pages, and what is written of it."""

import importlib
import io
import json
import re
import sys

import keras
import pytest
from matplotlib.text import Text
from PIL import Image
from rich.console import Console

from seglab import __main__ as command_line
from seglab import plots
from seglab.errors import InputError
from seglab.recipe import MODELS
from seglab.speed import convolution, experiment, report, variants
from seglab.speed.settings import Settings

SIZES = (24, 16), (48, 32)
drawn = importlib.import_module("seglab.plots.times")  # `plots.times` is the function
UNKNOWN = {key for key, _ in report.COLUMNS.values()} - {
    *("model", "variant", "seconds_per_page", "middle_half", "times_fcn")
}


@pytest.fixture(autouse=True)
def small_convolutions(monkeypatch):
    monkeypatch.setattr(convolution, "CHANNELS", (4,))
    monkeypatch.setattr(convolution, "LONG_ENOUGH", 1e-9)


@pytest.fixture(scope="module")
def measured():
    """(result, what was said) of a small timing in two variants, with a process that fails."""

    def alone(source, size, variant, stride):
        if source == "fcn":
            raise RuntimeError("Killed")
        return {"first_page_seconds": 1.25, "memory_bytes": 3 * 2**20}

    console = Console(width=100, record=True, file=io.StringIO())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(convolution, "CHANNELS", (4,))
        patch.setattr(convolution, "LONG_ENOUGH", 1e-9)
        patch.setattr(experiment, "alone", alone)
        names = ("fcn", "sliding_window")
        settings = Settings(names, SIZES, variants=("float32", "mixed"), batch=2, repetitions=2)
        return experiment.measure(settings, console), console.export_text()


def test_there_is_a_row_for_every_case_in_the_order_asked(measured):
    result, _ = measured
    cases = [(r["height"], r["width"], r["model"], r["variant"]) for r in result["rows"]]
    assert cases == [
        (*size, model, variant)
        for size in SIZES
        for model in ("fcn", "sliding_window")
        for variant in map(str, variants.variants(("float32", "mixed")))
    ]
    for row in result["rows"]:
        assert len(row["seconds"]) == 2 and min(row["seconds"]) > 0
        dense = row["model"] == "fcn"
        assert row["network_seconds_per_page"] == pytest.approx(sum(row["network_seconds"]) / 4)
        assert row["memory_bytes"] == (None if dense else 3 * 2**20)
        assert row["share_of_peak"] > 0
    assert result["windows"] == {"sliding_window": 32}
    assert len(result["peaks"]) == 2 and len(result["growth"]) == 4


def test_it_says_how_long_it_will_take_and_what_failed(measured):
    _, said = measured
    assert said.index("Timing 8 cases takes about") < said.index("timing, in turn")
    assert "fcn alone failed: Killed" in said


def test_the_page_has_a_table_a_size_and_every_row(measured):
    result, _ = measured
    page = report.markdown(result)
    names = [str(variant) for variant in variants.variants(("float32", "mixed"))]
    tables = re.findall(r"(?:^\|.*\|\n)+", page, re.M)
    assert len(tables) == len(SIZES) and page.count("## Pages of ") == len(SIZES)
    for table in tables:
        lines = table.splitlines()
        assert len(lines) == 2 + 4 and len({line.count("|") for line in lines}) == 1
        assert f"| Sliding window | {names[1]} |" in table
    fcn = next(row for row in result["rows"] if row["model"] == "fcn")
    assert f"| {report.digits(fcn['seconds_per_page'], 3)} |" in tables[0]
    assert "windows of 32x32 pixels, every 8 pixels" in page
    assert (
        f"Keras {result['machine']['keras']} on {keras.backend.backend()}" in page
        and "time.png" in page
    )


def test_columns_in_which_nobody_has_anything_are_left_out(measured):
    result, _ = measured
    nothing = {"memory_bytes": None, "first_page_seconds": None, "times_fcn": None}
    rows = [{**row, **nothing, "variant": "float32"} for row in result["rows"]]
    page = report.markdown({**result, "rows": rows})
    headings = next(line for line in page.splitlines() if line.startswith("| model"))
    assert "memory" not in headings and "first page" not in headings
    assert "computes in" not in headings
    assert "| times FCN" not in headings and "| lecture, times FCN" in headings


@pytest.mark.parametrize(
    ("value", "text"), [(0.020449, "0.0204"), (1.0, "1"), (149.7, "150"), (1234.5, "1230")]
)
def test_numbers_have_few_digits_and_no_powers_of_ten(value, text):
    assert report.digits(value, 3) == text


def example(variants=("float32",), sizes=((320, 224), (448, 320), (640, 448), (900, 640))):
    """Seconds that are known: model i takes 1 + i/20 as long as the first; variants are faster."""
    rows = [
        {
            "model": model,
            "variant": variant,
            "height": size[0],
            "width": size[1],
            "seconds_per_page": seconds,
            "middle_half": (0.9 * seconds, 1.2 * seconds),
            "times_fcn": 1.0,
            **dict.fromkeys(UNKNOWN),
        }
        for size in sizes
        for i, model in enumerate(MODELS)
        for k, variant in enumerate(variants)
        for seconds in [1e-7 * (1 + i / 20) * size[0] * size[1] / (1 + 9 * k)]
    ]
    fits = [{"model": m, "variant": v, "exponent": 1.0} for m in MODELS for v in variants]
    return {"rows": rows, "growth": fits}


def test_the_terminals_table_fits_80_columns_and_cuts_nothing():
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(report.terminal_table(example()))
    text = console.export_text()
    assert "…" not in text and max(map(len, text.splitlines())) <= 80
    assert "Transposed skip-FCN  " in text and "900x640" in text and "float32" not in text


@pytest.mark.parametrize("theme", [plots.LIGHT, plots.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("variants", [("float32",), ("float32", "mixed_float16", "float32, XLA")])
def test_every_curve_is_drawn_and_labelled_and_no_label_touches_another(variants, theme):
    mean_ious = {model: 0.7 + i / 2000 for i, model in enumerate(MODELS)}
    curves = report.curves(example(variants), mean_ious)
    figure = plots.times(curves, theme)
    figure.draw_without_rendering()
    *growth, quality = figure.axes
    assert len(growth) == len(variants) and len({axes.get_ylim() for axes in growth}) == 1
    for axes, variant in zip(growth, variants):
        assert axes.get_title(loc="left").endswith(variant)
        assert [len(line.get_xdata()) for line in axes.lines] == [4] * len(MODELS)
        assert [tick.get_text() for tick in axes.get_xticklabels()][0] == "320×224"
    assert len(quality.lines) == len(MODELS)
    for axes in figure.axes:
        boxes = [Text.get_window_extent(text) for text in axes.texts]  # without its leader
        assert len(boxes) == len(MODELS)
        assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert all(figure.bbox.contains(*corner) for box in boxes for corner in box.corners())


def test_without_scores_there_is_no_picture_of_quality():
    assert len(plots.times(report.curves(example(), {})).axes) == 1
    assert (
        len(plots.times(report.curves(example(("a", "b")), {"fcn": 0.7})).axes) == 3 > drawn.COLUMNS
    )


def test_the_lectures_models_look_different_in_every_figure():
    assert drawn.MODELS == MODELS
    for theme in plots.LIGHT, plots.DARK:
        looks = {(theme.along[i], drawn.MARKERS[i]) for i in range(len(MODELS))}
        assert len({colour for colour, _ in looks}) == len({m for _, m in looks}) == len(MODELS)


def test_one_size_has_no_growth():
    result = example(sizes=((320, 224),)) | {"growth": []}
    figure = plots.times(report.curves(result, {}))
    assert [text.get_text() for text in figure.axes[0].texts][1] == "FCN"


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


def test_the_command_writes_numbers_tables_and_figure(seglab, tmp_path):
    compare = tmp_path / "compare.json"
    compare.write_text(json.dumps([{"model": "fcn", "mean_iou": 0.7}]))
    code, printed, said = seglab(
        *("time", "--models", "fcn, unet", "--sizes", "24x16, 40x40", "--repetitions", 1),
        *("--no-memory", "--out", tmp_path / "out", "--compare", compare),
    )
    assert code == 0 and "Timing 4 cases" in said and "U-Net" in printed
    result = json.loads((tmp_path / "out" / "time.json").read_text())
    assert result["settings"]["sizes"] == [[24, 16], [40, 40]] and len(result["rows"]) == 4
    assert "## Pages of 40×40 pixels" in (tmp_path / "out" / "time.md").read_text()
    with Image.open(tmp_path / "out" / "time.png") as picture:
        assert picture.width > 1.5 * picture.height  # two panels: growth and quality


def test_what_cannot_be_timed_is_one_sentence_and_writes_nothing(seglab, tmp_path):
    out, page = tmp_path / "out", tmp_path / "page.json"
    page.write_text("[1]")
    for arguments, sentence in {
        ("--models", "vgg"): "There is no model vgg; choose of",
        ("--models", "fcn,fcn"): "should have different names",
        ("--sizes", "32"): "should be HEIGHTxWIDTH",
        ("--variants", "float8"): "There is no variant float8 on",
        ("--stride", 0): "Invalid value for '--stride'",
        ("--compare", page): "cannot be read as a comparison",
        ("--compare", tmp_path / "none.json"): "cannot be read as a comparison",
    }.items():
        code, _, said = seglab("time", *arguments, "--out", out)
        assert code in (1, 2) and sentence in said, (arguments, said)
        assert "Traceback" not in said and not out.exists(), arguments


def test_rows_of_a_comparison_are_read_by_model(tmp_path):
    file = tmp_path / "compare.json"
    file.write_text('[{"model": "fcn", "mean_iou": 0.7}, {"model": "unet", "mean_iou": null}]')
    assert report.mean_ious(file) == {"fcn": 0.7, "unet": None}
    file.write_text('[{"model": "fcn"}]')
    with pytest.raises(InputError, match="give the compare.json"):
        report.mean_ious(file)
