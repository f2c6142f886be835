"""A class that never was: records of thirty students, the same every time."""

import numpy as np

from seglab.grading.questions import Question
from seglab.grading.records import BUBBLEWRAP, CRASHED, GRADED, UNREADABLE, Record, Result
from seglab.grading.verdicts import NOT_ATTEMPTED, PASSED, TIMED_OUT, WRONG

NAMES = """
Ada Lovelace, Grace Hopper, Alan Turing, Zoë Őry, Łukasz Żuk, 明 李, José García, Emmy Noether,
Søren Ås, Amália Óbidos, Noor Haddad, Ravi Rao, Mei Chen, Olu Ade, Ivo Ban
"""
TASKS = {
    "2a": "How many outputs does a convolution have?",
    "2b": "Compute the sizes of the FCN's layers.",
    "2c": "Count the parameters of a convolution.",
    "2d": "Why is a page padded to a multiple of 8?",
    "2e": "What does a 4x4 kernel do to the middle of its output?",
    "2f": "How large is the receptive field?",
    "2g": "Build the skip-FCN.",
    "2h": "Mend the slide's transposed convolution.",
}
MISTAKES = {
    "It should be a whole number.": ("18.5", "7.5", "32.0"),
    "count should be the number of weights and biases.": ("1600", "1640", "360"),
    "sizes raised TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'": ("",),
    "scores have another shape than asked for.": ("(1, 40, 56, 80)", "(80, 1, 40, 56)"),
}
ANSWER = '''\
def output_size(size, kernel, stride, padding):
    """How many outputs a convolution of `size` inputs has."""
    {body}
'''
BODIES = (
    "return (size + 2 * padding - kernel) // stride + 1",
    "positions = size + 2 * padding - kernel\n    return positions // stride + 1  # and the first",
    "count = 0\n    at = 0\n    while at + kernel <= size + 2 * padding:\n"
    "        at += stride\n        count += 1\n    return count",
    'raise ValueError("<script>alert(1)</script>" + "x" * 90)',
)


def questions():
    """Eight questions: {id: Question}."""
    return {
        id: Question(
            id, task, 2, 1, (f"Read the slide on {id} again.", "Draw it."), None, None, 1, None
        )
        for id, task in TASKS.items()
    }


def records(count=30, seed=7):
    """Thirty records: graded ones of very different students, two unreadable, one crashed."""
    rng = np.random.default_rng(seed)
    return [_record(index, rng) for index in range(count)]


def _record(index, rng):
    people = [name.split() for name in NAMES.split(",")]
    name = f"{people[index % 15][0]} {people[(index * 7 + index // 15) % 15][1]}"
    number = 4000 + index
    file = f"{name}_{number}_assignsubmission_file_/02_layer_dimensions.ipynb"
    record = Record(name, file, 2, f"s{number}", GRADED, sandbox=BUBBLEWRAP, key=f"{index:032x}")
    if index in (11, 23):
        message = "unreadable: the file is no notebook, or broken"
        return record._replace(
            status=UNREADABLE, notebook=None, student="", sandbox="", message=message
        )
    if index == 17:
        return record._replace(status=CRASHED, message="It ended its grader.", student="")
    ability = rng.normal()
    results = tuple(_result(id, ability - (place - 3) / 3, rng) for place, id in enumerate(TASKS))
    note = "Also handed in, and not graded: draft.ipynb." if index == 5 else ""
    return record._replace(
        results=results,
        message=note,
        seconds=float(rng.gamma(2, 0.6)),
        reflections={"2r": "Padding keeps the sizes even,\nso that the skips meet."},
    )


def _result(id, ease, rng):
    outcome = ease + rng.logistic() * 0.8
    answer = ANSWER.format(body=BODIES[rng.integers(4)])
    if outcome > 0:
        return Result(id, PASSED, 3, 3, answer=answer)
    if outcome > -1.5:
        sentence = list(MISTAKES)[rng.integers(4)]
        got = MISTAKES[sentence][rng.integers(len(MISTAKES[sentence]))]
        points = int(rng.choice([0, 0, 2]))
        return Result(id, WRONG, points, 3, sentence, got, answer)
    if outcome > -3.5:
        return Result(
            id, NOT_ATTEMPTED, 0, 3, answer=ANSWER.format(body="raise NotImplementedError")
        )
    return Result(id, TIMED_OUT, 0, 3, "The cell takes too long.", "", answer)
