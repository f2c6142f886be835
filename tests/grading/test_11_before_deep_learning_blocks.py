"""Notebook 11, Before deep learning: what the instant check runs, for blocks."""

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

CARDS = 12, 40  # rows and columns of small pages, drawn by chance


def small_page(random, lines=2):
    """A page of a few lines of letters, two columns of them: (12, 40) bool."""
    ink = np.zeros(CARDS, bool)
    for line in range(lines):
        top = 1 + 5 * line
        ink[top : top + 3, 1:17] = random.random((3, 16)) < 0.4
        ink[top : top + 3, 24:39] = random.random((3, 15)) < 0.4
    return ink


def filled(line, gap):
    """One row, as a list of 0 and 1, with its short gaps filled: read from left to right."""
    text = "".join("#" if value else "." for value in line)
    words = text.strip(".")
    margin = len(text) - len(text.lstrip("."))
    for length in range(gap, 0, -1):
        words = words.replace("#" + "." * length + "#", "#" + "o" * length + "#")
        words = words.replace("#" + "." * length + "#", "#" + "o" * length + "#")  # shared ends
    return np.array([c in "#o" for c in ("." * margin + words).ljust(len(text), ".")])


def along_rows(ink, gap):
    return np.array([filled(line, gap) for line in ink])


def along_columns(ink, gap):
    return np.array([filled(line, gap) for line in ink.T]).T


@question(
    "11c",
    points=3,
    difficulty=2,
    hints=(
        "1g does the first step. The second is the same, seen from the side: what does `.T` do, "
        "before and after?",
        "Both directions start from the ink as it was given. Where both say ink, it stays; the "
        "last step takes that, and looks at rows again.",
    ),
)
def test_smoothed(answers):
    """Smooth the runs of a page along rows and columns, and keep what both have filled."""
    random = np.random.default_rng(113)
    row = np.array([[0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]], bool)
    judge_smoothed(answers, np.repeat(row, 3, axis=0), 3, 2)
    judge_smoothed(answers, np.repeat(row, 2, axis=0).T, 2, 3)
    for across, down in (5, 3), (9, 2), (4, 8):
        judge_smoothed(answers, small_page(random), across, down)


def judge_smoothed(answers, ink, across, down):
    got = answers.array("smoothed", ink, across, down, shape=ink.shape, asked="(H, W)") != 0
    case = f"across {across}, down {down}: "

    def picture():
        return plots.smoothing(ink, {"yours": got})

    rows, columns = along_rows(ink, across), along_columns(ink, down)
    last = along_rows(rows & columns, across // 2)
    expect(got[ink].all(), f"{case}some of the ink is lost; smoothing only adds.", None, picture)
    for other, sentence in (
        (along_rows(rows | columns, across // 2), "ink stays where both directions have it."),
        (rows | columns, "ink stays where both directions have it."),
        (rows, "this is the page smoothed along rows alone."),
        (columns, "this is the page smoothed along columns alone."),
        (rows & columns, "the last step is missing, along rows once more."),
        (along_columns(along_rows(ink, across), down), "both directions start from the ink given."),
        (along_rows(rows & columns, across), "the last step fills shorter gaps than the first."),
        (
            along_rows(along_rows(ink, down) & along_columns(ink, across), down // 2),
            "the two lengths have changed places.",
        ),
    ):
        right = same(got, last) or not same(got, other)
        expect(right, f"{case}{sentence}", None, picture)
    expect(
        not got[:, 0].any() or last[:, 0].any(),
        f"{case}there is ink at the edge where there should be none; margins stay paper.",
        None,
        picture,
    )
    expect(
        same(got, last),
        f"{case}{np.sum(got != last)} pixels are not as they should be. A gap is filled if it is "
        "at most as long as asked, and has ink at both ends.",
        None,
        picture,
    )


@question(
    "11d",
    points=3,
    difficulty=2,
    hints=(
        "`scipy.ndimage.find_objects(blocks)` gives the bounding box of each block, as slices; "
        "within it, the block's own ink is `ink & (blocks == number)`.",
        "A run begins at an ink pixel whose left neighbour is none, or is not there. How many such "
        "pixels has the block, and how much ink?",
    ),
)
def test_measured(answers):
    """Measure the height, the density and the mean run of each block."""
    blocks = np.array([[1, 1, 1, 1, 0, 2], [1, 1, 1, 1, 0, 2], [0, 0, 0, 0, 0, 2]])
    ink = np.array([[1, 1, 0, 1, 0, 1], [1, 0, 0, 1, 0, 1], [0, 0, 0, 0, 0, 1]], bool)
    judge_measured(answers, blocks, ink, "The two blocks of the example: ")
    random = np.random.default_rng(114)
    blocks = np.zeros(CARDS, int)
    blocks[1:6, 2:12], blocks[3:10, 14:20], blocks[8:11, 1:13] = 1, 2, 3
    blocks[1:3, 14:38], blocks[1:11, 30:38] = 4, 4  # a block that is no rectangle ...
    blocks[5:9, 22:28] = 5  # ... and another within its bounding box
    judge_measured(answers, blocks, (random.random(CARDS) < 0.6) & (blocks > 0), "")


def judge_measured(answers, blocks, ink, case):
    table = answers.array("measured", blocks, ink, shape=(int(blocks.max()), 3), asked="(n, 3)")

    def picture():
        return plots.instances({"the blocks and their ink": blocks}, ink[..., None])

    for number, (height, density, run) in enumerate(table.astype(float).tolist(), 1):
        rows, columns = (np.unique(places) for places in np.nonzero(blocks == number))
        box = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
        own = np.where(blocks == number, ink, False)
        block = f"{case}block {number}: "
        expect(
            same(height, np.ptp(rows) + 1),
            f"{block}height is not the number of rows from the first to the last of the block.",
            height,
            picture,
        )
        expect(
            same(density, own.sum() / box)
            or not same(density, own.sum() / (blocks == number).sum()),
            f"{block}density is the ink in the bounding box, not in the block.",
            density,
            picture,
        )
        expect(
            same(density, own.sum() / box),
            f"{block}density should be the block's own ink by the pixels of its bounding box.",
            density,
            picture,
        )
        lines = "/".join("".join("#" if value else "." for value in line) for line in own)
        lengths = [len(part) for part in lines.replace("/", ".").split(".") if part]
        expect(
            same(run, np.mean(lengths)),
            f"{block}mean run should be the mean length of the runs of ink along its rows.",
            run,
            picture,
        )
