"""A page of any size in, scores and labels of exactly that size out.

This is the one place where pages are padded and cropped. Three kinds of model are told apart by
their shapes alone, so that a student's own model predicts like ours:

- a window classifier, (batch, size, size, channels) -> (batch, classes), slides over the page;
- a dense model of a fixed size sees the page in overlapping tiles of that size;
- any other dense model sees the whole page, padded with paper; a large scan in strips.
"""

import math
from functools import lru_cache

import keras
import numpy as np

from seglab.errors import InputError
from seglab.scaling import scaled_image, scaled_labels
from seglab.windows import STRIDE, window_scores

# Pages are padded to multiples of 64 where the model's own multiple (8 or 16) would do: pages of
# similar sizes then share one compiled graph, and a backend does not retrace for every new page.
SHARED_MULTIPLE = 64

# A larger page goes through a dense model in strips, because a skip-FCN holds 3 kB a pixel.
PIXELS_AT_ONCE = 1_500_000

# What a strip sees above and below itself: more than half of the 204 pixels that the lecture's
# widest model, the U-Net, sees, so that strips and the whole page have the same scores.
STRIP_MARGIN = 128


def scores(model, image, stride=STRIDE):
    """Scores of every class at every pixel: (H, W, num_classes), one channel for a sigmoid model.

    image: (H, W, 1), ink 1.0 and paper 0.0, any H and W from 1 on. A model of three channels sees
    the ink three times. stride: pixels between the windows of a window classifier.
    """
    if image.ndim != 3 or image.shape[-1] != 1 or 0 in image.shape:
        raise InputError(f"image should be (H, W, 1), ink 1.0 and paper 0.0; it is {image.shape}.")
    _, height, width, channels = _input_shape(model)
    image = np.repeat(image.astype("float32"), channels, axis=-1)
    if is_window_classifier(model):
        page_scores = window_scores(model, image, stride)
    elif height is None or width is None:
        page_scores = _whole_page(model, image)
    else:
        page_scores = _tiled(model, image, (height, width))
    if page_scores.shape[:2] != image.shape[:2]:
        raise _not_dense(model, (1, *image.shape), (1, *page_scores.shape))
    return page_scores


def labels(model, image, height=None, stride=STRIDE):
    """The most probable class of every pixel: (H, W) uint8.

    image: (H, W, 1). height: the working height in pixels that the model was trained at; the image
    is brought to it and the labels come back at the image's own size. None: leave the size alone.
    """
    page = image if height is None else scaled_image(image, height)
    return scaled_labels(labels_of(scores(model, page, stride)), image.shape[:2])


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


@lru_cache
def size_multiple(model):
    """The number whose multiples are page sizes that a dense model gives back unchanged.

    8 for three pools, 16 for four. Raises InputError if no such number up to 96 is found.
    """
    channels = _input_shape(model)[-1]
    for multiple in (1, 2, 4, 8, 16, 32, 64, 3, 6, 12, 24, 48, 96):
        # 31 shares no divisor with any of them: a pool that rounds down cannot hide.
        sized = (1, 31 * multiple, 31 * multiple, channels)
        try:
            output = _output_shape(model, sized)
        except ValueError:  # a pool of nothing: this size is too small
            continue
        if output[1:3] == sized[1:3]:
            return multiple
    raise _not_dense(model, sized, output)


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


def _not_dense(model, sized, output):
    return InputError(
        f"{model.name} should give one score per pixel, (batch, H, W, num_classes); "
        f"it turns {sized} into {output}."
    )


def _whole_page(model, image):
    """The page padded with paper, in as many strips as its size asks for."""
    height, width, _ = image.shape
    multiple = math.lcm(size_multiple(model), SHARED_MULTIPLE)
    padding = [(0, -height % multiple), (0, -width % multiple), (0, 0)]
    page = np.pad(image, padding)
    rows, columns = page.shape[:2]
    if rows * columns <= PIXELS_AT_ONCE:
        return model.predict_on_batch(page[None])[0, :height, :width]
    margin = -(-STRIP_MARGIN // multiple) * multiple
    step = max(PIXELS_AT_ONCE // columns - 2 * margin, 1)
    step = -(-step // multiple) * multiple
    strips = []
    for top in range(0, rows, step):
        above, below = max(top - margin, 0), min(top + step + margin, rows)
        strip = model.predict_on_batch(page[None, above:below])[0]
        strips.append(strip[top - above : top - above + step, :width])
    return np.concatenate(strips)[:height]


def _tiled(model, image, size):
    """Tiles of the model's size that overlap by half; each gives the scores of its middle."""
    shape = image.shape[:2]
    step, margin = [side // 2 for side in size], [side // 4 for side in size]
    padding = [
        (before, -length % stride + tile - stride)
        for before, length, stride, tile in zip(margin, shape, step, size, strict=True)
    ]
    page = np.pad(image, [*padding, (0, 0)])
    tiles = np.lib.stride_tricks.sliding_window_view(page, size, axis=(0, 1))
    top, left = (slice(edge, edge + side) for edge, side in zip(margin, step, strict=True))
    rows = [
        np.concatenate(model.predict_on_batch(np.moveaxis(row, 1, -1))[:, top, left], axis=1)
        for row in tiles[:: step[0], :: step[1]]
    ]
    return np.concatenate(rows)[: shape[0], : shape[1]]
