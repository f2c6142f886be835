"""Notebook 7, U-Net: what the instant check runs, for the models."""

from functools import cache

import keras
import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

LEVELS = (16, 32, 64, 128, 256)  # channels of c1 to c5
ASK = "Is the model subclassed? Then call it on an image before you return it."


@question(
    "7a",
    points=2,
    difficulty=1,
    hints=(
        "Make a layer, then call it on x. What it gives is the x of the next layer.",
        "Two Conv2D of 3 x 3, each with padding and activation; return what the second one gives.",
    ),
)
def test_convolved(answers):
    """Two convolutions, the block that every level of the U-Net is made of."""
    student = answers.model("block", 3, 5)
    expect_kernels(student, {"convolution 1": (3, 3, 3, 5), "convolution 2": (3, 3, 5, 5)})
    images = np.random.default_rng(71).normal(size=(2, 9, 14, 3))
    maps = student.scores(images, drawn_weights(student.shapes))
    expect(
        maps.shape == (2, 9, 14, 5),
        "Height and width should stay as they are, and there should be a channel for each filter.",
        maps.shape,
    )
    expect(maps.min() >= 0, "There are values below 0: a ReLU is missing at the end.", maps.min())
    # The first map is -1 everywhere, which the second convolution would turn into 45.
    weights = [np.full(shape, 0.0 if shape == (3, 3, 3, 5) else -1.0) for shape in student.shapes]
    expect(
        not student.scores(images, weights).any(),
        "The second convolution still reads values below 0: there is no ReLU after the first one.",
    )


def expect_kernels(student, named):
    """Kernels of these shapes, each with a bias, and nothing else. named: {layer: shape}."""
    expect(student.weights, f"The model has no weights yet. {ASK}")
    kernels = [shape for shape in student.shapes if len(shape) == 4]
    for name, shape in named.items():
        alike = [shape, *named.values()].count(shape) - 1
        expect(
            kernels.count(shape) >= alike,
            f"No kernel, or too few, are like that of {name}. Look at its size, at the channels "
            "that it reads, and at its filters.",
            kernels,
        )
    sentence = "There are more layers with kernels than are asked for."
    expect(len(kernels) == len(named), sentence, kernels)
    expect(
        len(student.shapes) == 2 * len(kernels),
        "Every layer has a kernel and a bias; nothing else has weights.",
        student.shapes,
    )


def drawn_weights(shapes, silent=(), seeds=None):
    """Weights that depend on the shape of their kernel alone, whatever their order.

    silent: kernel shapes whose layers get zeros. seeds: {kernel shape: seed}, else 0.
    """
    weights, kernel = [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        drawn = of_layer(shape, kernel, (seeds or {}).get(kernel, 0))
        weights.append(np.zeros_like(drawn) if kernel in silent else drawn)
    return weights


@cache
def of_layer(shape, kernel, seed):
    """A kernel or a bias."""
    random = np.random.default_rng([seed, len(shape), *kernel])
    return (1.5 * np.prod(kernel[:3]) ** -0.5 * random.normal(size=shape)).astype("float32")


@question(
    "7b",
    points=2,
    difficulty=1,
    hints=(
        "Only the first of several convolutions reads your channels; the next reads the filters of "
        "the one before.",
        "Each 3 x 3 convolution sees one pixel more at either end. A filter has a weight for each "
        "cell of its kernel and each channel that it reads, and one bias.",
    ),
    numbers=lambda random: {
        "channels": 8 * random.integers(1, 12),
        "filters": 8 * random.integers(2, 9),
        "convolutions": random.integers(2, 5),
    },
)
def test_two_small_or_one_large(answers):
    """Compare several convolutions of 3 x 3 with a single one that sees as much."""
    numbers = answers.numbers
    pixel = np.zeros((1, 1, 99, 1), "float32")
    pixel[0, 0, 49] = 1
    for _ in range(numbers.convolutions):
        spread = keras.layers.Conv2D(1, (1, 3), padding="same", kernel_initializer="ones")
        pixel = spread(pixel)
    reached = int(np.count_nonzero(pixel))  # a pixel reaches as many as one of the last map sees
    field = answers.whole_number("field")
    expect(field % 2 == 1, "field: as many pixels before the middle one as after it.", field)
    expect(field == reached, "field: follow a pixel of the last map back, layer by layer.", field)
    several = keras.Sequential([keras.Input((99, 99, numbers.channels))])
    for _ in range(numbers.convolutions):
        several.add(keras.layers.Conv2D(numbers.filters, 3))
    single = keras.layers.Conv2D(numbers.filters, reached, kernel_initializer="zeros")
    single.build((None, 99, 99, numbers.channels))
    for name, counted in {"small": several, "large": single}.items():
        got = answers.whole_number(name)
        expect(
            got == counted.count_params(),
            f"{name} is not what Keras counts. What does each layer read, and how many biases "
            "does it have?",
            got,
        )


@question(
    "7c",
    points=3,
    difficulty=2,
    hints=(
        "Write height, width and channels of each map beside its line, for a page of 32 x 24.",
        "convolved comes three times. Concatenate takes one list of two maps of the same size; the "
        "pool has halved the one map, but not the other.",
    ),
)
def test_small_unet(answers):
    """Build a U-Net with one step down and one step up."""
    student = answers.model("small_unet", 4)
    named = {"c1's first layer": (3, 3, 1, 4), "c1's second layer": (3, 3, 4, 4)}
    named |= {"c2's first layer": (3, 3, 4, 8), "c2's second layer": (3, 3, 8, 8)}
    named |= {"the transposed convolution": (2, 2, 4, 8), "c3's first layer": (3, 3, 8, 4)}
    expect_kernels(student, named | {"c3's second layer": (3, 3, 4, 4)})
    image = np.zeros((1, 24, 32, 1))
    image[0, 10:14, 13] = 1
    moved = np.roll(image, (1, 1), axis=(1, 2))  # by less than a pool's cell
    weights = drawn_weights(student.shapes)
    maps = student.scores(image, weights)
    expect(
        maps.shape == (1, 24, 32, 4),
        "An image (1, 24, 32, 1) should give a map of its own size, a channel for each filter.",
        maps.shape,
    )
    below = drawn_weights(student.shapes, seeds={(3, 3, 8, 8): 1})
    expect(
        not same(maps, student.scores(image, below), 1e-3),
        "Other weights in c2 change nothing in the result. Does its map come up again?",
    )
    silent = drawn_weights(student.shapes, silent=[(2, 2, 4, 8)])
    empty, *inked = (student.scores(each, silent)[0] for each in (0 * image, image, moved))
    before, after = (each - empty for each in inked)
    most = max(abs(before).max(), abs(after).max())
    expect(
        most > 1e-3,
        "If nothing comes up from c2, the ink makes no difference. Which map goes straight across?",
    )
    seen = {"ink": image[0, ..., 0], "over the skip": abs(before).max(-1) / most}
    seen |= {"ink, moved": moved[0, ..., 0], "over the skip, then": abs(after).max(-1) / most}
    expect(
        same(after, np.roll(before, (1, 1), axis=(0, 1)), 1e-3),
        "The ink has moved by one pixel, but what comes over the skip has not moved with it. Has "
        "it been through a pool?",
        picture=lambda: plots.feature_maps(seen),
    )


@question(
    "7d",
    points=4,
    difficulty=2,
    hints=(
        "The table, line by line: the way down is convolved, pool, convolved, pool; the way up is "
        "four times a transposed convolution, Concatenate, convolved.",
        "The skips come from c4, c3, c2, c1, in this order. One channel of scores needs another "
        "activation than several do.",
    ),
)
def test_unet(answers):
    """Build the U-Net of the notes, for images of one size and for pages of any."""
    notes = answers.model("unet", 128, 3, 1)
    expect_unet_kernels(notes, channels=3, num_classes=1)
    image = np.random.default_rng(74).random((1, 128, 128, 3))
    scores = notes.scores(image)
    expect(
        scores.shape == (1, 128, 128, 1),
        "unet(128, 3, 1) should give one score for each pixel of an image (1, 128, 128, 3).",
        scores.shape,
    )
    expect(
        scores.min() >= 0 and scores.max() <= 1 and np.ptp(scores) > 0,
        "A single channel of scores should hold probabilities that differ from pixel to pixel. "
        "What does your activation make of one channel?",
        (scores.min(), scores.max()),
    )
    pages = answers.model("unet", None, 1, 3)
    expect_unet_kernels(pages, channels=1, num_classes=3)
    images = np.random.default_rng(75).random((1, 16, 32, 1))
    scores = pages.scores(images)
    expect(
        scores.shape == (1, 16, 32, 3) and same(scores.sum(-1), np.ones((1, 16, 32)), 1e-4),
        "unet(None, 1, 3) should give three probabilities for each pixel of images (1, 16, 32, 1), "
        "and they sum to 1.",
        scores.shape,
    )
    expect_skips(pages, images)


def expect_unet_kernels(student, channels, num_classes):
    """The kernels of the notes."""
    named, read = {}, channels
    for level, filters in enumerate(LEVELS, 1):
        named[f"c{level}'s first layer"] = (3, 3, read, filters)
        named[f"c{level}'s second layer"] = (3, 3, filters, filters)
        read = filters
    for level, filters in enumerate(LEVELS[3::-1], 6):
        named[f"u{level}"] = (2, 2, filters, 2 * filters)
        named[f"c{level}'s first layer"] = (3, 3, 2 * filters, filters)
        named[f"c{level}'s second layer"] = (3, 3, filters, filters)
    expect_kernels(student, named | {"the last layer": (1, 1, LEVELS[0], num_classes)})


def expect_skips(student, images):
    """What comes from c1 to c4 goes across: it arrives even if nothing comes up from below."""
    channels, seen = (images.shape[-1], *LEVELS), {}
    for level, filters in enumerate(LEVELS[:4], 1):
        silent = [(2, 2, filters, 2 * filters)]
        changed = (3, 3, channels[level - 1], filters)
        weights = [drawn_weights(student.shapes, silent, {changed: seed}) for seed in (0, 1)]
        one, other = (student.scores(images, each)[0] for each in weights)
        seen[f"c{level}'s share in a score"] = np.ptp(one - other, axis=-1)
    for level, share in enumerate(seen.values(), 1):
        expect(
            share.max() > 1e-4,
            f"If nothing comes up from below level {level}, other weights in c{level} change no "
            f"score. Does its map go across?",
            picture=lambda: plots.feature_maps(seen),
        )
