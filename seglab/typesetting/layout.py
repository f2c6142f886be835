"""The page itself: a design, a kind of page, and the blocks that fill its type area."""

from itertools import chain, repeat

import numpy as np

from .blocks import (
    caption,
    heading_block,
    imprint,
    initial_block,
    ornament_block,
    picture_block,
    prose_block,
    runaround_block,
    short_rule,
    styled,
    table_block,
    tailpiece_block,
    verse_block,
)
from .column import Column
from .design import BOOK, NEWSPAPER, draw_design
from .filling import drawn_blocks, fill
from .furniture import (
    columns,
    foot_matter,
    footnotes,
    head_matter,
    marginalia,
    ornamental_border,
    ruled_frame,
)
from .newspaper import newspaper_page
from .ornaments import device
from .pictures import picture
from .text import phrase


def composed_sheet(rng, height, material, kinds=None):
    """A printed sheet for a page `height` pixels high: ink and zones, not yet scanned.

    kinds: {kind of page: share}, None for KINDS.
    """
    kind = next(drawn_blocks(rng, kinds or KINDS))
    design = draw_design(rng, height, material, NEWSPAPER if kind is newspaper_page else BOOK)
    sheet = design.sheet()
    kind(rng, sheet, design)
    return sheet


def plain_page(rng, sheet, design):
    """Prose in columns, now and then with a heading, and notes."""
    weights = {prose_block: 0.85, heading_block: 0.12, short_rule: 0.03}
    body_page(rng, sheet, design, drawn_blocks(rng, weights))


def mixed_page(rng, sheet, design):
    """Prose with pictures and ornaments in between, one of them near the head of the page."""
    weights = {
        prose_block: 0.38,
        heading_block: 0.09,
        picture_block: 0.15,
        runaround_block: 0.17,
        initial_block: 0.10,
        ornament_block: 0.11,
    }
    illustration = (picture_block, runaround_block, ornament_block)[rng.integers(3)]
    opening = [prose_block, prose_block, illustration][rng.integers(3) :]
    body_page(rng, sheet, design, chain(opening, drawn_blocks(rng, weights)))


def verse_page(rng, sheet, design):
    """Verse or a play."""
    weights = {verse_block: 0.8, heading_block: 0.12, ornament_block: 0.04, tailpiece_block: 0.04}
    body_page(rng, sheet, design, drawn_blocks(rng, weights))


def index_page(rng, sheet, design):
    """A table of contents or an index."""
    weights = {table_block: 0.8, heading_block: 0.15, prose_block: 0.05}
    body_page(rng, sheet, design, drawn_blocks(rng, weights))


def body_page(rng, sheet, design, blocks):
    """A page of running text: matter at head and foot, notes, and columns of blocks."""
    head_matter(rng, sheet, design)
    left, top, right, bottom = design.area
    if rng.random() < 0.25:
        bottom = footnotes(rng, sheet, design)
    if rng.random() < 0.2 and design.columns == 1:
        left, right = marginalia(rng, sheet, design, bottom)
    if rng.random() < 0.08:
        ruled_frame(rng, sheet, design)
    if design.columns == 1 and rng.random() < 0.12:
        bottom -= (bottom - top) * rng.uniform(0.1, 0.6)
    for column in columns(sheet, design, (left, top, right, bottom)):
        fill(rng, column, design, blocks)
    foot_matter(rng, sheet, design)


def opening_page(rng, sheet, design):
    """The first page of a chapter: head-piece, title, initial, text, perhaps a tail-piece."""
    left, top, right, bottom = design.area
    opening = Column(sheet, left, right, top, bottom, design.pitch)
    if rng.random() < 0.8:
        ornament_block(rng, opening, design)
    elif rng.random() < 0.5:
        picture_block(rng, opening, design)
    for factor in -np.sort(-rng.uniform(0.9, 2.4, int(rng.integers(1, 4)))):
        text = phrase(rng, design.language, int(rng.integers(1, 6)))
        opening.display(*styled(rng, text, design, factor))
    opening.skip(design.pitch * rng.uniform(0.5, 2))
    opening.close_zone()
    if rng.random() < 0.3:
        bottom = max(bottom - (bottom - opening.y) * rng.uniform(0, 0.5), opening.y)
    for column in columns(sheet, design, (left, opening.y, right, bottom)):
        initial_block(rng, column, design)
        block = verse_block if rng.random() < 0.15 else prose_block
        fill(rng, column, design, repeat(block))
    if bottom < design.area[3]:
        rest = Column(sheet, left, right, bottom, design.area[3], design.pitch)
        tailpiece_block(rng, rest, design)
    foot_matter(rng, sheet, design)


def title_page(rng, sheet, design):
    """Centred lines of many sizes, a device in the middle, the imprint below."""
    left, top, right, bottom = design.area
    if rng.random() < 0.2:
        left, top, right, bottom = ornamental_border(rng, sheet, design)
    lines = imprint(rng, design.language)
    size = max(design.body.size, 0.018 * design.height)
    foot = bottom - 1.8 * size * len(lines)
    column = Column(sheet, left, right, top, foot, design.pitch)
    end = top + (foot - top) * rng.uniform(0.35, 0.95)
    while column.y + 2.5 * size < end:
        factor = rng.choice([0.8, 1.0, 1.1, 1.3, 1.6, 2.1, 2.8]) * size / design.body.size
        text = phrase(rng, design.language, int(rng.integers(1, 5 if factor > 1.5 else 14)))
        column.display(*styled(rng, text, design, factor), rng.uniform(1.1, 1.7))
        column.skip(size * rng.uniform(0, 1.0))
    room = min(foot - column.y - size, 0.5 * design.height)
    if room > 0.1 * design.height and rng.random() < 0.8:
        column.close_zone()
        height = round(room * rng.uniform(0.5, 1.0))
        width = round(min(height * rng.uniform(0.7, 1.3), right - left))
        art = (picture if rng.random() < 0.45 else device)(rng, width, height, design.material)
        column.sheet.picture(art, (left + right - width) / 2, column.y + (room - height) / 2)
    column.close_zone()
    column.y, column.bottom = foot, bottom
    if rng.random() < 0.4:
        short_rule(rng, column, design)
    for line in lines:
        column.display(line, design.body.at(size / design.body.size * rng.uniform(0.9, 1.2)), 1.5)
    column.close_zone()


def plate_page(rng, sheet, design):
    """A plate: one picture or several figures, with or without captions."""
    left, top, right, bottom = design.area
    rows, across = ((1, 1), (1, 1), (2, 1), (2, 2), (3, 2))[rng.integers(5)]
    heights, width = (bottom - top) / rows, (right - left) / across
    for row in range(rows):
        for i in range(across):
            x, y = left + i * width, top + row * heights
            figure = Column(sheet, x, x + 0.95 * width, y, y + 0.97 * heights, design.pitch)
            share = rng.uniform(0.65, 1.0)
            w, h = round(share * figure.width), round(share * (figure.room - 2 * design.pitch))
            if min(w, h) < 60:
                continue
            sheet.picture(picture(rng, w, h, design.material), x + (figure.width - w) / 2, y)
            figure.y += h + 0.4 * design.pitch
            if rng.random() < 0.5:
                caption(rng, figure, design)


# Shares of the kinds: somewhat more than half of the pages carry a graphic.
KINDS = {
    plain_page: 0.17,
    mixed_page: 0.21,
    verse_page: 0.07,
    index_page: 0.05,
    opening_page: 0.22,
    title_page: 0.11,
    plate_page: 0.06,
    newspaper_page: 0.11,
}
