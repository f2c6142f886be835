"""Notebook 8, The comparison: what the instant check runs, for faulty measurements."""

import re

from seglab.grading import expect, question

COUNTED = {"a": range(1, 9), "b": (2, 3, 4, 6, 7, 8)}  # numbers of the calls; else 3 to 8
WHY_NOT = {
    "a": "which calls does the mean take? The first call of each model is not among them",
    "b": "follow the calls one by one: the models do take turns",
    "c": "both models read pages of one size",
    "d": "the seconds of the calls add up to those of all calls together, so nothing was still "
    "running when the clock stopped",
    "e": "no call lies far from its model's others by chance: either all that are counted are "
    "alike, or the one that is not would be slow in every measurement",
}


def records(random):
    """A faulty measurement of each kind, as texts, in an order of the student's own."""
    order = random.permutation(list("abcde")).tolist()
    return {"records": tuple(record(random, i + 1, fault) for i, fault in enumerate(order))}


def record(random, number, fault):
    """What was noted of eight calls of two models, and what was reported."""
    models = ["FCN"] * 4 + ["U-Net"] * 4 if fault == "b" else ["FCN", "U-Net"] * 4
    speed, larger = random.uniform(0.6, 4), {"U-Net"} if fault == "c" else set()
    pages = ["640x448" if model in larger else "320x224" for model in models]
    usual = {"FCN": 0.02 * speed, "U-Net": 0.07 * speed * (4 if larger else 1)}
    seconds = [usual[model] * random.uniform(0.97, 1.05) for model in models]
    counted = COUNTED.get(fault, range(3, 9))
    if fault == "e":
        seconds[random.integers(3, 8)] += 0.5 * random.uniform(0.8, 1.2) * speed
    for call in set(range(1, 9)) - set(counted) if fault != "a" else (1, 2):
        seconds[call - 1] += random.uniform(0.3, 0.6)  # the call that traces and compiles
    total = sum(seconds) + 0.001
    if fault == "d":
        seconds = [s if s > 0.3 else 0.0004 * random.uniform(0.8, 1.3) for s in seconds]
    means = {
        name: sum(own) / len(own)
        for name in usual
        if (own := [seconds[i - 1] for i in counted if models[i - 1] == name])
    }
    return written(number, models, pages, seconds, total, counted, means)


def written(number, models, pages, seconds, total, counted, means):
    lines = [
        f"record {number}",
        "  call   " + "".join(f"{call:>9}" for call in range(1, 9)),
        "  model  " + "".join(f"{model:>9}" for model in models),
        "  page   " + "".join(f"{page:>9}" for page in pages),
        "  seconds" + "".join(f"{round(s, 4):9.4f}" for s in seconds),
        f"  all eight together, until the labels of all were in memory: {total:.2f} seconds",
        f"  reported: mean of the calls {', '.join(map(str, counted))}: "
        + ", ".join(f"{name} {value:.4f} s" for name, value in means.items()),
    ]
    return "\n".join(lines)


@question(
    "8c",
    points=2,
    difficulty=2,
    hints=(
        "Read each record twice: first down its columns, what is in a call; then along the last "
        "line, what was made of the calls.",
        "Begin with the rows that can be read without arithmetic, model and page. Then add up the "
        "seconds. What is left differs in which calls are counted.",
    ),
    numbers=records,
)
def test_faults(answers):
    """Say what is wrong with five measurements."""
    letters = answers.text("faults").lower().replace(",", " ").replace(" ", "")
    five = len(letters) == 5 and set(letters) <= set("abcde")
    expect(five, 'faults should be five letters of a to e, one for each record, like "abcde".')
    for number, (chosen, text) in enumerate(zip(letters, answers.numbers.records), 1):
        wrong = f"Record {number}: {WHY_NOT[chosen]}."
        expect(has(chosen, text), wrong, chosen)


def has(fault, text):
    """Whether a record has this fault."""
    lines = text.splitlines()
    models, pages, seconds = (line.split()[1:] for line in lines[2:5])
    seconds, total = list(map(float, seconds)), float(re.search(r"([\d.]+) seconds", text)[1])
    counted = list(map(int, re.findall(r"(\d)[,:]", lines[-1])))
    later = {name: [seconds[i - 1] for i in counted if models[i - 1] == name] for name in models}
    return {
        "a": 1 in counted,
        "b": models[0] == models[1],
        "c": len(set(pages)) > 1,
        "d": total > 1.05 * sum(seconds),
        "e": 1 not in counted and any(max(own) > 2 * min(own) for own in later.values()),
    }[fault]
