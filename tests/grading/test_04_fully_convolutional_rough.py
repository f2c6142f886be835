"""Notebook 4, Fully convolutional: what the instant check runs, for rough regions."""

from itertools import product

import numpy as np

from seglab import plots
from seglab.grading import expect, question


@question(
    "4e",
    points=3,
    difficulty=2,
    hints=(
        "Two loops over the cells will do: cut the cell out of the labels, find its class, write "
        "that into the same place of the result.",
        "np.bincount counts how often each class occurs in labels that are raveled.",
    ),
)
def test_rough(answers):
    """Give every cell the class that most of its pixels have."""
    image, labels = scene()
    expect_rough(answers, labels, 8, image)
    # Classes in any number; most pixels of the cells have 0, 3, 5, and 2.
    cells = [[0, 1, 2, 0], [3, 4, 3, 0], [5, 1, 5, 5], [0, 2, 2, 1]]
    labels = np.vstack([np.reshape(cell, (2, 2)) for cell in cells]).astype("uint8")
    expect_rough(answers, labels, 2)


def expect_rough(answers, labels, size, image=None):
    """The most frequent class in all cells of so many pixels. image: drawn, if there is one."""
    asked = {"shape": labels.shape, "asked": "that of `labels`"}
    got = answers.array("rough", labels, size, **asked)
    shown = {"labels": labels, "yours": np.clip(got, 0, 2).astype("uint8")}
    picture = None if image is None else lambda: plots.close_up(image, shown, cell=size)
    height, width = labels.shape
    for row, column in product(range(0, height, size), range(0, width, size)):
        cell, own = (
            each[row : row + size, column : column + size].ravel() for each in (labels, got)
        )
        expect(
            len(set(own)) == 1,
            f"The cell at row {row}, column {column} has several classes; a cell has one.",
            np.unique(own),
            picture,
        )
        expect(
            own[0] in cell,
            f"The cell at row {row}, column {column} got a class that none of its pixels has. "
            "Classes are names: they are counted, never averaged.",
            own[0].item(),
            picture,
        )
        votes = [int((cell == c).sum()) for c in set(cell.tolist())]
        expect(
            int((cell == own[0]).sum()) == max(votes),
            f"In the cell at row {row}, column {column}, another class has more pixels. Are all "
            "classes counted that there are?",
            own[0].item(),
            picture,
        )


def scene():
    """An image (32, 40, 1) and its labels: a block of text, a round graphic, a page number.

    In a cell with parts of all three classes, most pixels have 0; in another, most have 2.
    """
    row, column = np.indices((32, 40))
    labels = np.zeros((32, 40), "uint8")
    labels[3:14, 5:29] = 1
    labels[(row - 21) ** 2 + (column - 27) ** 2 < 80] = 2
    labels[26:29, 9:12] = 1
    labels[24:32, 32:40] = np.repeat([0, 1, 2], (30, 8, 26)).reshape(8, 8)
    labels[0:8, 32:40] = np.repeat([2, 1, 0], (30, 8, 26)).reshape(8, 8)
    ink = np.where(labels == 1, row % 3 != 0, (row + column) % 4 == 0) & (labels > 0)
    return ink[..., None].astype("float32"), labels
