"""A conditional random field over all pairs of pixels, refined by mean field.

Kraehenbuehl & Koltun, "Efficient inference in fully connected CRFs with Gaussian edge potentials"
(2011). Every pixel starts from its scores; neighbours, and pixels nearby of a similar grey, ask it
to be of their class (Potts). With Q for the labels' probabilities, one step is

    Q_i = softmax(log scores_i + smoothness * mean_j(a_ij, Q_j) + contrast * mean_j(b_ij, Q_j))

    a_ij = exp(-|p_i - p_j|^2 / 2 near^2)
    b_ij = exp(-|p_i - p_j|^2 / 2 far^2 - (I_i - I_j)^2 / 2 grey^2)

over all j but i. Three things are simpler than in the paper. Kernels end after three deviations,
so that a Gaussian is two short filters. I is rounded to a few grey levels, one filtering each, in
place of the permutohedral lattice: exact for binary images (Yang, Tan & Ahuja 2009 filter so). And
messages are means, not sums, so that the weights do not depend on the kernels' sizes. The default
weights are small, `contrast` above all: on a binary page paper is like paper inside a region and
outside of it, which a photograph's colours are not.
"""

import numpy as np
from scipy import ndimage
from scipy.special import softmax

from seglab.classical.method import ScoringMethod
from seglab.classical.random_forest import RandomForest
from seglab.errors import InputError

LEAST_SCORE = 1e-3  # no score is so sure that its neighbours cannot change it


def refine(
    scores, image, smoothness=2.0, near=2.0, contrast=0.3, far=10.0, grey=0.2, levels=3, steps=5
):
    """Scores that agree with their neighbours': (H, W, C), (H, W, 1) -> (H, W, C) float32.

    scores: probabilities of any model. image: ink 1.0, paper 0.0. smoothness, contrast: how much
    the neighbours of the two kernels count, in units of log scores. near, far: their deviations in
    pixels; grey: the deviation of the ink. levels: grey levels that the image is rounded to.
    steps: of the mean field; 0 gives the scores as they are, but for LEAST_SCORE.
    """
    _check(scores, image, {"near": near, "far": far, "grey": grey}, levels, steps)
    unary = np.log(np.maximum(scores, LEAST_SCORE)).astype(np.float32)
    messages = [(smoothness, _Kernel(np.zeros(image.shape[:2], int), near, np.ones((1, 1))))]
    if contrast:
        greys = np.linspace(0, 1, levels)
        likeness = np.exp(-((greys[:, None] - greys) ** 2) / (2 * grey**2))
        level = np.rint(image[..., 0].clip(0, 1) * (levels - 1)).astype(int)
        messages.append((contrast, _Kernel(level, far, likeness)))
    refined = softmax(unary, axis=-1)
    for _ in range(steps):
        told = sum(weight * kernel.mean(refined) for weight, kernel in messages)
        refined = softmax(unary + told, axis=-1)
    return refined


class _Kernel:
    """A Gaussian in place times a likeness of levels; `mean` leaves the pixel itself out."""

    def __init__(self, level, sigma, likeness):
        reach = int(3 * sigma + 0.5)
        self.taps = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
        self.level, self.likeness = level, likeness.astype(np.float32)
        ones = np.ones((*level.shape, 1), np.float32)
        self.weight = self._sum(ones) - ones  # likeness to oneself is 1

    def mean(self, values):
        """The weighted mean of all other pixels, 0 where there are none: (H, W, C)."""
        return (self._sum(values) - values) / np.maximum(self.weight, 1e-6)

    def _sum(self, values):
        total = np.zeros_like(values)
        for number, likeness in enumerate(self.likeness):
            share = values * (self.level == number)[..., None]
            for axis in (0, 1):
                share = ndimage.correlate1d(share, self.taps, axis, mode="constant")
            total += likeness[self.level][..., None] * share
        return total


def _check(scores, image, deviations, levels, steps):
    if np.ndim(scores) != 3 or np.shape(image) != (*np.shape(scores)[:2], 1):
        raise InputError(
            "scores should be (H, W, num_classes) and the image (H, W, 1) of the same size; "
            f"they are {np.shape(scores)} and {np.shape(image)}."
        )
    if np.shape(scores)[-1] < 2:
        raise InputError(
            "scores should have a channel for every class; yours have one, the probability p of "
            "class 1. Give (1 - p, p)."
        )
    if np.min(scores) < 0 or np.max(scores) > 1 + 1e-3:
        raise InputError(
            f"scores should be probabilities, 0 to 1; yours go from {np.min(scores):.3g} to "
            f"{np.max(scores):.3g}. Is the softmax missing?"
        )
    for name, value in deviations.items():
        if not value > 0:
            raise InputError(f"{name} should be above 0; yours is {value}.")
    if levels < 2 or steps < 0:
        raise InputError(f"It takes 2 levels and 0 steps at least; yours are {levels} and {steps}.")


class RefinedForest(ScoringMethod):
    """The random forest, refined; any method with `scores` can be put in its place."""

    def __init__(self, method=None):
        self.method = method or RandomForest()

    def _fit(self, pages):
        self.method.fit(pages)

    def _scores(self, image):
        return refine(self.method._scores(image), image)
