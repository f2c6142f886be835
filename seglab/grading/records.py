"""The record of one graded submission: plain data, one JSON file each.

All of a record but its seconds follows from the submission, the questions and the settings, so that
grading again gives the same, and what was graded once need not be graded again.
"""

import json
import typing
from typing import NamedTuple

from seglab.files import write_bytes
from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED, TIMED_OUT, WRONG

STATUSES = (PASSED, WRONG, NOT_ATTEMPTED, TIMED_OUT)
GRADED, UNREADABLE, CRASHED = "graded", "unreadable", "crashed"
BUBBLEWRAP, NOT_SANDBOXED = "bubblewrap", "not sandboxed"


class Result(NamedTuple):
    """What came of one question.

    question: its id. status: one of STATUSES. points: reached, of so many. sentence: what is wrong.
    got: the value that came, as text, or "". answer: the source of the answer's cell. given: what
    was answered with numbers of the student's own, as text that is equal for equal answers.
    """

    question: str
    status: str
    points: int
    of: int
    sentence: str = ""
    got: str = ""
    answer: str = ""
    given: str = ""


class Record(NamedTuple):
    """What came of one submission.

    submission: its unique name. file: where it came from. notebook: its number, or None. student:
    the id that was typed in it. status: GRADED, UNREADABLE or CRASHED. message: a sentence about
    that, or about what else was handed in. sandbox: BUBBLEWRAP, NOT_SANDBOXED, or "" if nothing
    ran. reflections: {question: text}. key: a hash of all that the rest follows from.
    """

    submission: str
    file: str
    notebook: int | None
    student: str
    status: str
    message: str = ""
    sandbox: str = ""
    results: tuple = ()
    reflections: dict = {}
    seconds: float = 0.0
    key: str = ""

    @property
    def score(self):
        return sum(result.points for result in self.results)

    @property
    def points(self):
        """What all the questions are worth."""
        return sum(result.of for result in self.results)


class Change(NamedTuple):
    """How a submission's grade differs from before. why: a sentence for each difference."""

    submission: str
    before: int
    after: int
    why: tuple


def crashed(submission, sandbox, key):
    """The record of a submission that has brought its judge down."""
    message = "The grader ended while it was at work on this submission."
    return Record(submission.name, submission.file, None, "", CRASHED, message, sandbox, key=key)


def write(record, folder):
    """Write the record to `folder`/records/NAME.json, whole or not at all."""
    data = record._asdict() | {"results": [result._asdict() for result in record.results]}
    text = json.dumps(data, indent=1, allow_nan=False)
    write_bytes(_folder(folder) / f"{record.submission}.json", f"{text}\n".encode())


def read(folder):
    """The records in a folder: {submission: Record}. A broken file counts as none."""
    found = {}
    for file in sorted(_folder(folder).glob("*.json")):
        try:
            record = _record(json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            continue
        if record.submission == file.stem:
            found[record.submission] = record
    return found


def changes(before, after):
    """Who is graded otherwise than before, and why: [Change], by name.

    before, after: {submission: Record}. A submission that only one of them holds has not changed.
    """
    found = []
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        why = tuple(_differences(old, new))
        if why:
            found.append(Change(name, old.score, new.score, why))
    return found


def _differences(old, new):
    if old.status != new.status:
        yield f"{old.status} before, {new.status} now"
    results = {result.question: result for result in old.results}
    for result in new.results:
        known = results.pop(result.question, None)
        if known is None:
            yield f"{result.question} is a new question: {result.points} of {result.of}"
        elif (known.points, known.of, known.status) != (result.points, result.of, result.status):
            same = known.answer == result.answer
            cause = "the same answer, judged anew" if same else "another answer"
            yield f"{result.question}: {_brief(known)} before, {_brief(result)} now ({cause})"
    yield from (f"{gone} is no question any more" for gone in results)


def _brief(result):
    return f"{result.status}, {result.points} of {result.of},"


def _folder(folder):
    return folder / "records"


def _record(data):
    """A record of its data; TypeError or ValueError if anything in it is of another kind."""
    results = tuple(_checked(Result(**each)) for each in data.pop("results"))
    record = _checked(Record(**data, results=results))
    statuses = {result.status for result in results}
    if record.status not in (GRADED, UNREADABLE, CRASHED) or not statuses <= set(STATUSES):
        raise ValueError("a status should be one of those above")
    return record


def _checked(value):
    for field, kind in typing.get_type_hints(type(value)).items():
        kinds = int | float if kind is float else kind
        if not isinstance(getattr(value, field), kinds):
            raise TypeError(f"{field} should be {kind}")
    return value
