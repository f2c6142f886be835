"""Notebook 8, The comparison: the cases that the hand-out does not hold."""

from statistics import median

import numpy as np

from seglab.grading import expect, hidden, same


@hidden("8a", points=1)
def test_plan_hidden(answers):
    sentence = "A plan for one model, or for one round, or for names that are pairs, is wrong."
    for names, rounds in ((["fcn"], 4), ([("unet", 320), ("fcn", 640), ("fcn", 320)], 1)):
        warm_up, counted = ([*map(str, part)] for part in answers.call("plan", names, rounds))
        expect(sorted(warm_up) == sorted(map(str, names)), sentence)
        expect(sorted(counted) == sorted(map(str, names * rounds)), sentence)


@hidden("8b", points=1)
def test_summary_hidden(answers):
    recorded = {
        "fcn": [0.5, 0.03, 0.01, 0.02, 0.05],
        "a student's own": [0.1, 0.4, 0.2],
        "sliding_window": [2.0, 0.9],
    }
    got = answers.call("summary", recorded)
    expect(set(got) == set(recorded), "Any models may be there, not only the lecture's.")
    fcn = median(recorded["fcn"][1:])
    for name, seconds in recorded.items():
        middle = median(seconds[1:])
        right = same(list(got[name]), [middle, 1 / middle, middle / fcn])
        expect(right, "Models may be measured more or less often, also an even number of times.")


@hidden("8e", points=1)
def test_growth_hidden(answers):
    for pixels, power in (([9e6, 1e4], 0.0), ([4e5, 1e5, 9e5], 2.0), ([1e5, 1e6, 1e7], 0.31)):
        seconds = [7.0 * n**power for n in pixels]
        got = answers.array("growth", pixels, seconds, shape=())
        sentence = "Pages come in any order, two are enough, and growth may be fast or none."
        expect(abs(float(got) - power) < 1e-4, sentence)
    pixels = [1e5, 2e5, 1e6]
    slower = answers.array("growth", np.array(pixels), 50 * np.array(pixels) ** 1.2, shape=())
    expect(abs(float(slower) - 1.2) < 1e-4, "Arrays should do, and a slow machine, too.")


@hidden("8g", points=1)
def test_pareto_front_hidden(answers):
    one = answers.call("pareto_front", {"a": 1.0}, {"a": 0.0})
    expect(list(one) == ["a"], "A model that stands alone is not dominated.")
    seconds = {"c": 3.0, "b": 1.0, "a": 1.0, "e": 3.0, "d": 2.0, "f": 4.0}
    quality = {"c": 0.8, "b": 0.5, "a": 0.6, "e": 0.8, "d": 0.6, "f": 0.8}
    front = list(answers.call("pareto_front", seconds, quality))
    sentence = "Of models that are equal in both, none is better; of those equal in one, one is."
    expect(sorted(front) == ["a", "c", "e"] and front[0] == "a", sentence)
