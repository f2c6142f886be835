"""What there is to say of an answer: passed, wrong, or not attempted.

The function of a question calls `expect`; the first thing that is not as it should be ends it. A
sentence says what is wrong, and what came; it never says what should have come.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

PASSED, WRONG, NOT_ATTEMPTED = "passed", "wrong", "not attempted"
TIMED_OUT = "timed out"  # in the autograder only: a notebook has a stop button


class NotAttempted(Exception):
    """The stub is still there."""


class Wrong(Exception):
    """An answer that is not right.

    sentence: what is wrong. got: what the student's code gave, shown as it is. picture: a function
    without arguments that draws a figure which explains the mistake; called in notebooks only.
    """

    def __init__(self, sentence, got=None, picture=None):
        super().__init__(sentence)
        self.sentence, self.got, self.picture = sentence, got, picture


# What TensorFlow adds to a sentence for those who mend TensorFlow.
TENSORFLOW = re.compile(r"\{\{function_node .*?\}\} *| *\[Op:\w+\](?: name: *\S*)?")


def said(error):
    """What an exception says, in one line that ends a sentence: "KeyError: 'a'."."""
    lines = TENSORFLOW.sub("", str(error)).strip().splitlines() or ["no more is said"]
    return f"{type(error).__name__}: {lines[0][:300].rstrip('.')}."


class StudentError(Wrong):
    """What the student's own process says of a failure. Its words may hold what it was given."""


class TimedOut(StudentError):
    """The student's process did not answer in time."""


class Verdict(NamedTuple):
    """What came of judging one question. points: reached, of those that were judged.

    in_a_further_case: the sentence where the input has to stay hidden.
    """

    status: str
    points: int
    sentence: str = ""
    got: Any = None
    picture: Callable | None = None
    in_a_further_case: str = ""


def expect(condition, sentence, got=None, picture=None):
    """Raise `Wrong` unless the condition holds.

    condition: a bool of ours, never an object that the student made.
    """
    if not condition:
        raise Wrong(sentence, got, picture)


def same(got, expected, tolerance=1e-5):
    """True if two numbers or arrays have one shape and nearly the same values.

    NaN equals nothing. Text and lists of text have to be equal.
    """
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape or got.dtype.kind not in "biufU":
        return False
    if "U" in (got.dtype.kind, expected.dtype.kind):
        return got.dtype.kind == expected.dtype.kind and bool((got == expected).all())
    return bool(np.allclose(got.astype(float), expected.astype(float), tolerance, tolerance))


def verdict(question, answers, with_hidden=False):
    """Judge one question: a `Verdict`.

    question: `questions.Question`. answers: `answers.Answers`. with_hidden: also the cases that the
    hand-out does not hold; without them, the points of the visible cases are all there is to reach.
    """
    found = _judged(question.test, question.points, answers)
    return further(question, answers, found) if with_hidden else found


def further(question, answers, found):
    """The verdict after the hidden cases, too, if the visible ones have `found` nothing wrong.

    A process that has seen a hidden input may carry it into whatever it says later. So the visible
    cases of all questions come first, and of what comes then, no word is the student's.
    """
    if found.status != PASSED or question.hidden_test is None:
        return found
    more = _judged(question.hidden_test, question.hidden_points, answers)
    points, wrong = found.points + more.points, more.status == WRONG
    return Verdict(more.status, points, more.in_a_further_case if wrong else more.sentence)


def _judged(test, worth, answers):
    try:
        test(answers)
    except NotAttempted:
        return Verdict(NOT_ATTEMPTED, 0)
    except TimedOut as late:
        return Verdict(TIMED_OUT, 0, late.sentence)
    except Wrong as wrong:
        said = _without_input(wrong)
        return Verdict(WRONG, 0, wrong.sentence, wrong.got, wrong.picture, said)
    return Verdict(PASSED, worth)


def _without_input(wrong):
    """The sentence of a hidden case: what came of it, or was said of it, could tell its input."""
    if isinstance(wrong, StudentError):
        return "In a further case, your code fails."
    return f"In a further case: {wrong.sentence}"
