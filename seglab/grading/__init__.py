"""Graded questions: asked in the notebooks, checked there at once, judged again by the autograder.

In a notebook:

    numbers = yours("2a")     this student's own numbers for a question
    check("2a")               a card: passed, or what is wrong
    hint("2a")                a first hint; asked again, a second one

A question is a function in `tests/grading/`, which says in `questions` what is asked and in
`verdicts` what is wrong with an answer.
"""

from seglab.grading.kernel import prepare

prepare()  # before a notebook's next line imports Keras with all that TensorFlow has to say

from seglab.grading.checking import check, hint, yours
from seglab.grading.questions import hidden, question
from seglab.grading.verdicts import NotAttempted, Wrong, expect, same

__all__ = [
    "NotAttempted",
    "Wrong",
    "check",
    "expect",
    "hidden",
    "hint",
    "question",
    "same",
    "yours",
]
