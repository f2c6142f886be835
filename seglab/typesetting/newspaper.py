"""Newspapers and broadsheets: many narrow columns of small type, headlines, pictures, notices."""

from dataclasses import replace
from itertools import chain

import numpy as np

from .blocks import caption, heading_block, prose_block, short_rule, styled, table_block
from .column import Column
from .filling import drawn_blocks, fill
from .furniture import columns
from .pictures import picture
from .text import capitalised, phrase, words, year


def newspaper_page(rng, sheet, design):
    """A masthead on front pages, then bands: columns of articles, notices, a picture between."""
    left, top, right, bottom = design.area
    if rng.random() < 0.5:
        top = masthead(rng, sheet, design)
    elif rng.random() < 0.8:
        top = running_line(rng, sheet, design)
    for y, end in bands(rng, design, top, bottom):
        if rng.random() < 0.25:
            y = banner(rng, sheet, design, y, end)
        narrow = columns(sheet, design, (left, y, right, end))
        for column in joined(rng, narrow, design.material):
            fill(rng, column, design, articles(rng, design))
        if end < bottom:
            middle = end + 0.5 * design.pitch
            sheet.rule(left, middle, right, middle, rng.uniform(0.7, 2) * design.unit)


def bands(rng, design, top, bottom):
    """The page's height in one to three bands (top, bottom), a line of white between them."""
    cuts = np.sort(rng.uniform(0.2, 0.8, int(rng.choice([0, 1, 2], p=[0.5, 0.35, 0.15]))))
    edges = [top, *(top + cuts * (bottom - top)), bottom]
    for first, last in zip(edges, edges[1:], strict=False):
        if last - first > 8 * design.pitch:
            yield first, last - (design.pitch if last < bottom else 0)


def joined(rng, narrow, material):
    """The columns of a band; now and then two of them hold one wide picture at their head."""
    narrow = list(narrow)
    first = int(rng.integers(0, max(1, len(narrow) - 1)))
    if len(narrow) > 1 and rng.random() < 0.25:
        one, two = narrow[first : first + 2]
        wide = Column(one.sheet, one.left, two.right, one.top, one.bottom, one.pitch)
        height = round(wide.width * rng.uniform(0.4, 1.0))
        if height < 0.5 * wide.room:
            wide.sheet.picture(picture(rng, round(wide.width), height, material), wide.left, wide.y)
            one.y = two.y = wide.y + height + one.pitch
    return narrow


def masthead(rng, sheet, design):
    """The paper's name in large letters, the date line between rules; returns where it ends."""
    left, top, right, _ = design.area
    head = Column(sheet, left, right, top, design.height, design.pitch)
    size = rng.uniform(0.025, 0.07) * design.height / design.body.size
    name = " ".join(
        capitalised(word) for word in words(rng, design.language, int(rng.integers(1, 4)))
    )
    if rng.random() < 0.4:
        line = design.body
        head.aligned_line(f"N. {rng.integers(1, 400)}", line, "left")
        head.y = top
        head.aligned_line(f"{rng.integers(5, 40)} Cent.", line, "right")
    head.display(*styled(rng, " ".join(map(capitalised, name)), design, size), 1.15)
    head.close_zone()
    for _ in range(int(rng.integers(0, 2))):
        head.aligned_line(phrase(rng, design.language, 5), design.body.at(rng.uniform(1, 1.6)))
    head.close_zone()
    full_rule(rng, head, design)
    y = head.y
    for text, side in ((year(rng), "left"), (phrase(rng, design.language, 3), "centre")):
        head.y = y
        head.aligned_line(text, design.body, side)
        head.close_zone()
    full_rule(rng, head, design)
    return head.y


def running_line(rng, sheet, design):
    """The paper's name and the page's number in one small line over a rule."""
    left, top, right, _ = design.area
    line = Column(sheet, left, right, top, design.height, design.pitch)
    line.aligned_line(phrase(rng, design.language, 2).upper(), design.body)
    line.close_zone()
    line.y = top
    line.aligned_line(str(rng.integers(1, 900)), design.body, ("left", "right")[design.recto])
    line.close_zone()
    full_rule(rng, line, design)
    return line.y


def full_rule(rng, column, design):
    """A rule over the whole measure, thin, thick or double."""
    column.close_zone()
    y = column.y + 0.4 * design.pitch
    for offset in (0, 3 * design.unit)[: int(rng.integers(1, 3))]:
        thickness = rng.uniform(0.7, 3) * design.unit
        column.sheet.rule(column.left, y + offset, column.right, y + offset, thickness)
    column.y = y + 0.7 * design.pitch


def banner(rng, sheet, design, y, end):
    """A headline across the page, two sizes of it; returns where the columns go on."""
    left, _, right, _ = design.area
    head = Column(sheet, left, right, y, end, design.pitch)
    for factor in (rng.uniform(2, 5), rng.uniform(1.2, 2))[: int(rng.integers(1, 3))]:
        text = phrase(rng, design.language, int(rng.integers(3, 7)))
        head.display(*styled(rng, text, design, factor), 1.2)
    head.close_zone()
    head.skip(0.5 * design.pitch)
    return min(head.y, end - 4 * design.pitch)


def articles(rng, design):
    """Articles without end; a column of notices for one in five."""
    if rng.random() < 0.2:
        return drawn_blocks(rng, {notice: 0.85, prose_block: 0.15})
    weights = {prose_block: 0.78, article_head: 0.12, column_picture: 0.03, table_block: 0.03}
    opening = [article_head] if rng.random() < 0.5 else []
    return chain(opening, drawn_blocks(rng, {**weights, notice: 0.04}))


def article_head(rng, column, design):
    """A rule, a headline in capitals or bold of one to two sizes, perhaps a line below."""
    if column.room < 5 * design.pitch:
        column.y = column.bottom
        return
    (full_rule if rng.random() < 0.4 else short_rule)(rng, column, design)
    heading_block(rng, column, design)
    if rng.random() < 0.3:
        column.display(phrase(rng, design.language, 4), design.body.at(1, cut="italic"))


def column_picture(rng, column, design):
    """A picture over the width of the column, with a line below."""
    width = round(column.width)
    height = round(width * rng.uniform(0.5, 1.3))
    if column.room < height + 4 * design.pitch:
        return
    column.close_zone()
    column.sheet.picture(picture(rng, width, height, design.material), column.left, column.y)
    column.y += height + 0.3 * design.pitch
    caption(rng, column, design)
    column.align()


def notice(rng, column, design):
    """An advertisement: display lines and small type between rules or in a frame."""
    lines = int(rng.integers(3, 14))
    if column.room < (lines + 4) * design.pitch:
        column.y = column.bottom
        return
    column.close_zone()
    top = column.y
    column.y += 0.6 * design.pitch
    inside = replace(design, indent=0.0, justify=bool(rng.random() < 0.5))
    for _ in range(int(rng.integers(1, 4))):
        text = phrase(rng, design.language, int(rng.integers(1, 4)))
        column.display(*styled(rng, text, design, rng.choice([0.9, 1.2, 1.6, 2.4])))
    small = prose_block if rng.random() < 0.7 else heading_block
    small(rng, column, inside)
    column.close_zone()
    column.y = min(column.y + 0.5 * design.pitch, column.bottom)
    sides = [(column.left, y, column.right, y) for y in (top, column.y)]
    if rng.random() < 0.4:
        sides += [(x, top, x, column.y) for x in (column.left, column.right)]
    for side in sides:
        column.sheet.rule(*side, design.unit)
    column.y += 0.4 * design.pitch
