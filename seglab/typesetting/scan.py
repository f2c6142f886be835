"""The scan: a printed sheet laid a little crooked on the glass, inked unevenly, and binarised.

`scanned` samples the sheet through one warp, ink and labels alike (labels by nearest neighbour),
so they stay aligned to the pixel. What does not come from the press (`damage.py`, `surround.py`)
is background.
"""

import numpy as np
from PIL import ImageFilter
from scipy.ndimage import map_coordinates, maximum_filter

from seglab.pages import IGNORE

from .damage import add_dirt
from .hands import handwriting
from .marks import add_stamp
from .noise import smooth_noise
from .paper import binarised, impression, paper, show_through
from .sheet import DETAIL
from .surround import add_edge_shadows, add_surround


def scanned(rng, sheet, without=()):
    """Scan a sheet: image (H, W) bool with True for ink, labels and ink labels (H, W) uint8.

    without: names of what is left out: "scan", the whole of it, for the sheet as designed; or
    "marks", stamps and handwriting; or "surround", all beyond the paper's edge and its shadows.
    """
    if "scan" in without:
        return clean(sheet)
    wear = rng.choice([0.1, 0.5, 1.0], p=[0.5, 0.35, 0.15]) * rng.uniform(0.5, 1)
    window = scan_window(rng)
    if "surround" in without:
        window = np.minimum(window, 0)
    rows, columns = warp(rng, sheet, window)
    pressed = impression(rng, coverage(rng, sheet, rows, columns), wear)
    labels = nearest(sheet.labels(), rows, columns)
    darkness = paper(rng, *pressed.shape, wear)
    if rng.random() < 0.5:
        darkness += show_through(rng, pressed)
    darkness += (1 - darkness) * pressed
    if "marks" not in without and rng.random() < 0.22:
        add_stamp(rng, darkness)
    if "marks" not in without and rng.random() < 0.15:
        ink = rng.uniform(0.5, 0.95) * handwriting(rng, *darkness.shape, sheet.hands)
        np.maximum(darkness, ink, out=darkness)
    if "surround" not in without:
        sideways, lengthways = past_edge(columns, sheet.width), past_edge(rows, sheet.height)
        add_surround(rng, darkness, sideways, lengthways)
        labels[add_edge_shadows(rng, darkness)] = 0
    image = binarised(rng, darkness)
    if rng.random() < 0.65:
        add_dirt(rng, image)
    kinds = maximum_filter(nearest(np.asarray(sheet.kinds), rows, columns), 3)
    kinds[(pressed < 0.05) | (labels == 0)] = 0  # dirt near a letter, or a shadow over it
    return image, labels, np.where(image, kinds, np.uint8(IGNORE))


def clean(sheet):
    """The sheet as designed, at the page's resolution: what `scanned` returns."""
    y, x = np.mgrid[: sheet.height // DETAIL, : sheet.width // DETAIL].astype(np.float32)
    rows, columns = DETAIL * y + 0.5, DETAIL * x + 0.5
    image = map_coordinates(np.asarray(sheet.ink), (rows, columns), np.float32, 1) > 127
    kinds = maximum_filter(nearest(np.asarray(sheet.kinds), rows, columns), 3)
    return image, nearest(sheet.labels(), rows, columns), np.where(image, kinds, np.uint8(IGNORE))


def scan_window(rng):
    """What the camera sees beyond each edge of the sheet: left, top, right, bottom shares.

    Negative shares cut into the margin. One in four is a photograph with a broad surround, on all
    sides or on one.
    """
    choice = rng.random()
    if choice < 0.12:
        return rng.uniform(0.02, 0.25, 4)
    left, right = np.where(rng.random(2) < 0.22, rng.uniform(0, 0.08, 2), rng.uniform(-0.03, 0, 2))
    top, bottom = np.where(rng.random(2) < 0.15, rng.uniform(0, 0.04, 2), rng.uniform(-0.03, 0, 2))
    window = np.array((left, top, right, bottom))
    if choice < 0.24:
        window[rng.integers(4)] = rng.uniform(0.08, 0.4)
    return window


def warp(rng, sheet, window):
    """Where each pixel of the scan comes from: rows and columns in canvas pixels, float32."""
    left, top, right, bottom = window
    height = sheet.height // DETAIL
    step = sheet.height * (1 + top + bottom) / height
    width = round(sheet.width * (1 + left + right) / step)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    middle_x, middle_y = sheet.width / 2, sheet.height / 2
    dx = (x + 0.5) * step - left * sheet.width - middle_x
    dy = (y + 0.5) * step - top * sheet.height - middle_y
    angle = np.deg2rad(np.clip(rng.normal(0, 0.8), -3, 3))
    shear = rng.normal(0, 0.003)
    rows = middle_y + np.cos(angle) * dy + np.sin(angle) * dx
    columns = middle_x + np.cos(angle) * dx - (np.sin(angle) + shear) * dy
    # The curl towards the gutter: lines bend up or down as the distance to it shrinks.
    from_gutter = np.clip(1 + dx / middle_x * rng.choice([-1, 1]), 0, None)
    rows += sheet.height * rng.normal(0, 0.006) * np.exp(-4 * from_gutter)
    amplitude = sheet.height * abs(rng.normal(0, 0.0012))
    rows += amplitude * smooth_noise(rng, height, width, 0.35 * height)
    columns += amplitude * smooth_noise(rng, height, width, 0.35 * height)
    # A pixel's centre is half a pixel from its corner, on the canvas as in the scan.
    return (rows - 0.5).astype(np.float32), (columns - 0.5).astype(np.float32)


def coverage(rng, sheet, rows, columns):
    """The share of each pixel that the type covers, 0 to 1, through the lens's blur."""
    ink = sheet.ink.filter(ImageFilter.GaussianBlur(DETAIL * rng.uniform(0.2, 0.5)))
    return map_coordinates(np.asarray(ink), (rows, columns), np.float32, 1) / 255


def past_edge(positions, length):
    """How far canvas positions lie outside 0..length, in pixels of the page; negative inside."""
    return np.maximum(-positions, positions - length) / DETAIL


def nearest(labels, rows, columns):
    """Labels at the sampled places, 0 beyond the sheet."""
    row, column = np.rint(rows).astype(int), np.rint(columns).astype(int)
    inside = (row >= 0) & (column >= 0) & (row < labels.shape[0]) & (column < labels.shape[1])
    row, column = row.clip(0, labels.shape[0] - 1), column.clip(0, labels.shape[1] - 1)
    return np.where(inside, labels[row, column], 0).astype(np.uint8)
