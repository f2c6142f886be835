"""Drawn from nothing: figures of geometry and astronomy, curves, plants."""

import numpy as np
from PIL import Image, ImageDraw

from .lettering import letter


def diagram(rng, width, height, material):
    """A figure of a treatise, its points lettered: geometry, spheres, a curve, or rays of light."""
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    figure = (circles, spheres, curve, polygon)[rng.integers(4)]
    points = figure(rng, draw, width, height, int(rng.integers(2, 5)))
    art = np.array(image)
    face, cut = material.face(rng, "latin"), ("upright", "italic")[rng.integers(2)]
    size = float(np.clip(0.06 * min(width, height), 13, 44))
    if rng.random() < 0.85:
        centre = np.array((width / 2, height / 2))
        for sign, point in zip("ABCDEFGHIKLMNOPQ", points, strict=False):
            away = (point - centre) / (np.hypot(*(point - centre)) + 1)
            x, y = np.clip(point + 0.8 * size * away, size, np.array((width, height)) - size)
            letter(art, sign, face, size, x, y, cut)
    return art


def circles(rng, draw, width, height, thick):
    """Circles and chords, with a scale at the foot of some."""
    centre, radius = np.array((width / 2, height / 2)), 0.42 * min(width, height)
    angles = rng.uniform(0, 2 * np.pi, 7)
    points = centre + radius * np.stack([np.cos(angles), np.sin(angles)], 1)
    for scale in rng.uniform(0.2, 1.0, int(rng.integers(1, 4))):
        draw.ellipse([*(centre - scale * radius), *(centre + scale * radius)], None, 1, thick)
    for _ in range(int(rng.integers(4, 12))):
        first, second = rng.choice(7, 2, replace=False)
        draw.line([*points[first], *points[second]], 1, thick)
    for corner in points[:4]:
        across = rng.uniform(0.02, 0.25) * radius
        draw.ellipse([*(corner - across), *(corner + across)], None, 1, thick)
    for x in np.arange(0, width, rng.uniform(15, 60)) if rng.random() < 0.4 else ():
        draw.line([x, 0.94 * height, x, height], 1, 2)
    return points


def spheres(rng, draw, width, height, thick):
    """The system of the world: orbits with their planets, the signs of the zodiac around."""
    centre, radius = np.array((width / 2, height / 2)), 0.44 * min(width, height)
    points = []
    for scale in np.linspace(0.12, 0.86, int(rng.integers(3, 9))):
        draw.ellipse([*(centre - scale * radius), *(centre + scale * radius)], None, 1, thick)
        angle, size = rng.uniform(0, 2 * np.pi), rng.uniform(0.015, 0.05) * radius
        place = centre + scale * radius * np.array((np.cos(angle), np.sin(angle)))
        draw.ellipse([*(place - size), *(place + size)], int(rng.integers(2)), 1, thick)
        points.append(place)
    if rng.random() < 0.6:
        draw.ellipse([*(centre - radius), *(centre + radius)], None, 1, thick)
        for angle in np.linspace(0, 2 * np.pi, int(rng.choice([12, 36, 72])), endpoint=False):
            turn = np.array((np.cos(angle), np.sin(angle)))
            draw.line([*(centre + 0.92 * radius * turn), *(centre + radius * turn)], 1, thick)
    core = rng.uniform(0.03, 0.07) * radius
    draw.ellipse([*(centre - core), *(centre + core)], 1)
    return points


def curve(rng, draw, width, height, thick):
    """Axes, one or more curves, ordinates dropped from them."""
    left, right, foot = 0.1 * width, 0.95 * width, 0.88 * height
    draw.line([left, 0.05 * height, left, foot, right, foot], 1, thick)
    t = np.linspace(0, 1, 60)
    x, points = left + t * (right - left), []
    for _ in range(int(rng.integers(1, 4))):
        wave = 0.12 * np.sin(rng.uniform(2, 9) * t)
        rise = np.clip(rng.uniform(0.4, 1) * t ** rng.uniform(0.3, 3) + wave, 0, 1)
        y = foot - 0.75 * height * rise
        draw.line(list(np.stack([x, y], 1).ravel()), 1, thick, "curve")
        for i in rng.integers(5, 60, int(rng.integers(0, 5))):
            draw.line([x[i], y[i], x[i], foot], 1, max(1, thick - 1))
            points += [np.array((x[i], y[i])), np.array((x[i], foot))]
    return points


def polygon(rng, draw, width, height, thick):
    """Triangles and solids in lines, with hidden edges broken and a pencil of rays in some."""
    points = rng.uniform(0.1, 0.9, (int(rng.integers(3, 8)), 2)) * (width, height)
    for first in range(len(points)):
        for second in range(first):
            if rng.random() < 0.75:
                line(draw, points[first], points[second], thick, broken=rng.random() < 0.3)
    for _ in range(int(rng.integers(0, 12))):
        target = np.array((width, rng.uniform(0, height)))
        line(draw, points[0], target, 1 + thick // 2, broken=rng.random() < 0.2)
    return list(points)


def line(draw, start, end, thick, broken):
    """A line with a ruling pen, whole or broken."""
    steps = np.linspace(0, 1, 2 * int(np.hypot(*(end - start)) / 12) + 2 if broken else 2)
    for a, b in zip(steps[::2], steps[1::2], strict=False):
        draw.line([*(start + a * (end - start)), *(start + b * (end - start))], 1, thick)


def plant(rng, width, height, _):
    """A herbal's plant: a stem that branches, with leaves drawn in outline."""
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    shoots = [(width / 2, 0.98 * height, -np.pi / 2, 0.24 * height, 6.0)]
    black, thick_leaf = rng.random() < 0.25, int(rng.integers(1, 4))
    while shoots:
        x, y, angle, length, thick = shoots.pop()
        tip_x, tip_y = x + length * np.cos(angle), y + length * np.sin(angle)
        draw.line([x, y, tip_x, tip_y], 1, max(2, round(thick)))
        if thick > 1.8 and length > 12:
            for turn in rng.uniform(-0.9, 0.9, int(rng.integers(2, 4))):
                reach = length * rng.uniform(0.6, 0.9)
                shoots.append((tip_x, tip_y, angle + turn, reach, 0.7 * thick))
        leaf = np.linspace(0, 2 * np.pi, 24)
        size = rng.uniform(0.3, 0.7) * length
        for side in (-1, 1):
            turn = angle + side * rng.uniform(0.4, 1.2)
            along, aside = size * (1 - np.cos(leaf)) / 2, 0.25 * size * np.sin(leaf)
            rim_x = tip_x + along * np.cos(turn) - aside * np.sin(turn)
            rim_y = tip_y + along * np.sin(turn) + aside * np.cos(turn)
            rim = list(np.stack([rim_x, rim_y], 1).ravel())
            draw.polygon(rim, int(black), 1, thick_leaf)
            vein = [tip_x, tip_y, tip_x + size * np.cos(turn), tip_y + size * np.sin(turn)]
            draw.line(vein, int(not black), 1)
    return np.array(image.crop(image.getbbox()).resize((width, height)))
