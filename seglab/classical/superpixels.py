"""Superpixels, and a classifier that labels them whole.

Felzenszwalb & Huttenlocher (2004), quick shift (Vedaldi & Soatto 2008), SLIC (Achanta et al. 2012)
and compact watershed (Neubert & Protzel 2014), by scikit-image. All look for even colour, which a
binary page has nowhere; so they see three densities of ink, as the channels of a picture.
"""

import numpy as np
from scipy import ndimage

from seglab.classical.features import density, filter_bank
from seglab.classical.method import ScoringMethod, class_counts, class_weights, forest_scores
from seglab.errors import InputError
from seglab.pages import CLASSES

METHODS = ("felzenszwalb", "quickshift", "slic", "watershed")
SIZE = 100  # pixels of an average superpixel of slic and watershed: ten by ten


def superpixels(image, method="slic"):
    """The superpixels of a page, each of them connected: (H, W, 1) -> (H, W) int, from 0 on.

    method: one of METHODS.
    """
    from skimage import segmentation

    if method not in METHODS:
        raise InputError(
            f"There are no superpixels '{method}'; choose one of {', '.join(METHODS)}."
        )
    channels = np.stack([np.sqrt(density(image, sigma)) for sigma in (1.5, 3, 6)], -1)
    count = max(1, image.size // SIZE)
    if method == "felzenszwalb":
        found = segmentation.felzenszwalb(channels, scale=40, sigma=0, min_size=SIZE // 2)
    elif method == "quickshift":
        found = segmentation.quickshift(
            channels, ratio=0.9, kernel_size=2, max_dist=5, sigma=0, rng=0, convert2lab=False
        )
    elif method == "slic":
        found = segmentation.slic(
            channels, count, compactness=0.1, start_label=0, convert2lab=False
        )
    else:
        steepness = np.hypot(*(ndimage.sobel(channels[..., 1], axis) for axis in (0, 1)))
        found = segmentation.watershed(steepness, count, compactness=1e-3)
    return connected(found)


def connected(numbers):
    """Numbers from 0 on, a new one for every connected part: (H, W) -> (H, W) int."""
    from skimage.measure import label

    return label(numbers, background=numbers.min() - 1, connectivity=1) - 1


def superpixel_features(image, numbers):
    """Means and deviations of the filter bank in every superpixel: (n, 2 F)."""
    bank = filter_bank(image).reshape(numbers.size, -1)
    sizes = np.bincount(numbers.ravel())[:, None]
    sums, squares = (
        np.stack([np.bincount(numbers.ravel(), column) for column in values.T], -1)
        for values in (bank, bank**2)
    )
    means = sums / sizes
    deviations = np.sqrt(np.maximum(squares / sizes - means**2, 0))
    return np.concatenate([means, deviations], -1).astype(np.float32)


class Superpixels(ScoringMethod):
    """A random forest that classes superpixels by what the filter bank says of them."""

    def __init__(self, method="slic", trees=40, seed=0):
        self.method, self.trees, self.seed = method, trees, seed

    def _fit(self, pages):
        from sklearn.ensemble import RandomForestClassifier

        tables = []
        for page in pages:
            numbers = superpixels(page.image, self.method)
            counts = class_counts(numbers, page.labels, numbers.max() + 1)
            tables.append(np.column_stack([counts, superpixel_features(page.image, numbers)]))
        table = np.concatenate(tables)
        counts, features = table[:, : len(CLASSES)], table[:, len(CLASSES) :]
        weights = counts.max(1) * class_weights(counts.sum(0))[counts.argmax(1)]
        scored = weights > 0
        self.forest = RandomForestClassifier(
            self.trees, min_samples_leaf=3, max_features=0.2, random_state=self.seed
        ).fit(features[scored], counts.argmax(1)[scored], sample_weight=weights[scored])

    def _scores(self, image):
        numbers = superpixels(image, self.method)
        return forest_scores(self.forest, superpixel_features(image, numbers))[numbers]
