"""Notebook 1, Pages and labels: what the instant check runs, for methods without learning."""

from functools import partial
from itertools import groupby

import numpy as np
from skimage.filters import threshold_otsu

from seglab import plots
from seglab.grading import expect, question


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
    """Find ink by the threshold that separates two groups of grey levels best."""
    random = np.random.default_rng(3)
    dark = (np.arange(50)[:, None] % 9 < 2) & (np.arange(60) % 7 > 1)  # lines of words
    noisy = np.where(dark, random.normal(100, 22, dark.shape), random.normal(195, 14, dark.shape))
    small = np.array([[10, 12, 200], [210, 11, 205]], "uint8")
    ramp = np.arange(100, 160, dtype="uint8").reshape(6, 10)  # pixels of every level, t as well
    for grey in (small, noisy.clip(0, 255).astype("uint8"), ramp):
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
            got = {"row": _text(row), "smeared": _text(filled)}
            _judge_row(row, filled, gap, partial(expect, got=got, picture=picture))


def _text(row):
    return "".join("01"[pixel] for pixel in row.astype(int))


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
    blocks, top = np.zeros((90, 60), int), 4
    for number, height in enumerate((4, 5, 4, 16, 6, 11, 15), 1):
        blocks[top : top + height, 8:50] = number
        top += height + 3
    blocks[:2, 10:30] = 8
    blocks[88:, 10:30] = 9
    blocks[10:40, :4] = 10
    blocks[40:43, 57:] = 11  # the median is 5 with the blocks at the edge, and 6 without
    labels = answers.array("block_labels", blocks, shape=blocks.shape)
    expect(np.isin(labels, (0, 1, 2)).all(), "Labels are 0, 1 or 2.", np.unique(labels)[:9])
    image = (blocks > 0)[..., None].astype(float)
    picture = partial(plots.labelled, image, {"yours": labels.astype("uint8")})
    for numbers, label, sentence in RULES:
        inside = np.unique(labels[np.isin(blocks, numbers)])
        expect((inside == label).all(), sentence, inside, picture)


RULES = (
    ([0], 0, "What is in no block should be background."),
    ([8], 0, "A block that touches the upper edge should be background."),
    ([9], 0, "A block that touches the lower edge should be background."),
    ([10], 0, "A block that touches the left edge should be background, however tall it is."),
    ([11], 0, "A block that touches the right edge should be background."),
    ([1, 2, 3, 5], 1, "A block as low as a line of text, not at the edge, should be text."),
    ([6], 1, "A block a little more than twice as tall as the median should be text."),
    (
        [4],
        2,
        "A block just taller than 3 times the median height should be graphic. Which blocks have "
        "a say in the median, and is it the median?",
    ),
    (
        [7],
        1,
        "A block of exactly 3 times the median height is not taller than that, so it should be "
        "text. Do your heights count the topmost row and the lowest one?",
    ),
)
