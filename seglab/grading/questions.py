"""The questions of a notebook: functions in `tests/grading/`, in two files a notebook.

    @question("2a", points=2, difficulty=1, hints=("...", "..."))
    def test_output_size(answers):
        "How many outputs does a convolution have?"

in `test_02_*.py` is what the instant check runs, and all that a student is given. In
`test_02_*_hidden.py`, which stays with the instructor,

    @hidden("2a", points=1)
    def test_output_size_hidden(answers): ...

adds cases, and points of their own. Both get the student's `answers.Answers`.
"""

import hashlib
import importlib.util
from collections import namedtuple
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

import seglab
from seglab.errors import InputError

FOLDER = Path(seglab.__file__).parents[1] / "tests" / "grading"
HIDDEN = "_hidden"  # ends the name of a file that stays with the instructor


class Question(NamedTuple):
    """One question, as its test functions describe it.

    id: notebook and letter, "2a". task: one line. difficulty: 1 to 3. hints: two, the second says
    more. numbers: makes the student's own numbers from a random generator: a dict.
    """

    id: str
    task: str
    points: int
    difficulty: int
    hints: tuple
    numbers: Callable | None
    test: Callable
    hidden_points: int = 0
    hidden_test: Callable | None = None

    @property
    def all_points(self):
        return self.points + self.hidden_points

    def tests(self, with_hidden):
        """The test functions and what they are worth: [(function, points)]."""
        both = [(self.test, self.points), (self.hidden_test, self.hidden_points)]
        return both if with_hidden and self.hidden_test else both[:1]

    def numbers_of(self, student):
        """The numbers of a student's own: a namedtuple; of the same student id, always the same."""
        if self.numbers is None:
            raise InputError(f"Question {self.id} has the same numbers for everybody.")
        digest = hashlib.sha256(f"{self.id}:{student}".encode()).digest()
        drawn = self.numbers(np.random.default_rng(int.from_bytes(digest[:8], "big")))
        plain = {name: v.item() if isinstance(v, np.generic) else v for name, v in drawn.items()}
        return namedtuple("Numbers", plain)(**plain)


def question(id, points, difficulty, hints, numbers=None):
    """Mark a test function as a question; its docstring's first line is the task."""

    def mark(test):
        task = test.__doc__.strip().splitlines()[0]
        test.question = Question(id, task, points, difficulty, tuple(hints), numbers, test)
        return test

    return mark


def hidden(id, points):
    """Mark a test function as the hidden cases of a question."""

    def mark(test):
        test.hidden = (id, points)
        return test

    return mark


def files(folder=FOLDER):
    """The files with questions, by number of their notebook: {2: [visible, hidden if there]}."""
    numbered = {}
    for file in sorted(folder.glob("test_[0-9][0-9]_*.py"), key=lambda f: (is_hidden(f), f)):
        numbered.setdefault(int(file.stem.split("_")[1]), []).append(file)
    return numbered


def is_hidden(file):
    return file.stem.endswith(HIDDEN)


def questions(number, folder=FOLDER):
    """The questions of one notebook, in their order: {id: Question}."""
    found = files(folder)
    if number not in found:
        known = ", ".join(map(str, found)) or "none"
        raise InputError(f"Notebook {number} has no questions; those that have some: {known}.")
    return _loaded(tuple(found[number]))


@lru_cache
def _loaded(files):
    functions = [f for file in files for f in vars(_module(file)).values()]
    asked = {f.question.id: f.question for f in functions if hasattr(f, "question")}
    for function in functions:
        if hasattr(function, "hidden"):
            id, points = function.hidden
            more = {"hidden_points": points, "hidden_test": function}
            asked[id] = asked[id]._replace(**more)
    return asked


def _module(file):
    spec = importlib.util.spec_from_file_location(f"seglab_questions_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def the_question(id, folder=FOLDER):
    """The question of an id like "2a"."""
    digits = "".join(filter(str.isdigit, str(id)))
    of_notebook = questions(int(digits), folder) if digits else {}
    if id not in of_notebook:
        known = ", ".join(of_notebook) or "1a, 1b and so on"
        raise InputError(f"There is no question {id!r}; ask for one of {known}.")
    return of_notebook[id]
