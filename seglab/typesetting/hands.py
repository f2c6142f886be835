"""What readers and librarians wrote on a page: notes, owners' names, shelf marks, underlining.

Written with the handwriting fonts of a material, or with a pen that runs in loops. A strip of
writing is an image of mode "L": how far ink covers each pixel.
"""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .faces import characters, load_font
from .spelling import in_known_letters
from .text import capitalised, words, year


@dataclass(frozen=True)
class Hand:
    """One reader's writing: a font or None, the size of its letters in pixels, and its pen."""

    path: str | None
    size: float
    slant: float
    stretch: float
    pen: int  # width of a stroke in pixels
    language: str

    def at(self, factor):
        return replace(self, size=self.size * factor)


def handwriting(rng, height, width, hands=()):
    """What one reader left on a page of height x width: coverage, (height, width) float32, 0 to 1.

    hands: paths of handwriting fonts, any number or none.
    """
    page = Image.new("L", (width, height))
    hand = Hand(
        path=hands[rng.integers(len(hands))] if hands else None,
        size=height * rng.uniform(0.012, 0.03),
        slant=rng.uniform(-0.1, 0.4),
        stretch=rng.uniform(0.85, 1.2),
        pen=int(rng.choice([1, 1, 2, 3])),
        language=("latin", "french", "german")[rng.integers(3)],
    )
    kinds = (owner, shelf_mark, marginal_note, marginal_note, remark, glosses, underlining)
    for kind in rng.choice(len(kinds), int(rng.choice([1, 2, 3], p=[0.7, 0.2, 0.1])), False):
        kinds[kind](rng, page, hand)
    return np.asarray(page, np.float32) / 255


def written(rng, text, hand):
    """A line of writing as a strip: slanted, on a wavy base line."""
    if hand.path is None:
        return loops(rng, len(text), hand)
    size, font = hand.size, load_font(hand.path, round(1.4 * hand.size))
    text = in_known_letters(text, characters(hand.path)) or "x"
    room = round(size)
    strip = Image.new("L", (round(1.3 * font.getlength(text)) + 4 * room, 5 * room))
    draw = ImageDraw.Draw(strip)
    x, wave, phase = 2.0 * room, rng.uniform(0, 0.12) * size, rng.uniform(0, 6)
    for word in text.split():
        y = 3 * room + wave * np.sin(phase + x / (6 * size))
        draw.text((x, y), word, 255, font, anchor="ls")
        x += font.getlength(word) + size * rng.uniform(0.3, 0.6)
    lean = (1 / hand.stretch, hand.slant, -3 * room * hand.slant, 0, 1, 0)
    strip = strip.transform(strip.size, Image.Transform.AFFINE, lean, Image.Resampling.BILINEAR)
    if hand.pen > 2 and size > 16:
        strip = strip.filter(ImageFilter.MaxFilter(3))
    return cropped(strip.rotate(rng.normal(0, 1.2), Image.Resampling.BILINEAR))


def loops(rng, letters, hand):
    """The same without a font: a pen that runs in loops, tall and short ones."""
    turns = max(2, round(0.7 * letters))
    phase = np.linspace(0, 2 * np.pi * turns, 16 * turns)
    tall = 0.4 + np.repeat(rng.random(2 * turns) ** 2, 8) * 1.2
    x = hand.size * (1 + 0.12 * phase + 0.3 * np.sin(phase + 0.6))
    line = np.stack([x, hand.size * (2.5 - 0.6 * tall * np.sin(phase))], 1)
    strip = Image.new("L", (round(x.max() + hand.size), round(5 * hand.size)))
    draw = ImageDraw.Draw(strip)
    for word in np.array_split(line, max(1, letters // 6)):
        draw.line([tuple(point) for point in word[: max(2, len(word) - 12)]], 255, hand.pen)
    return cropped(strip)


def cropped(strip):
    """A strip without the white around its ink."""
    return strip.crop(strip.getbbox() or (0, 0, 1, 1))


def block(rng, count, most, hand):
    """Some lines of writing, each of 1 to `most` words, below one another: a strip."""
    strips = [written(rng, some_words(rng, most, hand), hand) for _ in range(count)]
    pitch = rng.uniform(1.5, 2.2) * hand.size
    whole = Image.new("L", (max(s.width for s in strips), round(pitch * count + 2 * hand.size)))
    for i, strip in enumerate(strips):
        whole.paste(255, (0, round(i * pitch)), strip)
    return cropped(whole)


def some_words(rng, most, hand):
    """One to `most` words."""
    return " ".join(words(rng, hand.language, int(rng.integers(1, most + 1))))


def put(page, strip, x, y):
    """Add a strip to the page, its upper left corner at x, y."""
    page.paste(255, (round(x), round(y)), strip)


def owner(rng, page, hand):
    """A name across the head or the foot, with a stroke below, a year behind, or Ex libris."""
    name = " ".join(map(capitalised, words(rng, hand.language, int(rng.integers(2, 4)))))
    text = (name, f"Ex libris {name}", f"{name} {year(rng)}")[rng.integers(3)]
    strip = written(rng, text, hand.at(rng.uniform(1, 1.6)))
    y = rng.uniform(0.88, 0.95) if rng.random() < 0.4 else rng.uniform(0.005, 0.05)
    x, y = rng.uniform(0.03, 0.6) * page.width, y * page.height
    put(page, strip, x, y)
    if rng.random() < 0.3:
        stroke(rng, page, x, y + 1.1 * strip.height, x + strip.width, hand.pen)


def shelf_mark(rng, page, hand):
    """A letter and a number in a corner, in one line or two, large in some."""
    hand = hand.at(rng.uniform(0.8, 2.2))
    x, y = rng.uniform(0.02, 0.8) * page.width, rng.uniform(0.005, 0.06) * page.height
    sign = "ABCDEFGHILMNPQRSTZ"[rng.integers(18)]
    lines = f"{sign}. {rng.integers(1, 9999)}", str(rng.integers(1, 99))
    for line in lines[: rng.integers(1, 3)]:
        strip = written(rng, line, hand)
        put(page, strip, x, y)
        y += 1.3 * strip.height


def marginal_note(rng, page, hand):
    """A few short lines in a margin, along it in some."""
    width, height = page.size
    note = block(rng, int(rng.integers(1, 9)), 3, hand.at(0.9))
    if rng.random() < 0.15:
        note = note.transpose(Image.Transpose.ROTATE_90)
    room = rng.uniform(0.07, 0.14) * width
    if note.width > room and rng.random() < 0.8:
        note = note.resize((round(room), max(1, round(note.height * max(room / note.width, 0.4)))))
    x = rng.uniform(0.005, 0.03) * width
    x = width - x - note.width if rng.random() < 0.5 else x
    put(page, note, x, rng.uniform(0.05, 0.8) * height)


def remark(rng, page, hand):
    """Longer lines where a page has white: above the text, below it, or across half of it."""
    note = block(rng, int(rng.integers(2, 7)), 8, hand)
    y = (rng.uniform(0.01, 0.05), rng.uniform(0.8, 0.93), rng.uniform(0.4, 0.7))[rng.integers(3)]
    put(page, note, rng.uniform(0.03, 0.3) * page.width, y * page.height)


def glosses(rng, page, hand):
    """Words between the lines and over them, small."""
    for _ in range(int(rng.integers(1, 12))):
        x, y = rng.uniform(0.1, 0.8) * page.width, rng.uniform(0.1, 0.9) * page.height
        put(page, written(rng, some_words(rng, 2, hand), hand.at(0.6)), x, y)


def underlining(rng, page, hand):
    """Strokes under lines, strokes down a margin, and crosses beside a passage."""
    draw = ImageDraw.Draw(page)
    for _ in range(int(rng.integers(2, 14))):
        x, y = rng.uniform(0.1, 0.7) * page.width, rng.uniform(0.1, 0.9) * page.height
        side, arm = page.width * (0.06 if rng.random() < 0.5 else 0.94), 0.4 * hand.size
        kind = rng.integers(3)
        if kind == 0:
            stroke(rng, page, x, y, x + rng.uniform(0.05, 0.4) * page.width, hand.pen)
        elif kind == 1:
            low = y + rng.uniform(3, 16) * arm
            draw.line([side, y, side + rng.normal(0, 0.5 * arm), low], 255, hand.pen)
        else:
            draw.line([side - arm, y, side + arm, y + 0.2 * arm], 255, hand.pen)
            draw.line([side, y - arm, side + 0.1 * arm, y + arm], 255, hand.pen)


def stroke(rng, page, x0, y, x1, pen):
    """A stroke drawn by hand from x0 to x1 near y."""
    x = np.linspace(x0, x1, 20)
    rise = rng.normal(0, 0.01) * (x - x0) + np.sin(np.linspace(0, rng.uniform(2, 12), 20))
    ImageDraw.Draw(page).line([tuple(point) for point in np.stack([x, y + rise], 1)], 255, pen)
