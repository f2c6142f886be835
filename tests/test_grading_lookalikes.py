"""Look-alikes: what is copied is found, what is handed out or one's own is not."""

import time

import nbformat
import numpy as np
import pytest

from seglab.grading.cells import handed_out
from seglab.grading.lookalikes import (
    LONGEST,
    Group,
    NearCopy,
    alike,
    groups,
    near_copies,
    own_answers,
    own_text,
)
from seglab.grading.records import GRADED, Record, Result

HANDOUT = '''\
def receptive_field(layers):
    """How many inputs a unit sees: layers [(kernel, stride)] -> a whole number."""
    raise NotImplementedError  # about 6 lines
'''
LOOP = HANDOUT.replace(
    "raise NotImplementedError  # about 6 lines",
    """size, step = 1, 1
    for kernel, stride in layers:
        size = size + (kernel - 1) * step
        step = step * stride
    return size""",
)
BACKWARDS = HANDOUT.replace(
    "raise NotImplementedError  # about 6 lines",
    """seen = 1
    while layers:
        *layers, last = layers
        seen = last[1] * (seen - 1) + last[0]
    print("from the top of the network down:", seen)
    return seen""",
)


def records(**answers):
    """Records whose answer to 2f is given by submission."""
    return [
        Record(
            name, f"{name}.ipynb", 2, "", GRADED, results=(Result("2f", "passed", 3, 3, answer=a),)
        )
        for name, a in answers.items()
    ]


def pairs(*given):
    return near_copies(own_answers(list(given), {"2f": HANDOUT}))


def test_a_copy_is_found_and_two_ways_are_told_apart():
    (copy,) = pairs(*records(ada=LOOP, bob=LOOP, carl=BACKWARDS))
    assert copy == ("ada", "bob", "2f", 1.0)


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.replace("\n", "  # I wrote this myself\n"),
        lambda text: text.replace("    ", "\t"),
        lambda text: text.replace("\n", "\n\n").replace(" = ", "="),
        lambda text: text.replace("return size", "return size  "),
        lambda text: text.replace("size", "sizes"),
        lambda text: "# my answer\n" + text + "\n\n",
    ],
)
def test_a_disguised_copy_is_found(disguise):
    (copy,) = pairs(*records(ada=LOOP, bob=disguise(LOOP)))
    assert copy.similarity > 0.9


def test_what_was_handed_out_is_no_one_s_own():
    assert own_text(HANDOUT, HANDOUT) == ""
    assert pairs(*records(ada=HANDOUT, bob=HANDOUT)) == []
    assert own_text(LOOP, HANDOUT).startswith("size,step=1,1for")


def test_short_answers_are_alike_by_themselves():
    short = HANDOUT.replace("raise NotImplementedError  # about 6 lines", "return 1 + sum(layers)")
    assert pairs(*records(ada=short, bob=short)) == []


def test_other_questions_are_not_compared():
    one, other = records(ada=LOOP, bob=LOOP)
    other = other._replace(results=(other.results[0]._replace(question="2g"),))
    assert pairs(one, other) == []


@pytest.mark.parametrize("source", ["", "def f(:\n  '''", "\x00\ud800", "(" * 10_000, "é" * 99_999])
def test_any_text_can_be_compared(source):
    assert len(own_text(source, HANDOUT)) <= LONGEST
    pairs(*records(ada=source, bob=source, carl=LOOP))


def test_similarity_is_symmetric_and_knows_no_order():
    given = records(ada=LOOP, bob=LOOP.replace("size", "seen"), carl=BACKWARDS)
    answers = own_answers(given, {})
    there = {frozenset(c[:2]): c.similarity for c in near_copies(answers, 0)}
    back = {frozenset(c[:2]): c.similarity for c in near_copies(own_answers(given[::-1], {}), 0)}
    assert there == back and len(there) == 3
    assert all(0 <= similarity <= 1 for similarity in there.values())


def test_groups_hold_who_is_linked_the_smallest_first():
    answers = {"2a": dict.fromkeys("abcdefgh", ""), "2b": dict.fromkeys("abc", "")}
    copies = [
        NearCopy("a", "b", "2a", 0.95),
        NearCopy("b", "c", "2a", 0.93),
        NearCopy("e", "f", "2a", 0.99),
        NearCopy("a", "c", "2b", 1.0),
    ]
    assert groups(copies, answers) == [
        Group("2b", ("a", "c"), 1.0, 3),
        Group("2a", ("e", "f"), 0.99, 8),
        Group("2a", ("a", "b", "c"), 0.93, 8),
    ]
    assert groups([], {}) == []


def test_three_hundred_are_compared_in_seconds():
    rng = np.random.default_rng(3)
    words = [*"()[]*12", "size", "step", "kernel", "stride", "layers", "for", "in", "return"]
    bodies = [" ".join(rng.choice(words, 200)) for _ in range(299)]
    bodies.append(bodies[7])
    given = records(**{f"s{i}": body for i, body in enumerate(bodies)})
    started = time.perf_counter()
    (group,) = alike(given, {})
    assert group[:2] == ("2f", ("s299", "s7"))
    assert time.perf_counter() - started < 10


def test_the_hand_out_is_read_from_its_notebooks(tmp_path):
    cell = nbformat.v4.new_code_cell(HANDOUT, id="answer-2f")
    other = nbformat.v4.new_code_cell("import numpy", id="cell-001")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell, other]), tmp_path / "02_x.ipynb")
    assert handed_out(tmp_path) == {"2f": HANDOUT}
