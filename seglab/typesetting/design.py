"""The design of a page, settled before any type is set: format, type area, grid, types, language.

Sources: the measures of 93 pages of French prints of 1500-1800 (line pitch 21 to 48 px at a page
height of 900, type area half of the page, more white below than above), widened on both sides.
"""

from dataclasses import dataclass, replace

import numpy as np

from .faces import Face, Fount
from .sheet import DETAIL, Sheet
from .text import COMMON_WORDS

# Widths of a page for its height: octavo 0.6, quarto 0.75, broad folio and oblong beyond.
ASPECT = (0.66, 0.07, 0.52, 0.85)
# Line pitch in pixels at a page height of 900: median, deviation of its logarithm, limits.
PITCH = (25, 0.38, 10, 45)


@dataclass(frozen=True)
class Design:
    """What the pages of one book share. Lengths are canvas pixels (DETAIL to a page pixel)."""

    width: int
    height: int
    area: tuple  # the type area: left, top, right, bottom
    pitch: float
    columns: int
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
        return Sheet(self.width, self.height)


def draw_design(rng, height, faces):
    """A design for a page `height` pixels high, set in one of `faces`."""
    tall = DETAIL * height
    mean, deviation, low, high = ASPECT
    width = round(tall * np.clip(rng.normal(mean, deviation), low, high))
    median, spread, low, high = PITCH
    pitch = float(np.clip(median * np.exp(rng.normal(0, spread)), low, high)) * tall / 900
    language = list(COMMON_WORDS)[rng.integers(len(COMMON_WORDS))]
    face, other = (habits(rng, suitable_face(rng, faces, language)) for _ in range(2))
    size = pitch * rng.uniform(0.8, 1.0)
    columns = column_count(rng, width / size)
    area = type_area(rng, width, tall, pitch, narrow_margins=columns > 2)
    body = Fount(face, size, "italic" if rng.random() < 0.12 else "upright")
    return Design(
        width=width,
        height=tall,
        area=area,
        pitch=pitch,
        columns=columns,
        body=body,
        display=face if rng.random() < 0.7 else other,
        language=language,
        indent=pitch * rng.uniform(0.5, 2.0),
        justify=bool(rng.random() < 0.93),
        recto=bool(rng.random() < 0.5),
    )


def column_count(rng, ems):
    """Columns on a page `ems` type sizes wide: a line should hold three words at least."""
    if ems < 30:
        return 1
    if ems < 60:
        return int(rng.choice([1, 2], p=[0.65, 0.35]))
    return int(rng.choice([1, 2, 3, 4], p=[0.2, 0.4, 0.25, 0.15]))


def type_area(rng, width, height, pitch, narrow_margins):
    """Left, top, right, bottom of the type area, a whole number of lines high."""
    scale = 0.5 if narrow_margins else 1.0
    left, right = scale * width * rng.uniform(0.05, 0.17, 2)
    top = scale * height * rng.uniform(0.05, 0.13)
    bottom = height - scale * height * rng.uniform(0.06, 0.18)
    lines = max(4, int((bottom - top) / pitch))
    return left, top, width - right, top + lines * pitch


def suitable_face(rng, faces, language):
    """A random face: blackletter for half of the German books, for few of the others."""
    share = 0.5 if language == "german" else 0.12
    blackletter = rng.random() < share
    chosen = [face for face in faces if (face.alphabet != "roman") == blackletter] or faces
    return chosen[rng.integers(len(chosen))]


def habits(rng, face):
    """The same face in another printing house: condensed or leaning a little, with the long s."""
    return replace(
        face,
        stretch=float(np.clip(rng.normal(0.95, 0.08), 0.75, 1.15)),
        slant=float(rng.uniform(0, 0.15)) if rng.random() < 0.15 else 0.0,
        long_s=bool(rng.random() < 0.5),
        word_space=float(rng.uniform(0.18, 0.3)),
    )
