"""The sliding window: cut windows, classify their centres, stitch the labels.

Centre convention: a window of `size` pixels labels the pixel `size // 2` of its rows and columns.
So an even window has one pixel more before its centre than after it: a 32x32 window that labels
pixel (r, c) covers rows r - 16 .. r + 15. Outside the page there is paper (0).
"""

import numpy as np

from seglab.errors import InputError
from seglab.tiles import assembled, cut

# Pixels between windows where nothing else is asked: the grid on which the FCN gives its scores.
STRIDE = 8

# Windows in one call of the model: large enough to keep two cores busy, 1 MiB of ink at 32x32.
WINDOWS_PER_CALL = 256

# Calls for one band of the page: the last of them is filled up with paper.
CALLS_PER_BAND = 16


def every_window(image, size):
    """The window around every pixel, without a copy: (H, W, channels, size, size).

    image: (H, W, channels).
    """
    height, width, _ = image.shape
    page = cut(image, -(size // 2), -(size // 2), height + size - 1, width + size - 1)
    return np.lib.stride_tricks.sliding_window_view(page, (size, size), axis=(0, 1))


def windows(image, rows, columns, size):
    """Cut the windows that label the pixels (rows[i], columns[i]): (n, size, size, channels)."""
    return np.moveaxis(every_window(image, size)[rows, columns], 1, -1)


def centres(length, stride):
    """The pixels along an axis whose windows speak for the cells of `stride` pixels."""
    if stride < 1:
        raise InputError(f"stride should be 1 or more pixels; yours is {stride}.")
    return np.minimum(np.arange(0, length, stride) + stride // 2, length - 1)


def window_scores(model, image, stride=STRIDE):
    """Scores of a window classifier at every pixel: (H, W, num_classes).

    The page is ruled into cells of stride x stride pixels; the window around a cell's centre
    (pixel `stride // 2`, or the last one on the page) speaks for the whole cell. At stride 1 every
    pixel has a window of its own.

    image: (H, W, channels). The model takes (batch, size, size, channels), gives (batch, classes).
    """
    return assembled(window_bands(model, image, stride), image.shape[:2], stride)


def window_bands(model, image, stride=STRIDE):
    """`window_scores` a band at a time: rows and columns of the page, and the scores of its cells.

    Yields (slice, slice, (cells, cells, num_classes)), each cell stride x stride pixels.
    """
    height, width, _ = image.shape
    size = model.input_shape[1]
    row_centres, column_centres = centres(height, stride), centres(width, stride)
    step = -(-CALLS_PER_BAND * WINDOWS_PER_CALL // column_centres.size)
    for first in range(0, row_centres.size, step):
        band = row_centres[first : first + step]
        page = cut(
            image,
            band[0] - size // 2,
            -(size // 2),
            band[-1] - band[0] + size,
            width + size - 1,
        )
        every = np.lib.stride_tricks.sliding_window_view(page, (size, size), axis=(0, 1))
        rows, columns = (
            grid.ravel() for grid in np.meshgrid(band - band[0], column_centres, indexing="ij")
        )
        calls = (slice(i, i + WINDOWS_PER_CALL) for i in range(0, rows.size, WINDOWS_PER_CALL))
        scores = [_scores(model, every[rows[call], columns[call]]) for call in calls]
        cells = np.concatenate(scores).reshape(band.size, column_centres.size, -1)
        place = slice(first * stride, (first + step) * stride)
        yield place, slice(0, width), cells


def _scores(model, batch):
    """Scores of up to WINDOWS_PER_CALL windows, in a batch of one size so that nothing retraces."""
    full = np.zeros((WINDOWS_PER_CALL, *batch.shape[1:]), "float32")
    full[: len(batch)] = batch
    return model.predict_on_batch(np.moveaxis(full, 1, -1))[: len(batch)]
