"""Reports as web pages that need nothing else: one for each student, one for their teachers.

All that comes from a student is escaped, and a page runs no script and loads nothing.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path
from statistics import median
from urllib.parse import quote

import jinja2

from seglab.files import write_bytes
from seglab.grading import class_statistics
from seglab.grading.feedback import feedback
from seglab.grading.records import GRADED, NOT_SANDBOXED, STATUSES

SIGNS = dict(zip(STATUSES, "✓✗○◷"))
LONGEST = 20_000  # characters of an answer
VISIBLE = "\n\r\t"  # the controls that a page shows


def write(records, questions, folder, borrowed=(), groups=()):
    """Write index.html for teachers, and students/NAME.html for each submission.

    records: `records.Record`s. questions: {id: `questions.Question`}. borrowed:
    `lookalikes.Borrowed`s. groups: `lookalikes.Group`s.
    """
    for record in records:
        page = student_page(record, questions)
        _write(folder / "students" / f"{record.submission}.html", page)
    _write(folder / "index.html", index_page(records, questions, borrowed, groups))


def student_page(record, questions):
    """A student's results as HTML: their answers and what is wrong, no value that came or should.

    It follows from the submission, the questions and the settings alone, so it names no seconds.
    """
    return _template("student.html").render(record=record, questions=questions, feedback=feedback)


def index_page(records, questions, borrowed=(), groups=()):
    """A class's results as HTML, with statistics on the questions and look-alikes."""
    records = sorted(records, key=lambda record: record.submission)
    return _template("index.html").render(
        records=records,
        questions=questions,
        borrowed=borrowed,
        groups=groups,
        refused=[record for record in records if record.status != GRADED],
        unprotected=sum(record.sandbox == NOT_SANDBOXED for record in records),
        parts=[_part(*item) for item in class_statistics.by_notebook(records).items()],
        link=lambda record: f"students/{quote(record.submission, safe='')}.html",
        results_of=lambda record: {result.question: result for result in record.results},
    )


def _part(number, records):
    """What the index says of one notebook."""
    return {
        "number": number,
        "records": records,
        "median": median(record.score for record in records),
        "points": max(record.points for record in records),
        "seconds": median(record.seconds for record in records),
        "bars": class_statistics.distribution(records),
        "questions": class_statistics.question_statistics(records),
    }


@lru_cache
def _template(name):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_visible,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "css": lambda status: status.replace(" ", "-"),
        "cut": _cut,
        "GRADED": GRADED,
        "NOT_SANDBOXED": NOT_SANDBOXED,
        "SIGNS": SIGNS,
        "STATUSES": STATUSES,
    }
    return environment.get_template(name)


def _cut(text, longest=LONGEST):
    return text if len(text) <= longest else f"{text[:longest]} …"


def _visible(value):
    """Text without invisible signs, which could turn the direction of a line of code around."""
    if type(value) is not str:
        return value
    hidden = (c for c in set(value) - set(VISIBLE) if unicodedata.category(c)[0] == "C")
    return value.translate(dict.fromkeys(map(ord, hidden), "\ufffd"))


def _write(file, page):
    write_bytes(file, page.encode("utf-8"))
