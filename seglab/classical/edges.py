"""Segmentation by edges: closed contours, filled.

The edges are the zero-crossings of the Laplacian of a Gaussian (Marr & Hildreth, "Theory of edge
detection", 1980), which are closed by construction. A Gaussian as wide as a line makes one contour
of a word or a line, not of every letter.
"""

import numpy as np
from scipy import ndimage

from seglab.classical.blocks import Blocks
from seglab.classical.features import EIGHT

FAINTEST = 1e-3  # the curvature of empty paper, 0 but for rounding, is no edge


def filled_contours(ink, sigma):
    """What the edges at scale `sigma` enclose: (H, W) bool -> (H, W) bool.

    Inside a contour the Laplacian is negative: there is more ink than around.
    """
    paper = int(np.ceil(3 * sigma))  # around the page, so that contours close there, too
    curvature = ndimage.gaussian_laplace(np.pad(ink, paper).astype(np.float32), sigma) * sigma**2
    inside = ndimage.binary_fill_holes(curvature < -FAINTEST)
    rows, columns = (slice(paper, paper + side) for side in ink.shape)
    return inside[rows, columns]


class Edges(Blocks):
    """Blocks are what closed contours enclose, at a scale of about half a line."""

    def __init__(self, lengths=(0.15, 0.25, 0.5)):
        super().__init__(lengths)

    def _blocks(self, image, ink, line, length):
        return ndimage.label(filled_contours(ink, max(0.7, length * line)), EIGHT)[0]
