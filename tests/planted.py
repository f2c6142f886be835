"""Notebooks as the tests of questions need them: scripts run, and answers planted into them.

`tests/grading/answers_NN_*.py` are percent scripts. Each cell replaces the answer of a question:

    # %% forgets the + 1 question="2a" points=0

Points below the question's own are those that the mistake deserves; all of them make the cell a
right answer in another style.
"""

import ast
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jupytext

from seglab.grading.answers import Answers
from seglab.grading.names import LiveNames
from seglab.grading.notebooks import checked, solution
from seglab.grading.questions import questions, the_question
from seglab.grading.verdicts import verdict

ROOT = Path(__file__).parent.parent
SCRIPTS = {int(f.stem[:2]): f for f in sorted((ROOT / "solutions").glob("[0-9][0-9]_*.py"))}


class Planted(NamedTuple):
    """An answer to a question and the points that it deserves."""

    question: str
    title: str
    points: int
    code: str

    def __str__(self):
        return f"{self.question}: {self.title}"


def planted():
    """All planted answers: [Planted]."""
    found = []
    for file in sorted((ROOT / "tests" / "grading").glob("answers_*.py")):
        for cell in jupytext.reads(file.read_text("utf-8"), fmt="py:percent").cells:
            if asked := cell.metadata.get("question"):
                found.append(
                    Planted(asked, cell.metadata["title"], cell.metadata["points"], cell.source)
                )
    return found


def every_question():
    return [question for number in SCRIPTS for question in questions(number).values()]


@lru_cache
def notebook(number, make=solution):
    file = SCRIPTS[number]
    return make(file.read_text("utf-8"), file.stem)


@lru_cache
def names(number, student, make=solution):
    """The names that the cells of a notebook make, without asides and checks."""
    namespace = {"__name__": f"notebook_{number}"}
    for cell in notebook(number, make).cells:
        aside = "aside" in cell.metadata.get("tags", ())
        if cell.cell_type == "code" and not aside and not checked(cell):
            code = cell.source.replace('STUDENT = ""', f"STUDENT = {student!r}")
            exec(compile(code, f"notebook {number}, {cell.id}", "exec"), namespace)
    return namespace


def judged(id, namespace, with_hidden=True):
    """The verdict on a question's answer in a namespace."""
    question = the_question(id)
    answers = Answers(LiveNames(namespace), namespace["STUDENT"], question)
    return verdict(question, answers, with_hidden)


def assigned(id):
    """The names of variables that the answer of a question assigns outside functions."""
    number = int(id[:-1])
    cell = next(c for c in notebook(number).cells if c.metadata.get("answer") == id)
    statements = ast.parse(cell.source).body
    targets = [t for s in statements if isinstance(s, ast.Assign) for t in s.targets]
    return [node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)]
