"""Elevations of buildings: storeys of windows, columns, a gable or a dome, a scale below."""

import numpy as np
from PIL import Image, ImageDraw

from .lettering import letter
from .techniques import screen
from .text import phrase


def building(rng, width, height, material):
    """A front as an architect's pen draws it, a name below in some: (height, width) bool."""
    image = Image.new("1", (width, height))
    draw, thick = ImageDraw.Draw(image), int(rng.integers(1, 4))
    axes, storeys = 2 * int(rng.integers(1, 6)) + 1, int(rng.integers(1, 4))
    left, right = round(0.06 * width), round(0.94 * width)
    roof, foot = rng.uniform(0.25, 0.45) * height, 0.9 * height
    bay, storey = (right - left) / axes, (foot - roof) / storeys
    arched, columned, cornice = rng.random(3) < (0.5, 0.5, 0.7)
    draw.rectangle([left, roof, right, foot], None, 1, thick)
    for floor in range(storeys):
        y = roof + floor * storey
        for step in (0.04, 0.08) if cornice else (0.05,):
            line = y + step * storey
            draw.line([left - 0.01 * width, line, right + 0.01 * width, line], 1, thick)
        for axis in range(axes):
            x = left + (axis + 0.5) * bay
            window(draw, x, y, bay, storey, arched, bool(rng.random() < 0.05))
            for side in (-0.46, -0.38) if columned else ():
                line = x + side * bay
                draw.line([line, y + 0.1 * storey, line, y + storey], 1, thick)
    crown(rng, draw, (left + right) / 2, roof, bay, axes, thick)
    art = np.array(image)
    if rng.random() < 0.6:
        shade = screen(art.shape, rng.uniform(4, 8), rng.uniform(0, np.pi)) < 0.3
        front = np.s_[round(roof) : round(foot), left:right]
        art[front] |= shade[front] & (np.arange(right - left) % bay > 0.72 * bay)
    scale(art, left, round(0.94 * height), round(0.5 * (right - left)))
    if rng.random() < 0.5:
        name, face = phrase(rng, "latin", 2), material.face(rng, "latin")
        letter(art, name, face, max(13.0, 0.03 * height), 0.75 * width, 0.96 * height, "italic")
    return art


def window(draw, x, y, bay, storey, arched, dark):
    """A window in the middle of its bay, under an arch in some houses."""
    sides, top, sill = (x - 0.2 * bay, x + 0.2 * bay), y + 0.25 * storey, y + 0.85 * storey
    draw.rectangle([sides[0], top, sides[1], sill], int(dark), 1, 1)
    if arched:
        arch = [sides[0], top - 0.13 * storey, sides[1], top + 0.13 * storey]
        draw.pieslice(arch, 180, 360, 0, 1)
    draw.line([x, top, x, sill], 1, 1)


def crown(rng, draw, x, roof, bay, axes, thick):
    """A gable, over the whole front or its middle, or a dome with a lantern."""
    if rng.random() < 0.5:
        half = bay * (axes if rng.random() < 0.5 else max(1, axes // 3)) / 2
        draw.polygon([x - half, roof, x, 0.35 * roof, x + half, roof], 0, 1, thick + 1)
    else:
        half = 0.5 * bay * max(1, axes // 2)
        draw.pieslice([x - half, 0.3 * roof, x + half, 1.7 * roof], 180, 360, 0, 1, thick)
        draw.rectangle([x - 0.1 * half, 0.12 * roof, x + 0.1 * half, 0.3 * roof], 1)


def scale(art, x, y, length):
    """A scale of ten feet, longer strokes at the ends and in the middle."""
    for i in range(11):
        mark = x + round(0.1 * i * length)
        art[y - 4 * (i % 5 == 0) : y + 6, mark : mark + 2] = True
    art[y + 5 : y + 7, x : x + length] = True
