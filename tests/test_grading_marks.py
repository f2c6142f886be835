"""Through the sandbox: solutions have full marks, planted answers what they deserve."""

import copy
import itertools

import pytest
from attacks import isolated
from nbformat.v4 import new_code_cell
from planted import SCRIPTS, notebook, planted

from seglab.grading.marking import Settings, mark
from seglab.grading.notebooks import text
from seglab.grading.questions import questions
from seglab.grading.session import Limits
from seglab.grading.submissions import Submission

PATIENT = Settings(limits=Limits(cell=120, request=60, submission=900, starts=20))  # any machine

pytestmark = [isolated, pytest.mark.slow]


def rounds(number):
    """The planted answers of a notebook, by rounds in which every question has at most one."""
    mine = [answer for answer in planted() if int(answer.question[:-1]) == number]
    of = [[answer for answer in mine if answer.question == id] for id in questions(number)]
    return [tuple(filter(None, some)) for some in itertools.zip_longest(*of)]


def marked(number, answers=()):
    """The solved notebook, with answers planted behind it, judged: {question: Result}."""
    made = copy.deepcopy(notebook(number))
    cell = next(c for c in made.cells if "STUDENT = " in c.source)
    cell.source = cell.source.replace('STUDENT = ""', 'STUDENT = "ada"')
    for index, answer in enumerate(answers):
        made.cells.append(new_code_cell(answer.code, id=f"planted-{index}"))
    submission = Submission("ada", f"{SCRIPTS[number].stem}.ipynb", text(made).encode())
    return {result.question: result for result in mark(submission, PATIENT).results}


@pytest.mark.parametrize("number", SCRIPTS)
def test_solutions_have_full_marks(number):
    results = marked(number)
    assert set(results) == set(questions(number))
    assert [r for r in results.values() if (r.points, r.status) != (r.of, "passed")] == []


@pytest.mark.parametrize("number", SCRIPTS)
def test_planted_answers_have_what_they_deserve(number):
    """Many together, which is quick; what one brings down that leans on it is asked again alone."""
    for answers in rounds(number):
        together = marked(number, answers)
        for answer in answers:
            if together[answer.question].points != answer.points:
                alone = marked(number, [answer])[answer.question]
                assert alone.points == answer.points, (answer.title, alone.sentence, alone.got)
