"""A page of any size in, scores and labels of exactly that size out.

This is the one place where pages are padded and cropped. The kinds of model are told apart by
their shapes alone, so that a student's own model predicts like ours:

- a window classifier, (batch, size, size, channels) -> (batch, classes), slides over the page; if
  it pads nothing, all windows are computed together;
- a dense model sees the whole page, padded with paper; a large scan in tiles, each with all that
  its scores depend on, so that they are those of the whole page;
- a dense model that is tied to one size sees the page in overlapping tiles of that size.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import keras
import numpy as np

from seglab.dense_windows import dense_tiles, obstacle, pays
from seglab.dimensions import table
from seglab.errors import InputError
from seglab.rewrites import Rewritten, interpolates, rewritten
from seglab.scaling import scaled_image, scaled_labels
from seglab.tiles import assembled, cut, spans
from seglab.windows import STRIDE, window_bands

# Where every size of image needs a program of its own (from the compiler XLA; for interpolation),
# pages are padded to multiples of 64, not only of the model's own 8 or 16, and share programs.
SHARED_MULTIPLE = 64

# A larger page goes through a dense model in tiles; the U-Net holds 0.5 kB a pixel.
PIXELS_AT_ONCE = 1_500_000


def scores(model, image, stride=STRIDE):
    """Scores of every class at every pixel: (H, W, num_classes), one channel for a sigmoid model.

    image: (H, W, 1), ink 1.0 and paper 0.0, any H and W from 1 on. A model of three channels sees
    the ink three times. stride: pixels between the windows of a window classifier.
    """
    return _predicted(model, image, stride, of=lambda scores: scores)


def labels(model, image, height=None, stride=STRIDE):
    """The most probable class of every pixel: (H, W) uint8.

    image: (H, W, 1). height: the working height in pixels that the model was trained at; the image
    is brought to it and the labels come back at the image's own size. None: leave the size alone.
    """
    page = image if height is None else scaled_image(image, height)
    return scaled_labels(_predicted(model, page, stride, of=labels_of), image.shape[:2])


def labels_of(scores):
    """The class of the highest score, (...) uint8; one channel is the probability of class 1."""
    if scores.shape[-1] == 1:
        return (scores[..., 0] > 0.5).astype(np.uint8)
    return scores.argmax(-1).astype(np.uint8)


def is_window_classifier(model):
    """True for (batch, size, size, channels) -> (batch, classes): one answer a window."""
    input_shape = _input_shape(model)
    if len(_output_shape(model, input_shape)) == 4:
        return False
    if input_shape[1] is None or input_shape[1] != input_shape[2]:
        raise InputError(
            f"{model.name} gives one answer an image, so it should take square windows, "
            f"(batch, 32, 32, 1); it takes {input_shape}."
        )
    return True


def num_classes(model):
    """How many classes a model tells apart: its score channels, two for a single one."""
    return max(_output_shape(model, _input_shape(model))[-1], 2)


def size_multiple(model):
    """The number whose multiples are page sizes that a dense model gives back unchanged.

    8 for three pools, 16 for four. Raises InputError if no such number up to 96 is found.
    """
    grid = _grid(rewritten(model))
    if grid is None:
        raise _not_dense(model, (31 * 96, 31 * 96))
    return grid.multiple


def _predicted(model, image, stride, of):
    """The page of what `of` makes of the scores, a tile at a time."""
    if image.ndim != 3 or image.shape[-1] != 1 or 0 in image.shape:
        raise InputError(f"image should be (H, W, 1), ink 1.0 and paper 0.0; it is {image.shape}.")
    _, *size, channels = _input_shape(model)
    image = np.broadcast_to(image, (*image.shape[:2], channels))
    if is_window_classifier(model):
        shared = obstacle(model) is None and pays(model, stride)
        tiles = (dense_tiles if shared else window_bands)(model, image, stride)
        return assembled(tiles, image.shape[:2], stride, of)
    if None in size or _takes_any_size(rewritten(model)):
        tiles = _dense_tiles(model, image)
    else:
        tiles = _fixed_tiles(model, image, size)
    return assembled(tiles, image.shape[:2], of=of)


class Grid(NamedTuple):
    """Which images a dense model gives back unchanged, and how far its scores look around.

    multiple: of H and W. margins: pixels that a score depends on (before, after) its own, along H
    and W, rounded up to steps; None where a layer is unknown or looks at the whole image. step: how
    far an image may be shifted that scores shift with it; a model that pads may take any size, and
    yet have a grid.
    """

    multiple: int
    margins: tuple | None
    step: int = 1


@lru_cache(maxsize=32)
def _grid(fast):
    """The Grid of a model that `rewritten` gave; None if there is none."""
    for multiple in (1, 2, 4, 8, 16, 32, 64, 3, 6, 12, 24, 48, 96):
        # 31 shares no divisor with any of them: a pool that rounds down cannot hide.
        size = (31 * multiple, 31 * multiple)
        output, fields = _seen(fast, size)
        if output == size:
            if fields is None or not all(field.shift for field in fields):
                return Grid(multiple, None)
            step = math.lcm(multiple, *(field.shift for field in fields))
            return Grid(multiple, tuple(_margin(field, step) for field in fields), step)
    return None


def _seen(fast, size):
    """(H, W) of the scores of an image of this size, and what they see; (None, None): no scores."""
    channels = _input_shape(getattr(fast, "model", fast))[-1]
    if isinstance(fast, Rewritten):
        row = table(fast.model, (*size, channels))[-1]
        return row.output_shape and row.output_shape[:2], row.fields
    try:
        return _output_shape(fast, (1, *size, channels))[1:3], None
    except ValueError:  # a pool of nothing: this size is too small
        return None, None


def _margin(field, multiple):
    """The most pixels (before, after) a pixel that any phase of the field sees."""
    seen = [(i - see[0], see[1] - 1 - i) for i, see in enumerate(field.intervals) if see]
    return tuple(-(-max(0, *side) // multiple) * multiple for side in zip(*seen))


@lru_cache(maxsize=8)
def _takes_any_size(fast):
    """True for a model of a fixed size whose layers would do the same at any other."""
    grid = _grid(fast)
    if grid is None or grid.margins is None:
        return False
    rows = table(fast.model)
    return all(row.type != "PReLU" for row in rows)  # PReLU may have a weight for every pixel


def _input_shape(model):
    """(batch, H, W, channels); a subclassed model does not know and is taken to read ink."""
    shape = getattr(model, "input_shape", None) or (None, None, None, 1)
    if not isinstance(shape, tuple) or len(shape) != 4:
        raise InputError(
            f"{model.name} should take images, (batch, H, W, channels); it takes {shape}."
        )
    return shape


def _output_shape(model, input_shape):
    output = model.compute_output_spec(keras.KerasTensor(input_shape))
    if not hasattr(output, "shape") or len(output.shape) not in (2, 4):
        raise InputError(
            f"{model.name} should give the scores of every pixel, (batch, H, W, classes), or of a "
            f"window, (batch, classes); it gives {getattr(output, 'shape', 'several outputs')}."
        )
    return output.shape


def _not_dense(model, size):
    sized = (1, *size, _input_shape(model)[-1])
    return InputError(
        f"{model.name} should give one score per pixel, (batch, H, W, num_classes); "
        f"it turns {sized} into {_output_shape(model, sized)}."
    )


def _dense_tiles(model, image):
    """The page padded with paper, in as many tiles as its size asks for."""
    fast, sized = rewritten(model), interpolates(model)
    multiple, (_, margins, step) = size_multiple(model), _grid(fast)
    if math.prod(side + step for side in image.shape[:2]) > PIXELS_AT_ONCE:  # more than one tile
        multiple = math.lcm(multiple, step)
    if sized or fast.jit_compile:
        multiple = math.lcm(multiple, SHARED_MULTIPLE)
    height, width = (side + -side % multiple for side in image.shape[:2])
    square = math.isqrt(PIXELS_AT_ONCE)
    most = max(square, PIXELS_AT_ONCE // width), max(square, PIXELS_AT_ONCE // height)
    if margins is None:
        most, margins = (height, width), ((0, 0), (0, 0))
    for rows, seen_rows in spans(height, most[0], *margins[0], multiple):
        for columns, seen_columns in spans(width, most[1], *margins[1], multiple):
            top, left = seen_rows.start, seen_columns.start
            tile = cut(image, top, left, seen_rows.stop - top, seen_columns.stop - left)
            fast = rewritten(model, tile.shape[:2]) if sized else fast
            tile_scores = fast.predict_on_batch(tile[None])[0, rows.start - top :]
            yield rows, columns, tile_scores[:, columns.start - left :]


def _fixed_tiles(model, image, size):
    """Tiles of the model's size that overlap by half; each gives the scores of its middle."""
    output = _output_shape(model, (1, *size, image.shape[-1]))
    if tuple(output[1:3]) != tuple(size):
        raise _not_dense(model, size)
    height, width, _ = image.shape
    step, margin = [side // 2 for side in size], [side // 4 for side in size]
    middle = tuple(slice(edge, edge + side) for edge, side in zip(margin, step, strict=True))
    for top in range(0, height, step[0]):
        row = cut(image, top - margin[0], -margin[1], size[0], width + size[1])
        tiles = np.lib.stride_tricks.sliding_window_view(row, size, axis=(0, 1))[0, :: step[1]]
        tile_scores = model.predict_on_batch(np.moveaxis(tiles, 1, -1))[:, *middle]
        yield slice(top, top + step[0]), slice(0, width), np.concatenate(tile_scores, axis=1)
