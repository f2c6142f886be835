"""A page of any size in, scores and labels of exactly that size out.

This is the one place where pages are padded and cropped. Three kinds of model are told apart by
their shapes alone, so that a student's own model predicts like ours:

- a window classifier, (batch, size, size, channels) -> (batch, classes), slides over the page;
- a dense model of a fixed size sees the page in overlapping tiles of that size;
- any other dense model sees the whole page, padded with paper.
"""

import math
from functools import lru_cache

import keras
import numpy as np

from seglab.scaling import scaled_image, scaled_labels
from seglab.windows import STRIDE, window_scores

# Pages are padded to multiples of 64 where the model's own multiple (8 or 16) would do: pages of
# similar sizes then share one compiled graph, and a backend does not retrace for every new page.
SHARED_MULTIPLE = 64


def scores(model, image, stride=STRIDE):
    """Scores of every class at every pixel: (H, W, num_classes), one channel for a sigmoid model.

    image: (H, W, 1), ink 1.0 and paper 0.0, any H and W from 1 on. A model of three channels sees
    the ink three times. stride: pixels between the windows of a window classifier.
    """
    if image.ndim != 3 or image.shape[-1] != 1 or 0 in image.shape:
        raise ValueError(
            f"image should be (H, W, 1), ink 1.0 and paper 0.0; yours is {image.shape}."
        )
    _, height, width, channels = _input_shape(model)
    image = np.repeat(image.astype("float32"), channels, axis=-1)
    if is_window_classifier(model):
        return window_scores(model, image, stride)
    if height is None or width is None:
        return _whole_page(model, image)
    return _tiled(model, image, (height, width))


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
    return len(_output_shape(model, _input_shape(model))) == 2


@lru_cache
def size_multiple(model):
    """Smallest power of two whose multiples are page sizes that a dense model gives back unchanged.

    8 for three pools, 16 for four. Raises ValueError if no size up to 512 pixels comes back.
    """
    channels = _input_shape(model)[-1]
    for multiple in (2**power for power in range(9)):
        size = 3 * multiple  # odd multiples: an even one would hide that a pool rounds down
        try:
            output = _output_shape(model, (1, size, size, channels))
        except ValueError:  # a pool of nothing: this size is too small
            continue
        if output[1:3] == (size, size):
            return multiple
    raise ValueError(
        "the model should give one score per pixel, (batch, H, W, num_classes); "
        f"yours turns (1, {size}, {size}, {channels}) into {output}."
    )


def _input_shape(model):
    """(batch, H, W, channels); a subclassed model does not know and is taken to read ink."""
    return getattr(model, "input_shape", None) or (None, None, None, 1)


def _output_shape(model, input_shape):
    return model.compute_output_spec(keras.KerasTensor(input_shape)).shape


def _whole_page(model, image):
    height, width, _ = image.shape
    multiple = math.lcm(size_multiple(model), SHARED_MULTIPLE)
    padding = [(0, -height % multiple), (0, -width % multiple), (0, 0)]
    return model.predict_on_batch(np.pad(image, padding)[None])[0, :height, :width]


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
