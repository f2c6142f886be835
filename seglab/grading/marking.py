"""One submission judged: its cells run in the sandbox, every question asked, a record written."""

import atexit
import json
import threading
import time
from functools import lru_cache
from typing import NamedTuple

from seglab.errors import InputError
from seglab.grading import release
from seglab.grading.answers import Answers, student_id
from seglab.grading.cards import shown
from seglab.grading.cells import blanks, cells, handed_out, notebook_number
from seglab.grading.questions import questions
from seglab.grading.records import Record, Result
from seglab.grading.remote import Nursery, RemoteNames
from seglab.grading.session import Limits, Session
from seglab.grading.verdicts import NOT_ATTEMPTED, TIMED_OUT, WRONG, Verdict, further, verdict

_here = threading.local()  # a nursery a thread, kept for the next submission


class Settings(NamedTuple):
    """How submissions are judged. sandboxed: False only where somebody has asked for it."""

    sandboxed: bool = True
    limits: Limits = Limits()

    @property
    def sandbox(self):
        return "bubblewrap" if self.sandboxed else "not sandboxed"


def mark(submission, settings, key=""):
    """Judge one `submissions.Submission`: a `records.Record`. key: to be kept in it."""
    started = time.monotonic()
    blank = Record(
        submission=submission.name,
        file=submission.file,
        notebook=None,
        student="",
        status="unreadable",
        message="",
        sandbox=settings.sandbox,
        results=(),
        reflections={},
        seconds=0.0,
        key=key,
    )
    try:
        written = cells(submission.content)
    except InputError as error:
        return blank._replace(message=str(error))
    number = notebook_number(written, submission.file)
    try:
        asked = questions(number)
    except InputError:
        return blank._replace(message="unreadable: it is none of the notebooks with questions")
    session = Session(nursery(settings), to_run(written), settings.limits)
    try:
        names = RemoteNames(session.ask)
        student = student_of(names)
        answers = {id: Answers(names, student, question) for id, question in asked.items()}
        found = {id: _verdict(verdict, asked[id], answers[id]) for id in asked}
        found = {id: _verdict(further, asked[id], answers[id], found[id]) for id in asked}
        numbered = [id for id in asked if asked[id].numbers and id in _handout()]
        numbers = {id: given(names, _handout()[id]) for id in numbered}
        results = tuple(
            _result(asked[id], found[id], numbers.get(id, ""), session, written) for id in asked
        )
    finally:
        session.end()
    return blank._replace(
        notebook=number,
        student=student,
        status="graded",
        message=submission.note,
        results=results,
        reflections=reflections(written, asked),
        seconds=time.monotonic() - started,
    )


def nursery(settings):
    """This thread's nursery; a new one if it has ended."""
    kept = getattr(_here, "nursery", None)
    if kept is None or kept.process.poll() is not None:
        kept = _here.nursery = Nursery(settings.sandboxed)
        atexit.register(kept.close)
    return kept


def to_run(written):
    """The code cells that are run: [(id, source)]; checks are ours to make, asides nobody needs."""
    return [
        (f"{position}", cell.source)
        for position, cell in enumerate(written)
        if cell.kind == "code" and cell.role != "check" and "aside" not in cell.tags
    ]


def student_of(names):
    """The id that the student has typed, as `checking` reads it."""
    try:
        return student_id(names.value("STUDENT"))
    except Exception:  # whatever the student's process does here: no id
        return ""


def reflections(written, asked):
    """{id: text} of the questions in free text, which are collected and not scored."""
    return {
        cell.question: cell.source
        for cell in written
        if cell.kind == "markdown" and cell.role == "answer" and cell.question not in asked
    }


def given(names, source):
    """What stands where an answer's cell was handed out with `name = ...`: as text; "" if not all.

    names: the student's, as `names.LiveNames`. source: of the cell as it was handed out.
    """
    try:
        return json.dumps({name: names.value(name) for name in blanks(source)}, default=_plainer)
    except Exception:  # whatever the student's process does here: nothing to compare
        return ""


@lru_cache
def _handout():
    return handed_out(release.ROOT / "notebooks")


def _plainer(value):
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _result(question, found, numbers, session, written):
    answers = [
        (f"{position}", cell.source)
        for position, cell in enumerate(written)
        if cell.question == question.id and cell.role == "answer"
    ]
    left_out = [session.left_out[id] for id, _ in answers if id in session.left_out]
    if found.status == NOT_ATTEMPTED and left_out:
        late = left_out[0] == "timed out"
        said = "The cell takes too long." if late else "The cell ends Python."
        found = Verdict(TIMED_OUT, 0, said)
    got = "" if found.got is None else shown(found.got)
    source = "\n\n".join(source for _, source in answers)
    return Result(
        question=question.id,
        status=found.status,
        points=found.points,
        of=question.all_points,
        sentence=found.sentence,
        got=got,
        answer=source,
        given=numbers,
    )


def _verdict(judge, question, *more):
    try:
        return judge(question, *more)
    except Exception as error:  # what the student's process gave has brought a question to fall
        return Verdict(WRONG, 0, f"The answer cannot be judged ({type(error).__name__}).")
