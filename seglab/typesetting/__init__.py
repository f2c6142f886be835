"""Make pages out of type, initials, ornaments and pictures, and scan them: ground truth for free.

A page is a pure function of its seed. The design comes first (`design.py`: format, type area, line
grid, types), then the composition (`layout.py`, `blocks.py`, `column.py`), set in the bundled or
your own fonts (`faces.py`) with the words of three languages (`text.py`), with `pictures.py` and
`ornaments.py`; last the scan (`scan.py`, `damage.py`), which moves ink and labels alike.

Labels follow the ground truth of real books: a text region is the filled hull of a block of lines
(paragraphs, heading, running title, page number, note, caption, table; drop capitals included), a
graphic region the filled outline of a picture or ornament; rules, borders and dirt are background.
"""

from pathlib import Path

import numpy as np

from seglab.errors import InputError
from seglab.pages import Page, write_page

from .faces import bundled_faces, folder_faces
from .layout import composed_sheet
from .scan import scanned

__all__ = ["page", "typeset"]


def page(seed, height=900, fonts=None):
    """Make one page: image (height, W, 1) float32 of 0 and 1, labels (height, W) uint8.

    `seed` is an integer or a tuple of integers, all >= 0; the same arguments give the same page.
    `fonts` is a folder of .ttf or .otf files, else the fonts that matplotlib ships. Class 0 is
    background, 1 text, 2 graphic. Raises InputError for a bad seed or height and for a folder
    without a usable font.
    """
    numbers = seed if isinstance(seed, tuple) else (seed,)
    if not numbers or not all(isinstance(n, int | np.integer) and n >= 0 for n in numbers):
        raise InputError(f"A seed is an integer >= 0 or a tuple of them, but it is {seed!r}.")
    if height < 200:
        raise InputError(f"A page should be at least 200 pixels high to be read; {height} is less.")
    faces = bundled_faces() if fonts is None else folder_faces(str(fonts))
    rng = np.random.default_rng(numbers)
    image, labels, _ = scanned(rng, composed_sheet(rng, height, faces))
    return Page(page_name(numbers), image[..., None].astype(np.float32), labels)


def typeset(folder, count, seed, height=900, fonts=None):
    """Write pages (seed, 0) ... (seed, count - 1) into a page folder; an iterator over them.

    Each page is made and written when the iterator reaches it, so a caller can show progress. A
    page that is there already under its own name is written again; a folder that holds any other
    page is refused, so that two sets never mix. Raises InputError for that, for a count below 1
    and for what `page` refuses, before anything is written.
    """
    if count < 1:
        raise InputError(f"The number of pages should be at least 1, but it is {count}.")
    first = page((seed, 0), height, fonts)
    refuse_other_pages(Path(folder), {page_name((seed, i)) for i in range(count)})

    def written_pages():
        for i in range(count):
            made = page((seed, i), height, fonts) if i else first
            write_page(folder, made)
            yield made

    return written_pages()


def page_name(numbers):
    """The name of the page with these seed numbers: page_0001_0007."""
    return "page_" + "_".join(f"{number:04d}" for number in numbers)


def refuse_other_pages(folder, names):
    """Raise InputError where a page folder holds pages other than `names`."""
    held = {path.stem for part in ("images", "labels") for path in (folder / part).glob("[!.]*")}
    others = sorted(held - names)
    if others:
        raise InputError(
            f"{folder} already holds other pages, such as {others[0]}; give a new or empty folder."
        )
