"""The instant check: cards that tell passed, wrong and not attempted apart."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from seglab.errors import InputError
from seglab.grading import Wrong, cards, checking, questions
from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED, WRONG, Verdict

VISIBLE = '''
import numpy as np
from seglab.grading import expect, question

@question("7a", points=2, difficulty=1, hints=("Think.", "Halve."), numbers=lambda r: {"x": 4})
def test_half(answers):
    """Halve the number."""
    half = answers.number("half")
    expect(half == answers.numbers.x / 2, "It should be a half.", half)

@question("7b", points=3, difficulty=1, hints=("Think.", "More."))
def test_other(answers):
    """Say it."""
    answers.text("word")
'''
HIDDEN = """
from seglab.grading import expect, hidden

@hidden("7a", points=1)
def test_half_hidden(answers):
    expect(type(answers.names.value("half")) is float, "It should be a float.")
"""


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Questions of a notebook 7, and what is shown of them."""
    (tmp_path / "test_07_halves.py").write_text(VISIBLE)
    (tmp_path / "test_07_halves_hidden.py").write_text(HIDDEN)
    monkeypatch.setattr(questions.the_question, "__defaults__", (tmp_path,))
    monkeypatch.setattr(questions.questions, "__defaults__", (tmp_path,))
    monkeypatch.setattr(checking, "_passed", {})
    monkeypatch.setattr(checking, "_hinted", {})
    shown = []
    monkeypatch.setattr(cards, "show", shown.append)
    return shown


def run(code, **names):
    names |= {"check": checking.check, "hint": checking.hint, "yours": checking.yours}
    exec(code, names)
    return names


def test_the_three_outcomes_look_different(asked):
    for half in 2, 3, ...:
        run('check("7a")', half=half, STUDENT="ada")
    passed, wrong, missing = map(repr, asked)
    assert passed.startswith("✓ 7a passed: 2 points") and "2 of 5 points visible" in passed
    assert "1 point when it is graded" in passed
    assert (
        wrong.startswith("✗ 7a wrong") and "It should be a half." in wrong and "yours: 3" in wrong
    )
    assert missing.startswith("○ 7a not attempted") and "Halve the number." in missing
    assert "the cell under the text of 7a" in missing
    assert len({card.look for card in asked}) == 3
    assert "0 of 5 points visible" in wrong


def test_hints_come_one_at_a_time(asked):
    run('hint("7a"); hint("7a"); hint("7a")')
    first, second, third = map(repr, asked)
    assert "Think." in first and "Halve." not in first
    assert "Think." in second and "Halve." in second and third == second


def test_numbers_are_shown_by_name(asked):
    assert repr(run('x = yours("7a")', STUDENT="Ada ")["x"]) == "Numbers(x=4)"
    with pytest.raises(InputError, match="same numbers for everybody"):
        run('yours("7b")')


def test_hidden_points_count_only_when_hidden_cases_are_judged(asked):
    question = questions.the_question("7a")
    assert (question.points, question.all_points) == (2, 3)
    assert len(question.tests(False)) == 1 and len(question.tests(True)) == 2


def test_a_question_in_free_text_is_not_checked(asked, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    run('check("7r"); hint("7r")')
    assert len(asked) == 2 and "in your own words" in repr(asked[0])
    assert repr(asked[0]) == repr(asked[1]) and asked[0].heading == "7r is not checked"


@pytest.mark.parametrize("id", ["7c", "9a", "9r", "a", 7])
def test_an_unknown_question_is_told(asked, id):
    with pytest.raises(InputError, match="There is no question|has no questions"):
        run("check(id)", id=id)


def test_nbgrader_sees_a_wrong_answer_as_an_error(asked, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    run('check("7a")', half=2)
    with pytest.raises(AssertionError, match="7a: wrong. It should be a half."):
        run('check("7a")', half=1)


def test_cards_escape_what_students_write():
    card = cards.Card(cards.LOOK[WRONG], "1a wrong", ["a < b"], got="<script>")
    assert "<script>" not in card._repr_html_() and "a &lt; b" in card._repr_html_()


def test_code_in_a_sentence_looks_like_code():
    page = cards.Card(cards.HINT, "1a hint", ["Half is `size // 2`, `a < b`."])._repr_html_()
    assert "Half is <code>size // 2</code>, <code>a &lt; b</code>." in page


def test_the_rows_of_an_array_stand_under_each_other():
    card = cards.Card(cards.LOOK[WRONG], "1a wrong", [], got=np.array([[0, 10], [2, 1]]))
    assert repr(card).endswith("yours: [[ 0, 10],\n   [ 2,  1]]")
    assert "[[ 0, 10],\n [ 2,  1]]</code>" in card._repr_html_()
    assert cards.laid_out(np.zeros((9, 9))) == cards.shown(np.zeros((9, 9)))
    assert "\n" not in cards.shown(np.zeros((2, 2)))


def test_a_picture_comes_before_the_words(asked):
    question = questions.the_question("7a")
    wrong = Wrong("It should be a half.", 3, Figure)
    verdict = Verdict(WRONG, 0, wrong.sentence, wrong.got, wrong.picture)
    page = cards.verdict_card(question, verdict, 0, 5)._repr_html_()
    assert 0 < page.index("data:image/png") < page.index("It should be a half.")


def test_long_values_are_cut():
    assert len(cards.shown("x" * 10_000)) < 400
    assert cards.shown(0.1) == "0.1" and cards.shown([1, 2]) == "[1, 2]"
    assert {PASSED, WRONG, NOT_ATTEMPTED} == set(cards.LOOK)
