"""Smooth random fields: what ornaments grow from and what paper, ink and press vary by."""

import numpy as np
from PIL import Image


def smooth_noise(rng, height, width, cell):
    """A smooth field of mean 0 and deviation near 1, (height, width) float32.

    `cell` is the distance in pixels over which it changes.
    """
    rows, columns = int(height / cell) + 3, int(width / cell) + 3
    grid = Image.fromarray(rng.standard_normal((rows, columns)).astype(np.float32))
    whole = grid.resize((int(columns * cell) + 1, int(rows * cell) + 1), Image.Resampling.BICUBIC)
    # The outer cells are the resampling's rim: cut the field from inside them.
    edge = int(cell)
    return 1.4 * np.asarray(whole)[edge : edge + height, edge : edge + width]
