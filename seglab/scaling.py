"""Scale images by the ink they hold, labels by their nearest pixel, labels of ink by a vote."""

import numpy as np

from seglab.errors import InputError
from seglab.region_classes import IGNORE

# Pillow's own limit for one image: three times a 300 dpi scan of an A3 sheet.
MOST_PIXELS = 89_478_485


def scaled_image(image, height):
    """Scale an image to `height` rows, keeping its proportions.

    (H, W, 1) -> (height, round(W * height / H), 1) float32, at least one column. Every new pixel
    holds the ink share of the area it covers, fractions of old pixels included: thin strokes turn
    grey instead of breaking, and the ink share of the page stays what it was.
    """
    rows, columns, _ = image.shape
    width = max(1, round(columns * height / rows))
    if not 1 <= height * width <= MOST_PIXELS:
        raise InputError(
            f"An image of {rows} rows and {columns} columns cannot be scaled to a height of "
            f"{height}; the result should have between 1 and {MOST_PIXELS:,} pixels."
        )
    ink = area_average(rows, height) @ image[..., 0]
    ink = (area_average(columns, width) @ ink.T).T
    return np.clip(ink, 0, 1, dtype=np.float32)[..., np.newaxis]


def area_average(old, new):
    """Return the sparse (new, old) matrix that averages `old` equal cells into `new` equal ones.

    Old and new edges cut the axis into pieces; each piece lies in one old and in one new cell and
    weighs as much as its share of the new one.
    """
    from scipy.sparse import csr_array  # a tenth of a second that reading a page does not need

    edges = np.union1d(np.arange(old + 1), np.arange(new + 1) * old / new)
    middles = (edges[:-1] + edges[1:]) / 2
    cells = (middles * new / old).astype(int), middles.astype(int)
    weights = np.diff(edges) * new / old
    return csr_array((weights, cells), shape=(new, old), dtype=np.float32)


def scaled_labels(labels, shape):
    """Scale labels (H, W) to `shape` (height, width) by nearest neighbour.

    A new pixel takes the class of the old pixel in which its centre lies, so classes are never
    blended. A centre on the border of two old pixels belongs to the lower or right one.
    """
    row, column = (nearest(new, old) for old, new in zip(labels.shape, shape, strict=True))
    return labels[row[:, np.newaxis], column]


def scaled_ink_labels(labels, shape):
    """Scale labels (H, W) of ink, IGNORE elsewhere, to `shape` (height, width); no ink is lost.

    A new pixel takes the most frequent class of the old pixels whose centres lie in it, so that a
    rule thinner than a new pixel stays. No other labels of this size, brought back to the old one
    by `scaled_labels`, agree with more of the ink.
    """
    ink = np.nonzero(labels != IGNORE)
    row, column = (
        nearest(old, new)[places] for old, new, places in zip(labels.shape, shape, ink, strict=True)
    )
    votes = np.zeros((*shape, labels[ink].max(initial=0) + 1), int)
    np.add.at(votes, (row, column, labels[ink]), 1)
    # Where the new pixels are the smaller ones, not every one of them has an old centre in it.
    return np.where(votes.any(-1), votes.argmax(-1).astype(np.uint8), scaled_labels(labels, shape))


def nearest(count, cells):
    """For each of `count` equal parts of a line, the one of its `cells` equal parts at its centre.

    A centre on the border of two cells belongs to the later one.
    """
    return (2 * np.arange(count) + 1) * cells // (2 * count)
