"""What can be measured around a pixel of a page: ink density, run lengths, orientation.

All functions take an image (H, W, 1), ink 1.0, or a boolean (H, W); around a page there is paper.
Lengths are in pixels of the working height.
"""

import numpy as np
from scipy import ndimage

INK = 0.3  # a pixel with more ink than this is ink: fine type is grey at the working height
EIGHT = np.ones((3, 3))  # diagonal neighbours are neighbours


def density(image, sigma):
    """The share of ink around every pixel, by a Gaussian: (H, W, 1) -> (H, W)."""
    return ndimage.gaussian_filter(image[..., 0], sigma, mode="constant", truncate=3)


def run_lengths(mask):
    """The length of the run, of True or of False, that every pixel is in along its row: (H, W)."""
    starts = np.ones(mask.shape, bool)
    starts[:, 1:] = mask[:, 1:] != mask[:, :-1]
    places = np.flatnonzero(starts)
    lengths = np.diff(places, append=mask.size)
    return np.repeat(lengths, lengths).reshape(mask.shape)


def run_features(image, sigma):
    """Logarithms of the runs around a pixel, averaged: (H, W, 1) -> (H, W, 4).

    Runs of ink along rows and columns, averaged over the ink nearby, and runs of paper, over the
    paper nearby (0 where there is none): white runs tell lines of text, black ones tell rules.
    """
    ink = image[..., 0] > INK
    runs = run_lengths(ink), run_lengths(ink.T).T
    means = [mean_where(mask, np.log(lengths), sigma) for mask in (ink, ~ink) for lengths in runs]
    return np.stack(means, -1)


def mean_where(mask, values, sigma):
    """The Gaussian mean of `values` over the True pixels of `mask`, 0 far from them: (H, W)."""
    weights = mask.astype(np.float32)
    total = ndimage.gaussian_filter(weights * values, sigma, mode="constant", truncate=3)
    weight = ndimage.gaussian_filter(weights, sigma, mode="constant", truncate=3)
    return (total / np.maximum(weight, 1e-3)).astype(np.float32)


def orientation(image, sigma):
    """How much ink changes along rows and columns and along both diagonals: (H, W, 1) -> (H, W, 3).

    The structure tensor (Foerstner & Guelch 1987): Gaussian means of dy dy, dx dx and dx dy, as
    square roots, the last one with its sign. Lines of text change along columns most.
    """
    along = [ndimage.sobel(image[..., 0], axis, mode="constant") / 8 for axis in (0, 1)]
    products = [along[0] ** 2, along[1] ** 2, along[0] * along[1]]
    means = [ndimage.gaussian_filter(p, sigma, mode="constant", truncate=3) for p in products]
    return np.stack([np.sign(mean) * np.sqrt(np.abs(mean)) for mean in means], -1)


def components(image):
    """What is known of the ink component of every pixel: (H, W, 1) -> (H, W, 4), 0 on paper.

    Logarithms of the height, the width and the ink of the component, and 1 where it reaches the
    edge of the page, as the black around a scan does.
    """
    numbers, count = ndimage.label(image[..., 0] > INK, EIGHT)
    table = np.zeros((count + 1, 4), np.float32)
    for number, (rows, columns) in enumerate(ndimage.find_objects(numbers), 1):
        table[number, :2] = rows.stop - rows.start, columns.stop - columns.start
    table[1:, 2] = np.bincount(numbers.ravel(), minlength=count + 1)[1:]
    table = np.log1p(table)
    table[at_edge(numbers), 3] = 1
    table[0] = 0
    return table[numbers]


def cleared(image):
    """The image without the ink that reaches the edge of the page: (H, W, 1) -> (H, W, 1).

    So is the black around a scan, and the shadow at its fold; its grey rim goes with it. Type that
    touches it is lost, too.
    """
    numbers, count = ndimage.label(image[..., 0] > INK, EIGHT)
    reaching = np.zeros(count + 1, bool)
    reaching[at_edge(numbers)] = True
    reaching[0] = False
    rim = ndimage.binary_dilation(reaching[numbers], EIGHT)
    return np.where(rim[..., None] & (numbers[..., None] == 0), 0, image) * ~reaching[numbers, None]


def at_edge(numbers):
    """The numbers that touch the edge of a numbered image (H, W), ascending."""
    return np.unique(np.concatenate([numbers[[0, -1]].ravel(), numbers[:, [0, -1]].ravel()]))


def position(shape):
    """The distance of every pixel from the middle and from the edge of the page: (H, W, 3).

    (H, W) -> down and right from -1 to 1, and the smaller distance from an edge, in pixels.
    """
    height, width = shape
    row, column = np.mgrid[:height, :width].astype(np.float32)
    to_edge = np.minimum(np.minimum(row, height - 1 - row), np.minimum(column, width - 1 - column))
    down, right = (2 * row + 1) / height - 1, (2 * column + 1) / width - 1
    return np.stack([down, right, to_edge], -1)


def filter_bank(image, sigmas=(1, 2, 4, 8, 16, 32)):
    """Texton-like features of every pixel: (H, W, 1) -> (H, W, F) float32.

    Gaussians, their differences and the structure tensor at several scales (a filter bank as in
    Leung & Malik 2001, its oriented filters as squares), run lengths, ink components and position.
    """
    densities = [density(image, sigma) for sigma in sigmas]
    differences = [fine - coarse for fine, coarse in zip(densities, densities[1:])]
    component = components(image)
    ink = image[..., 0] > INK
    parts = [np.stack([image[..., 0], *densities, *differences], -1)]
    parts += [orientation(image, sigma) for sigma in sigmas[1:5]]
    parts += [run_features(image, sigma) for sigma in (3, 12)]
    parts += [component, position(image.shape[:2])]
    parts += [
        np.stack([mean_where(ink, component[..., k], sigma) for k in range(4)], -1)
        for sigma in (4, 12)
    ]
    return np.concatenate(parts, -1, dtype=np.float32)
