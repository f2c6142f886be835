"""Notebook 1, Pages and labels: the cases that the hand-out does not hold."""

import numpy as np
from skimage.filters import threshold_otsu

from seglab import pages
from seglab.grading import expect, hidden, same


@hidden("1a", points=1)
def test_one_hot_hidden(answers):
    labels = np.full((3, 2), 1, "uint8")
    channels = answers.array("one_hot", labels, 6, shape=(3, 2, 6))
    expect(channels[..., 1].all() and channels.sum() == 6, "Classes that no pixel has count, too.")


@hidden("1b", points=1)
def test_class_shares_hidden(answers):
    labels = np.array([[1, 1, 1, 4], [pages.IGNORE, 1, 1, 4]], "uint8")
    shares = answers.array("class_shares", labels, 6, shape=(6,))
    expect(
        same(shares, [0, 5 / 7, 0, 0, 2 / 7, 0]), "Classes that no pixel has count, too.", shares
    )


@hidden("1f", points=1)
def test_otsu_ink_hidden(answers):
    random = np.random.default_rng(4)
    for dark, light in ((0, 1), (254, 255), (0, 255)):
        grey = np.where(random.random((9, 11)) < 0.3, dark, light).astype("uint8")
        ink = answers.array("otsu_ink", grey, shape=grey.shape)
        expect(same(ink, grey == dark), "Two levels that lie at an end of the range.", ink)
    for mean in (30, 120):  # little ink, much ink; dark paper
        grey = random.normal([[mean]] * 40, 10, (40, 70)) + 60 * (random.random((40, 70)) < 0.5)
        grey = grey.clip(0, 255).astype("uint8")
        ink = answers.array("otsu_ink", grey, shape=grey.shape)
        expect(same(ink, grey <= threshold_otsu(grey)), "Dark paper.")


@hidden("1g", points=1)
def test_smeared_hidden(answers):
    ink = np.random.default_rng(5).random((6, 30)) < 0.3
    ink[2], ink[4] = False, True
    ink[5], ink[5, 11] = False, True
    smeared = answers.array("smeared", ink, 0, shape=ink.shape)
    expect(same(smeared, ink), "A gap of no pixels leaves all as it is.", smeared)
    smeared = answers.array("smeared", ink, 30, shape=ink.shape)
    for row, filled in zip(ink, smeared):
        places = np.flatnonzero(row)
        expect(filled.sum() == (np.ptp(places) + 1 if places.size else 0), "Rows with a wide gap.")
    one = ink[:, :1]
    expect(same(answers.array("smeared", one, 3, shape=one.shape), one), "A single column.")


@hidden("1h", points=1)
def test_block_labels_hidden(answers):
    # Lines of 4 rows; a slanted one that reaches over 12 rows is not taller than 3 medians, one of
    # 13 is. Blocks at the edge have a say in the median, and no part in the labels.
    blocks = np.zeros((64, 80), int)
    for number, top in enumerate((2, 8, 14, 20), 1):
        blocks[top : top + 4, 10:40] = number
    for column in range(10, 37):
        start = 26 + (column - 10) // 3
        blocks[start : start + 4, column] = 5
    blocks[40:53, 10:40] = 6
    for number, top in enumerate((30, 35, 40), 7):
        blocks[top : top + 4, 76:] = number
    blocks[62:, 20:30] = 10
    labels = answers.array("block_labels", blocks, shape=blocks.shape)
    expected = np.array([0, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0])[blocks]
    expect(same(labels, expected), "Edges on all sides, heights just at the limit.")

    swapped = np.where(blocks > 0, 11 - blocks, 0)[::-1, ::-1]
    labels = answers.array("block_labels", swapped, shape=blocks.shape)
    expect(same(labels, expected[::-1, ::-1]), "The same, turned and numbered in another order.")

    high = np.zeros((60, 40), int)
    for number, (top, height) in enumerate(((1, 2), (5, 2), (9, 2), (13, 7)), 1):
        high[top : top + height, 5:20] = number
    for number, left in enumerate((24, 28, 32, 36), 5):
        high[48:, left : left + 3] = number
    labels = answers.array("block_labels", high, shape=high.shape)
    expect(same(labels, ((high > 0) & (high < 5)).astype(int)), "All blocks have a say.")
