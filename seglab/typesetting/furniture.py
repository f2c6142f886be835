"""What stands around the text: running title and folio, signature, notes, borders, column rules."""

from .blocks import styled
from .column import Column
from .ornaments import arabesque, fleuron_row
from .text import phrase, prose, words


def columns(sheet, design, area):
    """The columns of a type area, with a rule between them in some books."""
    left, top, right, bottom = area
    width = (right - left - design.gutter * (design.columns - 1)) / design.columns
    for i in range(design.columns):
        x = left + i * (width + design.gutter)
        if i and design.column_rules:
            middle = x - design.gutter / 2
            sheet.rule(middle, top, middle, bottom, design.unit)
        yield Column(sheet, x, x + width, top, bottom, design.pitch)


def head_matter(rng, sheet, design):
    """Running title and folio above the type area, each a zone; a rule below in some books."""
    left, top, right, _ = design.area
    height = 1.4 * design.pitch
    y = top - height * rng.uniform(1.0, 1.6)
    if y < 4 or rng.random() < 0.1:
        return
    line = Column(sheet, left, right, y, top, design.pitch)
    titled = rng.random() < 0.75
    if titled:
        text = phrase(rng, design.language, int(rng.integers(1, 4)))
        line.aligned_line(*styled(rng, text, design, rng.uniform(0.8, 1.1)), "centre", height)
        line.close_zone()
    if rng.random() < 0.85:
        line.y = y
        side = ("right" if design.recto else "left") if titled else "centre"
        line.aligned_line(folio(rng), design.body, side, height)
        line.close_zone()
    if rng.random() < 0.2:
        sheet.rule(left, y + height, right, y + height, design.unit)


def folio(rng):
    """A page number as books print it: 17, (17), [17], — 17 —."""
    return ("{}", "{}", "({})", "[{}]", "- {} -")[rng.integers(5)].format(rng.integers(1, 700))


def foot_matter(rng, sheet, design):
    """Signature in the middle, catchword at the right, below the type area."""
    left, _, right, bottom = design.area
    line = Column(sheet, left, right, bottom + 0.1 * design.pitch, bottom, design.pitch)
    if line.y + design.pitch > design.height:
        return
    y = line.y
    if rng.random() < 0.35:
        sign = (
            "ABCDEFGHIKLMNOPQRSTVXYZ"[rng.integers(23)] + ("", " ij", " iij", "2")[rng.integers(4)]
        )
        line.aligned_line(sign, design.body)
        line.close_zone()
    if rng.random() < 0.4:
        line.y = y
        line.aligned_line(words(rng, design.language, 1)[0], design.body, "right")
        line.close_zone()


def footnotes(rng, sheet, design):
    """Notes in small type at the foot, under a short rule; returns the new bottom of the text."""
    left, top, right, bottom = design.area
    fount = design.note()
    pitch = 0.82 * design.pitch
    lines = int(rng.integers(1, max(2, int(0.25 * (bottom - top) / pitch))))
    y = bottom - lines * pitch
    if rng.random() < 0.6:
        x = right if rng.random() < 0.3 else left + 0.3 * (right - left)
        sheet.rule(left, y - 0.4 * pitch, x, y - 0.4 * pitch, design.unit)
    column = Column(sheet, left, right, y, bottom + 2, pitch)
    while column.room >= pitch:
        note = [f"({rng.integers(1, 9)})", *prose(rng, design.language, int(rng.integers(6, 50)))]
        column.paragraph(note, fount, indent=design.indent)
    column.close_zone()
    return y - 0.8 * pitch


def marginalia(rng, sheet, design, bottom):
    """Notes in the outer margin, each a zone; returns left and right of the text beside them."""
    left, top, right, _ = design.area
    width = (right - left) * rng.uniform(0.14, 0.22)
    gap = 0.5 * design.pitch
    x = right - width if design.recto else left
    fount = design.body.at(0.68, cut="italic" if rng.random() < 0.5 else "upright")
    y = top + rng.uniform(0, 6) * design.pitch
    while y < bottom - 2 * design.pitch:
        note = Column(sheet, x, x + width, y, bottom, 0.72 * design.pitch)
        text = prose(rng, design.language, int(rng.integers(2, 12)))[: rng.integers(2, 14)]
        note.paragraph(text, fount, justify=False)
        note.close_zone()
        y = note.y + rng.uniform(1, 12) * design.pitch
    return (left, right - width - gap) if design.recto else (left + width + gap, right)


def ruled_frame(rng, sheet, design):
    """Lines around the type area, single or double, as a reader's pen or the printer drew them."""
    left, top, right, bottom = design.area
    for gap in (0.3, 0.5)[: rng.integers(1, 3)]:
        margin = gap * design.pitch
        x0, y0, x1, y1 = left - margin, top - margin, right + margin, bottom + margin
        for line in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            sheet.rule(*line, design.unit)


def ornamental_border(rng, sheet, design):
    """A border of flowers around the type area; returns the area that is left inside."""
    left, top, right, bottom = (round(v) for v in design.area)
    thick = round(design.height * rng.uniform(0.02, 0.06))
    lengths = right - left, bottom - top - 2 * thick
    if rng.random() < 0.5:
        across, down = (fleuron_row(rng, w, thick, design.material) for w in lengths)
    else:
        across, down = (arabesque(rng, w, thick, 0.35 * thick) for w in lengths)
    for art, x, y in (
        (across, left, top),
        (across[::-1], left, bottom - thick),
        (down.T, left, top + thick),
        (down.T[:, ::-1], right - thick, top + thick),
    ):
        sheet.picture(art, x, y)
    inset = thick + design.pitch
    return left + inset, top + inset, right - inset, bottom - inset
