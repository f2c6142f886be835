"""What a student may read of a result.

Nothing that the student's own code has said: its values and the messages of its exceptions may
carry what a hidden case gave it, even into the next question.
"""

import builtins
import re
from typing import NamedTuple

from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED, TIMED_OUT

RAISED = re.compile(r"( raised| of shape [^:]*:) (\w+): .*", re.DOTALL)
YOURS = re.compile(r"[;,.] yours (?:is|are|returns|returned|holds) .*", re.DOTALL | re.IGNORECASE)


class Feedback(NamedTuple):
    """A sentence on the answer, and a hint; each may be empty."""

    sentence: str
    hint: str


def feedback(result, question=None):
    """The feedback on a `records.Result`. question: its `questions.Question`, if it is known."""
    hints = () if result.status == PASSED or question is None else question.hints
    sentence = public(result.sentence)
    if result.status == NOT_ATTEMPTED:
        sentence = sentence or "There is no answer."
    elif result.status == TIMED_OUT:
        sentence = sentence or "It took too long and was stopped."
    return Feedback(sentence, hints[0] if hints else "")


def public(sentence):
    """The sentence with the type of an exception instead of its message, and without values."""
    return YOURS.sub(".", RAISED.sub(_type_alone, sentence))


def _type_alone(match):
    kind = getattr(builtins, match[2], None)
    known = isinstance(kind, type) and issubclass(kind, BaseException)
    said = match[1] if match[1] == " raised" else ":"
    return f"{said} {match[2] if known else 'an exception'}."
