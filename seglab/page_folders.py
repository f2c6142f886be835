"""Find the pages in a folder and divide them into training, validation and test pages.

Three kinds of folder hold pages:

- a page folder: `images/NAME.png` (any other image will do) and, all or none, `labels/NAME.png`
  and `ink_labels/NAME.png`;
- PAGE-XML or ALTO files, each with its image beside it;
- images alone, without labels.
"""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from seglab.errors import InputError
from seglab.image_files import IMAGE_SUFFIXES
from seglab.layout_xml import image_of

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class PageFile:
    """A page on disk, not yet read; `labels` is a label image, a PAGE-XML or an ALTO file.

    `ink_labels` is the label image that gives a class to the ink alone, where there is one.
    """

    name: str
    image: Path
    labels: Path | None = None
    ink_labels: Path | None = None


def page_files(folder):
    """Return the pages in a folder of any of the three kinds, list of PageFile, sorted by name.

    Beside XML files, images that no XML belongs to are no pages. Raises InputError where there is
    no page, where two bear one name, or where only some pages of a page folder have labels.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder} is {'a file, not' if folder.exists() else 'not'} a folder.")
    layouts = [path for path in files_in(folder, {".xml"}) if path.stem.lower() != "mets"]
    if (folder / "images").is_dir():
        pages = labelled_images(folder)
    elif layouts:
        pages = [PageFile(path.stem, image_of(path), path) for path in layouts]
    else:
        pages = [PageFile(path.stem, path) for path in files_in(folder, IMAGE_SUFFIXES)]
    if not pages and (folder / "train").is_dir():
        raise InputError(f"{folder} is divided into parts; give one of them, as {folder / 'test'}.")
    if not pages:
        raise InputError(
            f"{folder} holds no pages; expected are images/ (with labels/, if there are any), "
            "PAGE-XML or ALTO files with their images, or images alone."
        )
    pages = sorted(pages, key=lambda page: page.name)
    for page, following in zip(pages, pages[1:], strict=False):
        if page.name == following.name:
            raise InputError(
                f"{folder} has two pages named {page.name}, {page.image.name} and "
                f"{following.image.name}; please rename or remove one."
            )
    return pages


def labelled_images(folder):
    """Return the pages of a page folder, list of PageFile."""
    images = files_in(folder / "images", IMAGE_SUFFIXES)
    labels, ink_labels = (label_files(folder / kind, images) for kind in ("labels", "ink_labels"))
    return [
        PageFile(path.stem, path, labels.get(path.stem), ink_labels.get(path.stem))
        for path in images
    ]


def label_files(folder, images):
    """Return the label images in a folder, {name: file}: for all of the images, or for none."""
    labels = {path.stem: path for path in files_in(folder, {".png"})}
    missing = [path.stem for path in images if path.stem not in labels]
    if labels and missing:
        raise InputError(
            f"{folder} lacks {missing[0]}.png ({len(missing)} of {len(images)} pages "
            f"have no labels); label all pages, or remove {folder.name}/ altogether."
        )
    return labels


def files_in(folder, suffixes):
    """Return the visible files in a folder that have one of the endings; none for no folder."""
    if not folder.is_dir():
        return []
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in suffixes and not path.name.startswith(".") and path.is_file()
    ]


def splits(folder):
    """Divide a folder's pages: {"train": [PageFile, ...], "validation": [...], "test": [...]}.

    The first of these rules that applies:

    1. The folder has subfolders train/, test/ and perhaps validation/, each holding pages.
    2. It has a `pages.csv` with the columns `name` and `split`.
    3. By name. Pages whose names differ only in their last number are one book and stay together.
       Of every five books in the order of their names, the first goes to test, the third to
       validation, the others to train. With fewer than five books single pages are dealt so.

    Where rule 1 or 2 give no validation pages, rule 3 takes them from train: of every five books
    the third. Every split gets a page. Raises InputError for fewer than three pages and for pages
    without labels.
    """
    folder = Path(folder)
    if (folder / "train").is_dir():
        pages = {name: page_files(folder / name) for name in SPLITS if (folder / name).is_dir()}
    elif (folder / "pages.csv").is_file():
        pages = listed(folder / "pages.csv", page_files(folder))
    else:
        pages = dealt(page_files(folder), {"test": 0, "validation": 2})
    if not pages.get("train") or not pages.get("test"):
        raise InputError(f"{folder} needs train and test pages, but has only {', '.join(pages)}.")
    if "validation" not in pages:
        pages |= dealt(pages["train"], {"validation": 2})
    for page in sum(pages.values(), []):
        if page.labels is None:
            raise InputError(
                f"Page {page.name} in {folder} has no labels, so it cannot be used here."
            )
    return {name: pages[name] for name in SPLITS}


def dealt(pages, places):
    """Deal pages by name: of every five books those at `places` {split: 0..4}, else train."""
    books = defaultdict(list)
    for page in pages:
        books[re.sub(r"\d+(?=\D*$)", "#", page.name)].append(page)
    units = list(books.values()) if len(books) >= 5 else [[page] for page in pages]
    if len(units) < 3:
        raise InputError(
            "At least 3 pages are needed to divide them into training, validation and test "
            f"pages, but there are {len(units)} ({pages[0].name}, ...)."
        )
    split_of = {place: split for split, place in places.items()}
    dealt_pages = {split: [] for split in ("train", *places)}
    for index, unit in enumerate(units):
        dealt_pages[split_of.get(index % 5, "train")] += unit
    return dealt_pages


def listed(path, pages):
    """Divide pages as the table `path` says (columns `name` and `split`)."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = [(row["name"], row["split"]) for row in csv.DictReader(file)]
    except (OSError, UnicodeError, csv.Error, KeyError) as error:
        raise InputError(
            f"{path} should be a comma-separated table with the columns name and split, in UTF-8."
        ) from error
    in_table, in_folder = Counter(name for name, _ in rows), Counter(page.name for page in pages)
    if in_table != in_folder:
        name = min((in_table - in_folder) + (in_folder - in_table), key=str)
        raise InputError(
            f"{path} should name every page of its folder once, but {name} is "
            f"{in_table[name]} times in the table and {in_folder[name]} times in the folder."
        )
    split_of = dict(rows)
    listed_pages = defaultdict(list)
    for page in pages:
        if split_of[page.name] not in SPLITS:
            raise InputError(
                f"{path} puts {page.name} into '{split_of[page.name]}'; known are "
                f"{', '.join(SPLITS)}."
            )
        listed_pages[split_of[page.name]].append(page)
    return dict(listed_pages)
