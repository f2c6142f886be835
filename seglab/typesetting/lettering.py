"""Letters inside pictures: labels of maps, letters of diagrams, legends below portraits.

They are cut into the plate with the picture: their ink belongs to the graphic.
"""

import numpy as np
from PIL import Image, ImageDraw

from .faces import Fount
from .techniques import spread


def glyph(font, sign):
    """A letter or two as a tight mask, a PIL image of mode "L"."""
    left, top, right, bottom = font.getbbox(sign, anchor="ls")
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), sign, 255, font, anchor="ls")
    return mask


def letters(text, fount):
    """One line of text as a tight mask (H, W) bool; None where nothing is left to print."""
    words = fount.spell(text).split()
    placed, x = [], fount.size
    for word in words:
        placed.append((x, word))
        x += fount.width(word) + fount.space
    mask = np.asarray(fount.strip(placed, x + fount.size)[0]) > 110 if words else np.zeros((1, 1))
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def letter(art, text, face, size, x, y, cut="upright", tracking=0.0, angle=0):
    """Cut a line of text into the art, its middle at x, y, with a little white around it.

    `angle` turns it by a multiple of 90 degrees. Text that would leave the art is not set.
    """
    mask = letters(text, Fount(face, size, cut, tracking))
    if mask is None:
        return
    mask = np.rot90(mask, angle)
    height, width = mask.shape
    top, left = round(y - height / 2), round(x - width / 2)
    if top < 1 or left < 1 or top + height >= art.shape[0] or left + width >= art.shape[1]:
        return
    part = art[top : top + height, left : left + width]
    part[spread(mask, 2)] = False
    part |= mask


def legend(rng, width, lines, face, size, cut="upright"):
    """Centred lines of text as the foot of a plate: (H, width) bool."""
    foot = np.zeros((round(1.45 * size * len(lines) + 0.4 * size), width), bool)
    tracking = size * rng.uniform(0, 0.15) if rng.random() < 0.3 else 0.0
    for i, line in enumerate(lines):
        letter(foot, line, face, size, width / 2, 1.45 * size * (i + 0.6), cut, tracking)
    return foot
