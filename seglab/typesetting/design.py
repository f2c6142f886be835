"""The design of a page, settled before any type is set: format, type area, grid, types, language.

Sources: the measures of 93 pages of French prints of 1500-1800 (line pitch 21 to 48 px at a page
height of 900, type area half of the page, more white below than above), widened on both sides;
newspapers by eye.
"""

from dataclasses import dataclass

import numpy as np

from .faces import Face, Fount
from .material import Material
from .sheet import DETAIL, Sheet

LANGUAGES = {"latin": 0.27, "french": 0.30, "german": 0.43}


@dataclass(frozen=True)
class Format:
    """What a book's pages or a newspaper's are drawn from: each a middle, a spread, and limits."""

    aspect: tuple  # width for height: mean, deviation, limits
    pitch: tuple  # line pitch in pixels at a page height of 900: median, deviation of log, limits
    margins: float  # for those of a book
    columns: object  # page width in type sizes -> choices and their chances


def book_columns(ems):
    """A line should hold three words at least."""
    if ems < 30:
        return (1,), (1.0,)
    if ems < 60:
        return (1, 2), (0.65, 0.35)
    return (1, 2, 3, 4), (0.2, 0.4, 0.25, 0.15)


def newspaper_columns(ems):
    """Lines of 15 to 30 letters and more, three to seven columns."""
    most = int(np.clip(ems / 8, 3, 7))
    return tuple(range(3, most + 1)), (1 / (most - 2),) * (most - 2)


# Octavo 0.6, quarto 0.75, broad folio and oblong beyond; 93 French books had pitches of 21 to 48.
BOOK = Format((0.66, 0.07, 0.52, 0.85), (25, 0.42, 9, 60), 1.0, book_columns)
NEWSPAPER = Format((0.70, 0.06, 0.58, 0.92), (10.5, 0.22, 7.5, 18), 0.35, newspaper_columns)


@dataclass(frozen=True)
class Design:
    """What the pages of one book share. Lengths are canvas pixels (DETAIL to a page pixel)."""

    width: int
    height: int
    area: tuple  # the type area: left, top, right, bottom
    pitch: float
    columns: int
    gutter: float  # between two columns
    column_rules: bool
    material: Material
    body: Fount
    display: Face
    language: str
    indent: float
    justify: bool
    recto: bool  # a right-hand page: folio at the right, gutter at the left

    @property
    def unit(self):
        """A thousandth of the height: the measure for rules and gaps, whatever the resolution."""
        return self.height / 1000

    def note(self):
        """The smaller fount of notes, captions and running matter."""
        return self.body.at(0.8)

    def sheet(self):
        return Sheet(self.width, self.height, self.material.hands)


def draw_design(rng, height, material, format=BOOK):
    """A design for a page `height` pixels high of a format, set with a house's material."""
    tall = DETAIL * height
    mean, deviation, low, high = format.aspect
    width = round(tall * np.clip(rng.normal(mean, deviation), low, high))
    median, spread, low, high = format.pitch
    pitch = float(np.clip(median * np.exp(rng.normal(0, spread)), low, high)) * tall / 900
    language = str(rng.choice(list(LANGUAGES), p=list(LANGUAGES.values())))
    face, other = (material.face(rng, language) for _ in range(2))
    size = pitch * rng.uniform(0.8, 1.0)
    choices, chances = format.columns(width / size)
    columns = int(rng.choice(choices, p=chances))
    margins = format.margins * (0.5 if columns > 2 and format is BOOK else 1.0)
    return Design(
        width=width,
        height=tall,
        area=type_area(rng, width, tall, pitch, margins),
        pitch=pitch,
        columns=columns,
        gutter=pitch * rng.uniform(0.6, 1.5),
        column_rules=bool(rng.random() < (0.35 if format is BOOK else 0.75)),
        material=material,
        body=Fount(face, size, "italic" if rng.random() < 0.12 else "upright"),
        display=face if rng.random() < 0.7 else other,
        language=language,
        indent=pitch * rng.uniform(0.5, 2.0),
        justify=bool(rng.random() < 0.93),
        recto=bool(rng.random() < 0.5),
    )


def type_area(rng, width, height, pitch, margins):
    """Left, top, right, bottom of the type area, a whole number of lines high."""
    left, right = margins * width * rng.uniform(0.05, 0.17, 2)
    top = margins * height * rng.uniform(0.05, 0.13)
    bottom = height - margins * height * rng.uniform(0.06, 0.18)
    lines = max(4, int((bottom - top) / pitch))
    return left, top, width - right, top + lines * pitch
