"""Arms, emblems and printers' devices: a charge in a shield or a ring, with a motto."""

import numpy as np
from PIL import Image, ImageDraw

from .cutouts import cut, drawn_cutout, fitted, set_on, tones_of
from .faces import Fount
from .foliage import arabesque
from .lettering import letter, letters
from .techniques import drawn_tool, screen, spread
from .text import words


def motto(rng, count):
    """A few Latin words in capitals."""
    return " ".join(words(rng, "latin", count)).upper()


def arms(rng, width, height, material):
    """A coat of arms: a shield with its charges, crest and mantling, supporters, a motto."""
    art = np.zeros((height, width), bool)
    wide, tall = round(0.42 * width), round(0.55 * height)
    x, y = (width - wide) // 2, round(0.26 * height)
    if rng.random() < 0.7:
        mantling(rng, art)
    supporter = drawn_cutout(rng, material, "animals", "people")
    if supporter is not None and rng.random() < 0.5:
        size = fitted(supporter, 0.3 * width, 0.6 * height)
        tones, shape = tones_of(supporter, size, rng.uniform(0.15, 0.4))
        ink = cut(drawn_tool(rng), tones, shape, 2)
        low = 0.86 * height - size[1]
        set_on(art, ink, shape, 0.01 * width, low, 2)
        set_on(art, ink[:, ::-1], shape[:, ::-1], 0.99 * width - size[0], low, 2)
    field, shape = shield(rng, wide, tall, material)
    set_on(art, field, shape, x, y, 2)
    crest(rng, art, material, width / 2, y)
    if rng.random() < 0.6:
        ribbon(rng, art, motto(rng, int(rng.integers(1, 4))), material.face(rng, "latin"))
    return art


def shield(rng, width, height, material):
    """A shield: its ink and its shape, both (height, width) bool."""
    y, x = np.ogrid[0 : 1 : height * 1j, -1 : 1 : width * 1j]
    taper = np.clip(y - 0.3, 0, 1) ** rng.uniform(1.6, 4)
    shape = (abs(x) < np.clip(1.02 - 2.2 * taper, 0, 0.985)) & (abs(y - 0.5) < 0.485)
    parts = (
        (y < 0.5) | (x < -2),
        (x < 0) | (y < -2),
        (x < 0) ^ (y < 0.45),
        abs(x - 2 * (y - 0.45)) < 0.45,
        abs(abs(x) - 2 * (y - 0.25)) < 0.3,
        (abs(y - 0.45) < 0.15) | (x < -2),
    )
    part = parts[rng.integers(len(parts))]
    first, second = (tincture(rng, shape.shape) for _ in range(2))
    edge = part ^ spread(part, -2)
    ink = np.where(part, first, second) | edge
    image = drawn_cutout(rng, material, "animals", "things", "plants")
    if image is not None and rng.random() < 0.8:
        size = fitted(image, 0.75 * width, 0.6 * height)
        tones, charge = tones_of(image, size, rng.uniform(0.15, 0.6))
        place = (width - size[0]) / 2, 0.42 * height - size[1] / 2
        set_on(ink, cut(drawn_tool(rng), tones, charge, 2), charge, *place, 2)
    rim = shape & ~spread(shape, -int(rng.integers(3, 7)))
    return (ink & shape) | rim, shape


def tincture(rng, shape):
    """A colour as engravers hatch it: plain, dotted, lines in one direction or two, solid."""
    kind, period = rng.integers(6), rng.uniform(5, 10)
    if kind == 0:
        return np.zeros(shape, bool)
    if kind == 1:
        return (screen(shape, 2 * period, 0) + screen(shape, 2 * period, np.pi / 2)) < 0.25
    if kind == 5:
        return (screen(shape, period, 0) < 0.2) | (screen(shape, period, np.pi / 2) < 0.2)
    return screen(shape, period, (0, np.pi / 2, np.pi / 4)[kind - 2]) < 0.25


def mantling(rng, art):
    """Leaves and cloth flowing around the shield."""
    height, width = art.shape
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    power = rng.uniform(1.5, 3)
    inside = abs(x) ** power + abs(y) ** power < rng.uniform(0.5, 0.85)
    art |= arabesque(rng, width, height, rng.uniform(0.04, 0.1) * width, inside)


def crest(rng, art, material, x, y):
    """A crown, or a bust or a beast rising from the shield."""
    height, width = art.shape
    image = drawn_cutout(rng, material, "people", "animals") if rng.random() < 0.5 else None
    if image is not None:
        bust = image.crop((0, 0, image.width, round(0.6 * image.height)))
        size = fitted(bust, 0.3 * width, 0.95 * y)
        tones, shape = tones_of(bust, size, rng.uniform(0.15, 0.4))
        set_on(art, cut(drawn_tool(rng), tones, shape, 2), shape, x - size[0] / 2, y - size[1], 2)
        return
    half, tall = 0.16 * width, 0.14 * height + 8
    drawn = Image.fromarray(art)
    draw = ImageDraw.Draw(drawn)
    spikes = int(rng.integers(3, 8))
    zigzag = [(x - half, y - 4), (x - 1.1 * half, y - tall)]
    for i in range(1, 2 * spikes):
        zigzag.append((x + (i / spikes - 1) * 1.1 * half, y - tall * (1 if i % 2 == 0 else 0.5)))
    draw.polygon([*zigzag, (x + 1.1 * half, y - tall), (x + half, y - 4)], 0, 1, 3)
    for px, py in zigzag[1::2]:
        draw.ellipse([px - 6, py - 12, px + 6, py], 1)
    draw.rectangle([x - half, y - 0.3 * tall, x + half, y - 4], 0, 1, 3)
    art[:] = np.array(drawn)


def ribbon(rng, art, text, face):
    """A band across the foot with a motto in it, its ends folded."""
    height, width = art.shape
    size = 0.055 * height
    size = min(max(size, 12), 0.9 * width / (0.75 * len(text)))
    top, wide = height - 1.9 * size, min(0.46 * width, 0.45 * size * len(text))
    drawn = Image.fromarray(art)
    draw = ImageDraw.Draw(drawn)
    middle = width / 2
    for side in (-1, 1):
        fold, high, low = middle + side * wide, top - 0.4 * size, top + size
        end = min(max(fold + side * size, 2), width - 3)
        notch = end - 0.4 * side * size, (high + low) / 2
        tail = [(fold, high), (end, high), notch, (end, low), (fold, low)]
        draw.polygon(tail, 0, 1, 2)
    draw.rectangle([middle - wide, top, middle + wide, top + 1.5 * size], 0, 1, 2)
    art[:] = np.array(drawn)
    letter(art, text, face, size, middle, top + 0.75 * size)


def ring_of_letters(art, text, face, size, x, y, radius):
    """Letters set along a circle, clockwise from the left."""
    fount = Fount(face, size)
    for i, sign in enumerate(text):
        mask = letters(sign, fount) if sign != " " else None
        if mask is None:
            continue
        angle = np.pi + 2 * np.pi * (i + 0.5) / len(text)
        image = Image.fromarray(np.pad(mask, 6).astype(np.uint8) * 255)
        turned = image.rotate(-90 - np.degrees(angle), Image.Resampling.BILINEAR, expand=True)
        mark = np.asarray(turned) > 127
        px, py = x + radius * np.cos(angle), y + radius * np.sin(angle)
        set_on(art, mark, mark, px - mark.shape[1] / 2, py - mark.shape[0] / 2)


def emblem(rng, width, height, material):
    """A round picture within a ring of words, as seals, medals and devices have it."""
    art = np.zeros((height, width), bool)
    radius = min(width, height) / 2 - 4
    x, y = width / 2, height / 2
    rows, columns = np.ogrid[:height, :width]
    distance = np.hypot(rows - y, columns - x)
    face, size = material.face(rng, "latin"), max(12.0, 0.15 * radius)
    written = radius > 80 and rng.random() < 0.8
    inner = radius - 1.5 * size if written else 0.92 * radius
    if rng.random() < 0.6:
        ground = drawn_tool(rng)(np.full(art.shape, rng.uniform(0.1, 0.7), np.float32))
        art |= ground & (distance < inner)
    image = drawn_cutout(rng, material, "animals", "people", "things", "plants")
    if image is None:
        art |= arabesque(rng, width, height, 0.25 * inner) & (distance < 0.9 * inner)
    else:
        figure = fitted(image, 1.5 * inner, 1.5 * inner)
        tones, shape = tones_of(image, figure, rng.uniform(0.15, 0.5))
        corner = x - figure[0] / 2, y - figure[1] / 2
        set_on(art, cut(drawn_tool(rng), tones, shape, 2), shape, *corner, 2)
    art &= distance < inner
    if written:
        text = motto(rng, max(2, round(radius / 45))) + " * "
        ring_of_letters(art, text, face, size, x, y, radius - 0.75 * size)
    for edge in (radius, inner):
        art |= abs(distance - edge) < rng.uniform(1, 3.5)
    return art
