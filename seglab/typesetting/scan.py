"""The scan: a printed sheet laid a little crooked on the glass, inked unevenly, and binarised.

`scanned` samples the sheet through one warp, ink and labels alike (labels by nearest neighbour),
so they stay aligned to the pixel. What does not come from the press (dirt, show-through, black
borders, the facing page, a library's stamp) is drawn by `damage.py` and is background.
"""

import numpy as np
from PIL import ImageFilter
from scipy.ndimage import map_coordinates

from .damage import (
    add_beyond,
    add_bleed_through,
    add_dirt,
    add_edge_shadows,
    add_handwriting,
    add_stamp,
)
from .noise import smooth_noise
from .sheet import DETAIL


def scanned(rng, sheet):
    """Scan a sheet: (image (H, W) bool with True for ink, labels (H, W) uint8)."""
    rows, columns = warp(rng, sheet, scan_window(rng))
    image = inked(rng, sheet, rows, columns)
    labels = nearest(sheet.labels(), rows, columns)
    if rng.random() < 0.2:
        add_bleed_through(rng, image)
    if rng.random() < 0.65:
        add_dirt(rng, image)
    if rng.random() < 0.10:
        add_stamp(rng, image)
    if rng.random() < 0.08:
        add_handwriting(rng, image)
    sideways, lengthways = past_edge(columns, sheet.width), past_edge(rows, sheet.height)
    add_beyond(rng, image, sideways, lengthways)
    add_edge_shadows(rng, image, labels)
    return image, labels


def clean(sheet):
    """The sheet as designed, at the page's resolution: (image bool, labels uint8)."""
    y, x = np.mgrid[: sheet.height // DETAIL, : sheet.width // DETAIL].astype(np.float32)
    rows, columns = DETAIL * y + 0.5, DETAIL * x + 0.5
    darkness = map_coordinates(np.asarray(sheet.ink), (rows, columns), np.float32, 1)
    return darkness > 127, nearest(sheet.labels(), rows, columns)


def scan_window(rng):
    """What the camera sees beyond each edge of the sheet: left, top, right, bottom shares.

    Negative shares cut into the margin. One in sixteen is a photograph with a broad surround.
    """
    if rng.random() < 0.06:
        return rng.uniform(0.02, 0.25, 4)
    left, right = np.where(rng.random(2) < 0.22, rng.uniform(0, 0.08, 2), rng.uniform(-0.03, 0, 2))
    top, bottom = np.where(rng.random(2) < 0.15, rng.uniform(0, 0.04, 2), rng.uniform(-0.03, 0, 2))
    return left, top, right, bottom


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
    angle = np.deg2rad(np.clip(rng.normal(0, 0.7), -2.5, 2.5))
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


def inked(rng, sheet, rows, columns):
    """Sample the ink and binarise it: a worn or a fat press, uneven, with broken letters."""
    ink = sheet.ink.filter(ImageFilter.GaussianBlur(DETAIL * rng.uniform(0.2, 0.5)))
    darkness = map_coordinates(np.asarray(ink), (rows, columns), np.float32, 1) / 255
    height, width = rows.shape
    threshold = rng.uniform(0.22, 0.55)
    threshold += 0.08 * rng.random() * smooth_noise(rng, height, width, 0.15 * height)
    threshold += rng.uniform(0, 0.1) * smooth_noise(rng, height, width, 1.5)
    if rng.random() < 0.3:
        worn = smooth_noise(rng, height, width, rng.uniform(2, 6))
        patchy = smooth_noise(rng, height, width, 0.2 * height)
        threshold += 0.5 * (worn > rng.uniform(1.4, 2.4) - 0.4 * patchy)
    # Blank paper never turns to ink here, however low the threshold falls.
    return darkness > np.clip(threshold, 0.12, 0.97)


def past_edge(positions, length):
    """How far canvas positions lie outside 0..length, in pixels of the page; negative inside."""
    return np.maximum(-positions, positions - length) / DETAIL


def nearest(labels, rows, columns):
    """Labels at the sampled places, 0 beyond the sheet."""
    row, column = np.rint(rows).astype(int), np.rint(columns).astype(int)
    inside = (row >= 0) & (column >= 0) & (row < labels.shape[0]) & (column < labels.shape[1])
    row, column = row.clip(0, labels.shape[0] - 1), column.clip(0, labels.shape[1] - 1)
    return np.where(inside, labels[row, column], 0).astype(np.uint8)
