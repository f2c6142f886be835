"""A question's solution earns all points, its stub none, a planted mistake what it deserves."""

import re
from functools import cache

import pytest
from planted import SCRIPTS, assigned, every_question, judged, names, notebook, planted

from seglab.grading import cards
from seglab.grading.notebooks import exercise
from seglab.grading.questions import questions, the_question
from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED

STUDENTS = ("ada", "blaise")
QUESTIONS = {question.id: question for question in every_question()}
PLANTED = planted()


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


@cache
def judged_planted(answer):
    """The verdict on a planted answer; two tests look at it."""
    namespace = dict(names(int(answer.question[:-1]), STUDENTS[0]))
    exec(compile(answer.code, str(answer), "exec"), namespace)
    return judged(answer.question, namespace)._replace(picture=None)


@pytest.mark.parametrize("answer", PLANTED, ids=str)
def test_a_planted_answer_earns_what_it_deserves(answer):
    found = judged_planted(answer)
    assert found.points == answer.points, (found.sentence, found.got)
    full = answer.points == QUESTIONS[answer.question].all_points
    assert (found.status == PASSED) == full
    assert full or found.sentence.endswith((".", "?")), "no sentence says what is wrong"


@pytest.mark.parametrize("id", QUESTIONS)
def test_two_mistakes_are_planted_in_every_question(id):
    mistakes = [p for p in PLANTED if p.question == id and p.points < QUESTIONS[id].all_points]
    assert len(mistakes) >= 2


@pytest.mark.parametrize("id", QUESTIONS)
def test_an_answer_that_is_a_function_may_be_written_in_another_style(id):
    styles = [p for p in PLANTED if p.question == id and p.points == QUESTIONS[id].all_points]
    assert styles or assigned(id)


@pytest.mark.parametrize("answer", PLANTED, ids=str)
def test_feedback_never_holds_the_expected_value(answer):
    solved = names(int(answer.question[:-1]), STUDENTS[0])
    question = the_question(answer.question)
    found = judged_planted(answer)._replace(got=None)
    text = repr(cards.verdict_card(question, found, 0, 0)).split("\n", 1)[1]
    text = text.rsplit("\n", 1)[0] + " ".join(question.hints)
    if found.status != PASSED:
        for name in assigned(answer.question):
            value = str(solved[name])
            value = f'"{value}"' if value.isalpha() else value
            assert not re.search(rf"(?<![\w.]){re.escape(value)}(?![\w.]\d)", text), name


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
