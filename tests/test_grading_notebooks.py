"""Notebooks from one source: stubs parse, solutions are gone, everything comes out the same."""

import ast
import re

import pytest
from planted import ROOT, SCRIPTS

from seglab.errors import InputError
from seglab.grading.notebooks import SOLUTION, checked, exercise, solution, stub_of, text, write

SOURCES = {file.stem: file.read_text("utf-8") for file in SCRIPTS.values()}
FUNCTION = """\
def half(x):
    '''Half of x.'''
    ### BEGIN SOLUTION
    # by two

    y = x / 2
    return y
    ### END SOLUTION
"""


def test_a_stub_says_how_long_the_solution_is():
    assert stub_of(FUNCTION, "1a") == "raise NotImplementedError  # about 2 lines"


def test_a_number_becomes_an_ellipsis():
    source = "### BEGIN SOLUTION\nx = 3\ny, z = 1, 2\n### END SOLUTION\n"
    assert stub_of(source, "1a") == "x = ...\ny, z = ...".replace("y, z = ...", "(y, z) = ...")


@pytest.mark.parametrize("source", ["x = 1", "### BEGIN SOLUTION\nprint(1)\n### END SOLUTION\n"])
def test_an_answer_without_a_solution_is_told(source):
    with pytest.raises(InputError, match="The (answer|solution) of 1a should"):
        stub_of(source, "1a")


@pytest.mark.parametrize("name", SOURCES)
def test_the_committed_notebook_is_what_its_source_makes(name):
    made = text(exercise(SOURCES[name], name))
    assert made == text(exercise(SOURCES[name], name))
    assert (ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8") == made, "make notebooks"


@pytest.mark.parametrize("name", SOURCES)
def test_stubs_parse_and_no_solution_is_left(name):
    notebook = exercise(SOURCES[name], name)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)
            assert cell.outputs == [] and cell.execution_count is None
        assert "SOLUTION" not in cell.source
    left = "\n".join(cell.source for cell in notebook.cells)
    for solved in SOLUTION.findall(SOURCES[name]):
        for line in solved.splitlines():
            if len(line.strip()) > 15 and not line.strip().startswith("#"):
                assert line not in left


@pytest.mark.parametrize("name", SOURCES)
def test_ids_are_unique_and_nbgrader_knows_every_graded_cell(name):
    cells = solution(SOURCES[name], name).cells
    ids = [cell.id for cell in cells]
    assert len(set(ids)) == len(ids)
    for cell in cells:
        graded = cell.metadata.get("nbgrader", {})
        if checked(cell):
            assert graded["grade"] and graded["locked"] and graded["points"] > 0
        elif graded and cell.cell_type == "code":
            assert graded["solution"] and not graded["grade"]


@pytest.mark.parametrize("name", SOURCES)
def test_a_notebook_keeps_the_house_rules(name):
    cells = exercise(SOURCES[name], name).cells
    solved = solution(SOURCES[name], name).cells
    code = [cell for cell in solved if cell.cell_type == "code"]
    for cell in code:
        assert len(cell.source.splitlines()) <= 20, cell.source
    imports = [c for c in code if re.search(r"^(import|from) ", c.source, re.MULTILINE)]
    assert imports == code[:1] and 'STUDENT = ""' in imports[0].source
    everything = "\n".join(cell.source for cell in cells)
    assert not re.search(r"!pip|%pip|https?://|/home/|/tmp/", everything)
    assert sum("reflection" in cell.metadata for cell in solved) >= 1


def test_links_lead_to_notebooks_that_are_there():
    for name in SOURCES:
        for target in re.findall(r"\]\((\d\d_\w+\.ipynb)\)", SOURCES[name]):
            assert (ROOT / "notebooks" / target).exists(), f"{name} leads to {target}"


def test_a_folder_without_scripts_is_told(tmp_path):
    with pytest.raises(InputError, match="holds no script"):
        write(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
