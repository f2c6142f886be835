"""Columns filled with blocks, each drawn by its weight."""

import numpy as np


def drawn_blocks(rng, weights):
    """Blocks without end, each drawn by its weight ({block: weight})."""
    blocks, shares = list(weights), np.array(list(weights.values()))
    while True:
        yield blocks[rng.choice(len(blocks), p=shares / shares.sum())]


def fill(rng, column, design, blocks):
    """Set blocks until the column is full; 60 at most, for a block without room sets nothing."""
    for _ in range(60):
        if column.room < design.pitch:
            break
        next(blocks)(rng, column, design)
    column.close_zone()
