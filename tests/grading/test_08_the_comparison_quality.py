"""Notebook 8, The comparison: what the instant check runs, for quality and for the record."""

from functools import partial

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

ROUNDED = 4e-4  # of a share and of 1: three decimals are enough


def confusions(random):
    """Three pages: one of text, one without graphics, one with a graphic that is hardly found."""
    pages = []
    for shares in ((50, 45, 5), (70, 30, 0), (40, 52, 8)):
        counts = np.zeros((3, 3), int)
        for c, share in enumerate(shares):
            right = random.uniform(0.8, 0.95) if c < 2 else random.uniform(0.3, 0.6)
            rest = random.permutation([0, 1, 1]) if shares[2] else [1, 1, 0]
            wrong = np.where(np.arange(3) == c, 0, rest)
            parts = wrong / max(wrong.sum(), 1) * (1 - right)
            parts[c] = 1 - parts.sum()
            counts[c] = (parts * share * random.integers(6, 30)).round()
        pages.append(tuple(map(tuple, counts.tolist())))
    return {"pages": tuple(pages)}


@question(
    "8f",
    points=3,
    difficulty=2,
    hints=(
        "Confusion matrices of the same classes are added like any arrays: np.sum(pages, axis=0).",
        "For class c: TP is on the diagonal, FN the rest of its row, FP the rest of its column. "
        "Where all three are 0, there is nothing to score, and the class is left out.",
    ),
    numbers=confusions,
)
def test_mean_ious(answers):
    """Score three pages together, and page by page."""
    pages = np.array(answers.numbers.pages)
    scores = {
        "iou_of_sum": ious(pages.sum(axis=0)),
        "mean_of_pages": [np.mean(ious(page)) for page in pages],
    }
    for name, values in scores.items():
        got = answers.number(name)
        expect(0 <= got <= 1, f"{name}: an IoU is a share, between 0 and 1.", got)
        for mistake, sentence in mistakes(pages, name).items():
            right = same(got, np.mean(values), ROUNDED)
            expect(right or not same(got, mistake, 1e-4), f"{name}: {sentence}", got)
        sentence = {
            "iou_of_sum": "iou_of_sum: add the matrices first; then one IoU for each class.",
            "mean_of_pages": "mean_of_pages: one mean IoU for each page, then the mean of these.",
        }[name]
        expect(same(got, np.mean(values), ROUNDED), sentence, got)


def ious(confusion):
    """The IoU of every class that there is, from the pixels one by one."""
    pairs = [pair for pair, count in np.ndenumerate(confusion) for _ in range(count)]
    found = []
    for c in range(len(confusion)):
        union = [pair for pair in pairs if c in pair]
        if union:
            found.append(union.count((c, c)) / len(union))
    return found


def mistakes(pages, name):
    """{what a usual mistake gives: what to say of it}."""
    groups = [pages.sum(axis=0)] if name == "iou_of_sum" else list(pages)
    accuracy = np.mean([np.trace(group) / group.sum() for group in groups])
    with_absent = np.mean([sum(ious(group)) / 3 for group in groups])
    dice = np.mean([np.mean([2 * i / (1 + i) for i in ious(group)]) for group in groups])
    return {
        float(accuracy): "that is a pixel accuracy.",
        float(dice): "that is Dice; the intersection is counted twice.",
        float(with_absent): "a class that neither truth nor prediction has is left out, not 0.",
    }


@question(
    "8g",
    points=3,
    difficulty=2,
    hints=(
        "Take the models one by one, and ask of each: is there another one that dominates it?",
        "sorted(names, key=seconds.get) brings names into the order of their seconds.",
    ),
)
def test_pareto_front(answers):
    """Find the models that no other one dominates."""
    seconds = {"sliding_window": 0.27, "fcn": 0.02, "skip_fcn": 0.04, "unet": 0.07}
    quality = {"sliding_window": 0.66, "fcn": 0.61, "skip_fcn": 0.63, "unet": 0.74}
    expect_front(answers, seconds, quality)
    expect_front(answers, seconds | {"fcn": 0.08}, quality)
    alike = {"fcn": 0.02, "skip_fcn": 0.02, "unet": 0.07, "sliding_window": 0.07, "other": 0.09}
    good = {"fcn": 0.61, "skip_fcn": 0.63, "unet": 0.74, "sliding_window": 0.74, "other": 0.74}
    expect_front(answers, alike, good)
    random = np.random.default_rng(80)
    for _ in range(4):
        quality = {name: round(random.uniform(0.5, 0.9), 2) for name in seconds}
        expect_front(answers, {name: random.uniform(0.01, 0.3) for name in seconds}, quality)


def expect_front(answers, seconds, quality):
    got = answers.call("pareto_front", seconds, quality)
    expect(type(got) in (list, tuple), "pareto_front should return a list of names.", got)
    known = all(type(name) is str and name in seconds for name in got)
    expect(known, "It should hold names of models, as they are in `seconds`.", got)
    front = list(got)
    expect(len(set(front)) == len(front), "A model is on the front once.", front)
    picture = partial(plots.quality_against_seconds, seconds, quality, front)
    for name in seconds:
        others = [o for o in seconds if dominates(o, name, seconds, quality)]
        sentence = f"{name} is on your front, but another model is better, at no higher price."
        expect(not (name in front and others), sentence, front, picture)
        sentence = f"{name} is missing: no other model is as fast and as good, and better in one."
        expect(name in front or others, sentence, front, picture)
    in_order = all(seconds[a] <= seconds[b] for a, b in zip(front, front[1:]))
    expect(in_order, "The front should go from the fastest model to the slowest.", front)


def dominates(one, other, seconds, quality):
    as_fast, as_good = seconds[one] <= seconds[other], quality[one] >= quality[other]
    differs = (seconds[one], quality[one]) != (seconds[other], quality[other])
    return as_fast and as_good and differs


LECTURE_MODELS = ("sliding_window", "fcn", "skip_fcn", "transposed_fcn", "unet")


@question(
    "8h",
    points=3,
    difficulty=1,
    hints=(
        "The cell above prints a dict that you can copy. A device on which you did not measure has "
        "None in all three tables.",
        "The summary of your record has the medians and the ratios; either may be typed, or "
        "computed.",
    ),
)
def test_record(answers):
    """Record what you have measured, with medians and ratios."""
    names = "record", "medians", "times_fcn"
    record, medians, times_fcn = (table(answers, name) for name in names)
    for name, other in {"medians": medians, "times_fcn": times_fcn}.items():
        expect(set(other) == set(record), f"{name} has other devices than record.", list(other))
    measured = [device for device, rows in record.items() if rows is not None]
    expect(measured, "Nothing is measured yet; your own processor is a device, too.", record)
    for device in record:
        rows = [record[device], medians[device], times_fcn[device]]
        if device not in measured:
            sentence = f"{device} was not measured; so its medians and ratios are None, too."
            expect(all(row is None for row in rows), sentence, rows[1:])
            continue
        for row in rows:
            five = type(row) is dict and set(row) == set(LECTURE_MODELS)
            expect(five, f"{device} should have a dict whose keys are the five models.", row)
        expect_consistent(device, *rows)


def table(answers, name):
    value = answers.names.value(name)
    devices = type(value) is dict and len(value) and all(type(device) is str for device in value)
    devices = devices and not set(value) & set(LECTURE_MODELS)
    expect(devices, f"{name} should be a dict of devices, each with its dict of models.", value)
    return value


def expect_consistent(device, seconds, medians, times_fcn):
    for name, calls in seconds.items():
        where = f"{device}, {name}"
        numbers = type(calls) in (list, tuple) and all(type(s) in (int, float) for s in calls)
        sentence = f"{where}: the seconds of all calls, in a list, above 0."
        expect(numbers and all(0 < s < 1e5 for s in calls), sentence, calls)
        sentence = f"{where}: a warm-up and at least three calls that count."
        expect(len(calls) >= 4, sentence, calls)
        middle = medians[name]
        for value in (middle, times_fcn[name]):
            positive = type(value) in (int, float) and 0 < value < 1e9
            expect(positive, f"{where}: a median and a ratio are numbers above 0.", value)
        below = sum(s < 0.98 * middle for s in calls[1:])
        above = sum(s > 1.02 * middle for s in calls[1:])
        sentence = f"{where}: after the warm-up, as many calls lie below the median as above it."
        expect(max(below, above) <= (len(calls) - 1) / 2, sentence, middle)
    for name, ratio in times_fcn.items():
        sentence = f"{device}, {name}: the FCN's median, so many times, is not this median."
        expect(abs(ratio * medians["fcn"] / medians[name] - 1) < 0.02, sentence, ratio)
    counts = {len(calls) for calls in seconds.values()}
    expect(len(counts) == 1, f"{device}: the models had unequally many calls.", sorted(counts))
