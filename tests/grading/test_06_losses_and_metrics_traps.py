"""Notebook 6, Losses and metrics: what the instant check runs, for scores that mislead."""

import numpy as np

from seglab.grading import expect, question, same
from seglab.region_classes import IGNORE

ROUNDING = 5.001e-4  # half a unit of the third decimal: numbers may be computed by hand


def _iou(dice):
    """The IoU of two sets of a hundred that overlap so much that their Dice is that percentage."""
    one, other = set(range(100)), set(range(100 - dice, 200 - dice))
    return len(one & other) / len(one | other)


def _methods(random):
    """Dice of two methods in percent; the one with the higher mean has the lower mean IoU."""
    while True:
        even, uneven = random.integers(35, 97, (2, 2)).tolist()
        ahead = sum(even) - sum(uneven)
        behind = sum(map(_iou, uneven)) - sum(map(_iou, even))
        if ahead >= 4 and behind > 0.03:
            first, second = (even, uneven) if random.random() < 0.5 else (uneven, even)
            names = ("a_text", "a_graphic", "b_text", "b_graphic")
            return dict(zip(names, (*first, *second)))


@question(
    "6g",
    points=3,
    difficulty=2,
    hints=(
        "Solve Dice = 2 IoU / (1 + IoU) for IoU. Check it: a Dice of 1 should give an IoU of 1.",
        "Four Dice values give four IoUs, one for each method and class. Only then take means.",
    ),
    numbers=_methods,
)
def test_dice_or_iou(answers):
    """Turn Dice into IoU, and say which of two methods is better by which mean."""
    numbers = answers.numbers
    dice = {"a": (numbers.a_text, numbers.a_graphic), "b": (numbers.b_text, numbers.b_graphic)}
    means = {method: np.mean([_iou(each) for each in both]) for method, both in dice.items()}
    for method, both in dice.items():
        got = answers.number(f"mean_iou_{method}")
        sentence = f"Shares are asked for. Is mean_iou_{method} in percent, or what it comes from?"
        expect(0 <= got <= 1, sentence, got)
        sentence = f"mean_iou_{method} is not the mean of the IoUs of text and graphic."
        of_the_mean = np.mean([_iou(int(m)) for m in (sum(both) // 2, (sum(both) + 1) // 2)])
        upwards = np.mean([each + each for each in both] / (100.0 + np.array(both)))
        if abs(got - means[method]) <= 10 * ROUNDING:
            sentence = f"mean_iou_{method} is close: give it to at least three decimals."
        elif abs(got - upwards) <= ROUNDING:
            sentence = f"mean_iou_{method}: you put Dice where the formula has IoU. Solve it for "
            sentence += "IoU first."
        elif abs(got - np.mean(both) / 100) <= ROUNDING:
            sentence = f"mean_iou_{method} is the mean of Dice; turn each Dice into an IoU first."
        elif abs(got - of_the_mean) <= 2 * ROUNDING:
            sentence = f"mean_iou_{method}: you turned the mean Dice into an IoU. Turn each class "
            sentence += "by itself, and take the mean then."
        expect(abs(got - means[method]) <= ROUNDING, sentence, got)
    winners = {"dice": max(dice, key=lambda m: sum(dice[m])), "iou": max(means, key=means.get)}
    for score, winner in winners.items():
        got = answers.choice(f"better_by_{score}", "ab")
        expect(got == winner, f"better_by_{score}: which method has the higher mean?", got)


@question(
    "6h",
    points=2,
    difficulty=1,
    hints=(
        "Keras has to be told that your predictions are scores, not class numbers. Or you make "
        "class numbers of them.",
        "Look at the parameters sparse_y_pred and ignore_class of keras.metrics.MeanIoU. What a "
        "metric returns is a tensor; float(...) makes it a number.",
    ),
)
def test_mean_iou_of_keras(answers):
    """Call Keras's MeanIoU so that it gives the mean IoU."""
    random = np.random.default_rng(68)
    labels = random.choice(3, (1, 12, 10), p=(0.6, 0.3, 0.1)).astype("uint8")
    some = np.where(random.random(labels.shape) < 0.3, np.uint8(IGNORE), labels)
    good = 0.5 * np.eye(3)[labels] + 0.5 * random.dirichlet([1] * 3, labels.shape)
    poor = random.dirichlet([1] * 3, labels.shape)
    for truth, scores, where in (
        (labels, np.eye(3)[labels] * 0.8 + 0.2 / 3, "For scores that are right everywhere"),
        (labels, poor, "For random scores"),
        (some, good, "With 255 among the labels"),
    ):
        got = answers.array("keras_mean_iou", truth, scores.astype("float32"), 3, shape=())
        predicted, scored = scores.argmax(-1), truth != IGNORE
        ious = []
        for c in range(3):
            both, either = (truth == c) & (predicted == c), (truth == c) | (predicted == c)
            ious.append((both & scored).sum() / (either & scored).sum())
        sentence = f"{where}, this is not the mean IoU of the labels and scores.argmax(-1)."
        if same(got, 1 / 3, 1e-3):
            sentence = f"{where}, you have met the trap above: the scores were taken for numbers "
            sentence += "of classes."
        elif scores is poor:
            sentence += " A metric adds up all that it has met: is yours made anew in every call?"
        expect(same(got, np.mean(ious), 1e-4), sentence, float(got))
