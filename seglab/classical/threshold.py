"""Segmentation by thresholds on the local ink density.

Otsu, "A threshold selection method from gray-level histograms" (1979), on a blurred page instead of
a grey one, and once more on what lies above the first threshold: paper, then text, then what is
darker than text. Thresholds are each page's own; what the levels mean is learnt.
"""

import numpy as np

from seglab.classical.features import cleared, density
from seglab.classical.method import Method, class_counts
from seglab.metrics import mean_iou
from seglab.pages import CLASSES

LEVELS = 3


class Threshold(Method):
    """Otsu's thresholds on local ink density; every level has the class that suits it best.

    sigmas: widths of the density's Gaussian, in pixels; `fit` takes the one with the best mean IoU
    on the training pages.
    """

    def __init__(self, sigmas=(4, 8, 12)):
        self.sigmas = sigmas

    def _fit(self, pages):
        images = [cleared(page.image) for page in pages]
        best = -1.0
        for sigma in self.sigmas:
            counts = sum(
                class_counts(levels(density(image, sigma)), page.labels, LEVELS)
                for page, image in zip(pages, images, strict=True)
            )
            quality, classes = best_classes(counts)
            if quality > best:
                best, self.sigma, self.classes = quality, sigma, classes

    def _labels(self, image):
        return self.classes[levels(density(cleared(image), self.sigma))]


def levels(densities):
    """0 below Otsu's threshold, 1 and 2 above it, parted by a second one: (H, W) -> (H, W) int."""
    from skimage.filters import threshold_otsu

    first = threshold_otsu(densities)
    above = densities > first
    second = threshold_otsu(densities[above]) if above.any() else first
    return above + (above & (densities > second)).astype(int)


def best_classes(counts):
    """The classes of a few groups of pixels for which the mean IoU is highest: all are tried.

    counts: (n, 3), pixels of every class in every group. Returns the mean IoU and (n,) uint8.
    """
    number = len(CLASSES)
    choices = np.stack(np.unravel_index(range(number ** len(counts)), [number] * len(counts)), -1)
    qualities = [mean_iou(np.eye(number, dtype=int)[choice].T @ counts) for choice in choices]
    best = int(np.argmax(qualities))
    return qualities[best], choices[best].astype(np.uint8)
