"""Foliage drawn of tendrils and leaves: the ground of bands, initials and devices.

An ornament is a boolean array, True where ink is, (height, width) in canvas pixels.
"""

import numpy as np
from PIL import Image, ImageDraw


def arabesque(rng, width, height, cell, within=None):
    """Foliage that fills a field: tendrils with leaves in rows, mirrored; `cell` is a leaf's room.

    `within` (height, width) bool, symmetric, keeps the tendrils' middles inside a shape.
    """
    half, radius = (width + 1) // 2, max(5, round(1.6 * cell))
    sprigs = [tendril(rng, radius) for _ in range(2)]
    reach = len(sprigs[0]) // 2
    art = np.zeros((height + 2 * reach, half + 2 * reach), bool)
    step = radius * rng.uniform(1.5, 2.0)
    for row, y in enumerate(np.arange(0.5, max(1, round(height / step))) * step):
        for column, x in enumerate(np.arange(0.5 * (row % 2), half / step + 1) * step):
            at = min(round(y), height - 1), min(width - half + round(x), width - 1)
            if within is not None and not within[at]:
                continue
            sprig = np.rot90(sprigs[(row + column) % 2], int(rng.integers(4)))
            if (row + column) % 2:
                sprig = sprig[:, ::-1]
            stamp(art, sprig, round(x), round(y))
    art = art[reach : reach + height, reach : reach + half]
    return np.concatenate([art[:, ::-1], art], 1)[:, :width]


def scrolls(rng, width, height):
    """One tendril beside the other along a band, mirrored, joined by a waving stem."""
    half = (width + 1) // 2
    sprig = tendril(rng, 0.4 * height)
    reach = len(sprig) // 2
    art = np.zeros((height + 2 * reach, half + 3 * reach), bool)
    step = height * rng.uniform(0.75, 1.0)
    for i, x in enumerate(np.arange(0.5, half / step + 1) * step):
        stamp(art, sprig if i % 2 else sprig[::-1], round(x), height // 2)
    art = art[reach : reach + height, reach : reach + half]
    x = np.arange(half)
    stem = height * (0.5 + 0.4 * np.cos(np.pi * (x / step - 0.5)))
    art |= abs(np.arange(height)[:, None] - stem) < max(1, 0.025 * height)
    return np.concatenate([art[:, ::-1], art], 1)[:, :width]


def tendril(rng, radius):
    """A stem rolled into a spiral, with leaves on its outside and a flower in its eye."""
    size = 2 * round(1.6 * radius)
    image = Image.new("1", (size, size))
    draw = ImageDraw.Draw(image)
    angle = np.linspace(0, 2 * np.pi * rng.uniform(1.1, 1.9), 48) + rng.uniform(0, 2 * np.pi)
    away = radius * np.linspace(1, 0.2, 48)
    spiral = size / 2 + np.stack([away * np.cos(angle), away * np.sin(angle)], 1)
    thick = max(1, round(rng.uniform(0.06, 0.16) * radius))
    draw.line(list(spiral.ravel()), 1, thick, "curve")
    length, fat = rng.uniform(0.4, 0.8) * radius, rng.uniform(0.15, 0.32)
    lobes, hollow, every = int(rng.integers(1, 4)), rng.random() < 0.35, int(rng.integers(3, 7))
    for i in range(2, 44, every):
        for lobe in np.linspace(-0.5, 0.5, lobes) if lobes > 1 else (0,):
            turn = angle[i] + 0.7 + lobe
            grown = length * (1 - 0.5 * i / 48) * (1 - 0.5 * abs(lobe))
            leaf(draw, spiral[i], turn, grown, fat, hollow, thick)
    eye = rng.uniform(0.12, 0.25) * radius
    for turn in np.arange(0, 2 * np.pi, 2 * np.pi / int(rng.integers(3, 7))):
        x, y = spiral[-1] + eye * np.array((np.cos(turn), np.sin(turn)))
        draw.ellipse([x - 0.6 * eye, y - 0.6 * eye, x + 0.6 * eye, y + 0.6 * eye], 1)
    return np.array(image)


def stamp(art, mask, x, y):
    """Add a mask to the art, its upper left corner at x, y, as much of it as falls there."""
    part = art[y : y + len(mask), x : x + mask.shape[1]]
    part |= mask[: part.shape[0], : part.shape[1]]


def leaf(draw, foot, turn, length, fat, hollow, thick):
    """A leaf that bends as it grows, whole with a white vein or in outline."""
    t = np.linspace(0, 1, 9)
    bend = turn + 0.9 * t
    spine = foot + length * np.cumsum(np.stack([np.cos(bend), np.sin(bend)], 1), 0) / 9
    across = np.stack([-np.sin(bend), np.cos(bend)], 1)
    half = fat * length * np.sin(np.pi * t**0.7)[:, None]
    rim = np.concatenate([spine - half * across, (spine + half * across)[::-1]])
    draw.polygon([tuple(point) for point in rim], int(not hollow), 1)
    if length > 14 and not hollow:
        draw.line(list(spine[1:7].ravel()), 0, max(1, thick // 3))


def rosette(rng, size):
    """A round flower of petals in rings, (size, size)."""
    y, x = np.ogrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    art = radius < 0.12
    for ring in np.linspace(0.35, 0.95, int(rng.integers(1, 4))):
        petals = ring * (0.8 + 0.2 * np.cos(int(rng.integers(4, 13)) * angle + rng.uniform(0, 6)))
        art ^= radius < petals
        art ^= radius < petals - rng.uniform(0.04, 0.12)
    return art


def bordered(art, thick):
    """The art inside a solid border line with a white one within."""
    art = art.copy()
    for inset, ink in ((2 * thick, False), (thick, True)):
        for side in (np.s_[:inset], np.s_[-inset:], np.s_[:, :inset], np.s_[:, -inset:]):
            art[side] = ink
    return art
