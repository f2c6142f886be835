"""A page: its image and its labels, read, written and scaled.

An image is (H, W, 1) float32 with ink 1.0 and paper 0.0; labels are (H, W) uint8, one class per
pixel. Labels have two readings: "region", areas with the paper in them, and "ink", where only ink
has a class and paper is IGNORE. This module offers everything that concerns pages; the parts live
in `image_files`, `layout_xml`, `page_folders` and `scaling`.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from seglab.errors import InputError
from seglab.files import write_bytes
from seglab.image_files import (
    CLASSES,
    COLOURS,
    image_png,
    labels_png,
    read_image,
    read_labels,
    write_image,
    write_labels,
)
from seglab.layout_xml import labels_from_xml
from seglab.page_folders import PageFile, page_files, splits
from seglab.region_classes import IGNORE
from seglab.scaling import scaled_image, scaled_ink_labels, scaled_labels

__all__ = [
    "CLASSES",
    "COLOURS",
    "IGNORE",
    "Page",
    "PageFile",
    "READINGS",
    "ink_reading",
    "page_files",
    "read_image",
    "read_label_file",
    "read_labels",
    "read_page",
    "scaled",
    "scaled_image",
    "scaled_labels",
    "splits",
    "write_image",
    "write_labels",
    "write_page",
]

READINGS = ("region", "ink")


@dataclass(frozen=True, eq=False)
class Page:
    """A page in memory: image (H, W, 1) float32, ink 1.0; labels (H, W) uint8 or None."""

    name: str
    image: np.ndarray
    labels: np.ndarray | None = None

    def __post_init__(self):
        if self.image.ndim != 3 or self.image.shape[-1] != 1 or not self.image.size:
            raise InputError(
                f"The image of page {self.name} should be (height, width, 1), but it is "
                f"{self.image.shape}."
            )
        if self.labels is not None and self.labels.shape != self.image.shape[:2]:
            raise InputError(
                f"Image and labels of page {self.name} should be of one size, but the image is "
                f"{self.image.shape[:2]} and the labels are {self.labels.shape} (height, width)."
            )

    @cached_property
    def paper(self):
        """The label of bare paper, so of all that lies around the page: background, or IGNORE."""
        return IGNORE if (self.labels == IGNORE).any() else CLASSES.index("background")


def read_page(file, reading="region", num_classes=3):
    """Read a PageFile into a Page; InputError for broken files and for sizes that differ.

    reading: one of READINGS. "region" gives the labels as they are. "ink" gives the ink labels, or
    where the file has none, the labels, and of either only what lies on ink.
    """
    if reading not in READINGS:
        raise InputError(f"There is no reading '{reading}'; choose one of {', '.join(READINGS)}.")
    image = read_image(file.image)
    path = file.ink_labels if reading == "ink" and file.ink_labels else file.labels
    labels = None if path is None else read_label_file(path, image.shape[:2], num_classes)
    page = Page(file.name, image, labels)
    return ink_reading(page) if reading == "ink" and path else page


def ink_reading(page):
    """The page with its labels on ink alone: IGNORE on paper."""
    return replace(page, labels=np.where(page.image[..., 0] > 0.5, page.labels, IGNORE))


def read_label_file(path, shape, num_classes=3):
    """Labels (H, W) uint8 from a label image, or from the PAGE-XML or ALTO file of an image.

    shape: (height, width) of the page's image, which an XML file's has to be; a label image has
    its own.
    """
    if path.suffix.lower() == ".xml":
        return labels_from_xml(path, shape)
    return read_labels(path, num_classes)


def write_page(folder, page, ink_labels=None):
    """Write a page to `folder`: images/NAME.png and, if it has them, labels/ and ink_labels/.

    All files are made before one is written, and the image goes last, so that a folder never holds
    half a page.
    """
    labels = {"labels": page.labels, "ink_labels": ink_labels}
    files = {kind: labels_png(given) for kind, given in labels.items() if given is not None}
    files["images"] = image_png(page.image)
    for kind, file in files.items():
        write_bytes(Path(folder, kind, f"{page.name}.png"), file)


def scaled(page, height):
    """Scale a page to `height` rows: its image by the ink share, its labels by nearest neighbour.

    Labels of ink are scaled so that no ink loses its class (`scaling.scaled_ink_labels`).
    """
    image = scaled_image(page.image, height)
    if page.labels is None:
        return Page(page.name, image)
    scale = scaled_ink_labels if page.paper == IGNORE else scaled_labels
    return Page(page.name, image, scale(page.labels, image.shape[:2]))
