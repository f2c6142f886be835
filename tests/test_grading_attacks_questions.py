"""Every question, answered by values that nobody expects: no point, no long wait."""

import contextlib
import time

import numpy as np
import pytest

from seglab.grading import questions
from seglab.grading.answers import Answers
from seglab.grading.student_models import Description, Structure
from seglab.grading.verdicts import verdict


def nested(depth):
    return [nested(depth - 1)] if depth else 1


VALUES = {
    "a huge number": 2**255,
    "a number far below zero": -(2**255),
    "the largest float": 1e308,
    "the smallest float": 5e-324,
    "no number": float("nan"),
    "infinity": float("inf"),
    "truth": True,
    "long text": "x" * 2**20,
    "long digits": "7" * 5000,
    "no text": "",
    "no list": [],
    "empty lists": [[]] * 1000,
    "lists in lists": nested(8),
    "huge numbers": [2**255] * 1000,
    "two huge numbers": (2**255, 2**255),
    "three huge numbers": (2**255,) * 3,
    "two large floats": (1e308, -1e308),
    "three that are no numbers": [float("nan")] * 3,
    "letters": ["a"] * 1000,
    "a bit of all": [1, "a", None, [2]],
    "three nothings": [None] * 3,
    "an empty array": np.zeros((0, 3)),
    "a wide array": np.zeros((2, 2**20)),
    "an array without numbers": np.full((3, 3), np.nan),
    "an array without end": np.full((8, 8, 3), np.inf),
    "an array of falsehood": np.zeros((64, 64), bool),
    "an array of text": np.array(["abc"] * 3),
    "the largest integers": np.full(3, 2**64 - 1, "u8"),
    "an array of many sides": np.zeros((1,) * 32),
    "an array of no sides": np.array(np.nan),
    "small floats": np.full(4, 6e4, "f2"),
    "a dict": {"a": [1]},
    "a dict of nothing": {True: None},
}


class Only:
    """Names that all have one value; models whose weights, layers and scores are that value."""

    def __init__(self, only):
        self.only = only

    def value(self, name):
        return self.only

    def call(self, name, *arguments):
        return self.only

    def build(self, name, *arguments):
        weights = [self.only] if isinstance(self.only, np.ndarray) else []
        shape = self.only if type(self.only) is tuple else None
        return Description(None, weights, 0, Structure([("Conv2D", {"filters": self.only})], shape))

    def probe(self, model, images, weights=None):
        return self.only


NOTEBOOKS = sorted(questions.files())


@pytest.mark.parametrize(
    "notebook",
    NOTEBOOKS[:1] + [pytest.param(number, marks=pytest.mark.slow) for number in NOTEBOOKS[1:]],
)
def test_no_question_is_answered_by_what_nobody_expects(notebook):
    for question in questions.questions(notebook).values():
        for test, worth in question.tests(with_hidden=True):
            alone = question._replace(test=test, points=worth, hidden_test=None)
            for name, value in VALUES.items():
                assert judged(alone, value) == 0, (question.id, name)


def judged(question, value):
    """The points of a value, which is judged in little time, whatever it may be."""
    started = time.monotonic()
    points = 0
    with contextlib.suppress(Exception):  # which the autograder takes for a wrong answer
        points = verdict(question, Answers(Only(value), "ada", question)).points
    assert time.monotonic() - started < 10
    return points
