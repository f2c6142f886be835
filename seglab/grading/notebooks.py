"""Notebooks made from their one source: percent scripts with solutions.

A script in `solutions/` is a notebook in jupytext's percent format. Its cells may say

    # %% answer="2c"                          the answer of a question; its solution stands between
                                              ### BEGIN SOLUTION and ### END SOLUTION
    # %% [markdown] reflection="2r"           a question in free text; the cell is a model answer
    # %% tags=["aside"]                       no answer needs this cell: figures, training

and a cell that calls `check("2c")` is where the question is graded. nbgrader's metadata follow from
that, points from the question itself, and nbgrader's own preprocessor takes the solutions out.
"""

import ast
import re
import textwrap

import jupytext
import nbformat
from nbgrader.preprocessors import ClearSolutions

from seglab.errors import InputError
from seglab.files import write_bytes
from seglab.grading.questions import the_question

SOLUTION = re.compile(r"^ *### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION$", re.DOTALL | re.MULTILINE)
CHECK = re.compile(r'^check\("(\w+)"\)$', re.MULTILINE)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def solution(script, name):
    """The notebook of a percent script with its solutions. name: "02_layer_dimensions"."""
    notebook = jupytext.reads(script, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(METADATA)
    for position, cell in enumerate(notebook.cells):
        cell.id = _id(cell, position)
        cell.metadata.pop("lines_to_next_cell", None)  # blank lines of the script
        if graded := _nbgrader(cell, name):
            cell.metadata["nbgrader"] = graded
    notebook.nbformat_minor = 5
    return notebook


def exercise(script, name):
    """The notebook of a percent script as it is handed out."""
    notebook = solution(script, name)
    for cell in notebook.cells:
        asked = cell.metadata.get("nbgrader", {})
        if cell.metadata.pop("reflection", None):
            cell.source = "*Your answer:*"
        elif asked.get("solution"):
            stub = stub_of(cell.source, cell.metadata.pop("answer"))
            clear = ClearSolutions(code_stub={"python": stub})
            clear.preprocess_cell(cell, {"language": "python"}, 0)
    return notebook


def stub_of(source, question):
    """What stands where the solution was.

    In a function, an error that says how long the solution is; at the top level, where a solution
    may only assign, the same names, without their values.
    """
    found = SOLUTION.findall(source)
    if len(found) != 1:
        raise InputError(f"The answer of {question} should have one solution; it has {len(found)}.")
    lines = found[0].strip("\n")
    if lines.startswith(" "):
        count = sum(1 for line in lines.splitlines() if line.strip()[:1] not in ("", "#"))
        return f"raise NotImplementedError  # about {count} line{'' if count == 1 else 's'}"
    assigned = []
    for statement in ast.parse(textwrap.dedent(lines)).body:
        if not isinstance(statement, ast.Assign):
            raise InputError(f"The solution of {question} should only assign at the top level.")
        assigned += [ast.unparse(target) for target in statement.targets]
    return "\n".join(f"{name} = ..." for name in dict.fromkeys(assigned))


def text(notebook):
    """The notebook as a file's text."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def write(solutions, notebooks):
    """Make the notebooks of all scripts in a folder; returns their files."""
    scripts = sorted(solutions.glob("[0-9][0-9]_*.py"))
    if not scripts:
        raise InputError(f"{solutions} holds no script like 02_layer_dimensions.py.")
    made = {
        notebooks / f"{script.stem}.ipynb": text(exercise(script.read_text("utf-8"), script.stem))
        for script in scripts
    }
    for file, content in made.items():
        write_bytes(file, content.encode())
    return list(made)


def checked(cell):
    """The question that a cell checks, or None."""
    found = CHECK.search(cell.source) if cell.cell_type == "code" else None
    return found and found[1]


def _id(cell, position):
    """A cell's id: of what it is for, or else of where it stands."""
    question = cell.metadata.get("answer") or cell.metadata.get("reflection")
    if question:
        return f"answer-{question}"
    return f"check-{checked(cell)}" if checked(cell) else f"cell-{position:03d}"


def _nbgrader(cell, name):
    """nbgrader's metadata of a cell that it has to know, or None."""
    answer, reflection = cell.metadata.get("answer"), cell.metadata.get("reflection")
    common = {"schema_version": 3, "task": False}
    if answer:
        return {
            **common,
            "grade": False,
            "grade_id": f"answer-{answer}",
            "locked": False,
            "solution": True,
        }
    if reflection:
        return {
            **common,
            "grade": True,
            "grade_id": f"answer-{reflection}",
            "locked": False,
            "points": 0,
            "solution": True,
        }
    if question := checked(cell):
        return {
            **common,
            "grade": True,
            "grade_id": f"check-{question}",
            "locked": True,
            "points": the_question(question).points,
            "solution": False,
        }
    return None
