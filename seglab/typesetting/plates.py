"""Plates of cut-outs: landscapes with figures, natural history, portraits, single figures."""

import numpy as np

from .cutouts import cut, drawn_cutout, fitted, set_on, tones_of
from .lettering import legend, letter
from .noise import smooth_noise
from .techniques import drawn_tool
from .text import capitalised, phrase, words


def single(rng, width, height, material):
    """One figure without a frame, on a few strokes of ground."""
    art = np.zeros((height, width), bool)
    image = drawn_cutout(rng, material, "animals", "people", "plants", "buildings", "vessels")
    tool, line = drawn_tool(rng), rng.uniform(1, 4)
    size = fitted(image, width, height)
    tones, shape = tones_of(image, size, rng.uniform(0.1, 0.6))
    x, y = (width - size[0]) / 2, height - size[1]
    if rng.random() < 0.6:
        reach = abs(np.linspace(-1, 1, width)) + 0.3 * smooth_noise(rng, 8, width, 0.1 * width)[0]
        depth = rng.uniform(0.04, 0.12) * height
        ground = np.clip(1 - (height - np.arange(height))[:, None] / depth, 0, 1) * (reach < 0.8)
        art |= tool((0.5 * ground).astype(np.float32))
    set_on(art, cut(tool, tones, shape, line), shape, x, y, 2)
    return art


def specimens(rng, width, height, material):
    """Natural history: animals, plants or things side by side on white, numbered or lettered."""
    kind = ("animals", "plants", "things", "animals", "plants")[rng.integers(5)]
    rows = int(rng.integers(1, 5))
    across = max(1, round(rows * width / height * rng.uniform(0.7, 1.4)))
    tool, line, mean = drawn_tool(rng), rng.uniform(1, 3.5), rng.uniform(0.08, 0.5)
    face, marks = material.face(rng, "latin"), ("", "{}", "Fig. {}.", "{}.")[rng.integers(4)]
    art = np.zeros((height, width), bool)
    high, wide = height / rows, width / across
    size = float(np.clip(0.09 * min(high, wide), 13, 40))
    for i in range(rows * across):
        image = drawn_cutout(rng, material, kind)
        share = rng.uniform(0.6, 1)
        w, h = fitted(image, 0.9 * wide * share, (high - 1.6 * size) * share)
        tones, shape = tones_of(image, (w, h), mean)
        x, y = (i % across + 0.5) * wide, (i // across) * high + 0.5 * (high - 1.4 * size)
        set_on(art, cut(tool, tones, shape, line), shape, x - w / 2, y - h / 2)
        if marks:
            letter(art, marks.format(i + 1), face, size, x, (i // across + 1) * high - 0.8 * size)
    return art


def portrait(rng, width, height, material):
    """A bust in an oval or a rectangle, on a hatched ground, a name below in some."""
    tool, ground = drawn_tool(rng), drawn_tool(rng)
    lines = [phrase(rng, "latin", int(rng.integers(2, 5))).upper()]
    lines += [phrase(rng, "latin", int(rng.integers(3, 8))) for _ in range(rng.integers(0, 3))]
    foot = np.zeros((0, width), bool)
    if rng.random() < 0.65 and height > 200:
        size = max(12.0, min(0.035 * height, 0.05 * width))
        foot = legend(rng, width, lines, material.face(rng, "latin"), size)
    tall = height - len(foot)
    y, x = np.ogrid[-1 : 1 : tall * 1j, -1 : 1 : width * 1j]
    power = 2.0 if rng.random() < 0.65 else 40.0
    rim = abs(x) ** power + abs(y) ** power
    dark, light = rng.uniform(0.15, 0.6), rng.uniform(0.0, 0.4)
    tones = dark + (light - dark) * (0.5 + 0.5 * x) + 0.0 * y
    art = ground(tones.astype(np.float32)) & (rim < 0.96)
    image = drawn_cutout(rng, material, "people")
    bust = image.crop((0, 0, image.width, round(rng.uniform(0.55, 0.95) * image.height)))
    scale = max(0.75 * width / bust.width, 0.8 * tall / bust.height)
    w, h = round(scale * bust.width), round(scale * bust.height)
    figure, shape = tones_of(bust, (w, h), rng.uniform(0.2, 0.55))
    set_on(art, cut(tool, figure, shape, rng.uniform(1, 3)), shape, (width - w) / 2, tall - h, 1)
    art &= rim < 0.96
    art |= abs(rim - 0.98) < rng.uniform(0.008, 0.03)
    if rng.random() < 0.5:
        corners = drawn_tool(rng)(np.full((tall, width), rng.uniform(0.15, 0.6), np.float32))
        art |= corners & (rim > 1.03)
    return np.concatenate([art, foot])


def scene(rng, width, height, material):
    """A landscape or a seascape: buildings far away, trees, animals, and figures in front."""
    tool, far = drawn_tool(rng), drawn_tool(rng)
    sea = rng.random() < 0.25 * ("vessels" in material.pictures)
    level = rng.uniform(0.35, 0.7)
    art = far(backdrop(rng, width, height, round(level * height), sea))
    line, mean, unit = rng.uniform(1, 3), rng.uniform(0.15, 0.5), min(width, height)

    def stand(kind, tall, low, x=None):
        """A cut-out of a height on a ground line, both as shares of the picture."""
        image = drawn_cutout(rng, material, *kind)
        size = fitted(image, 0.9 * width, tall * unit)
        tones, shape = tones_of(image, size, mean)
        x = (rng.uniform(0, 1) if x is None else x) * width - size[0] / 2
        set_on(art, cut(tool, tones, shape, line), shape, x, low * height - size[1], 1)

    near = np.sort(rng.uniform(level + 0.08, 1, 8))  # ground lines, the far ones first
    for low in near[: int(rng.integers(0, 6))]:
        stand(("vessels" if sea else "buildings",), 0.15 + 0.4 * (low - level), low - 0.05)
    for low in near[: int(rng.integers(0, 5))] if not sea else ():
        stand(("trees",), 0.25 + 0.9 * (low - level), low)
    for low in near[3 : 3 + int(rng.integers(0, 5))]:
        stand(("animals",), 0.08 + 0.5 * (low - level), low)
    for x in rng.permutation([0.2, 0.5, 0.8])[: int(rng.integers(0, 3))]:
        stand(("people",), rng.uniform(0.4, 0.75), 1.02, x + rng.uniform(-0.1, 0.1))
    if rng.random() < 0.25:
        face, size = material.face(rng, "latin"), max(13.0, 0.03 * unit)
        for x, y in rng.uniform(0.08, 0.92, (int(rng.integers(1, 7)), 2)):
            name = capitalised(words(rng, "latin", 1)[0])
            sign = name if rng.random() < 0.3 else name[0]
            letter(art, sign, face, size, x * width, y * height)
    return art


def backdrop(rng, width, height, horizon, sea):
    """Tones of sky and land or water: (height, width) float32."""
    y = np.arange(height, dtype=np.float32)[:, None]
    sky = rng.choice([0.0, 0.15, 0.35, 0.9], p=[0.3, 0.35, 0.25, 0.1])
    tones = np.repeat(sky * (1 - 0.8 * y / height), width, 1)
    if rng.random() < 0.6:
        tones += 0.25 * np.clip(drawn_out(rng, height, width, 0.1 * height, 3), -1, 1.5)
    for depth in np.linspace(0, 1, int(rng.integers(1, 4))):
        ridge = smooth_noise(rng, 8, width, rng.uniform(0.08, 0.4) * width)[0]
        top = horizon + 0.3 * depth * (height - horizon) - 0.1 * horizon * ridge * (not sea)
        ground = drawn_out(rng, height, width, rng.uniform(0.01, 0.04) * height, 8)
        shade = rng.uniform(0.05, 0.35) + 0.12 * ground + 0.15 * (y - top) / height
        tones = np.where(y > top, shade, tones)
    return np.clip(tones, 0, 1).astype(np.float32)


def drawn_out(rng, height, width, cell, times):
    """Smooth noise that changes over `cell` pixels downwards and `times` as many sideways."""
    noise = smooth_noise(rng, height, width // times + 1, cell)
    return np.repeat(noise, times, 1)[:, :width]
