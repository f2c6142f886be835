"""Notebook 1, Pages and labels: what the instant check runs, for labels and scores."""

from collections import Counter
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

import seglab
from seglab import pages, plots
from seglab.grading import expect, question, same

TRAINING_PAGES = Path(seglab.__file__).parents[1] / "data" / "train"
ROUNDING = 5.001e-4  # half a unit of the third decimal: numbers may be computed by hand


@question(
    "1a",
    points=2,
    difficulty=1,
    hints=(
        "Compare the labels with each class number in turn.",
        "labels[..., None] has an axis along which NumPy can compare with all class numbers.",
    ),
)
def test_one_hot(answers):
    """Give each class a channel of its own."""
    random = np.random.default_rng(1)
    for labels, count in (
        (random.integers(0, 4, (5, 7)), 4),
        (np.array([[0, 2]]), 3),
        (np.array([[1], [0]]), 3),
    ):
        channels = of_classes(answers, "one_hot", labels, count, (*labels.shape, count))
        right = partial(expect, picture=partial(plots.channels, labels, channels))
        values, sums, classes = np.unique(channels), channels.sum(-1), channels.argmax(-1)
        right(np.isin(values, (0, 1)).all(), "There should be nothing but 0 and 1.", values)
        right((sums == 1).all(), "A pixel has one class, so its channels should sum to 1.", sums)
        sentence = "The 1 should be in the channel of the pixel's class."
        right((classes == labels).all(), sentence, classes)


def of_classes(answers, name, labels, count, shape):
    """What the student's function makes of labels; of another shape, the card says of which."""
    result = answers.call(name, labels, count)
    came = result.shape if isinstance(result, np.ndarray) else _shape(result)
    sentence = (
        f"{name} returns an array of another shape than asked for: labels of shape {labels.shape} "
        f"came in, and num_classes = {count}."
    )
    if came and came[:-1] == shape[:-1] and came[-1] < count:
        sentence += " A class that no pixel has needs its place, too."
    expect(came in (None, shape), sentence, came)
    return answers.array(name, labels, count, shape=shape)


def _shape(value):
    try:
        return np.shape(value)
    except ValueError:  # lists of several lengths
        return None


@question(
    "1b",
    points=2,
    difficulty=1,
    hints=(
        "labels[labels != pages.IGNORE] holds the scored pixels, all in one long row.",
        "A mean of True and False is the share of True. Ask for it once for each class.",
    ),
)
def test_class_shares(answers):
    """Give the share of each class among the pixels that are scored."""
    random = np.random.default_rng(2)
    every = random.choice(4, (30, 40), p=(0.5, 0.3, 0.15, 0.05)).astype("uint8")
    some = np.where(random.random(every.shape) < 0.4, np.uint8(pages.IGNORE), every)
    example = np.array([[0, 0, 1], [0, pages.IGNORE, pages.IGNORE]], "uint8")
    for where, labels, count in (
        ("Without any 255", every, 4),
        ("With 255 among the labels", some, 4),
        ("In the example of the task", example, 3),
    ):
        shares = of_classes(answers, "class_shares", labels, count, (count,))
        all_scored = f"{where}, the shares should sum to 1: they are of the scored pixels alone."
        expect(same(shares.sum(), 1), all_scored, shares)
        counts = Counter(labels.ravel().tolist())
        scored = labels.size - counts[pages.IGNORE]
        for number, share in enumerate(shares):
            is_right = abs(share * scored - counts[number]) < 5e-4 * scored
            expect(is_right, f"{where}, the share of class {number} is not right.", shares)


def _sea(random):
    height, width = random.integers(10, 21, 2)
    ship = random.integers(4, 10)
    return {"height": height, "width": width, "ship": ship, "extra": ship + random.integers(1, 6)}


@question(
    "1c",
    points=3,
    difficulty=2,
    hints=(
        "For each predictor, count the wrong pixels first: all others are right.",
        "There are four IoUs: of ship and of sea, for each predictor. No IoU of the sea is 1.",
    ),
    numbers=_sea,
)
def test_ship(answers):
    """Give pixel accuracy and mean IoU of a lazy and of a keen predictor."""
    numbers = answers.numbers
    everywhere, ship = set(range(numbers.height * numbers.width)), set(range(numbers.ship))
    keen = set(range(numbers.ship + numbers.extra))
    wrong_at = {"lazy": "there is a ship", "keen": "it takes sea for ship"}
    for name, found in ("lazy", set()), ("keen", keen):
        accuracy = answers.number(f"{name}_accuracy")
        mean_iou = answers.number(f"{name}_mean_iou")
        right = np.mean([(pixel in ship) == (pixel in found) for pixel in everywhere])
        sentence = f"The {name} predictor is wrong where {wrong_at[name]}, and nowhere else."
        expect_share(f"{name}_accuracy", accuracy, right, sentence)
        pairs = (ship, found), (everywhere - ship, everywhere - found)
        ious = [len(truth & guess) / len(truth | guess) for truth, guess in pairs]
        sentence = (
            f"{name}_mean_iou is not right. For ship and for sea: how many pixels have the "
            "class in truth and prediction, how many in truth or prediction?"
        )
        if any(abs(mean_iou - each) <= ROUNDING for each in ious):
            sentence = f"{name}_mean_iou is the IoU of one class; take the mean over ship and sea."
        expect_share(f"{name}_mean_iou", mean_iou, np.mean(ious), sentence)


def expect_share(name, got, right, sentence):
    """Expect a share, to three decimals; say so if it is in percent, or rounded too much."""
    expect(0 <= got <= 1, f"Shares are asked for. Is {name} in percent?", got)
    if abs(got - right) <= 0.01 and got == round(got, 3):
        sentence = f"Close: is {name} rounded too much?"
    expect(abs(got - right) <= ROUNDING, sentence, got)


@question(
    "1d",
    points=2,
    difficulty=1,
    hints=(
        "own.image[..., 0] > 0.5 is True where there is ink. As numbers, True is the class text.",
        "Call accuracy twice with the same prediction: with own.labels and with own_ink.labels.",
    ),
    numbers=lambda random: {"page": random.integers(160)},
)
def test_all_ink_is_text(answers):
    """Score "all ink is text, all paper background" on your page, by area and by ink."""
    file = pages.page_files(TRAINING_PAGES)[answers.numbers.page]
    page, inked = pages.read_page(file), pages.read_page(file, "ink")
    ink = page.image[..., 0] > 0.5
    area, on_ink = answers.number("area_accuracy"), answers.number("ink_accuracy")
    on_paper, on_text = Counter(page.labels[~ink].tolist()), Counter(page.labels[ink].tolist())
    sentence = "area_accuracy is not right: ink in text is right, and paper in background."
    if abs(area - np.mean(page.labels == 0)) <= ROUNDING:
        sentence = "area_accuracy is that of background everywhere; yours should say text on ink."
    expect_share("area_accuracy", area, (on_paper[0] + on_text[1]) / ink.size, sentence)
    share_of_text = Counter(inked.labels[ink].tolist())[1] / ink.sum()
    sentence = "ink_accuracy is not right: which share of all ink do the ink labels call text?"
    expect_share("ink_accuracy", on_ink, share_of_text, sentence)


def _row(random):
    """Six pairs of classes whose mean is a class, too; three to five of them of two classes."""
    mixed = [(0, 2), (2, 0), (2, 4), (4, 2), (0, 4), (4, 0), (1, 3), (3, 1)]
    pairs = [mixed[i] for i in random.integers(8, size=random.integers(3, 6))]
    pairs += [(c, c) for c in random.integers(5, size=6 - len(pairs)).tolist()]
    return {"row": tuple(c for i in random.permutation(6) for c in pairs[i])}


@question(
    "1e",
    points=2,
    difficulty=1,
    hints=(
        "Write the row in pairs. Each pair becomes one new pixel.",
        "Nearest: the right one of each pair. Averaged: half of their sum.",
    ),
    numbers=_row,
)
def test_resized_row(answers):
    """Scale a row of labels by nearest neighbour and by averaging; count invented classes."""
    row = np.array([answers.numbers.row], "uint8")
    for name, method in ("nearest", Image.Resampling.NEAREST), ("averaged", Image.Resampling.BOX):
        got = answers.sizes(name, 6)
        resized = np.array(Image.fromarray(row).resize((6, 1), method))
        sentence = f"{name} has another class at some pixel. Which two old pixels lie under each?"
        expect(same([got], resized), sentence, got)
    invented, old = answers.whole_number("invented"), row.reshape(6, 2)
    sentence = "Compare each averaged pixel with its own two old ones, not with the whole row."
    expect(invented == sum(a not in pair for a, pair in zip(resized[0], old)), sentence, invented)
