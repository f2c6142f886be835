"""What a printing house owns: faces, initials, flowers, ornaments, pictures, and readers' hands.

A material folder holds any of these folders. What is missing falls back to what matplotlib and
scikit-image ship, so that a page needs no material at all.

    fonts/roman/        text faces, best in folders incunabula, oldstyle, transitional, modern
    fonts/blackletter/  textura, rotunda, Schwabacher, Fraktur
    fonts/initials/     decorated capitals
    fonts/flowers/      printers' flowers in the places of letters
    fonts/hands/        handwriting
    ornaments/          head- and tail-pieces: black on transparency
    pictures/           cut-outs on transparency in folders animals, buildings, maps, people,
                        plants, things, trees, vessels; whole pictures in photographs

A folder of fonts without any of these counts as fonts/roman. `make material` fills two material
folders, train and test, that have no font family and no picture in common.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

from seglab.errors import InputError

from .faces import Face, bundled_faces, characters
from .spelling import CAPITALS, FRAKTUR, SMALL

# For each period: how often its romans are drawn (the presses of 1470-1900 left most pages in
# old-style and transitional types), and how often a house of the time has the long s, u and v as
# one letter, and abbreviations.
PERIODS = {
    "incunabula": (0.10, 0.9, 0.9, 0.6),
    "oldstyle": (0.42, 0.7, 0.3, 0.03),
    "transitional": (0.22, 0.4, 0.0, 0.0),
    "modern": (0.26, 0.1, 0.0, 0.0),
    "blackletter": (0.0, 0.9, 0.2, 0.3),
}
BLACKLETTER = {"german": 0.65, "latin": 0.15, "french": 0.06}  # shares of a language's books
LETTERS = frozenset(CAPITALS + SMALL + "-.")
FONTS = (".ttf", ".otf", ".pfb")


@dataclass(frozen=True)
class Material:
    """Faces, and the paths of font files, ornaments and pictures; pictures by kind."""

    faces: tuple
    initials: tuple = ()
    flowers: tuple = ()
    hands: tuple = ()
    ornaments: tuple = ()
    pictures: dict = field(default_factory=dict)

    def without(self, parts):
        """The same without "types" (faces, initials, flowers) or "pictures" (ornaments, too)."""
        bare = bundled_material()
        types = {name: getattr(bare, name) for name in ("faces", "initials", "flowers")}
        pictures = {name: getattr(bare, name) for name in ("ornaments", "pictures")}
        left = (types if "types" in parts else {}) | (pictures if "pictures" in parts else {})
        return replace(self, **left)

    def face(self, rng, language):
        """A face for a book in this language, with the habits of some house."""
        periods = {face.period for face in self.faces}
        period = "blackletter"
        if rng.random() > BLACKLETTER[language] or period not in periods:
            romans = [name for name in PERIODS if name in periods - {"blackletter"}]
            shares = np.array([PERIODS[name][0] for name in romans])
            period = romans[rng.choice(len(romans), p=shares / shares.sum())]
        chosen = [face for face in self.faces if face.period == period]
        return with_habits(rng, chosen[rng.integers(len(chosen))], language)


def with_habits(rng, face, language):
    """The face in some house: condensed or leaning a little, spelt as its period did."""
    _, long_s, old_letters, abbreviations = PERIODS[face.period]
    return replace(
        face,
        stretch=float(np.clip(rng.normal(0.96, 0.07), 0.78, 1.15)),
        slant=float(rng.uniform(0, 0.15)) if rng.random() < 0.1 else 0.0,
        word_space=float(rng.uniform(0.18, 0.3)),
        long_s=bool(rng.random() < long_s),
        ligatures=bool(rng.random() < 0.8),
        old_letters=bool(rng.random() < old_letters),
        abbreviations=bool(rng.random() < abbreviations and language != "german"),
    )


@cache
def bundled_material():
    """What matplotlib and scikit-image ship, and nothing else."""
    return Material(bundled_faces())


@cache
def material_in(folder):
    """The material in a folder. Raises InputError for a broken font, or where there is none."""
    folder = Path(folder)
    fonts = folder / "fonts"
    kinds = [path for path in sorted(folder.glob("pictures/*")) if path.is_dir()]
    ornaments = files(folder / "ornaments", ".png")
    plain = not (fonts.is_dir() or kinds or ornaments)
    romans = faces_in(folder if plain else fonts / "roman")
    if plain and not romans:
        raise InputError(
            f"No .ttf, .otf or .pfb file with the letters A-Z and a-z in {folder}; "
            "give a folder of text fonts, a material folder, or none for the bundled fonts."
        )
    gothic = () if plain else faces_in(fonts / "blackletter", "blackletter")
    bundled = bundled_faces()
    return Material(
        faces=(
            *(romans or (face for face in bundled if face.period != "blackletter")),
            *(gothic or (face for face in bundled if face.period == "blackletter")),
        ),
        initials=files(fonts / "initials", *FONTS),
        flowers=files(fonts / "flowers", *FONTS),
        hands=files(fonts / "hands", *FONTS),
        ornaments=ornaments,
        pictures={kind.name: files(kind, ".png") for kind in kinds},
    )


def files(folder, *suffixes):
    """The paths of the files with these suffixes in a folder and all below it, sorted."""
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    return tuple(str(path) for path in paths if path.suffix.lower() in suffixes)


def faces_in(folder, period=None):
    """The faces in a folder, one for every family; else their period is the name of their folder.

    Files without the letters A-Z and a-z, a hyphen and a stop are left out; a family without an
    italic or a bold uses its upright. Raises InputError for a file that is no font.
    """
    families = {}
    for path in files(folder, *FONTS):
        try:
            family, style = ImageFont.truetype(path, 20).getname()
            complete = characters(path) >= LETTERS
        except (OSError, RuntimeError) as error:
            message = f"{path} is not a font that FreeType can read; remove it."
            raise InputError(message) from error
        named = period or Path(path).parent.name
        if complete:
            families.setdefault((family, named), {})[cut_of(style or "")] = path
    return tuple(face_of(cuts, named) for (_, named), cuts in families.items())


def cut_of(style):
    """Which cut a font's style name means: upright, italic, bold or bold italic."""
    style = style.lower()
    slanted = "italic" in style or "oblique" in style
    heavy = "bold" in style or "black" in style or "heavy" in style
    return " ".join(["bold"] * heavy + ["italic"] * slanted) or "upright"


def face_of(cuts, period):
    """A face from the cuts of one family that were found."""
    upright = cuts.get("upright") or next(iter(cuts.values()))
    mathematical = period == "blackletter" and FRAKTUR[ord("A")] in characters(upright)
    return Face(
        upright,
        cuts.get("italic", upright),
        cuts.get("bold", upright),
        alphabet="fraktur" if mathematical else "roman",
        period=period if period in PERIODS else "oldstyle",
    )
