"""Notebook 3, The sliding window: what the instant check runs, for windows."""

from functools import partial

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same


def numbered(height, width):
    """A page on which every pixel has a number of its own, 1, 2, 3 and so on: (H, W, 1)."""
    return np.arange(1.0, height * width + 1).reshape(height, width, 1)


def numbers_around(row, column, size, height, width):
    """What a window around a pixel of the numbered page holds: (size, size, 1)."""
    r, c = np.indices((size, size)) + np.reshape((row, column), (2, 1, 1)) - size // 2
    on_page = (r >= 0) & (r < height) & (c >= 0) & (c < width)
    return np.where(on_page, 1 + r * width + c, 0)[..., None]


@question(
    "3a",
    points=2,
    difficulty=1,
    hints=(
        "Surround the page with enough paper first, by np.pad, so that every window lies on it.",
        "With `size // 2` rows of paper above it, the page's row r is row r + size // 2. In which "
        "row of the padded page does the window around it begin?",
    ),
)
def test_window(answers):
    """Cut the window that labels a pixel."""
    for pixel, size in ((3, 4), 4), ((0, 0), 4), ((6, 8), 4), ((4, 3), 5), ((6, 0), 3):
        expect_window(answers, numbered(7, 9), *pixel, size)


def expect_window(answers, page, row, column, size):
    where = f"The {size}x{size} window around pixel ({row}, {column})"
    got = answers.call("window", page, row, column, size)
    if isinstance(got, np.ndarray) and got.ndim == 3:
        sentence = "The last axis holds the channel, only one. Surround rows and columns with paper"
        expect(got.shape[-1] == 1, f"{sentence}, and leave that axis alone.", got.shape)
        sentence = f"{where} of a page {page.shape} has not its full size, ({size}, {size}, 1)."
        expect(got.shape == (size, size, 1), sentence, got.shape)
    asked = {"shape": (size, size, 1), "asked": "(size, size, 1)"}
    got = answers.array("window", page, row, column, size, **asked)
    right = numbers_around(row, column, size, *page.shape[:2])
    centre = got[size // 2, size // 2].item()
    for holds, wrong in (
        (same(centre, page[row, column].item()), misplaced(centre, row, column, page.shape[1])),
        (same(got * (right > 0), right), "does not hold the pixels that are around this one."),
        (same(got, right), "reaches beyond the page. There is paper, 0."),
    ):
        drawn = shaded(page), [(row, column)], size, [shaded(got)]
        expect(holds, f"{where} {wrong}", got[..., 0], partial(plots.windows_on_page, *drawn))


def misplaced(number, row, column, width):
    """What is wrong with a window that has this number of the numbered page at its centre."""
    wrong = "should have this pixel at its row and column `size // 2`"
    if not number:
        return f"{wrong}, and has paper there."
    there = tuple(int(place) for place in divmod(number - 1, width))
    exchanged = " Are row and column exchanged?" if there == (column, row) else ""
    return f"{wrong}, and has pixel {there} there.{exchanged}"


def shaded(numbers):
    """Ink for the numbers of a page of 63 pixels: neighbours differ, and none is paper."""
    return np.where(numbers > 0, 0.2 + 0.7 * (29 * numbers % 64) / 64, 0)


@question(
    "3b",
    points=2,
    difficulty=1,
    hints=(
        "One window for each pair of a row and a column; zip goes through both together.",
        "np.stack makes one array of many. An array can be indexed by two arrays at once.",
    ),
)
def test_examples(answers):
    """Cut windows to learn from, each with the class of its centre."""
    page, labels = numbered(8, 6), np.zeros((8, 6), "uint8")
    labels[2:5, 1:4], labels[5, 5] = 1, 2
    rows, columns = np.array([5, 2, 0]), np.array([5, 3, 4])
    result = answers.call("examples", page, labels, rows, columns, 4)
    pair = type(result) in (list, tuple) and [type(part) for part in result] == [np.ndarray] * 2
    expect(pair, "examples should return two arrays, `images, classes`.")
    images, classes = result
    sentence = "The images should have the shape (number of pixels, size, size, 1)."
    expect(images.shape == (3, 4, 4, 1), sentence, images.shape)
    expect(classes.shape == (3,), "There should be one class for each window.", classes.shape)
    for image, row, column in zip(images, rows, columns):
        right = same(image, numbers_around(row, column, 4, 8, 6))
        expect(right, f"No window around pixel ({row}, {column}) in its place.", image[..., 0])
    sentence = "A window's class should be that of its centre; not of another pixel, or of most."
    expect(same(classes, labels[rows, columns]), sentence, classes)


def photograph(random):
    height, width = (int(random.integers(6, 15) * 100 + random.integers(1, 10) * 10) for _ in "hw")
    return {"height": height, "width": width}


@question(
    "3c",
    points=2,
    difficulty=1,
    hints=(
        "Rows and columns do not know of each other: count along one axis, then along the other.",
        "Where does the last window begin that still fits? And the cells: is there a rest, and "
        "does it get a window?",
    ),
    numbers=photograph,
)
def test_counts(answers):
    """Count the windows that fit on a photograph, and those that speak for all of its cells."""
    sides = answers.numbers
    fits = [sum(1 for first in range(0, side, 100) if first + 200 <= side) for side in sides]
    cells = [len({pixel // 100 for pixel in range(side)}) for side in sides]
    fitting, speaking = answers.whole_number("fitting"), answers.whole_number("speaking")
    sentence = "fitting: windows stand in rows and columns, as on a chess board; is that a sum?"
    expect(fitting != sum(fits), sentence, fitting)
    sentence = (
        "fitting: the first window begins in the corner, each further one a stride on; the last "
        "one along an axis is the last that lies on the photograph as a whole."
    )
    expect(fitting == fits[0] * fits[1], sentence, fitting)
    sentence = "speaking: every cell has a window, also one that the edge has cut short."
    expect(speaking == cells[0] * cells[1], sentence, speaking)
