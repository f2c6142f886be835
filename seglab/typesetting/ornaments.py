"""Ornaments: rows of printers' flowers, head-bands, tail-pieces, printers' devices.

An ornament is a boolean array, True where ink is, (height, width) in canvas pixels. Material
gives flowers from fonts, drawn head- and tail-pieces and figures; without it all is grown.
"""

from functools import cache, lru_cache

import numpy as np
from PIL import Image

from .cutouts import cut, drawn_cutout, fitted, set_on, tones_of
from .faces import characters, load_font
from .foliage import arabesque, bordered, rosette, scrolls, stamp
from .heraldry import arms, emblem
from .lettering import glyph
from .spelling import CAPITALS
from .techniques import drawn_tool


@lru_cache(maxsize=256)
def flower(path, sign, size):
    """A printers' flower of a font, `size` high: (size, W) bool."""
    mask = glyph(load_font(path, 200), sign)
    return np.asarray(mask.resize((max(1, round(size * mask.width / mask.height)), size))) > 127


def fleuron(rng, size, material):
    """One printers' flower: of a font, a rosette, or grown; (size, W) with W near size."""
    flowers = material.flowers
    if flowers and rng.random() < 0.75:
        path = flowers[rng.integers(len(flowers))]
        signs = sorted(characters(path) & set(CAPITALS[:24]))
        art = flower(path, signs[rng.integers(len(signs))], size)
        if art.any() and art.shape[1] < 3 * size:
            return art
    if rng.random() < 0.2:
        return rosette(rng, size)
    art = arabesque(rng, size, size, size * rng.uniform(0.16, 0.3))
    if rng.random() < 0.5:
        art = art | art[::-1]
    y, x = np.ogrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    power = rng.uniform(0.8, 2.5)
    return art & (abs(x) ** power + abs(y) ** power < rng.uniform(0.75, 1.1))


def fleuron_row(rng, width, height, material):
    """One, two or three flowers in turn over the width, every other one turned or mirrored."""
    flowers = [fleuron(rng, height, material) for _ in range(int(rng.choice([1, 1, 2, 3])))]
    turn = (lambda f: f, np.fliplr, np.flipud)[rng.integers(3)]
    flowers = [*flowers, *map(turn, flowers)]
    gap = rng.uniform(0, 0.35) * height if rng.random() < 0.4 else 0
    art, row, x = np.zeros((height, width), bool), [], 0.0
    while x + flowers[len(row) % len(flowers)].shape[1] <= width:
        row.append((flowers[len(row) % len(flowers)], x))
        x += row[-1][0].shape[1] + gap
    slack = width - (x - gap)
    for i, (piece, x) in enumerate(row):
        # The compositor spreads what is left between the flowers.
        left = round(x + slack * (i + 0.5) / len(row))
        stamp(art, piece, left, 0)
    return art if row else arabesque(rng, width, height, 0.3 * height)


@cache
def oblong(path):
    """Width for height of a picture file."""
    with Image.open(path) as image:
        return image.width / image.height


def stock_piece(rng, width, height, material):
    """A drawn ornament about as oblong as width x height, in the middle of it; else None."""
    shapes = ((path, oblong(path) * height / width) for path in material.ornaments)
    pieces = [path for path, ratio in shapes if 0.5 < ratio < 2]
    if not pieces:
        return None
    image = Image.open(pieces[rng.integers(len(pieces))]).getchannel("A")
    size = fitted(image, width, height)
    art = np.zeros((height, width), bool)
    ink = np.asarray(image.resize(size, Image.Resampling.BOX)) > 110
    set_on(art, ink, ink, (width - size[0]) / 2, (height - size[1]) / 2)
    return art


def band(rng, width, height, material):
    """A head-piece of width x height: composed of flowers, cut in wood, or engraved."""
    kind = rng.choice(["row", "rows", "foliage", "scrolls", "rosettes", "figure", "stock"])
    if kind == "row" or height < 24:
        return fleuron_row(rng, width, height, material)
    if kind == "rows":
        rows = int(rng.integers(2, 4))
        first, second = (fleuron_row(rng, width, height // rows, material) for _ in range(2))
        art = np.concatenate([first, first[::-1]] if rows == 2 else [first, second, first[::-1]])
        return np.pad(art, ((0, height - len(art)), (0, 0)))
    if kind == "stock":
        art = stock_piece(rng, width, height, material)
        if art is not None:
            return art
    if kind == "rosettes":
        return bordered(rosettes(rng, width, height), int(rng.integers(2, 5)))
    grown = scrolls(rng, width, height) if kind == "scrolls" else None
    art = arabesque(rng, width, height, rng.uniform(0.14, 0.3) * height) if grown is None else grown
    if rng.random() < 0.3:
        art = ~art
    if kind == "figure":
        inhabit(rng, art, material)
    if rng.random() < 0.6:
        return bordered(art, int(rng.integers(2, 6)))
    ends = np.minimum(np.arange(width), np.arange(width)[::-1])
    middle = abs(np.linspace(-1, 1, height))[:, None]
    return art & (ends > 0.4 * height * middle**2)


def rosettes(rng, width, height):
    """Rosettes in a row, on a ground of lines in some."""
    art = np.zeros((height, width), bool)
    round_one = rosette(rng, height)[:, :width]
    count = max(1, width // height)
    for x in np.linspace(0, max(width - height, 0), count):
        stamp(art, round_one, round(x), 0)
    if rng.random() < 0.5:
        art ^= (np.arange(height) % int(rng.integers(4, 8)) == 0)[:, None]
    return art


def inhabit(rng, art, material):
    """Set figures among the foliage: one in the middle, or two that face each other."""
    height, width = art.shape
    image = drawn_cutout(rng, material, "people", "animals", "plants")
    if image is None:
        return
    size = fitted(image, 0.4 * width, 0.96 * height)
    tones, shape = tones_of(image, size, rng.uniform(0.15, 0.45))
    ink = cut(drawn_tool(rng), tones, shape, 2)
    top = height - size[1]
    if rng.random() < 0.6:
        set_on(art, ink, shape, (width - size[0]) / 2, top, 3)
    else:
        set_on(art, ink, shape, 0.25 * width - size[0] / 2, top, 3)
        set_on(art, ink[:, ::-1], shape[:, ::-1], 0.75 * width - size[0] / 2, top, 3)


def tailpiece(rng, width, height, material):
    """A cul-de-lampe: foliage that narrows downwards, flowers in a triangle, a vase, a drawing."""
    kind = rng.choice(["foliage", "foliage", "flowers", "stock", "stock", "vase"])
    if kind == "flowers":
        return flowers_in_triangle(rng, width, height, material)
    if kind == "vase" and height > 60:
        return vase(rng, width, height, material)
    art = stock_piece(rng, width, height, material) if kind == "stock" else None
    if art is not None:
        return art
    y, x = np.ogrid[0 : 1 : height * 1j, -1 : 1 : width * 1j]
    half_width = (1 - y ** rng.uniform(0.7, 2.5)) * (0.75 + 0.25 * np.cos(rng.uniform(4, 14) * y))
    inside = abs(x) < np.maximum(half_width - 0.04, 0.02)
    return arabesque(rng, width, height, rng.uniform(0.04, 0.1) * width, inside)


def flowers_in_triangle(rng, width, height, material):
    """Rows of one flower, each row a flower shorter than the one above."""
    rows = int(rng.integers(2, 5))
    piece = fleuron(rng, max(8, height // rows), material)
    art = np.zeros((height, width), bool)
    step = min(piece.shape[1] * rng.uniform(1, 1.4), width / rows)
    for row in range(rows):
        for i in range(rows - row):
            x = width / 2 + (i - (rows - row - 1) / 2) * step - piece.shape[1] / 2
            if x >= 0:
                stamp(art, piece, round(x), row * (height // rows))
    return art


def vase(rng, width, height, material):
    """A vase or basket with foliage, fruit or flowers rising from it."""
    y, x = np.ogrid[0 : 1 : height * 1j, -1 : 1 : width * 1j]
    top = rng.uniform(0.5, 0.65)
    depth = (y - top) / (1 - top)
    swell = np.sin(np.pi * np.clip(depth, 0, 1) ** rng.uniform(0.5, 1.2))
    belly = 0.16 + rng.uniform(0.05, 0.25) * swell
    body = (abs(x) < belly) & (depth > 0) & (y < 0.99)
    cell = rng.uniform(0.03, 0.08) * width
    dome = (abs(x) * 1.15) ** 2 + ((y - 0.6 * top) / (0.55 * top)) ** 2 < 1
    art = arabesque(rng, width, height, cell, dome & (y < 0.95 * top))
    weave = (np.arange(height)[:, None] // 6 + np.arange(width) // 6) % 2 == 0
    art[body] = (weave if rng.random() < 0.5 else abs(x) > belly * 0.6)[body]
    rim = abs(abs(x) - belly) < 0.02
    art |= rim & (depth > 0) | (abs(depth) < 0.04) & (abs(x) < belly + 0.05)
    for _ in range(int(rng.integers(0, 5))):
        image = drawn_cutout(rng, material, "plants")
        if image is not None:
            size = fitted(image, 0.35 * width, 0.35 * height)
            tones, shape = tones_of(image, size, 0.3)
            place = rng.uniform(0.2, 0.8) * width - size[0] / 2, rng.uniform(0, 0.3) * height
            set_on(art, cut(drawn_tool(rng), tones, shape, 2), shape, *place, 2)
    return art


def device(rng, width, height, material):
    """A printer's mark: an emblem, arms, or a wreath of foliage round a shield or a monogram."""
    kind = rng.integers(4)
    if kind < 2 and min(width, height) > 100:
        return (emblem, arms)[kind](rng, width, height, material)
    art = stock_piece(rng, width, height, material) if kind == 2 else None
    if art is not None:
        return art
    art = arabesque(rng, width, height, rng.uniform(0.06, 0.12) * width)
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    radius, inner = np.hypot(x, y), rng.uniform(0.45, 0.7)
    centre = arabesque(rng, width, height, 0.2 * width) & (radius < 0.75 * inner)
    art = np.where(radius < inner, centre, art & (radius < 1 if rng.random() < 0.6 else True))
    return art | (abs(radius - inner) < rng.uniform(0.012, 0.035))
