"""A question's solution earns all points, its stub none, a planted mistake what it deserves."""

import re

import pytest
from planted import SCRIPTS, assigned, every_question, judged, names, notebook, planted
from quick import slow_but

from seglab.grading import cards
from seglab.grading.notebooks import exercise
from seglab.grading.questions import questions, the_question
from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED

STUDENTS = ("ada", "blaise")
QUESTIONS = {question.id: question for question in every_question()}
PLANTED = planted()
# Their models take seconds to judge; `test_grading_marks` judges their planted answers, too.
LARGE = ("3d", "3h", "4b", "4f", "7a", "7c", "7d", "9c", "10d", "10f", "12b", "12c")


@pytest.mark.parametrize(
    ("student", "id"),
    [(STUDENTS[0], id) for id in QUESTIONS]
    + [(STUDENTS[1], id) for id, question in QUESTIONS.items() if question.numbers],
)
def test_the_solution_earns_all_points(student, id):
    found = judged(id, names(int(id[:-1]), student))
    assert found.status == PASSED, (found.sentence, found.got)
    assert found.points == QUESTIONS[id].all_points


@pytest.mark.parametrize("id", QUESTIONS)
def test_the_stub_is_not_attempted(id):
    found = judged(id, names(int(id[:-1]), STUDENTS[0], exercise))
    assert (found.status, found.points) == (NOT_ATTEMPTED, 0)


@pytest.mark.parametrize(
    "answer", slow_but([p for p in PLANTED if p.question not in LARGE], PLANTED), ids=str
)
def test_a_planted_answer_earns_what_it_deserves(answer):
    """And its feedback never holds the expected value."""
    solved = names(int(answer.question[:-1]), STUDENTS[0])
    namespace = dict(solved)
    exec(compile(answer.code, str(answer), "exec"), namespace)
    found = judged(answer.question, namespace)
    assert found.points == answer.points, (found.sentence, found.got)
    full = answer.points == QUESTIONS[answer.question].all_points
    assert (found.status == PASSED) == full
    assert full or found.sentence.endswith((".", "?")), "no sentence says what is wrong"
    assert full or expected_value_in(found, the_question(answer.question), solved) is None


def expected_value_in(found, question, solved):
    """The name of an assigned answer whose value stands on the card or in a hint; None: of none."""
    found = found._replace(got=None, picture=None)
    text = repr(cards.verdict_card(question, found, 0, 0)).split("\n", 1)[1]
    text = text.rsplit("\n", 1)[0] + " ".join(question.hints)
    for name in assigned(question.id):
        value = str(solved[name])
        value = f'"{value}"' if value.isalpha() else value
        if re.search(rf"(?<![\w.]){re.escape(value)}(?![\w.]\d)", text):
            return name
    return None


@pytest.mark.parametrize("id", QUESTIONS)
def test_two_mistakes_are_planted_in_every_question(id):
    mistakes = [p for p in PLANTED if p.question == id and p.points < QUESTIONS[id].all_points]
    assert len(mistakes) >= 2


@pytest.mark.parametrize("id", QUESTIONS)
def test_an_answer_that_is_a_function_may_be_written_in_another_style(id):
    styles = [p for p in PLANTED if p.question == id and p.points == QUESTIONS[id].all_points]
    assert styles or assigned(id)


@pytest.mark.parametrize("number", SCRIPTS)
def test_every_question_has_an_answer_and_a_check_in_order(number):
    cells = notebook(number).cells
    answered = [c.metadata["answer"] for c in cells if "answer" in c.metadata]
    checks = re.findall(r'^check\("(\w+)"\)', "\n".join(c.source for c in cells), re.MULTILINE)
    assert answered == checks == list(questions(number))
    assert answered == [f"{number}{letter}" for letter in "abcdefghi"[: len(answered)]]


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_question_says_what_it_asks_and_gives_two_hints(id):
    question = QUESTIONS[id]
    assert question.task.endswith((".", "?")) and len(question.task) < 100
    assert len(question.hints) == 2 and all(hint.endswith((".", "?")) for hint in question.hints)
    assert question.points >= 1 and question.difficulty in (1, 2, 3)


@pytest.mark.parametrize("id", [q.id for q in QUESTIONS.values() if q.numbers])
def test_students_have_numbers_of_their_own(id):
    drawn = {QUESTIONS[id].numbers_of(f"student {i}") for i in range(20)}
    assert len(drawn) > 5
    assert QUESTIONS[id].numbers_of("ada") == QUESTIONS[id].numbers_of("ada")
