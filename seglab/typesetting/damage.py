"""Dirt: what neither the press nor a person put on the page."""

import numpy as np
from PIL import Image, ImageFilter

from .noise import smooth_noise


def add_dirt(rng, image):
    """Speckle everywhere, clouds of it where the paper is foxed or thumbed; changes `image`."""
    height, width = image.shape
    rate = np.full((height, width), 10 ** rng.uniform(-5.5, -3.2), np.float32)
    if rng.random() < 0.3:
        rate *= 1 + 15 * (smooth_noise(rng, height, width, 0.18 * height) > 1.3)
    if rng.random() < 0.3:
        rate *= 1 + 20 * np.exp(-edge_distance(height, width) / (0.03 * height))
    image |= rng.random((height, width)) < rate
    if rng.random() < 0.6:
        large = Image.fromarray(np.uint8(255 * (rng.random((height, width)) < 0.15 * rate)))
        grown = np.asarray(large.filter(ImageFilter.MaxFilter(3))) > 0
        image |= grown & (rng.random((height, width)) < 0.8)
    if rng.random() < 0.2:
        blots = smooth_noise(rng, height, width, rng.uniform(4, 14))
        image |= (blots > 3.2) & (smooth_noise(rng, height, width, 0.3 * height) > 0.3)


def edge_distance(height, width):
    """Distance in pixels to the nearest edge of the image."""
    y, x = np.ogrid[:height, :width]
    return np.minimum(np.minimum(y, height - 1 - y), np.minimum(x, width - 1 - x))
