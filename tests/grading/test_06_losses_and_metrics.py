"""Notebook 6, Losses and metrics: what the instant check runs, for the losses."""

from functools import partial

import keras
import numpy as np

from seglab import plots
from seglab.grading import expect, question, same
from seglab.region_classes import IGNORE

ROUNDING = 5.001e-4  # half a unit of the third decimal: numbers may be computed by hand


def _prediction(random):
    """Seven probabilities of two decimals; the class of the truth, counted from one."""
    parts = 4 + random.multinomial(72, random.dirichlet([1.5] * 7))
    prediction = tuple(int(part) / 100 for part in parts)
    targets = [i for i, part in enumerate(prediction) if prediction.count(part) == 1]
    return {"prediction": prediction, "target": 1 + random.choice(targets or [0])}


@question(
    "6a",
    points=2,
    difficulty=1,
    hints=(
        "Only the true class has a y that is not zero, so only one term of the sum is left. Which "
        "place of a Python list holds it?",
        "Compute the slide's number for a model that is sure of the true class, and for one that "
        "gives it very little. Which one is larger? A training goes down.",
    ),
    numbers=_prediction,
)
def test_missing_minus(answers):
    """Compute the slide's worked example, and find what it lacks to be a loss."""
    numbers = answers.numbers
    truth = np.eye(7)[numbers.target - 1]
    as_printed, loss = answers.number("as_printed"), answers.number("loss")
    cost = float(keras.losses.CategoricalCrossentropy()(truth, np.array(numbers.prediction)))
    at_next = abs(np.log((*numbers.prediction, 1)[numbers.target]))
    other_bases = cost / np.log(10), cost / np.log(2)
    sentence = "as_printed is not what the slide's sum gives, as it is printed there."
    if abs(abs(as_printed) - at_next) <= ROUNDING:
        sentence = "as_printed is that of the next class: lists count from zero, the slide does not"
        sentence += "."
    if any(abs(abs(as_printed) - other) <= ROUNDING for other in other_bases):
        sentence = "as_printed has a logarithm of another base; the slides' is the natural one."
    if abs(as_printed + cost) <= 10 * ROUNDING:
        sentence = "as_printed is close: give it to at least three decimals."
    if abs(as_printed - cost) <= ROUNDING:
        sentence = "as_printed: what is the sign of the logarithm of a probability?"
    expect(abs(as_printed + cost) <= ROUNDING, sentence, as_printed)
    grows = np.log(0.9) > np.log(0.1)
    expect(
        answers.choice("as_the_model_learns", "abc") == ("b" if grows else "a"),
        "as_the_model_learns: put a larger probability of the true class into the slide's sum.",
        answers.choice("as_the_model_learns", "abc"),
    )
    expect(
        loss > 0,
        "loss: a training makes its loss as small as it can. With yours, it would make the true "
        "class less and less likely.",
        loss,
    )
    sentence = "loss should differ from as_printed in one thing."
    if abs(loss - cost) <= 10 * ROUNDING:
        sentence = "loss is close: give it to at least three decimals."
    expect(abs(loss - cost) <= ROUNDING, sentence, loss)


@question(
    "6b",
    points=3,
    difficulty=2,
    hints=(
        "ops.one_hot(labels, number of classes) is 1 at the true class, and 0 everywhere for a "
        "label that is no class. What does its sum over all axes count?",
        "Multiply one-hot truth, weights and logarithms, sum over the last axis: the cost of each "
        "pixel. Sum again, and divide by the number of pixels that have a truth.",
    ),
)
def test_cross_entropy(answers):
    """Average the weighted cross-entropy over the pixels that have a truth."""
    random = np.random.default_rng(61)
    scores = random.dirichlet([1] * 3, (2, 4, 5)).astype("float32")
    labels = random.choice(3, (2, 4, 5), p=(0.6, 0.3, 0.1)).astype("uint8")
    some = np.where(random.random(labels.shape) < 0.3, np.uint8(IGNORE), labels)
    few = scores.copy()
    few[0, 0, 0] = np.eye(3)[(labels[0, 0, 0] + 1) % 3]
    equal, own = [1.0, 1.0, 1.0], [0.5, 2.0, 5.0]
    for truth, each, weights, where in (
        (labels, scores, equal, "With equal weights"),
        (some, scores, equal, f"With {IGNORE} among the labels"),
        (labels, scores, own, "With three weights"),
        (some, scores, own, f"With three weights, and {IGNORE} among the labels"),
        (labels, few, equal, "With a score of 0 for a true class"),
    ):
        scored = truth != IGNORE
        costs = keras.losses.sparse_categorical_crossentropy(truth[scored], each[scored])
        costs = np.asarray(costs) * np.take(weights, truth[scored])
        got = _one_number(answers, "cross_entropy", truth, each, weights)
        expect(np.isfinite(got), f"{where}, the loss is not finite: how small may a score be?", got)
        expect(got > 0, f"{where}, the loss is below 0. Is the minus there?", got)
        sentence = f"{where}, the mean cost of the scored pixels is not what you give."
        if same(got, (costs / np.take(weights, truth[scored])).mean(), 1e-4):
            sentence = f"{where}: the loss is the same as with equal weights. Each cost counts as "
            sentence += "often as the weight of its true class says."
        elif same(got, costs.sum() / np.take(weights, truth[scored]).sum(), 1e-4):
            sentence = f"{where}: you divide by the sum of weights; count pixels instead."
        elif same(got, costs.sum() / truth.size, 1e-4):
            sentence = f"{where}: pixels without a truth are no part of the mean."
        elif same(got, costs.sum(), 1e-4):
            sentence = f"{where}: this is the sum of all costs, not their mean."
        elif same(got, costs.sum() / scored.sum() / 3, 1e-4):
            sentence = f"{where}: classes are summed; the mean is taken over pixels alone."
        expect(same(got, costs.sum() / scored.sum(), 1e-4), sentence, got)


@question(
    "6c",
    points=3,
    difficulty=2,
    hints=(
        "One-hot labels and scores have one shape. Which axes are pixels, and which one is left "
        "for the classes when you sum?",
        "Where a label is no class, the one-hot truth sums to 0 over the last axis. Multiply the "
        "scores by that sum (keepdims=True), and such a pixel is gone.",
    ),
)
def test_soft_dice(answers):
    """Compute the soft Dice loss of each class, and average over the classes."""
    random = np.random.default_rng(62)
    scores = random.dirichlet([1] * 3, (2, 6, 5)).astype("float32")
    labels = random.choice(3, (2, 6, 5), p=(0.7, 0.2, 0.1)).astype("uint8")
    labels[0, labels[0] == 2] = 1
    some = np.where(random.random(labels.shape) < 0.3, np.uint8(IGNORE), labels)
    for truth, where in (labels, "Without any 255"), (some, "With 255 among the labels"):
        got = _one_number(answers, "soft_dice", truth, scores)
        scored = truth != IGNORE
        expected = _dice_losses(truth[scored], scores[scored])
        picture = None
        pages = [(t[s], p[s]) for t, p, s in zip(truth, scores, scored, strict=True)]
        sentence = f"{where}, it is not the slide's loss. Whole numbers first: do the sums of one "
        sentence += "class run over all pixels, and does every class have sums of its own?"
        if same(got, _dice_losses(truth[scored], scores[scored], power=1).mean(), 1e-4):
            sentence = f"{where}: what is below the line of the slide's fraction has squares in it."
        elif same(got, (1 + expected.mean()) / 2, 1e-4):
            sentence = f"{where}: what is above the line counts once; on the slide, it does twice."
        elif same(got, 1 - expected.mean(), 1e-4):
            sentence = f"{where}: this is large where the scores are good; a loss is the opposite."
        elif same(got, expected.sum(), 1e-4):
            sentence = f"{where}: this is the sum over the classes, not their mean."
        elif same(got, np.mean([_dice_losses(*page) for page in pages]), 1e-4):
            sentence = f"{where}: the sums run over all pixels of the batch, not of each page. A "
            sentence += "page may lack a class, and would be punished for each trace of it."
            picture = partial(plots.feature_maps, _of_class(2, truth, scores))
        elif where.endswith("labels") and same(got, _dice_losses(some, scores).mean(), 1e-4):
            sentence = f"{where}: the scores of pixels without a truth are still in the sums."
        expect(same(got, expected.mean(), 1e-4), sentence, got, picture)


def _one_number(answers, name, *arguments):
    """The loss that the student's function gives for a whole batch."""
    got = answers.call(name, *arguments)
    if isinstance(got, np.ndarray):
        each = f"{name} should give one number for the whole batch. Which mean is missing?"
        expect(got.ndim == 0, each, got.shape)
    return float(answers.array(name, *arguments, shape=()))


def _of_class(c, labels, scores):
    """What is true of a class, and what the scores say of it, for both pages."""
    both = enumerate(zip(labels, scores, strict=True), 1)
    maps = [{f"y, page {i}": 1.0 * (t == c), f"p, page {i}": p[..., c]} for i, (t, p) in both]
    return maps[0] | maps[1]


def _dice_losses(labels, scores, power=2):
    """The loss of each class as a distance: |y - p| squared, over |y| squared and |p| squared.

    power: 1 forgets the squares.
    """
    truth = np.stack([labels == c for c in range(scores.shape[-1])], -1).astype(float)
    pixels = tuple(range(truth.ndim - 1))
    whole = (truth**power + scores**power).sum(pixels)
    return (truth**power + scores**power - 2 * truth * scores).sum(pixels) / whole
