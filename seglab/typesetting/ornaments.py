"""Ornaments: head-bands, tail-pieces, fleurons and decorated initials, grown from mirrored noise.

An ornament is a boolean array, True where ink is, (height, width) in canvas pixels.
"""

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import binary_dilation

from .noise import smooth_noise


def arabesque(rng, width, height, cell):
    """Foliage as a woodcutter cuts it: mirrored, `cell` pixels from stem to stem."""
    half = (width + 1) // 2
    field = smooth_noise(rng, height, half, cell)
    turn = smooth_noise(rng, height, half, 2.5 * cell)
    waves = np.sin(2.2 * field + 3 * turn) + 0.35 * smooth_noise(rng, height, half, 0.35 * cell)
    stems = waves > rng.uniform(-0.1, 0.6)
    veins = abs(waves - rng.uniform(-0.9, -0.5)) < 0.14
    leaves = stems & ~(abs(waves - rng.uniform(0.65, 0.9)) < 0.12) | veins
    return np.concatenate([leaves[:, ::-1], leaves], 1)[:, :width]


def scrolls(rng, width, height):
    """Spirals with leaves, one beside the other, mirrored: the engraver's way to fill a band."""
    half = (width + 1) // 2
    image = Image.new("1", (half, height))
    draw = ImageDraw.Draw(image)
    x, radius, sign = 0.4 * height, 0.42 * height, 1
    thick = max(2, round(rng.uniform(0.03, 0.09) * height))
    turns = rng.uniform(1.2, 2.4)
    while x - radius < half:
        angle = np.linspace(0, 2 * np.pi * turns, 60)
        reach = radius * (1 - 0.85 * angle / angle[-1])
        curve = np.stack([x + reach * np.cos(angle), height / 2 + sign * reach * np.sin(angle)], 1)
        draw.line(list(curve.ravel()), 1, thick, "curve")
        for px, py in curve[:: int(rng.integers(3, 7))]:
            size = rng.uniform(0.04, 0.13) * height
            draw.ellipse([px - size, py - size, px + size, py + size * rng.uniform(0.3, 1)], 1)
        x, sign = x + rng.uniform(0.7, 1.0) * 2 * radius, -sign
    art = np.array(image)
    return np.concatenate([art[:, ::-1], art], 1)[:, :width]


def fleuron(rng, size):
    """One typographic flower: symmetric in x, often in y, inside a round or pointed shape."""
    art = arabesque(rng, size, size, size * rng.uniform(0.16, 0.3))
    if rng.random() < 0.5:
        art = art | art[::-1]
    y, x = np.ogrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    power = rng.uniform(0.8, 2.5)
    return art & (abs(x) ** power + abs(y) ** power < rng.uniform(0.75, 1.1))


def fleuron_row(rng, width, height):
    """The same flower (or two in turn) repeated over the width."""
    flowers = [fleuron(rng, height) for _ in range(int(rng.integers(1, 3)))]
    count = max(1, round(width / (height * rng.uniform(0.85, 1.15))))
    art = np.zeros((height, width), bool)
    for i, x in enumerate(np.linspace(0, max(width - height, 0), count).astype(int)):
        part = flowers[i % len(flowers)][:, : width - x]
        art[:, x : x + height] |= part
    return art


def band(rng, width, height):
    """A head-piece of width x height: cut in wood, engraved, or composed of flowers."""
    kind = rng.integers(5)
    if kind == 0 or height < 24:
        return fleuron_row(rng, width, height)
    if kind == 1:
        rows = int(rng.integers(2, 4))
        part = [fleuron_row(rng, width, height // rows) for _ in range(rows)]
        return np.concatenate([part[i % 2] for i in range(rows)])
    art = scrolls(rng, width, height) if kind == 2 else arabesque(rng, width, height, 0.2 * height)
    if rng.random() < 0.3:
        art = ~art
    if rng.random() < 0.6:
        return bordered(art, int(rng.integers(2, 6)))
    ends = np.minimum(np.arange(width), np.arange(width)[::-1])
    middle = abs(np.linspace(-1, 1, height))[:, None]
    return art & (ends > 0.4 * height * middle**2)


def tailpiece(rng, width, height):
    """A cul-de-lampe: foliage inside a shape that narrows downwards."""
    art = arabesque(rng, width, height, rng.uniform(0.08, 0.16) * width)
    y, x = np.ogrid[0 : 1 : height * 1j, -1 : 1 : width * 1j]
    half_width = (1 - y ** rng.uniform(0.7, 2.5)) * (0.75 + 0.25 * np.cos(rng.uniform(4, 14) * y))
    return art & (abs(x) < half_width)


def device(rng, width, height):
    """A printer's mark: a wreath of foliage round a shield or a monogram."""
    art = arabesque(rng, width, height, rng.uniform(0.06, 0.12) * width)
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    radius = np.hypot(x, y)
    inner = rng.uniform(0.45, 0.7)
    centre = arabesque(rng, width, height, 0.2 * width) & (radius < 0.75 * inner)
    art = np.where(radius < inner, centre, art & (radius < 1 if rng.random() < 0.6 else True))
    return art | (abs(radius - inner) < rng.uniform(0.012, 0.035))


def bordered(art, thick):
    """The art inside a solid border line with a white one within."""
    art = art.copy()
    for inset, ink in ((2 * thick, False), (thick, True)):
        for side in (np.s_[:inset], np.s_[-inset:], np.s_[:, :inset], np.s_[:, -inset:]):
            art[side] = ink
    return art


def decorated_initial(rng, letter, size):
    """A letter on a square of foliage; `letter` is its mask (size, size), True where the letter is.

    Black letter on white-cut ground or white letter on black ground, as both were used.
    """
    ground = arabesque(rng, size, size, rng.uniform(0.07, 0.16) * size)
    halo = binary_dilation(letter, iterations=max(1, size // 50))
    art = ground & ~halo
    if rng.random() < 0.5:
        art |= letter
    else:
        art |= ~ground & ~halo & (rng.random() < 0.5)
    return bordered(art, max(2, size // 60))
