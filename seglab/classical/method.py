"""What all classical methods share: `fit(pages)`, `predict(page)`, and the checks of both."""

from abc import ABC, abstractmethod

import numpy as np

from seglab.errors import InputError
from seglab.pages import CLASSES
from seglab.region_classes import BACKGROUND, IGNORE

# Steps of the sequence that fills a square most evenly (Roberts 2018): the plastic number's powers.
EVEN_STEPS = 0.7548776662466927, 0.5698402909980532


class Method(ABC):
    """A segmentation method from before deep learning.

    `fit(pages)` learns from labelled pages and returns the method; `predict(page)` gives the labels
    of a page, (H, W) uint8. Pages are `pages.Page`, all of them at one working height.
    """

    def fit(self, pages):
        """Learn from labelled pages, in any order; pixels labelled IGNORE teach nothing."""
        pages = list(pages)
        if not pages:
            raise InputError("There are no pages to learn from; give at least one.")
        for page in pages:
            if page.labels is None:
                raise InputError(f"Page {page.name} has no labels; a method learns from labels.")
            if not ((page.labels < len(CLASSES)) | (page.labels == IGNORE)).all():
                raise InputError(
                    f"The labels of page {page.name} should be 0 to {len(CLASSES) - 1} or "
                    f"{IGNORE}; there is a {page.labels[page.labels != IGNORE].max()}."
                )
        if not any((page.labels != IGNORE).any() for page in pages):
            raise InputError(
                f"All labels of the {len(pages)} pages are {IGNORE}: nothing to learn."
            )
        self._fit(sorted(pages, key=_content))  # in whatever order they came
        self._fitted = True
        return self

    def predict(self, page):
        """The labels of a page: (H, W) uint8. A page without ink is background."""
        self._check_fitted()
        if not page.image.any():
            return np.full(page.image.shape[:2], BACKGROUND, np.uint8)
        return self._labels(page.image)

    def _check_fitted(self):
        if not getattr(self, "_fitted", False):
            raise InputError(f"This {type(self).__name__} has not learnt yet; call fit(pages).")

    @abstractmethod
    def _fit(self, pages):
        """Learn from a list of pages that have labels."""

    @abstractmethod
    def _labels(self, image):
        """The labels of an image that has ink: (H, W, 1) -> (H, W) uint8."""


def _content(page):
    """What orders pages by themselves alone."""
    return page.image.shape, page.image.tobytes(), page.labels.tobytes()


class ScoringMethod(Method):
    """A method that knows how sure it is: `scores(page)`, (H, W, 3), sum 1 at every pixel."""

    def scores(self, page):
        """The probability of every class at every pixel: (H, W, 3) float32."""
        self._check_fitted()
        if not page.image.any():
            sure = np.arange(len(CLASSES)) == BACKGROUND
            return np.broadcast_to(sure, (*page.image.shape[:2], len(CLASSES))).astype(np.float32)
        return self._scores(page.image)

    def _labels(self, image):
        return self._scores(image).argmax(-1).astype(np.uint8)

    @abstractmethod
    def _scores(self, image):
        """The scores of an image that has ink: (H, W, 1) -> (H, W, 3) float32."""


def spread_pixels(shape, count):
    """(rows, columns) of `count` pixels spread evenly over (H, W), always the same ones."""
    steps = np.arange(1, count + 1)
    return tuple(
        (side * (steps * step % 1)).astype(int)
        for side, step in zip(shape, EVEN_STEPS, strict=True)
    )


def sampled(pages, features, count):
    """`count` pixels of every page, spread evenly: their features (n, F) and labels (n,).

    features: a function (H, W, 1) -> (H, W, F). Pixels labelled IGNORE are left out.
    """
    places = [spread_pixels(page.labels.shape, count) for page in pages]
    labels = np.concatenate([page.labels[at] for page, at in zip(pages, places, strict=True)])
    table = np.concatenate(
        [features(page.image)[at] for page, at in zip(pages, places, strict=True)]
    )
    if not (labels != IGNORE).any():
        raise InputError(f"Too few pixels have a label other than {IGNORE} to learn from them.")
    return table[labels != IGNORE], labels[labels != IGNORE]


def class_counts(groups, labels, num_groups):
    """How many pixels of every class each group has: (num_groups, 3).

    groups, labels: integer arrays of one shape; IGNORE is not counted.
    """
    known = labels != IGNORE
    cells = groups[known].astype(np.int64) * len(CLASSES) + labels[known]
    return np.bincount(cells, minlength=num_groups * len(CLASSES)).reshape(-1, len(CLASSES))


def class_weights(totals):
    """What a pixel of every class counts: the inverse root of the class's frequency, (3,).

    totals: pixels of every class. With plain frequencies graphics lose to text nearly everywhere,
    with equal weights nearly every heading is a graphic; the root lies between.
    """
    frequencies = totals / totals.sum()
    return np.where(totals > 0, np.maximum(frequencies, 1e-9) ** -0.5, 0)


def balanced_shares(counts):
    """The share of every class in every group, by `class_weights`: (n, 3) -> (n, 3) float32."""
    weighed = counts * class_weights(counts.sum(0))
    return (weighed / weighed.sum(1, keepdims=True)).astype(np.float32)


def forest_scores(forest, features):
    """What a scikit-learn classifier says of (n, F) features: (n, 3), 0 for a class not learnt."""
    scores = np.zeros((len(features), len(CLASSES)), np.float32)
    scores[:, forest.classes_] = forest.predict_proba(features)
    return scores
