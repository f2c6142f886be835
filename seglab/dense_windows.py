"""The sliding window at every pixel, exactly: `windows.window_scores` with shared work."""

import math

import keras
import numpy as np
from keras import layers

from seglab.dimensions import padding, table
from seglab.errors import InputError
from seglab.fragments import ACTIVATIONS, POOLS, scan, span, stages
from seglab.tiles import assembled, cut, spans
from seglab.windows import centres

# Pixels of a tile's side: a map of 100 channels then takes 100 MiB.
SIDE = 512


def dense_scores(model, image, stride=1):
    """Scores of a window classifier at every pixel, (H, W, num_classes), as `window_scores` gives.

    model: a Sequential classifier, (batch, size, size, channels) -> (batch, classes), made of
    convolutions and pools that pad nothing, Flatten, Dense, Dropout and activations; an InputError
    names the layer that is none of these. image: (H, W, channels).

    What the stride has in common with the model's own (8 for three pools of 2) is saved: 8 costs
    1/64 of the last layers, 4 costs 1/16, 3 as much as 1.
    """
    if reason := obstacle(model):
        raise InputError(f"{reason}; windows.window_scores cuts every window instead.")
    return assembled(dense_tiles(model, image, stride), image.shape[:2], stride)


def dense_tiles(model, image, stride):
    """`dense_scores` a tile at a time: rows and columns of the page, and the scores of its cells.

    Yields (slice, slice, (cells, cells, num_classes)), each cell stride x stride pixels.
    """
    scanner, before = scan(model, stride), model.input_shape[1] // 2
    rows, columns = (list(_runs(length, stride)) for length in image.shape[:2])
    for row_place, row_cells, row in rows:
        for column_place, column_cells, column in columns:
            sides = scanner.pixels(row_cells, axis=0), scanner.pixels(column_cells, axis=1)
            page = cut(image, row - before, column - before, *sides)
            yield row_place, column_place, scanner.scores(page)[:row_cells, :column_cells]


def _runs(length, stride):
    """Runs of cells with their centres on one grid: their pixels, their number, the first centre.

    A run covers at most SIDE pixels. A last cell that is cut so short that its centre is off the
    grid is a run of its own.
    """
    middles = centres(length, stride)
    on_grid = int(np.sum(middles == np.arange(middles.size) * stride + stride // 2))
    for cells, _ in spans(on_grid, max(SIDE // stride, 1)):
        pixels = slice(cells.start * stride, cells.stop * stride)
        yield pixels, cells.stop - cells.start, middles[cells.start]
    if on_grid < middles.size:
        yield slice(on_grid * stride, length), 1, length - 1


def obstacle(classifier):
    """Why a window classifier's work cannot be shared: a sentence without its stop, or None."""
    if type(classifier) is not keras.Sequential:
        kind = type(classifier).__name__
        return f"{classifier.name} should be a Sequential model, and is a {kind}"
    for place, layer in enumerate(classifier.layers):
        if reason := _reason(layer, classifier.layers[place + 1 :]):
            named = f"{layer.name} ({type(layer).__name__})"
            return f"the windows of {classifier.name} share no work: its layer {named} {reason}"
    return None


def _reason(layer, after):
    kind = type(layer)
    if kind is layers.Conv2D or kind in POOLS:
        axes = zip(layer.input.shape[1:3], span(layer), layer.strides)
        if any(padding(*axis, layer.padding) != (0, 0) for axis in axes):
            return "pads every window with zeros of its own"
        if len(set(layer.strides)) > 1:
            return f"has unequal strides, {layer.strides}"
    elif kind is layers.Flatten:
        readers = [type(reader) for reader in after if type(reader) is not layers.Dropout]
        if layer.input.shape[1:3] != (1, 1) and readers[:1] != [layers.Dense]:
            return "has no Dense after it"
    elif kind not in {layers.Dense, layers.Dropout} | ACTIVATIONS:
        return "is no convolution, pool, Flatten, Dense, Dropout or activation"
    return None


def pays(classifier, stride):
    """True where sharing takes fewer multiplications than cutting windows `stride` pixels apart."""
    rows = {row.layer: row for row in table(classifier)}
    shared, spacing = 0, 1
    for stage in stages(classifier, stride):
        spacing *= stage.step
        row = rows[stage.layer.name]
        shared += row.multiply_adds / math.prod(row.output_shape[:-1]) / spacing**2
    return shared * stride**2 < sum(row.multiply_adds for row in rows.values())
