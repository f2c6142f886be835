"""Segmentation by histograms of local ink density, and Bayes' rule.

How often has a pixel of each class this much ink around it, near by and farther away? The counts,
a histogram in several dimensions (as Swain & Ballard 1991 have of colours), are the classifier.
"""

import numpy as np
from scipy import ndimage

from seglab.classical.features import cleared, density
from seglab.classical.method import ScoringMethod, balanced_shares, class_counts, sampled
from seglab.pages import CLASSES

PRIOR = 5  # pixels of the average page that every cell of the histogram has seen beforehand


class Histogram(ScoringMethod):
    """A histogram of ink density at several scales for every class; scores are shares of counts.

    sigmas: widths in pixels of the Gaussians; bins: cells along each of them, equally full.
    """

    def __init__(self, sigmas=(2, 6, 16), bins=16, pixels_per_page=4000):
        self.sigmas, self.bins, self.pixels_per_page = sigmas, bins, pixels_per_page

    def _fit(self, pages):
        densities, labels = sampled(pages, self._densities, self.pixels_per_page)
        shares = np.linspace(0, 1, self.bins + 1)[1:-1]
        self.edges = np.quantile(densities, shares, axis=0).T
        counts = class_counts(self._cells(densities), labels, self.bins ** len(self.sigmas))
        # Neighbouring cells vote, too: most cells of a fine histogram have seen few pixels.
        grid = counts.reshape(*[self.bins] * len(self.sigmas), len(CLASSES)).astype(float)
        smooth = ndimage.gaussian_filter(grid, [0.7] * len(self.sigmas) + [0], mode="nearest")
        smooth = smooth.reshape(counts.shape) + PRIOR * counts.sum(0) / counts.sum()
        self.shares = balanced_shares(smooth)

    def _scores(self, image):
        return self.shares[self._cells(self._densities(image))]

    def _densities(self, image):
        image = cleared(image)
        return np.stack([density(image, sigma) for sigma in self.sigmas], -1)

    def _cells(self, densities):
        """The number of the histogram's cell: (..., scales) -> (...)."""
        scales = np.moveaxis(densities, -1, 0)
        places = [np.searchsorted(e, d) for e, d in zip(self.edges, scales, strict=True)]
        return np.ravel_multi_index(places, [self.bins] * len(self.sigmas))
