"""What people left on the page after the printer: library stamps and handwriting.

Each function darkens `darkness` (H, W), 0 white to 1 black, in place. All of it is background.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .faces import load_font
from .noise import smooth_noise
from .text import phrase


def small_font(size):
    """The sans-serif that matplotlib ships, for stamps, rulers and cards, at a size in pixels."""
    import matplotlib

    file = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    return load_font(str(file), round(max(float(size), 6.0)))


def add_stamp(rng, darkness):
    """A library's stamp anywhere on the page, unevenly inked."""
    height, width = darkness.shape
    size = int(height * rng.uniform(0.05, 0.16))
    art = np.asarray((round_stamp if rng.random() < 0.75 else square_stamp)(rng, size))
    y, x = int(rng.integers(0, height - size)), int(rng.integers(0, max(1, width - art.shape[1])))
    part = darkness[y : y + size, x : x + art.shape[1]]
    inked = art[: part.shape[0], : part.shape[1]] / 255
    inked = inked * np.clip(rng.uniform(0.5, 1.1) + 0.25 * smooth_noise(rng, *part.shape, 6), 0, 1)
    np.maximum(part, rng.uniform(0.6, 1) * inked, out=part)


def round_stamp(rng, size):
    """One or two ovals, letters running around between them, a coat or letters in the middle."""
    across = int(size * rng.uniform(1.0, 1.5))
    stamp = Image.new("L", (across, size))
    draw = ImageDraw.Draw(stamp)
    for share in (1.0, rng.uniform(0.5, 0.65))[: int(rng.integers(1, 3))]:
        x, y = 0.5 * across * (1 - share), 0.5 * size * (1 - share)
        draw.ellipse(
            [x, y, across - 1 - x, size - 1 - y], outline=255, width=int(rng.integers(1, 4))
        )
    font = small_font(0.17 * size)
    text = phrase(rng, "latin", 4).upper()
    for letter, angle in zip(
        text, np.linspace(0, 2 * np.pi, len(text), endpoint=False), strict=True
    ):
        glyph = Image.new("L", (font.size * 2, font.size * 2))
        ImageDraw.Draw(glyph).text((font.size, font.size), letter, 255, font, anchor="mm")
        turned = glyph.rotate(-np.rad2deg(angle) - 90)
        corner = (
            round(across * (0.5 + 0.41 * np.cos(angle))) - font.size,
            round(size * (0.5 + 0.41 * np.sin(angle))) - font.size,
        )
        stamp.paste(255, corner, turned)
    if rng.random() < 0.5:
        lines = int(rng.integers(1, 4))
        for i in range(lines):
            place = (across / 2, size * (0.5 + 0.2 * (i - 0.5 * (lines - 1))))
            letters = phrase(rng, "latin", 1)[: int(rng.integers(2, 9))]
            draw.text(place, letters.upper(), 255, small_font(0.15 * size), "mm")
    else:
        blot = smooth_noise(rng, size, across, 0.06 * size) > rng.uniform(-0.3, 0.5)
        y, x = np.ogrid[-1 : 1 : size * 1j, -1 : 1 : across * 1j]
        stamp.paste(255, (0, 0), Image.fromarray(np.uint8(255 * (blot & (x**2 + y**2 < 0.1)))))
    return stamp


def square_stamp(rng, size):
    """Two or three lines of letters, with or without a frame."""
    across = int(size * rng.uniform(1.3, 2.5))
    stamp = Image.new("L", (across, size))
    draw = ImageDraw.Draw(stamp)
    if rng.random() < 0.7:
        draw.rectangle([0, 0, across - 1, size - 1], outline=255, width=int(rng.integers(1, 4)))
    lines = int(rng.integers(2, 4))
    for i in range(lines):
        place = (across / 2, size * (i + 0.7) / (lines + 0.4))
        draw.text(place, phrase(rng, "latin", 2).upper(), 255, small_font(0.5 * size / lines), "mm")
    return stamp.rotate(rng.normal(0, 4))
