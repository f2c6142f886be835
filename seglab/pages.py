"""A page: its image and its labels, read, written and scaled.

An image is (H, W, 1) float32 with ink 1.0 and paper 0.0; labels are (H, W) uint8, one class per
pixel. This module offers everything that concerns pages; the parts live in `image_files`,
`layout_xml`, `page_folders` and `scaling`.
"""

from dataclasses import dataclass
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
from seglab.scaling import scaled_image, scaled_labels

__all__ = [
    "CLASSES",
    "COLOURS",
    "Page",
    "PageFile",
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


def read_page(file):
    """Read a PageFile into a Page; InputError for broken files and for sizes that differ."""
    image = read_image(file.image)
    labels = None if file.labels is None else read_label_file(file.labels, image.shape[:2])
    return Page(file.name, image, labels)


def read_label_file(path, shape, num_classes=3):
    """Labels (H, W) uint8 from a label image, or from the PAGE-XML or ALTO file of an image.

    shape: (height, width) of the page's image, which an XML file's has to be; a label image has
    its own.
    """
    if path.suffix.lower() == ".xml":
        return labels_from_xml(path, shape)
    return read_labels(path, num_classes)


def write_page(folder, page):
    """Write a page to `folder`: images/NAME.png and, if it has labels, labels/NAME.png.

    Both files are made before either is written, and the labels go first, so that a folder never
    holds half a page.
    """
    image = image_png(page.image)
    if page.labels is not None:
        write_bytes(Path(folder, "labels", f"{page.name}.png"), labels_png(page.labels))
    write_bytes(Path(folder, "images", f"{page.name}.png"), image)


def scaled(page, height):
    """Scale a page to `height` rows, the image by its ink, the labels by nearest neighbour."""
    image = scaled_image(page.image, height)
    labels = None if page.labels is None else scaled_labels(page.labels, image.shape[:2])
    return Page(page.name, image, labels)
