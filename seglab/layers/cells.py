"""What up-sampling layers share: factors, sizes, and cells put side by side."""

from keras import ops


def pair(number):
    """(2, 2) of 2; a pair stays what it is."""
    return (number, number) if isinstance(number, int) else tuple(number)


def larger(shape, factors):
    """The shape (batch, H, W, channels) with H and W times the factors, None where unknown."""
    batch, height, width, channels = shape
    return batch, height and height * factors[0], width and width * factors[1], channels


def interleaved(cells):
    """Every cell becomes rows x columns cells.

    cells: rows x columns maps (batch, h, w, channels), in nested lists; cells[i][j] says what comes
    into row i and column j of each new block. Returns (batch, h·rows, w·columns, channels).
    """
    _, height, width, channels = ops.shape(cells[0][0])
    rows, columns = len(cells), len(cells[0])
    blocks = ops.stack([ops.stack(row, axis=3) for row in cells], axis=2)
    return ops.reshape(blocks, (-1, height * rows, width * columns, channels))
