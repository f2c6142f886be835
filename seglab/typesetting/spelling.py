"""How a printing house spells: long s, ligatures, u and v as one letter, abbreviations, Fraktur."""

import re
import unicodedata

from .text import roman

CAPITALS, SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
# Mathematical Fraktur (Unicode block 1D400): the blackletter that hides in mathematical fonts.
FRAKTUR = {ord(a): chr(0x1D504 + i) for i, a in enumerate(CAPITALS)}
FRAKTUR |= {ord(a): chr(0x1D51E + i) for i, a in enumerate(SMALL)}
FRAKTUR |= {ord(a): b for a, b in zip("CHIRZ", "\u212d\u210c\u2111\u211c\u2128", strict=True)}
BOLD_FRAKTUR = {ord(a): chr(0x1D56C + i) for i, a in enumerate(CAPITALS)}
BOLD_FRAKTUR |= {ord(a): chr(0x1D586 + i) for i, a in enumerate(SMALL)}
ALPHABETS = {"roman": {}, "fraktur": FRAKTUR, "bold fraktur": BOLD_FRAKTUR}

# Longest first; ct has no letter of its own in Unicode, only one that medievalists agreed upon.
LIGATURES = {
    **{"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"},
    **{"\u017ft": "\ufb05", "ct": "\ueec5"},
}
# A stroke over a vowel stands for m or n.
STROKES = {"a": "ã", "e": "\u1ebd", "i": "\u0129", "o": "õ", "u": "\u0169"}


def with_long_s(text):
    """The long s everywhere but at the end of a word."""
    return re.sub(r"s(?=\w)", "\u017f", text)


def with_ligatures(text, known):
    """The text with those ligatures that are among the `known` characters."""
    for letters, ligature in LIGATURES.items():
        if ligature in known:
            text = text.replace(letters, ligature)
    return text


def as_in_1550(text):
    """U and v as one letter, v in front and u within a word; i for j."""
    text = re.sub(r"\bu", "v", re.sub(r"(?<=\w)v", "u", text))
    return text.translate(str.maketrans("UJj", "VIi"))


def abbreviated(text):
    """A word as scribes and early printers shortened it to save room: qui ũ, atq;, &.

    They did so now and then: here the length of the word decides.
    """
    if text == "et":
        return "&"
    if len(text) % 2:
        text = re.sub(r"(?<=\w\w)que\b", "q;", text)
        text = re.sub(r"(?<=\w)([aeiou])[mn]\b", lambda found: STROKES[found[1]], text)
    return text


def unaccented(text):
    """The text in base letters: é as e, ß as ss, a dash as a hyphen."""
    for old, new in (("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("Æ", "AE"), ("\u2014", "-")):
        text = text.replace(old, new)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def in_known_letters(text, known):
    """The text without what a font lacks: figures in Roman numerals, accents left out."""
    if known.issuperset(text):
        return text
    if any("\u0370" <= c < "\u0600" for c in text) and not known.issuperset(unaccented(text)):
        return ""  # Greek or Hebrew, and not the whole word
    if not known.issuperset("0123456789"):
        text = re.sub(r"\d+", lambda found: roman(int(found[0])), text)
    if "&" not in known:
        text = text.replace("&", "et")
    text = "".join(c if c in known else unaccented(c) for c in text)
    return "".join(c for c in text if c in known)
