"""Notebook 8, The comparison: what the instant check runs, for measurements."""

from statistics import mean

import numpy as np

from seglab.grading import expect, question, same

NAMES = ["sliding_window", "fcn", "skip_fcn", "unet"]


@question(
    "8a",
    points=2,
    difficulty=1,
    hints=(
        "Write a plan for two models and three rounds on paper first: once all, then all, all, "
        "all.",
        "A list may be multiplied by a number: see what [1, 2] * 3 gives.",
    ),
)
def test_plan(answers):
    """Plan a measurement: warm-up calls, then calls in turn."""
    expect_plan(answers, NAMES[1:], 2)
    expect_plan(answers, NAMES, 5)


def expect_plan(answers, names, rounds):
    got = answers.call("plan", names, rounds)
    parts = got if type(got) in (list, tuple) else []
    parts = [part.tolist() if isinstance(part, np.ndarray) else part for part in parts]
    pair = [type(part) in (list, tuple) for part in parts] == [True, True]
    expect(pair, "plan should return two lists, `warm_up, counted`.", got)
    warm_up, counted = ([*map(str, part)] for part in parts)
    sentence = "In warm_up, every model should be called once: it traces and compiles there."
    expect(sorted(warm_up) == sorted(names), sentence, warm_up)
    calls = {counted.count(name) for name in [*names, *counted]}
    sentence = f"In {rounds} rounds, every model has {rounds} calls that count, not more or less."
    expect(calls == {rounds}, sentence, counted)
    for first in range(0, len(counted), len(names)):
        sentence = (
            "A model is called again before all others had their turn. If the machine slows down "
            "meanwhile, it hits the models unequally."
        )
        expect(sorted(counted[first : first + len(names)]) == sorted(names), sentence, counted)


@question(
    "8b",
    points=3,
    difficulty=1,
    hints=(
        "Leave the first of each list out: seconds[1:]. np.median or statistics.median do the "
        "rest.",
        "Find the FCN's median before the loop over the models; every model is divided by that.",
    ),
)
def test_summary(answers):
    """Turn recorded seconds into medians, pages per second and ratios to the FCN."""
    expect_summary(
        answers,
        {
            "unet": [0.9, 0.07, 0.075, 0.31, 0.071, 0.08],  # another program disturbed a call
            "fcn": [0.011, 0.024, 0.02, 0.021, 0.026, 0.02],
            "skip_fcn": [0.4, 0.036, 0.05, 0.038, 0.04, 0.041],
        },
    )
    expect_summary(
        answers, {"fcn": [0.5, 0.02, 0.05, 0.024, 0.03], "unet": [0.7, 0.3, 0.075, 0.07, 0.09]}
    )


def expect_summary(answers, recorded):
    got = answers.call("summary", recorded)
    is_dict = type(got) is dict and list(got) and set(got) == set(recorded)
    expect(is_dict, "summary should return a dict with a key for every model, and no other.", got)
    got = {name: v.tolist() if isinstance(v, np.ndarray) else v for name, v in got.items()}
    for name, seconds in recorded.items():
        three = type(got[name]) in (list, tuple) and len(got[name]) == 3
        numbers = three and all(type(value) in (int, float) for value in got[name])
        expect(numbers, f"{name} should have three numbers, in a tuple.", got[name])
        middle, later = got[name][0], seconds[1:]
        sentence = f"{name}: a mean moves when one call is disturbed. What does not?"
        expect(not same(middle, mean(later)), sentence, middle)
        below, above = sum(s < middle for s in later), sum(s > middle for s in later)
        sentence = (
            f"{name}: of the calls after the warm-up, as many should lie below the median as "
            "above it. Is the first one left out?"
        )
        expect(below == above, sentence, middle)
    for name, (middle, per_second, times_fcn) in got.items():
        sentence = f"{name}: that many pages, each of that many seconds, do not fill one second."
        expect(same(per_second * middle, 1), sentence, per_second)
        sentence = f"{name}: the FCN's median, that many times, is not the median of this model."
        expect(same(times_fcn * got["fcn"][0], middle, 1e-6), sentence, times_fcn)
