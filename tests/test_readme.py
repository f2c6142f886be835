"""What the README says is true: its figures, its commands, its files."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from seglab.__main__ import app
from seglab.recipe import CLASSICAL, LITERATURE, LOSSES, MODELS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_table_is_the_one_that_the_comparison_wrote():
    written = (ROOT / "results" / "bundled" / "compare.md").read_text()
    table = re.search(r"(\|.*\|\n)+", written)[0]
    assert table.count("\n") == 2 + 5  # heading, rule, five models
    assert table in README


@pytest.mark.parametrize(
    ("file", "rows"),
    [("real/systems", len(MODELS + LITERATURE + CLASSICAL)), ("losses/losses", len(LOSSES) + 3)],
)
def test_a_studys_table_is_the_one_that_it_wrote(file, rows):
    table = re.search(r"(\|.*\|\n)+", (ROOT / "results" / f"{file}.md").read_text())[0]
    assert table.count("\n") == 2 + rows
    assert table in README


def test_the_numbers_of_the_text_are_those_of_the_files():
    (longer,) = json.loads((ROOT / "results" / "longer" / "compare.json").read_text())
    assert f"DeepLab v3+ reaches {longer['mean_iou']:.3f}" in README
    shipped = json.loads((ROOT / "results" / "real" / "shipped.json").read_text())[-1]
    assert f"{shipped['mean_iou']:.3f} and {shipped['ink_accuracy']:.3f}" in README
    transfer = (ROOT / "results" / "transfer" / "transfer.md").read_text()
    for encoder, said in (
        ("pre-trained, frozen", "a mean IoU of "),
        ("random weights", "random weights "),
    ):
        five = re.search(rf"^\| {encoder} \| ([\d.]+)", transfer, re.MULTILINE)[1]
        assert said + five in " ".join(README.split())


def test_the_seconds_are_those_that_were_measured():
    def measured(file, key, **chosen):
        rows = json.loads((ROOT / "results" / f"{file}.json").read_text())
        rows = rows["rows"] if isinstance(rows, dict) else rows
        fits = [row for row in rows if all(row[k] == v for k, v in chosen.items())]
        return {row["model"]: row[key] for row in fits}

    large = {"height": 900, "width": 640}
    expected = {
        "seconds for": measured("timing/time", "seconds_per_page", **large),
        "times the FCN's": measured("timing/time", "times_fcn", **large),
        "the lecture's": measured("timing/time", "lecture_times_fcn", **large),
        "rewrites": measured("benchmarks/rewrites", "times faster", page="900x640"),
        "200 pages": measured("benchmarks/many_sizes", "times faster"),
        "a scan": measured("benchmarks/memory", "peak, GiB"),
    }
    for start, of_model in expected.items():
        written = re.search(rf"^\| {start}.*", README, re.MULTILINE)[0].split("|")[2:-1]
        for model, cell in zip(MODELS, map(str.strip, written), strict=True):
            if cell == "-":
                assert of_model.get(model) is None, (start, model)
            else:
                digits = len(cell.partition(".")[2])
                assert f"{of_model[model]:.{digits}f}" == cell, (start, model)
    windows = json.loads((ROOT / "results" / "benchmarks" / "windows.json").read_text())
    (best,) = [row for row in windows if (row["window"], row["stride"]) == (36, 1)]
    assert f"come {best['times faster']:.0f} times faster" in README


def test_every_link_leads_somewhere():
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert len(targets) >= 5
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_command_and_option_exists():
    commands = get_command(app).commands
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    quoted = re.findall(r"^(?:KERAS_BACKEND=\w+ )?seglab (.*?)(?:   .*)?$", blocks, re.MULTILINE)
    assert {line.split()[0] for line in quoted} == set(commands)
    for line in quoted:
        name, *words = shlex.split(line)
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_python_example_runs(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1], {})
    assert 0 <= float(capsys.readouterr().out) <= 1


def test_the_seconds_of_grading_are_those_that_were_measured():
    rows = json.loads((ROOT / "results" / "benchmarks" / "grading.json").read_text())
    (nbgrader,) = [row for row in rows if row["grader"] == "nbgrader autograde"]
    a_class = rows[-1]
    assert f"{a_class['seconds'] / 60:.1f} minutes" in README
    assert f"{a_class['most memory, GiB']:.1f} GiB: {a_class['seconds each']:.2f} s" in README
    assert f"`nbgrader autograde` takes {nbgrader['seconds each']:.1f} s" in README
