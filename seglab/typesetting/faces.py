"""Typefaces: a face is three font files and the habits of a house, a fount is a face at a size."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .spelling import (
    ALPHABETS,
    BOLD_FRAKTUR,
    abbreviated,
    as_in_1550,
    in_known_letters,
    unaccented,
    with_ligatures,
    with_long_s,
)

# Upright, italic and bold of the families that matplotlib ships, and their period: Times-like,
# Computer Modern (a modern face of the 19th century), and a sturdy slab for ink-heavy presses.
BUNDLED = (
    ("STIXGeneral", "STIXGeneralItalic", "STIXGeneralBol", "transitional"),
    ("cmr10", "cmti10", "cmb10", "modern"),
    ("cmb10", "cmti10", "cmb10", "modern"),
    ("DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSerif-Bold", "modern"),
)
# From descenders to ascenders, as a share of the type size: metal type filled its body, while
# the fonts of our day differ in this by a half.
FILLED = 0.94


@dataclass(frozen=True)
class Face:
    """One typeface as a printer's case holds it: three font files and its habits of spelling.

    `alphabet` is "roman", "fraktur" or "bold fraktur"; `period` is "incunabula", "oldstyle",
    "transitional", "modern" or "blackletter"; `old_letters` spells u and v, i and j as in 1550;
    `stretch` and `slant` condense and lean the letters, so that few files make many faces.
    """

    upright: str
    italic: str
    bold: str
    alphabet: str = "roman"
    period: str = "oldstyle"
    long_s: bool = False
    ligatures: bool = False
    old_letters: bool = False
    abbreviations: bool = False
    stretch: float = 1.0
    slant: float = 0.0
    word_space: float = 0.26  # of the type size


@dataclass(frozen=True)
class Fount:
    """A face at one size: what a line is set in. `size` and `tracking` in canvas pixels."""

    face: Face
    size: float
    cut: str = "upright"
    tracking: float = 0.0

    def at(self, factor, **changes):
        """The same fount `factor` times as large, with any other changes."""
        return replace(self, size=self.size * factor, **changes)

    @property
    def path(self):
        return getattr(self.face, self.cut)

    @property
    def font(self):
        ascent, descent = letter_heights(self.path, self.face.alphabet)
        return load_font(self.path, round(self.size * FILLED / (ascent + descent), 1))

    @property
    def ascent(self):
        """Height of ascenders and capitals above the baseline."""
        return FILLED * self.size - self.descent

    @property
    def descent(self):
        ascent, descent = letter_heights(self.path, self.face.alphabet)
        return FILLED * self.size * descent / (ascent + descent)

    @property
    def space(self):
        """The usual space between two words."""
        return self.face.word_space * self.size * self.face.stretch + self.tracking

    def width(self, word):
        """Advance of a spelt word in canvas pixels."""
        return self.font.getlength(word) * self.face.stretch + self.tracking * len(word)

    def spell(self, text):
        """The text in the characters that this face has."""
        face, known = self.face, characters(self.path)
        if face.old_letters:
            text = as_in_1550(text)
        if face.abbreviations:
            text = abbreviated(text)
        if face.alphabet != "roman":
            bold = self.cut == "bold" and BOLD_FRAKTUR[ord("A")] in known
            text = unaccented(text).translate(BOLD_FRAKTUR if bold else ALPHABETS[face.alphabet])
        elif face.long_s and "\u017f" in known:
            text = with_long_s(text)
        if face.ligatures and not self.tracking:
            text = with_ligatures(text, known)
        return in_known_letters(text, known)

    def strip(self, placed, width):
        """Spelt words [(x, word)] as a mask `width` wide, and the height of the baseline in it."""
        baseline, height = round(1.2 * self.size), round(1.75 * self.size)
        stretch, slant = self.face.stretch, self.face.slant
        strip = Image.new("L", (round(width / stretch) + 1, height))
        draw = ImageDraw.Draw(strip)
        for x, word in placed:
            for letter in word if self.tracking else [word]:
                draw.text((x / stretch, baseline), letter, 255, self.font, anchor="ls")
                x += self.font.getlength(letter) * stretch + self.tracking
        if (stretch, slant) != (1, 0):
            lean = (1 / stretch, slant / stretch, -slant * baseline / stretch, 0, 1, 0)
            size = (round(width), height)
            strip = strip.transform(size, Image.Transform.AFFINE, lean, Image.Resampling.BILINEAR)
        return strip, baseline


@lru_cache(maxsize=64)
def load_font(path, size):
    """A font file at a size in pixels. Basic layout: raqm is not on every machine."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def characters(path):
    """The characters for which a font file has a glyph, the space always among them."""
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(path).get_charmap())) | {" "}


@cache
def letter_heights(path, alphabet):
    """How far letters reach above and below the baseline, as shares of the font's em."""
    font = load_font(path, 200)
    _, top, _, _ = font.getbbox("dhlHE".translate(ALPHABETS[alphabet]), anchor="ls")
    _, _, _, bottom = font.getbbox("pqgy".translate(ALPHABETS[alphabet]), anchor="ls")
    return max(-top, 60) / 200, max(bottom, 10) / 200


@cache
def bundled_faces():
    """The faces that need nothing but matplotlib's own fonts."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    faces = [
        Face(*(str(folder / f"{name}.ttf") for name in names), period=period)
        for *names, period in BUNDLED
    ]
    blackletter = replace(faces[0], italic=faces[0].upright, period="blackletter")
    return *faces, *(replace(blackletter, alphabet=a) for a in ("fraktur", "bold fraktur"))
