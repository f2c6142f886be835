"""Cells of notebooks: of any version and encoding, broken ones, and what is none."""

import json

import nbformat
import pytest
from handed_in_notebooks import notebook
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab.errors import InputError
from seglab.grading.cells import MOST_PARTS, blanks, cells, notebook_number


def test_cells_know_their_purpose():
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("x = 1", id="answer-2c", metadata={"tags": ["aside"]}),
            nbformat.v4.new_code_cell("", id="a", metadata={"nbgrader": {"grade_id": "check-10d"}}),
            nbformat.v4.new_markdown_cell("why", id="answer-2r"),
            nbformat.v4.new_raw_cell("raw", id="raw"),
        ]
    )
    answer, check, reflection = cells(json.dumps(made).encode())
    assert answer == ("answer-2c", "code", "x = 1", ("aside",), "2c", "answer")
    assert check[4:] == ("10d", "check") and reflection[1:3] == ("markdown", "why")
    assert notebook_number([answer, check, reflection], "07_x.ipynb") == 2
    assert notebook_number([], "ada_1234_56789_07_x-1.ipynb") == 7
    assert notebook_number([], "07_folder/homework.ipynb") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_cells_of_other_encodings_and_versions(encoding):
    content = json.dumps(json.loads(notebook(text="ż = 1")), ensure_ascii=False)
    assert "ż = 1" in cells(content.encode(encoding))[1].source
    older = nbformat.convert(nbformat.reads(notebook().decode(), as_version=4), 3)
    assert [c.kind for c in cells(json.dumps(older).encode(encoding))] == [
        "markdown",
        "code",
        "code",
    ]


def test_cells_of_a_notebook_that_breaks_rules():
    broken = {
        "cells": [{"cell_type": "code", "source": ["a", "b\ud800"], "id": 7, "metadata": None}]
    }
    (cell,) = cells(json.dumps(broken).encode())
    assert cell == ("", "code", "ab?", (), None, None)


@settings(derandomize=True, database=None, deadline=None)
@given(st.binary(max_size=200) | st.sampled_from([b"[" * 100_000, b"{" * 9, b"1" * 5_000, b"null"]))
def test_anything_else_is_unreadable(content):
    with pytest.raises(InputError, match="^unreadable: "):
        cells(content)


def test_a_file_that_would_fill_the_memory_is_refused():
    with pytest.raises(InputError, match="parts"):
        cells(b'{"cells": [' + b"{}," * MOST_PARTS + b"{}]}")


def test_what_a_stub_leaves_open_has_names():
    assert blanks("mine = yours('2e')\nx = ...\n(y, z) = ...\nx.w = 3") == ["x", "y", "z"]
    assert blanks("def half(x):\n    y = ...\n") == []
