"""Notebook 1, Pages and labels: what the instant check runs."""

from collections import Counter
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.filters import threshold_otsu

import seglab
from seglab import pages, plots
from seglab.grading import expect, question, same

TRAINING_PAGES = Path(seglab.__file__).parents[1] / "data" / "train"
ROUNDING = 5e-4  # of numbers that were computed by hand


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
    labels = np.random.default_rng(1).integers(0, 4, (5, 7))
    channels = answers.array("one_hot", labels, 4, shape=(5, 7, 4))
    right = partial(expect, picture=lambda: plots.channels(labels, channels))
    values, sums, classes = np.unique(channels), channels.sum(-1), channels.argmax(-1)
    right(np.isin(values, (0, 1)).all(), "There should be nothing but 0 and 1.", values)
    right((sums == 1).all(), "A pixel has one class, so its channels should sum to 1.", sums)
    right(
        (classes == labels).all(), "The 1 should be in the channel of the pixel's class.", classes
    )


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
    for where, unscored in (("Without any 255", 0), ("With 255 among the labels", 0.4)):
        labels = random.choice(4, (30, 40), p=(0.5, 0.3, 0.15, 0.05)).astype("uint8")
        labels[random.random(labels.shape) < unscored] = pages.IGNORE
        shares = answers.array("class_shares", labels, 4, shape=(4,))
        all_scored = f"{where}, the shares should sum to 1: they are of the scored pixels alone."
        expect(same(shares.sum(), 1), all_scored, shares)
        counts = Counter(labels.ravel().tolist())
        for number, share in enumerate(shares):
            is_right = abs(share * (labels.size - counts[pages.IGNORE]) - counts[number]) < 0.5
            expect(is_right, f"{where}, the share of class {number} is another one.", shares)


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
        for share in (accuracy, mean_iou):
            expect(0 <= share <= 1, "Shares are asked for. Is yours in percent?", share)
        right = np.mean([(pixel in ship) == (pixel in found) for pixel in everywhere])
        sentence = f"The {name} predictor is wrong where {wrong_at[name]}, and nowhere else."
        expect(same(accuracy, right, ROUNDING), sentence, accuracy)
        pairs = (ship, found), (everywhere - ship, everywhere - found)
        ious = [len(truth & guess) / len(truth | guess) for truth, guess in pairs]
        sentence = (
            f"{name}_mean_iou is another number. For ship and for sea: how many pixels have the "
            "class in truth and prediction, how many in truth or prediction?"
        )
        if any(same(mean_iou, each, ROUNDING) for each in ious):
            sentence = f"{name}_mean_iou is the IoU of one class; take the mean over ship and sea."
        expect(same(mean_iou, np.mean(ious), ROUNDING), sentence, mean_iou)


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
    sentence = "area_accuracy is another one: ink in text is right, and paper in background."
    if same(area, np.mean(page.labels == 0), ROUNDING):
        sentence = "area_accuracy is that of background everywhere; yours should say text on ink."
    expect(same(area, (on_paper[0] + on_text[1]) / ink.size, ROUNDING), sentence, area)
    share_of_text = Counter(inked.labels[ink].tolist())[1] / ink.sum()
    sentence = "ink_accuracy is another number: which share of all ink do the ink labels call text?"
    expect(same(on_ink, share_of_text, ROUNDING), sentence, on_ink)


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


@question(
    "1f",
    points=3,
    difficulty=2,
    hints=(
        "Loop over t, keep the best product so far and the t that belongs to it.",
        "grey[grey < t] and grey[grey >= t] have sizes and means; skip a t where one is empty.",
    ),
)
def test_otsu_ink(answers):
    """Find ink by the threshold that parts two groups of grey levels best."""
    random = np.random.default_rng(3)
    dark = (np.arange(50)[:, None] % 9 < 2) & (np.arange(60) % 7 > 1)  # lines of words
    noisy = np.where(dark, random.normal(100, 22, dark.shape), random.normal(195, 14, dark.shape))
    small = np.array([[10, 12, 200], [210, 11, 205]], "uint8")
    for grey in (small, noisy.clip(0, 255).astype("uint8")):
        ink = answers.array("otsu_ink", grey, shape=grey.shape)
        expect(np.isin(ink, (0, 1)).all(), "Ink is True or False.", np.unique(ink)[:5])
        ink, otsu = ink.astype(bool), grey <= threshold_otsu(grey)
        share = {"share of ink": round(float(ink.mean()), 4)}
        expect(ink.any() and not ink.all(), "All pixels are ink, or all are paper.")
        expect((ink == otsu).any(), "Ink is what is darker than the threshold.", share)
        levels = {"lightest ink": grey[ink].max().item(), "darkest paper": grey[~ink].min().item()}
        sentence = "No threshold does this: some of your ink is lighter than some of your paper."
        expect(levels["lightest ink"] < levels["darkest paper"], sentence, levels)
        counts = np.bincount(grey.ravel(), minlength=256)
        more = "more" if ink.sum() > otsu.sum() else "less"
        expect(
            (ink == otsu).all(),
            f"Your threshold, the orange line, makes {more} ink than Otsu's.",
            share,
            partial(plots.threshold, grey, counts, levels["lightest ink"] + 1, ink),
        )


@question(
    "1g",
    points=3,
    difficulty=2,
    hints=(
        "Go row by row. np.flatnonzero(row) gives the places of the ink in it.",
        "Between neighbouring places left and right lie right - left - 1 pixels of paper.",
    ),
)
def test_smeared(answers):
    """Fill the short gaps between ink, along rows."""
    for gap in (3, 1):
        ink = np.random.default_rng(gap).random((8, 36)) < 0.25
        smeared = answers.array("smeared", ink, gap, shape=ink.shape).astype(bool)
        picture = partial(plots.smoothing, ink, {f"yours, gap = {gap}": smeared})
        for row, filled in zip(ink, smeared):
            _judge_row(row, filled, gap, partial(expect, got=filled.astype(int), picture=picture))


def _judge_row(row, filled, gap, right):
    end = 0
    for is_ink, run in groupby(row.tolist()):
        start, end = end, end + len(list(run))
        part, given = filled[start:end], f"With gap = {gap}, a run of paper {end - start} long"
        if is_ink:
            right(part.all(), "Ink should stay ink.")
        elif start == 0 or end == len(row):
            right(not part.any(), "The margin, with ink on one side only, stays paper.")
        elif end - start <= gap:
            right(part.all(), f"{given} between ink should be filled.")
        else:
            right(not part.any(), f"{given} should stay paper, all of it.")


@question(
    "1h",
    points=3,
    difficulty=3,
    hints=(
        "np.nonzero(blocks == number)[0] holds the rows of a block; the outer two give its height.",
        "First all heights and their median. Then, block by block: at the edge, tall, or neither?",
    ),
)
def test_block_labels(answers):
    """Turn numbered blocks into labels by their heights."""
    blocks, top = np.zeros((70, 60), int), 2
    for number, height in enumerate((4, 5, 4, 20, 6, 5), 1):
        blocks[top : top + height, 8:50] = number
        top += height + 3
    blocks[10:40, 0:4] = 7
    labels = answers.array("block_labels", blocks, shape=blocks.shape)
    expect(np.isin(labels, (0, 1, 2)).all(), "Labels are 0, 1 or 2.", np.unique(labels)[:9])
    image = (blocks > 0)[..., None].astype(float)
    picture = partial(plots.labelled, image, {"yours": labels.astype("uint8")})
    for numbers, label, sentence in (
        ([0], 0, "What is in no block should be background."),
        ([7], 0, "A block that touches the edge should be background."),
        ([4], 2, "A block much taller than all lines of text should be graphic."),
        ([1, 2, 3, 5, 6], 1, "A block as low as a line of text, not at the edge, should be text."),
    ):
        inside = np.unique(labels[np.isin(blocks, numbers)])
        expect((inside == label).all(), sentence, inside, picture)
