"""Grades into the gradebook that Canvas exports, to be imported there again."""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from itertools import zip_longest
from typing import NamedTuple

from seglab.errors import InputError
from seglab.grading.students import students

COLUMNS = ("Student", "ID", "SIS Login ID")
LOGINS = ("SIS Login ID", "SIS User ID")


class Filled(NamedTuple):
    """A gradebook with grades. text: of the CSV file. unmatched: a sentence for each submission."""

    text: str
    unmatched: list


def fill_canvas(gradebook, records, assignment):
    """Fill an exported gradebook: one column, the rows of those who handed in, nothing else.

    gradebook: Path of the CSV file. assignment: the heading of the column, with or without the
    number that Canvas adds to it. A row is found by the user id that Canvas gives an exported file;
    or else the name of the submission is a login or a name. An id that a student has typed fills
    nothing, since it might be another's: it is named in `unmatched`.
    """
    try:
        text = gradebook.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{gradebook} cannot be read as a CSV file: {error}.") from error
    heading = rows[0] if rows else []
    missing = [name for name in COLUMNS[:2] if name not in heading]
    if missing:
        raise InputError(f"{gradebook} is no gradebook of Canvas: it has no column {missing[0]!r}.")
    column = _column(heading, assignment, gradebook)
    people = {i: dict(zip_longest(heading, row, fillvalue="")) for i, row in enumerate(rows)}
    # Rows that describe the columns, like "    Points Possible", have no ID.
    people = {i: person for i, person in people.items() if i and person["ID"].strip()}
    found, unmatched = _matches(people, records)
    for index, score in found.items():
        row = rows[index]
        row += [""] * (column + 1 - len(row))
        row[column] = str(score)
    file = io.StringIO()
    end = "\r\n" if "\r\n" in text else "\n"
    csv.writer(file, delimiter=_delimiter(text), lineterminator=end).writerows(rows)
    return Filled(file.getvalue(), unmatched)


def _delimiter(text):
    """A comma, or a semicolon where numbers have commas."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _column(heading, assignment, gradebook):
    exact = [i for i, name in enumerate(heading) if name == assignment]
    without = [re.sub(r" \(\d+\)$", "", name) for name in heading]
    found = exact or [i for i, name in enumerate(without) if name == assignment]
    if len(found) == 1 and heading[found[0]] not in (*COLUMNS, *LOGINS, "Section", "Root Account"):
        return found[0]
    numbered = [name for name in heading if re.search(r" \(\d+\)$", name)]
    raise InputError(
        f"{gradebook} has {len(found) or 'no'} columns {assignment!r}; its assignments are "
        f"{', '.join(numbered) or 'none'}."
    )


def _matches(people, records):
    """Scores for rows, and a sentence for each record that has none: ({index: int}, [str]).

    people: {index of a row: the row as a dict}.
    """
    who = students([record.file for record in records])
    of_row, unmatched = defaultdict(list), []
    for record in records:
        rows = _rows(people, who[record.file], record.submission)
        if len(rows) == 1:
            of_row[rows[0]].append(record)
        else:
            why = f"fits {len(rows)} rows" if rows else "fits no row"
            unmatched.append(f"{record.submission} {why}{_typed(people, record)}.")
    scores = {}
    for row, theirs in of_row.items():
        if len({who[record.file]._replace(version=0) for record in theirs}) == 1:
            scores[row] = sum(record.score for record in theirs)  # several notebooks of one student
        else:
            name = people[row]["Student"]
            unmatched += [f"{r.submission} is not the only one that fits {name}." for r in theirs]
    return scores, sorted(unmatched)


def _rows(people, student, submission):
    """The rows that a submission fits by its user id in Canvas, or else by login, or by name."""
    if student.platform == "Canvas":
        return [i for i, person in people.items() if person["ID"] == student.number]
    logins = {student.name.casefold(), submission.casefold()}
    by_login = [i for i, p in people.items() if {p.get(c, "").casefold() for c in LOGINS} & logins]
    names = {_letters(name) for name in (student.name, submission)}
    return by_login or [i for i, p in people.items() if names & _spellings(p["Student"])]


def _spellings(name):
    """ "Lovelace, Ada" as the letters of both orders."""
    last, _, first = name.partition(",")
    return {_letters(last + first), _letters(first + last)} - {""}


def _letters(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def _typed(people, record):
    ids = ("ID", *LOGINS)
    names = [
        person["Student"]
        for person in people.values()
        if record.student and record.student in {person.get(c, "").casefold() for c in ids}
    ]
    return f"; the id typed in it is that of {names[0]}" if len(names) == 1 else ""
