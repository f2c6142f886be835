"""The instant check in a notebook: `yours`, `hint` and `check`."""

import os
import re
import sys

from seglab.grading import cards
from seglab.grading.answers import Answers, student_id
from seglab.grading.names import LiveNames
from seglab.grading.questions import questions, the_question
from seglab.grading.verdicts import PASSED, verdict

_passed = {}  # points of this session, by id
_hinted = {}  # hints shown in this session, by id
_REFLECTION = re.compile(r"[0-9]+r")  # the id of a question in free text


def yours(id):
    """The numbers of a question that are this student's own, by the STUDENT of the notebook."""
    student = student_id(sys._getframe(1).f_globals.get("STUDENT"))
    if not student:
        print('These are nobody\'s numbers: type your student id, STUDENT = "...", at the top.')
    return the_question(id).numbers_of(student)


def hint(id):
    """Show the question's first hint; asked for again, the second one, too."""
    if _is_reflection(id):
        return cards.show(cards.reflection_card(id))
    question = the_question(id)
    shown = _hinted[id] = min(_hinted.get(id, 0) + 1, len(question.hints))
    cards.show(cards.hint_card(question, shown))


def check(id):
    """Judge the answer as it is now, by the cases that the hand-out holds, and show a card."""
    if _is_reflection(id):
        return cards.show(cards.reflection_card(id))
    question, namespace = the_question(id), sys._getframe(1).f_globals
    student = student_id(namespace.get("STUDENT"))
    found = verdict(question, Answers(LiveNames(namespace), student, question))
    _passed[id] = found.points
    of_notebook = questions(int(id[:-1]))
    reached = sum(_passed.get(each, 0) for each in of_notebook)
    visible = sum(each.points for each in of_notebook.values())
    cards.show(cards.verdict_card(question, found, reached, visible))
    # nbgrader gives the points of a cell that raises nothing, and says that it is at work.
    if found.status != PASSED and os.environ.get("NBGRADER_EXECUTION"):
        raise AssertionError(f"{id}: {found.status}. {found.sentence}")


def _is_reflection(id):
    """True for the question in free text that a notebook has, "3r"."""
    return isinstance(id, str) and bool(_REFLECTION.fullmatch(id)) and bool(questions(int(id[:-1])))
