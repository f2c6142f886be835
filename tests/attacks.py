"""A notebook to be attacked: its questions, an honest submission, and what no attack may reach.

An attack is the source of a cell. The cell before it answers 7c honestly, and that answer has to
stand. What an attack finds out it says in `word`, its answer to 7d, and the record shows it.
"""

import ast
import json
import tempfile
import textwrap
import time
from functools import lru_cache
from pathlib import Path
from unittest import mock

import pytest

from seglab.grading import marking, questions, sandbox
from seglab.grading.session import Limits
from seglab.grading.submissions import Submission

isolated = pytest.mark.skipif(sandbox.missing() is not None, reason=str(sandbox.missing()))
QUICK = Limits(cell=3, request=3, submission=30)
SECRETS = ("918273", "564738", "1836546", "1129476", "hush-hush")  # hidden inputs, and expected
VISIBLE = '''
import numpy as np
from seglab.grading import expect, question, same

@question("7a", 2, 1, ("Think.", "Halve."), numbers=lambda random: {"size": 4})
def test_half(answers):
    """Halve your number."""
    half = answers.number("half")
    expect(half == answers.numbers.size / 2, "It should be a half.", half)

@question("7b", 3, 1, ("Think.", "Double."))
def test_doubled(answers):
    """Double an array."""
    got = answers.array("doubled", np.arange(3.0), shape=(3,))
    expect(same(got, [0, 2, 4]), "It should be doubled.", got)

@question("7c", 1, 1, ("Think.", "Count."))
def test_honest(answers):
    """How many legs has a spider?"""
    legs = answers.whole_number("legs")
    expect(legs == 8, "Count again.", legs)

@question("7d", 1, 1, ("Think.", "Ask nicely."))
def test_word(answers):
    """Say the magic word."""
    word = answers.text("word")
    expect(word == "please", "Say the magic word.", word)

@question("7e", 2, 2, ("Think.", "Conv2D."))
def test_model(answers):
    """Build one convolution with a bias."""
    model = answers.model("model")
    expect(model.shapes == [(3, 3, 1, 2), (2,)], "One convolution, please.", model.shapes)
    weights = [np.zeros((3, 3, 1, 2)), np.array([1.0, 2.0])]
    scores = model.scores(np.ones((1, 4, 4, 1)), weights)
    expect(same(scores, np.tile([1.0, 2.0], (1, 4, 4, 1))), "Other scores.", scores)
'''
HIDDEN = """
import numpy as np
from seglab.grading import expect, hidden, same

@hidden("7b", 2)
def test_doubled_hidden(answers):
    got = answers.array("doubled", np.array([918273.0, 564738.0]), shape=(2,))
    expect(same(got, [1836546, 1129476]), "It should be doubled.", got)

@hidden("7d", 1)
def test_word_hidden(answers):
    expect(answers.call("shout", "hush-hush") == "HUSH-HUSH", "It should be louder.")
"""
SETUP = """\
import numpy as np, keras, ctypes, os, sys, threading, time
legs, STUDENT = 8, "ada"
libc = ctypes.CDLL(None, use_errno=True)

def tried(function, *arguments):
    try:
        return function(*arguments)
    except BaseException as error:
        return type(error).__name__
"""
HONEST = """\
half, word, shout = 2, "please", str.upper
def doubled(values):
    return 2 * values
"""
HONEST_POINTS = {"7a": 2, "7b": 5, "7c": 1, "7d": 2}


def cell(source):
    """The source of a cell without the indentation that it has in a test; a dict as it is."""
    return textwrap.dedent(source).strip() if type(source) is str else source


# All attacks together take many minutes: `pytest -m attack`.
MARKS = [pytest.mark.slow, pytest.mark.attack]


def cases(attacks, quick=()):
    """The names of attacks, for `parametrize`; all are slow but those called quick."""
    assert set(quick) <= set(attacks)
    return [n if n in quick else pytest.param(n, marks=MARKS) for n in attacks]


def withstood(*sources, points=None, limits=QUICK, setup=SETUP):
    """Mark an attack, and see that it gains, leaks, holds up and leaves nothing; its record."""
    nursery = marking.nursery(marking.Settings())
    pid, started = nursery.process.pid, time.monotonic()
    settings = marking.Settings(limits=limits)
    record = marked(*map(cell, (setup, *sources)), settings=settings)
    assert time.monotonic() - started < limits.submission + 20
    assert reached(record) == ({"7c": 1} if points is None else points)
    told = json.dumps(record).lower()
    assert not [secret for secret in SECRETS if secret in told]
    assert until(lambda: not processes(nursery)), "something lives on"
    assert reached(marked(SETUP, HONEST)) == HONEST_POINTS
    assert nursery.process.pid == pid and nursery.process.poll() is None
    return record


def marked(*sources, settings=None):
    """The record of a submission with these cells."""
    submission = Submission("mallory", "07_attacked.ipynb", notebook(sources))
    folder = (asked(),)
    with mock.patch.object(questions.questions, "__defaults__", folder):
        return marking.mark(submission, settings or marking.Settings())


def notebook(sources):
    """A notebook's bytes. sources: of its cells, or cells as dicts."""
    cells = [
        {"id": f"cell-{number}", "cell_type": "code", "metadata": {}, "source": source}
        if type(source) is str
        else source
        for number, source in enumerate(sources)
    ]
    found = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(found).encode()


@lru_cache
def asked():
    """A folder with the questions, as long as the tests run."""
    folder = tempfile.TemporaryDirectory()
    asked.kept = folder  # or it would go at once
    path = Path(folder.name)
    (path / "test_07_attacked.py").write_text(VISIBLE)
    (path / "test_07_attacked_hidden.py").write_text(HIDDEN)
    return path


def reached(record):
    return {result.question: result.points for result in record.results if result.points}


def said(record):
    """What an attack has found out: the value of `word`, as the record shows it."""
    (got,) = (result.got for result in record.results if result.question == "7d")
    return ast.literal_eval(got) if got else None


def processes(nursery):
    """The processes of submissions, which should end with them."""
    return [pid for inner in children(nursery.process.pid) for pid in children(inner)]


def children(pid):
    """The children of a process; those that have ended but for their number do not count."""
    pids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(pid) for pid in pids if state(pid) not in ("Z", "")]


def state(pid):
    """A process's letter for what it does, "Z" of those that have ended; "" if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def until(true, seconds=10):
    """Wait for something to become true, and say whether it has."""
    late = time.monotonic() + seconds
    while not true() and time.monotonic() < late:
        time.sleep(0.02)
    return true()
