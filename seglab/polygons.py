"""Paint regions, given by their outlines, into labels."""

from typing import NamedTuple

import numpy as np


class Region(NamedTuple):
    """A class and its outline, (n, 2) points x, y in pixels; the last joins the first."""

    label: int
    outline: np.ndarray


def painted(regions, shape):
    """Return the labels (height, width) uint8 of the regions, background 0 elsewhere.

    The larger region is painted first, so that the smaller one, which it may contain, stays
    visible: files often list a picture inside a column of text as the column's neighbour.
    """
    labels = np.zeros(shape, np.uint8)
    for region in sorted(regions, key=area, reverse=True):
        if len(region.outline) >= 3:  # fewer points span no area
            paint(labels, region)
    return labels


def area(region):
    """Return the area of a region in square pixels (the shoelace formula)."""
    x, y = region.outline.T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def paint(labels, region):
    """Give the pixels whose centres lie inside the outline the region's class, in place.

    The centre of the pixel in row r and column c is at x = c + 0.5, y = r + 0.5. Inside is what a
    line from the left reaches after an odd number of crossings. Points may lie off the page, on
    fractions of pixels, or make edges cross. Image libraries round outlines to whole pixels first,
    or take seconds for the thousand points of one finely traced region.
    """
    height, width = labels.shape
    _, top = np.clip(pixel(region.outline.min(axis=0)), 0, height)
    _, bottom = np.clip(pixel(region.outline.max(axis=0)), 0, height)
    crossings = np.zeros((bottom - top, width + 1), bool)
    for start, end in zip(region.outline, np.roll(region.outline, -1, axis=0), strict=True):
        (x0, y0), (x1, y1) = sorted((start, end), key=lambda point: point[1])
        first, last = np.clip(pixel(np.array((y0, y1))), top, bottom)
        if first < last:
            rows = np.arange(first, last)
            x = x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0)
            crossings[rows - top, np.clip(pixel(x), 0, width)] ^= True
    inside = np.logical_xor.accumulate(crossings, axis=1)[:, :width]
    labels[top:bottom][inside] = region.label


def pixel(position):
    """Return the first pixel along an axis whose centre is not before `position`."""
    return np.ceil(position - 0.5).astype(int)
