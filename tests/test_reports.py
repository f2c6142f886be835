"""Tables, JSON and the picture say what the rows say."""

import io
import json
import re

import numpy as np
from rich.console import Console

from seglab import metrics, reports
from seglab.recipe import MODELS

ROWS = [
    {
        "model": name,
        "reading": "region",
        "parameters": 1000 + i,
        **metrics.report(np.diag([5, 4, 1]) + i, np.diag([0, 4, 1]) + i),
        "train_seconds": 10.0 * i,
        "first_page_seconds": 1.5,
        "seconds_per_page": 0.1 * (i + 1),
        "times_fcn": i + 0.25,
        "lecture_seconds": None if name == "unet" else 0.86,
        "lecture_times_fcn": None if name == "unet" else 1.0,
    }
    for i, name in enumerate(MODELS)
]
INK_ROWS = [
    {key: value for key, value in row.items() if not key.startswith("ink_")} for row in ROWS
]


def test_markdown_has_a_row_a_model_and_every_heading():
    page = reports.markdown(ROWS, ["A note."])
    lines = [line for line in page.splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(MODELS)
    assert len({line.count("|") for line in lines}) == 1
    for row, line in zip(ROWS, lines[2:], strict=True):
        assert reports.TITLES[row["model"]] in line and f"{row['mean_iou']:.3f}" in line
    assert "| - |" in lines[-1]  # the lecture has no seconds for the U-Net
    assert "- A note." in page and "compare.png" in page and "Keras" in page


def test_the_terminals_table_fits_80_columns_and_cuts_nothing():
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(reports.comparison_table(ROWS))
    text = console.export_text()
    assert "…" not in text and max(map(len, text.splitlines())) <= 80
    for row in ROWS:
        assert f"{row['parameters']:,}" in text and f"{row['times_fcn']:.2f}" in text


def test_the_ink_reading_has_no_second_ink_accuracy():
    both, ink = reports.columns(ROWS), reports.columns(INK_ROWS)
    assert set(both) - set(ink) == {"ink accuracy"}
    assert all(ink[heading] == both[heading] for heading in ink)
    assert len(reports.comparison_table(INK_ROWS).columns) == len(reports.TERMINAL) - 1
    assert "pixel accuracy" in reports.markdown(INK_ROWS, [])


def test_json_has_null_where_there_is_no_number():
    text = reports.json_text([{"iou": [1.0, float("nan")], "x": {"y": float("nan")}}])
    assert json.loads(text) == [{"iou": [1.0, None], "x": {"y": None}}]


def test_the_evaluation_table_shows_area_beside_ink():
    scores = {"pages": 2, "truth_pages": 3, "num_classes": 3, "reading": "region"}
    scores |= metrics.report(np.diag([5, 4, 1]), np.array([[0, 0, 0], [0, 3, 1], [0, 0, 0]]))
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(reports.evaluation_table(scores))
    text = console.export_text()
    assert "2 of 3 pages" in text
    assert re.search(r"pixel accuracy\W+1\.0000\W+0\.7500", text)
    assert re.search(r"IoU, text\W+1\.0000\W+0\.7500", text)
    assert re.search(r"Dice, background\W+1\.0000\W+-", text)  # no ink there: nothing to score


def test_the_evaluation_table_of_the_ink_reading_has_one_column():
    scores = {"pages": 2, "truth_pages": 3, "num_classes": 3, "reading": "ink"}
    table = reports.evaluation_table(scores | metrics.report(np.diag([5, 4, 1])))
    assert [column.header for column in table.columns] == ["", "ink"]
