"""What stands in a column besides plain paragraphs: headings, initials, verse, tables, pictures."""

import numpy as np

from .faces import Fount
from .initials import initial
from .ornaments import band, fleuron, tailpiece
from .pictures import picture
from .sheet import TEXT
from .text import capitalised, phrase, prose, roman, verse_line, words, year


def prose_block(rng, column, design):
    """A paragraph of two to twelve lines."""
    words_per_line = column.width / (2.6 * design.body.size)
    text = prose(rng, design.language, int(words_per_line * rng.uniform(2, 12)))
    column.paragraph(text, design.body, indent=design.indent, justify=design.justify)


def initial_block(rng, column, design):
    """A paragraph that opens with a drop capital, plain or decorated, two to seven lines deep."""
    column.close_zone()
    text = prose(rng, design.language, int(rng.integers(60, 200)))
    decorated = rng.random() < 0.75
    lines = int(rng.integers(3, 8) if decorated else rng.integers(2, 4))
    size = round(min(lines * design.pitch - 0.15 * design.pitch, 0.45 * column.width))
    if column.room < 2 * size or size < 12:
        return
    x, y = column.left, column.y + 0.1 * design.pitch
    art = initial(rng, text[0][0], size, design.display, design.material, decorated)
    column.sheet.press(art, x, y, TEXT)
    column.boxes.append((x, y, x + size, y + size))
    column.obstacles.append((x, column.y, x + size + 0.25 * design.pitch, y + size))
    text = [text[0][1:].upper(), *text[1:]] if text[0][1:] else text[1:]
    column.paragraph(text, design.body, justify=design.justify)
    column.clear()


def heading_block(rng, column, design):
    """A heading of one to three centred lines in larger type, capitals or italics."""
    room = design.pitch * rng.uniform(0.3, 2.5)
    column.skip(room)
    for _ in range(int(rng.integers(1, 3))):
        text = phrase(rng, design.language, int(rng.integers(1, 6)))
        column.display(*styled(rng, text, design, rng.uniform(1.0, 1.7)))
    if rng.random() < 0.2:
        short_rule(rng, column, design)
    column.skip(room * rng.uniform(0.3, 0.8))
    column.align()


def styled(rng, text, design, factor):
    """(text, fount) for a display line: upright, italic, bold, or spaced capitals."""
    fount = Fount(design.display, design.body.size * factor)
    style = rng.integers(4)
    if style == 0:
        return text, fount.at(1, cut="italic")
    if style == 1:
        return text, fount.at(1, cut="bold")
    if style == 2 or fount.face.period == "blackletter":
        return text, fount
    return text.upper(), fount.at(0.85, tracking=rng.uniform(0, 0.2) * fount.size)


def short_rule(rng, column, design):
    """A rule across part of the column, single or double; it separates, so it has no zone."""
    column.close_zone()
    half = column.width * rng.uniform(0.08, 0.5)
    middle = (column.left + column.right) / 2
    y = column.y + 0.5 * design.pitch
    for offset in (0, 3 * design.unit)[: int(rng.integers(1, 3))]:
        thickness = rng.uniform(0.8, 2.5) * design.unit
        column.sheet.rule(middle - half, y + offset, middle + half, y + offset, thickness)
    column.y += design.pitch


def verse_block(rng, column, design):
    """Stanzas of verse, flush left or with every other line set in, a speaker's name above."""
    inset = column.width * rng.uniform(0.02, 0.18)
    step = design.pitch * float(rng.choice([0, 0, 1, 1.5]))
    syllables = float(np.clip(0.45 * column.width / design.body.size, 4, 12))
    fount = design.body.at(1, cut="italic") if rng.random() < 0.4 else design.body
    length = int(rng.integers(4, 13))
    for _ in range(int(rng.integers(1, 5))):
        if rng.random() < 0.3 and column.room > 3 * design.pitch:
            column.aligned_line(words(rng, design.language, 1)[0].upper(), design.body)
        for i in range(length):
            line = verse_line(rng, design.language, syllables).split()
            column.paragraph(line, fount, inset + step * (i % 2), inset + 3 * design.pitch, False)
        column.skip(design.pitch * rng.uniform(0.3, 1.2))
    column.align()


def table_block(rng, column, design):
    """An index: entries with leaders or white and a number at the right, some entries turned."""
    leaders = rng.random() < 0.5
    fount = design.body
    for _ in range(int(rng.integers(6, 30))):
        if column.room < 2 * design.pitch:
            return
        entry = capitalised(phrase(rng, design.language, int(rng.integers(1, 5)))).split()
        number = fount.spell(str(int(rng.integers(1, 600))))
        room = column.width - fount.width(number) - 2 * fount.space
        line = [word for word in map(fount.spell, entry) if word]
        while line and sum(map(fount.width, line)) + fount.space * len(line) > room:
            line.pop()
        gap = room - sum(map(fount.width, line)) - fount.space * len(line)
        dots = int(gap / (fount.width(".") + fount.space)) if leaders else 0
        y = column.y
        if line:
            column.set_line(line + ["."] * dots, fount, column.left, fount.space)
        column.y = y
        column.set_line([number], fount, column.right - fount.width(number), 0)


def ornament_block(rng, column, design, share=1.0):
    """A head-band over the column, or a row of flowers, between two pieces of text."""
    height = round(design.height * rng.choice([0.015, 0.03, 0.06, 0.1]) * rng.uniform(0.7, 1.3))
    if column.room < height + 3 * design.pitch:
        return
    column.close_zone()
    width = round(column.width * share)
    column.sheet.picture(
        band(rng, width, height, design.material),
        column.left + (column.width - width) / 2,
        column.y,
    )
    column.y += height + design.pitch * rng.uniform(0.3, 1.0)


def tailpiece_block(rng, column, design):
    """A cul-de-lampe or a few flowers below the end of a text."""
    width = round(column.width * rng.uniform(0.2, 0.6))
    height = round(width * rng.uniform(0.4, 0.9))
    column.y += design.pitch
    if column.room < height:
        return
    column.close_zone()
    small = rng.random() < 0.25
    if small:
        art = fleuron(rng, round(2.5 * design.pitch), design.material)
    else:
        art = tailpiece(rng, width, height, design.material)
    column.sheet.picture(art, column.left + (column.width - art.shape[1]) / 2, column.y)
    column.y += len(art) + design.pitch


def picture_block(rng, column, design, share=None):
    """A picture over the width of the column, its caption below."""
    width = round(column.width * (share or rng.choice([1.0, rng.uniform(0.5, 1.0)])))
    height = round(width * rng.uniform(0.45, 1.2))
    height = min(height, round(column.room - 3 * design.pitch))
    if height < max(3 * design.pitch, 0.06 * design.height):
        return
    column.close_zone()
    column.y += 0.4 * design.pitch
    x = column.left + (column.width - width) / 2
    column.sheet.picture(picture(rng, width, height, design.material), x, column.y)
    column.y += height + 0.3 * design.pitch
    if rng.random() < 0.6:
        caption(rng, column, design)
    column.y += 0.6 * design.pitch
    column.align()


def caption(rng, column, design):
    """One or two centred lines below a picture, a zone of their own."""
    column.close_zone()
    fount = design.note().at(1, cut=("italic", "upright")[rng.integers(2)])
    label = f"Fig. {rng.integers(1, 90)}. " if rng.random() < 0.5 else ""
    column.display(label + phrase(rng, design.language, int(rng.integers(2, 9))), fount)
    column.close_zone()


def runaround_block(rng, column, design):
    """A small picture at one side of the column, the text running around it."""
    width = round(column.width * rng.uniform(0.25, 0.5))
    height = round(width * rng.uniform(0.7, 1.4))
    small = min(width, height) < 0.06 * design.height
    narrow = column.width - width < 7 * design.body.size
    if small or narrow or column.room < height + 2 * design.pitch:
        return
    gap, y = 0.6 * design.pitch, column.y + 0.2 * design.pitch
    at_left = rng.random() < 0.5
    x = column.left if at_left else column.right - width
    column.sheet.picture(picture(rng, width, height, design.material), x, y)
    sides = (x, x + width + gap) if at_left else (x - gap, x + width)
    column.obstacles.append((sides[0], column.y, sides[1], y + height))
    bottom = y + height
    while column.y < bottom and column.room > design.pitch:
        prose_block(rng, column, design)


def imprint(rng, language):
    """The foot of a title page: place, printer and year."""
    place, printer = (capitalised(word) for word in words(rng, language, 2))
    number = int(rng.integers(1480, 1900))
    return [
        f"{place.upper()},",
        f"{phrase(rng, language, 3)} {printer},",
        f"{roman(number)}." if rng.random() < 0.6 else year(rng),
    ]
