"""Initials: plain capitals, decorated ones from fonts, and letters cut into foliage and pictures.

An initial is a boolean array (size, size), True where ink is.
"""

import numpy as np
from PIL import Image

from .cutouts import cut, drawn_cutout, fitted, set_on, tones_of
from .faces import Fount, characters, load_font
from .foliage import arabesque, bordered
from .lettering import glyph
from .techniques import spread, woodcut


def initial(rng, sign, size, face, material, decorated):
    """A drop capital: (size, size) bool. `sign` is its letter; a plain one is set in `face`."""
    if not decorated:
        return capital(sign, size, face, size)
    fonts = [path for path in material.initials if sign.upper() in characters(path)]
    if fonts and rng.random() < 0.6:
        art = ornate(sign.upper(), size, fonts[rng.integers(len(fonts))])
        if rng.random() < 0.15:
            return bordered(art, max(2, size // 60))
        return ~art if rng.random() < 0.08 else art
    gothic = [f for f in material.faces if f.period == "blackletter"]
    face = gothic[rng.integers(len(gothic))] if rng.random() < 0.35 else face
    letter = capital(sign, size, face, size * rng.uniform(0.6, 0.85))
    style = (foliate, foliate, dotted, inhabited, pen_work)[rng.integers(5)]
    return style(rng, letter, material)


def capital(sign, size, face, height):
    """A letter of a face in the middle of a square, its capitals `height` high."""
    fount = Fount(face, 400.0)
    sign = fount.spell(sign.upper()) or fount.spell("A")
    mask = glyph(fount.font, sign)
    return middle(mask, size, min(height / mask.height, 0.98 * size / mask.width))


def ornate(sign, size, path):
    """A decorated letter of a font, as large as the square."""
    mask = glyph(load_font(path, 400), sign)
    return middle(mask, size, size / max(mask.size))


def middle(mask, size, scale):
    """A mask scaled and set in the middle of an empty square: (size, size) bool."""
    small = mask.resize([max(1, min(size, round(scale * side))) for side in mask.size])
    square = Image.new("L", (size, size))
    square.paste(small, ((size - small.width) // 2, (size - small.height) // 2))
    return np.asarray(square) > 110


def foliate(rng, letter, _):
    """A letter on foliage in a frame: black on white, white on black, or black on black."""
    size = len(letter)
    ground = arabesque(rng, size, size, rng.uniform(0.07, 0.16) * size)
    halo = spread(letter, max(1, size // 50))
    art = ground & ~halo
    if rng.random() < 0.5:
        art |= letter
    elif rng.random() < 0.5:
        art |= ~ground & ~halo
    return bordered(art, max(2, size // 60))


def dotted(rng, letter, _):
    """A white letter on a black ground pricked with white dots (manière criblée)."""
    size = len(letter)
    step, radius = size * rng.uniform(0.05, 0.1), size * rng.uniform(0.008, 0.018)
    rows, columns = np.mgrid[:size, :size]
    shift = 0.5 * step * (rows // step % 2)
    near = np.hypot((columns + shift) % step - step / 2, rows % step - step / 2)
    ground = near > max(radius, 0.8)
    if rng.random() < 0.5:
        ground &= ~arabesque(rng, size, size, 0.12 * size)
    art = ground & ~spread(letter, max(1, size // 60))
    inner = spread(letter, -max(1, size // 25))
    return bordered(art | inner if rng.random() < 0.3 else art, max(2, size // 60))


def inhabited(rng, letter, material):
    """A letter before a small scene (historiated); before foliage where there are no pictures."""
    size = len(letter)
    image = drawn_cutout(rng, material, "people", "animals", "plants", "buildings")
    if image is None:
        return foliate(rng, letter, material)
    art = np.zeros_like(letter)
    if rng.random() < 0.6:
        art |= (np.arange(size)[:, None] % max(3, size // 30) == 0) & (rng.random() < 0.8)
    tones, shape = tones_of(image, fitted(image, size, 0.95 * size), rng.uniform(0.2, 0.5))
    ink = cut(woodcut(rng), tones, shape, max(1, size // 100))
    set_on(art, ink, shape, (size - shape.shape[1]) / 2, size - shape.shape[0])
    halo = spread(letter, max(2, size // 35))
    art &= ~halo
    rim = letter & ~spread(letter, -max(1, size // 60))
    art |= letter if rng.random() < 0.6 else rim
    return bordered(art, max(2, size // 60))


def pen_work(rng, letter, _):
    """A heavy letter with a white line in it and pen flourishes around, without a frame."""
    size = len(letter)
    body = spread(letter, max(1, size // 60))
    slit = spread(letter, -max(1, size // 40))
    slit &= ~spread(slit, -max(1, size // 60))
    flourish = arabesque(rng, size, size, rng.uniform(0.1, 0.2) * size)
    thin = flourish & ~spread(flourish, -max(1, size // 90))
    art = thin & ~spread(body, max(1, size // 40))
    return (art if rng.random() < 0.7 else art & False) | (body & ~slit)
