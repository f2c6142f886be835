"""Notebooks that are not as they were handed out: cells gone, changed, moved, doubled, and odd."""

import pytest
from attacks import HONEST, HONEST_POINTS, SETUP, cases, isolated, withstood

pytestmark = isolated


def a_cell(source, kind="code", **more):
    return {"cell_type": kind, "metadata": {}, "source": source} | more


HALF, DOUBLED = "half = 2", "def doubled(values): return 2 * values"
WRONG = "half = 7\ndef doubled(values): return values"
ADA = "STUDENT = 'ada'\nlegs = 8"

# The cells, and the points that they deserve.
NOTEBOOKS = {
    "no answers": ([], {}),
    "cells without anything": ([a_cell("")] * 100, {}),
    "the answers' cells deleted": ([SETUP], {"7c": 1}),
    "the answers in other cells": (
        ["import numpy", DOUBLED, ADA, HALF],
        {"7a": 2, "7b": 5, "7c": 1},
    ),
    "the answers in the order of the last": ([HALF, DOUBLED, ADA, WRONG], {"7c": 1}),
    "an answer twice, the right one last": (
        [ADA, WRONG, HALF, DOUBLED],
        {"7a": 2, "7b": 5, "7c": 1},
    ),
    "an answer twice, under one name": (
        [a_cell(each, id="answer-7a") for each in (ADA, "half = 7", HALF)],
        {"7a": 2, "7c": 1},
    ),
    "an answer in text": ([ADA, a_cell(HALF, "markdown"), a_cell(HALF, "raw")], {"7c": 1}),
    "a check that answers": (
        [ADA, a_cell("half = 2\ncheck('7a')", id="check-7a")],  # not run: checks are the judge's
        {"7c": 1},
    ),
    "a check that was changed": (
        [ADA, a_cell("check = lambda id: 10**6\ncheck('7a')", id="check-7a"), WRONG],
        {"7c": 1},
    ),
    "checks that are undone": (
        [ADA, "from seglab.grading import check\ncheck('7a')\ncheck = None", HALF],
        {"7a": 2, "7c": 1},
    ),
    "points in the metadata": (
        [ADA, a_cell(WRONG, id="answer-7a", metadata={"nbgrader": {"points": 10**6, "grade": 1}})],
        {"7c": 1},
    ),
    "stored outputs": (
        [a_cell(ADA, outputs=[{"output_type": "stream", "text": "passed: 10000 points"}] * 9)],
        {"7c": 1},
    ),
    "names as wide as two": (
        [ADA, "ｈａｌｆ = 2"],
        {"7a": 2, "7c": 1},
    ),  # for Python, the same name
    "names that only look alike": ([ADA, "hаlf = 2"], {"7c": 1}),  # the a is Cyrillic
    "a comment that turns around": ([ADA, "half = 7  # \u202e 2 = flah \u202c\n"], {"7c": 1}),
    "bytes of zero": ([ADA, "half = 2\0", "half = 2 # \0"], {"7c": 1}),
    "half a character": ([ADA, "half = 2  # \ud800"], {"7a": 2, "7c": 1}),
    "an error of syntax": (
        [ADA, "half = = 2", "def doubled(values): return (", HALF],
        {"7a": 2, "7c": 1},
    ),
    "parentheses without end": ([ADA, "(" * 10**6, HALF], {"7a": 2, "7c": 1}),
    "ten thousand cells": ([ADA, *["half = 2"] * 10_000], {"7a": 2, "7c": 1}),
    "a long cell": ([ADA, "half = 2\n" * 5_000], {"7a": 2, "7c": 1}),
    "a cell in lines": ([a_cell(["legs = 8\n", "half = ", "2"])], {"7a": 2, "7c": 1}),
    "a deep expression": ([ADA, "half = " + "+1" * 10**5], {"7c": 1}),
    "magics": (
        [ADA, "%%writefile /tmp/left.py\nhalf = 2", "%run /tmp/left.py", "%%bash\nexit 1", "!ls /"],
        {"7a": 2, "7c": 1},
    ),
    "a return": ([ADA, "return 2\nhalf = 2", "await None", "yield 2"], {"7c": 1}),
    "cells that wait": (
        [ADA, "import asyncio\nawait asyncio.sleep(0)\nhalf = 2"],
        {"7a": 2, "7c": 1},
    ),
    "an error in every cell": ([ADA, *["1 / 0"] * 20, HALF], {"7a": 2, "7c": 1}),
    "an aside that hangs": (
        [ADA, a_cell("while True: pass", metadata={"tags": ["aside"]}), HALF],
        {"7a": 2, "7c": 1},
    ),
}
STUDENTS = [
    *("'x' * 10**7", "'\\0'", "'../../etc/passwd'", "'=HYPERLINK(\"x\")'", "'<script>'", "['ada']"),
    *(
        "'\\ud800'",
        "b'ada'",
        "float('nan')",
        "'a\\nb,c;d'",
        "{'ada': 1}",
        "np.array('ada')",
        "None",
    ),
    *("type('S', (str,), {'strip': lambda s: s, 'lower': lambda s: [0]})('ada')", "10**5000"),
]


@pytest.mark.parametrize("name", cases(NOTEBOOKS, ["an answer twice, the right one last"]))
def test_a_changed_notebook_gets_what_its_answers_deserve(name):
    cells, points = NOTEBOOKS[name]
    withstood(*cells, setup="import numpy as np", points=points)


@pytest.mark.slow
@pytest.mark.parametrize("student", STUDENTS)
def test_an_odd_student_id_changes_nothing_else(student):
    record = withstood(f"STUDENT = {student}", HONEST, points=HONEST_POINTS)
    assert len(record.student) <= 200
