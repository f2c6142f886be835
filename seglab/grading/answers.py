"""A student's answers, as the function of a question asks for them."""

from typing import NamedTuple

import numpy as np

from seglab.grading.questions import Question
from seglab.grading.student_models import StudentModel
from seglab.grading.verdicts import NotAttempted, Wrong


def student_id(typed):
    """The id that was typed as STUDENT, text or a number; "" where there is none."""
    return str(typed).strip().lower()[:200] if type(typed) in (str, int) else ""


class Answers(NamedTuple):
    """What one student answers to one question.

    names: `names.LiveNames`, or the same of another process. student: the id that was typed.
    """

    names: object
    student: str
    question: Question

    @property
    def numbers(self):
        """The student's own numbers of this question."""
        return self.question.numbers_of(self.student)

    def number(self, name):
        """A variable that should hold one number: a float."""
        value = self.names.value(name)
        if isinstance(value, np.ndarray) and value.size == 1:
            value = value.item()
        if type(value) not in (int, float):
            raise Wrong(f"{name} should be a number.", value)
        if not np.isfinite(value):
            raise Wrong(f"{name} should be a finite number.", value)
        return float(value)

    def whole_number(self, name):
        """A variable that should hold one whole number: an int."""
        value = self.number(name)
        if not value.is_integer():
            raise Wrong(f"{name} should be a whole number.", value)
        return int(value)

    def sizes(self, name, count):
        """A variable that should hold so many whole numbers, like a shape: a tuple of int."""
        value = self.names.value(name)
        value = value.tolist() if isinstance(value, np.ndarray) else value
        if type(value) not in (list, tuple) or len(value) != count:
            raise Wrong(f"{name} should be {count} whole numbers.", value)
        if any(type(part) not in (int, float) or not float(part).is_integer() for part in value):
            raise Wrong(f"{name} should be {count} whole numbers.", value)
        return tuple(map(int, value))

    def choice(self, name, options):
        """A variable that should hold one of the letters `options`."""
        value = self.names.value(name)
        letter = value.strip().lower() if type(value) is str else ""
        if len(letter) != 1 or letter not in options:
            raise Wrong(f"{name} should be one of the letters {', '.join(options)}.", value)
        return letter

    def choices(self, name, options):
        """A variable that should hold some of the letters, "ac" or ["a", "c"]: a set."""
        value = self.names.value(name)
        several = value if type(value) in (str, list, tuple) else [None]
        letters = [letter for letter in several if letter not in (" ", ",")]
        if any(type(v) is not str or v.lower() not in list(options) for v in letters):
            raise Wrong(f'{name} should be letters of {", ".join(options)}, like "ab".', value)
        if not letters:
            raise NotAttempted(name)
        return set("".join(letters).lower())

    def text(self, name):
        """A variable that should hold text."""
        value = self.names.value(name)
        if type(value) is not str:
            raise Wrong(f"{name} should be text.", value)
        return value

    def call(self, name, *arguments):
        """What the student's function gives: plain data. Every call gets copies."""
        result = self.names.call(name, *arguments)
        if result is None:
            raise Wrong(f"{name} returns nothing; is the `return` missing?")
        return result

    def array(self, name, *arguments, shape, asked=""):
        """What the student's function gives, an array of this shape.

        asked: the shape in the words of the task, "(size, size, 1)", where the card may tell it.
        """
        result = self.call(name, *arguments)
        if type(result) in (list, tuple, int, float, bool):
            try:
                result = np.asarray(result)
            except ValueError:
                result = None
        if not isinstance(result, np.ndarray) or result.dtype.kind not in "biuf":
            raise Wrong(f"{name} should return an array of numbers.", result)
        if result.shape != tuple(shape):
            other = f"{name} returns an array of another shape than asked for"
            told = f": {asked}, which is {tuple(shape)} here." if asked else "."
            raise Wrong(other + told, result.shape)
        return result

    def model(self, name, *arguments):
        """The model that the student's function builds: a `StudentModel`."""
        return StudentModel(self.names.build(name, *arguments), self.names.probe)
