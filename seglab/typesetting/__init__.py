"""Make pages out of type, initials, ornaments and pictures, and scan them: ground truth for free.

A page is a pure function of its seed and material. The design comes first (`design.py`: format,
type area, line grid, types), then the composition (`layout.py`, `blocks.py`, `column.py`), set with
the bundled or your own `material.py` in the words of three languages (`text.py`), with
`initials.py`, `ornaments.py` and `pictures.py`; last the scan (`scan.py`, `damage.py`), which moves
ink and labels alike.

Labels have two readings. Region labels follow the ground truth of real books: a text region is the
rectangle around a block of lines (paragraphs, heading, running title, page number, note, caption,
table; drop capitals included), a graphic region the filled hull of a picture or ornament; rules,
borders and dirt are background. Ink labels say of every drop of ink what it is.
"""

from pathlib import Path

import numpy as np

from seglab.errors import InputError
from seglab.pages import READINGS, Page, write_page

from .layout import KINDS, composed_sheet
from .material import bundled_material, material_in
from .newspaper import newspaper_page
from .scan import scanned

__all__ = ["PARTS", "page", "typeset"]

# What can be left out, to see what it teaches: the material's fonts or its pictures, newspapers,
# stamps and handwriting, what lies around the paper, or the scan as a whole.
PARTS = ("types", "pictures", "newspapers", "marks", "surround", "scan")


def page(seed, height=900, material=None, without=(), reading="region"):
    """Make one page: image (height, W, 1) float32 of 0 and 1, labels (height, W) uint8.

    `seed` is an integer or a tuple of integers, all >= 0; the same arguments give the same page.
    `material` is a folder of fonts, ornaments and pictures (see `material.py`), else what
    matplotlib and scikit-image ship. `without` are names of PARTS. Class 0 is background, 1 text, 2
    graphic; the reading "ink" gives a class to ink alone, `pages.IGNORE` to paper. Raises
    InputError for what is none of these and for a folder without a usable font.
    """
    numbers = seed if isinstance(seed, tuple) else (seed,)
    if not numbers or not all(isinstance(n, int | np.integer) and n >= 0 for n in numbers):
        raise InputError(f"A seed is an integer >= 0 or a tuple of them, but it is {seed!r}.")
    if height < 200:
        raise InputError(f"A page should be at least 200 pixels high to be read; {height} is less.")
    for part in set(without) - set(PARTS):
        raise InputError(f"There is no '{part}' to do without; choose from {', '.join(PARTS)}.")
    image, *labels = scan_of(numbers, height, material, without)
    return Page(page_name(numbers), image, labels[READINGS.index(reading)])


def scan_of(numbers, height, material, without):
    """The page with these seed numbers: image, region labels, ink labels."""
    owned = bundled_material() if material is None else material_in(str(material))
    owned = owned.without(without)
    kinds = dict(KINDS)
    if "newspapers" in without:
        del kinds[newspaper_page]
    rng = np.random.default_rng(numbers)
    image, labels, ink_labels = scanned(rng, composed_sheet(rng, height, owned, kinds), without)
    return image[..., np.newaxis].astype(np.float32), labels, ink_labels


def typeset(folder, count, seed, height=900, material=None, without=()):
    """Write pages (seed, 0) ... (seed, count - 1) into a page folder; an iterator over them.

    Each page is made and written when the iterator reaches it, with both readings of its labels,
    so a caller can show progress. A page that is there already under its own name is written again;
    a folder that holds any other page is refused, so that two sets never mix. Raises InputError for
    that, for a count below 1 and for what `page` refuses, before anything is written.
    """
    if count < 1:
        raise InputError(f"The number of pages should be at least 1, but it is {count}.")
    page((seed, 0), height, material, without)
    refuse_other_pages(Path(folder), {page_name((seed, i)) for i in range(count)})

    def written_pages():
        for i in range(count):
            image, labels, ink_labels = scan_of((seed, i), height, material, without)
            made = Page(page_name((seed, i)), image, labels)
            write_page(folder, made, ink_labels)
            yield made

    return written_pages()


def page_name(numbers):
    """The name of the page with these seed numbers: page_0001_0007."""
    return "page_" + "_".join(f"{number:04d}" for number in numbers)


def refuse_other_pages(folder, names):
    """Raise InputError where a page folder holds pages other than `names`."""
    parts = ("images", "labels", "ink_labels")
    held = {path.stem for part in parts for path in (folder / part).glob("[!.]*")}
    others = sorted(held - names)
    if others:
        raise InputError(
            f"{folder} already holds other pages, such as {others[0]}; give a new or empty folder."
        )
