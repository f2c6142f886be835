"""Grades as the programs take them that teachers keep grades in.

A person is one row, whatever number of notebooks came: those that only know a total get the sum.
"""

import csv
import io
import json
import re
from collections import defaultdict

from seglab.files import write_bytes
from seglab.grading.feedback import feedback
from seglab.grading.students import students

FORMULA = ("=", "+", "-", "@")  # what spreadsheets compute, even from a CSV file


def write(records, folder, questions):
    """Write grades.csv, moodle.csv, and for each submission gradescope/NAME.json."""
    write_bytes(folder / "grades.csv", grades_csv(records).encode("utf-8", "replace"))
    write_bytes(folder / "moodle.csv", moodle_csv(records).encode("utf-8", "replace"))
    for record in records:
        results = gradescope_json(record, questions)
        write_bytes(folder / "gradescope" / f"{record.submission}.json", results.encode())


def grades_csv(records):
    """A row for each submission: its status, score and points, and the points of each question."""
    asked = sorted({r.question for record in records for r in record.results}, key=question_order)
    rows = [["submission", "status", "score", "points", *asked]]
    for record in sorted(records, key=lambda record: record.submission):
        reached = {result.question: result.points for result in record.results}
        row = [harmless(record.submission), record.status, record.score, record.points]
        rows.append([*row, *(reached.get(question, "") for question in asked)])
    return _csv(rows)


def moodle_csv(records):
    """Moodle's grading worksheet: all columns that it asks for when grades are imported.

    Who did not come from Moodle has no Identifier; Moodle leaves such a row out.
    """
    who = students([record.file for record in records])
    people = defaultdict(list)
    for record in records:
        student = who[record.file]
        known = student.platform == "Moodle"
        identifier = f"Participant {student.number}" if known else ""
        people[identifier, student.name if known else record.submission].append(record)
    rows = [["Identifier", "Full name", "Grade", "Last modified (grade)"]]
    for (identifier, name), theirs in sorted(people.items(), key=lambda p: (p[0][0] == "", p[0])):
        rows.append([identifier, harmless(name), sum(record.score for record in theirs), "-"])
    return _csv(rows)


def gradescope_json(record, questions):
    """Gradescope's results.json of one submission. questions: {id: `questions.Question`}."""
    tests = []
    for result in record.results:
        question = questions.get(result.question)
        said = feedback(result, question)
        hint = f"A hint: {said.hint}" if said.hint else ""
        tests.append(
            {
                "name": f"{result.question} {question.task}" if question else result.question,
                "score": result.points,
                "max_score": result.of,
                "status": "passed" if result.points == result.of else "failed",
                "output": "\n".join(filter(None, [result.status, said.sentence, hint])),
            }
        )
    results = {
        "score": record.score,
        "output": f"{record.status}\n{record.message}".strip(),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    return json.dumps(results, indent=1) + "\n"


def harmless(text):
    """The text as one line that no spreadsheet takes for a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(FORMULA) else text


def question_order(id):
    """A key that sorts the ids of questions: 2a, 2b, 10a."""
    digits = re.match(r"\d*", id)[0]
    return int(digits or 0), id


def _csv(rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()
