"""Typefaces: which font files there are, and how a word is spelt in them and drawn."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from seglab.errors import InputError

# Upright, italic and bold of the families that matplotlib ships: Times-like, Computer Modern
# (a modern face of the 19th century), and a sturdy slab for the ink-heavy presses.
BUNDLED = (
    ("STIXGeneral", "STIXGeneralItalic", "STIXGeneralBol"),
    ("cmr10", "cmti10", "cmb10"),
    ("cmb10", "cmti10", "cmb10"),
    ("DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSerif-Bold"),
)
# Mathematical Fraktur (Unicode block 1D400) is the one blackletter among them.
FRAKTUR = {ord(a): chr(0x1D504 + i) for i, a in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
FRAKTUR |= {ord(a): chr(0x1D51E + i) for i, a in enumerate("abcdefghijklmnopqrstuvwxyz")}
FRAKTUR |= {ord(a): b for a, b in zip("CHIRZ", "\u212d\u210c\u2111\u211c\u2128", strict=True)}
BOLD_FRAKTUR = {ord(a): chr(0x1D56C + i) for i, a in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
BOLD_FRAKTUR |= {ord(a): chr(0x1D586 + i) for i, a in enumerate("abcdefghijklmnopqrstuvwxyz")}
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Face:
    """One typeface as a printer's case holds it: three font files and its habits of spelling.

    `alphabet` is "roman", "fraktur" or "bold fraktur"; `long_s` prints s as the long s inside a
    word; `stretch` and `slant` condense and lean the letters, so that few files make many faces.
    """

    upright: str
    italic: str
    bold: str
    alphabet: str = "roman"
    long_s: bool = False
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
    def font(self):
        return load_font(getattr(self.face, self.cut), round(self.size, 1))

    @property
    def ascent(self):
        """Height of ascenders and capitals above the baseline."""
        return 0.72 * self.size

    @property
    def descent(self):
        return 0.24 * self.size

    @property
    def space(self):
        """The usual space between two words."""
        return self.face.word_space * self.size * self.face.stretch + self.tracking

    def width(self, word):
        """Advance of a spelt word in canvas pixels."""
        return self.font.getlength(word) * self.face.stretch + self.tracking * len(word)

    def spell(self, text):
        """The text in the characters that this face has."""
        path, face = getattr(self.face, self.cut), self.face
        known = characters(path)
        if face.long_s and "\u017f" in known:
            text = re.sub(r"s(?=\w)", "\u017f", text)
        if face.alphabet != "roman":
            bold = face.alphabet == "bold fraktur" or self.cut == "bold"
            text = unaccented(text).translate(BOLD_FRAKTUR if bold else FRAKTUR)
        if not known.issuperset(text):
            text = "".join(c for c in unaccented(text) if c in known)
        return text

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


def unaccented(text):
    """The text in base letters: é as e, ß as ss, a dash as a hyphen."""
    for old, new in (("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("Æ", "AE"), ("\u2014", "-")):
        text = text.replace(old, new)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


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
def bundled_faces():
    """The faces that need nothing but matplotlib's own fonts."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    faces = [Face(*(str(folder / f"{name}.ttf") for name in files)) for files in BUNDLED]
    times = faces[0]
    blackletter = [
        replace(times, italic=times.upright, alphabet="fraktur"),
        replace(times, italic=times.upright, alphabet="bold fraktur"),
    ]
    return tuple(faces + blackletter)


@cache
def folder_faces(folder):
    """The faces in a folder of .ttf and .otf files, one for every family name in them.

    Files without the letters A-Z and a-z (symbols, ornaments) are left out; a family without an
    italic or a bold uses its upright. Raises InputError where nothing usable is left.
    """
    families = {}
    paths = sorted(Path(folder).rglob("*")) if Path(folder).is_dir() else []
    for path in paths:
        if path.suffix.lower() not in (".ttf", ".otf"):
            continue
        try:
            family, style = ImageFont.truetype(str(path), 20).getname()
            complete = characters(str(path)) >= LETTERS
        except (OSError, RuntimeError) as error:
            raise InputError(f"{path} is not a font that FreeType can read; remove it.") from error
        if complete:
            families.setdefault(family, {})[cut_of(style or "")] = str(path)
    if not families:
        raise InputError(
            f"No .ttf or .otf file with the letters A-Z and a-z in {folder}; "
            "give a folder of text fonts, or none to use the bundled ones."
        )
    return tuple(face_of(cuts) for cuts in families.values())


def cut_of(style):
    """Which cut a font's style name means: upright, italic or bold."""
    style = style.lower()
    if "italic" in style or "oblique" in style:
        return "italic"
    return "bold" if "bold" in style or "black" in style else "upright"


def face_of(cuts):
    """A face from the cuts of one family that were found."""
    upright = cuts.get("upright") or next(iter(cuts.values()))
    return Face(upright, cuts.get("italic", upright), cuts.get("bold", upright))
