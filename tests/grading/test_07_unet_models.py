"""Notebook 7, U-Net: what the instant check runs, for the models."""

from collections import Counter
from functools import cache

import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

LEVELS = (16, 32, 64, 128, 256)  # channels of c1 to c5


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
    expect_linear_steps_up(student, image, [4])
    seen = {"ink": image[0, ..., 0], "over the skip": abs(before).max(-1) / most}
    seen |= {"ink, moved": moved[0, ..., 0], "over the skip, then": abs(after).max(-1) / most}
    expect(
        same(after, np.roll(before, (1, 1), axis=(0, 1)), 1e-3),
        "The ink has moved by one pixel, but what comes over the skip has not moved with it. Has "
        "it been through a pool?",
        picture=lambda: plots.feature_maps(seen),
    )


def expect_kernels(student, named):
    """Kernels of these shapes, each with a bias, and nothing else. named: {layer: shape}."""
    student.expect_weights()
    kernels = [shape for shape in student.shapes if len(shape) == 4]
    asked, found = Counter(named.values()), Counter(kernels)
    # Those first that are asked for once: they say best where the mistake is.
    missing = sorted(asked - found, key=asked.get)
    layers = " or ".join(name for name, shape in named.items() if shape in missing[:1])
    expect(
        not missing,
        f"No kernel, or too few, are like that of {layers}. Look at its size, at the channels that "
        "it reads, and at its filters. Here is what fits no layer.",
        list((found - asked).elements()),
    )
    sentence = "There are more layers with kernels than are asked for. These are too many."
    expect(len(kernels) == len(named), sentence, list((found - asked).elements()))
    expect(
        len(student.shapes) == 2 * len(kernels),
        "Every layer has a kernel and a bias; nothing else has weights.",
        student.shapes,
    )


def drawn_weights(shapes, silent=(), seeds=None, bias=None):
    """Weights that depend on the shape of their kernel alone, whatever their order.

    silent: kernel shapes whose layers get zeros. seeds: {kernel shape: seed}, else 0. bias: {kernel
    shape: value of its bias}.
    """
    weights, kernel = [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        drawn = of_layer(shape, kernel, (seeds or {}).get(kernel, 0))
        drawn = np.zeros_like(drawn) if kernel in silent else drawn
        if len(shape) == 1 and kernel in (bias or {}):
            drawn = np.full_like(drawn, bias[kernel])
        weights.append(drawn)
    return weights


@cache
def of_layer(shape, kernel, seed):
    """A kernel or a bias."""
    random = np.random.default_rng([seed, len(shape), *kernel])
    return (1.5 * np.prod(kernel[:3]) ** -0.5 * random.normal(size=shape)).astype("float32")


def expect_linear_steps_up(student, image, filters):
    """What a transposed convolution makes arrives below 0, too. filters: of each of them."""
    for count in filters:
        step = (2, 2, count, 2 * count)
        weights = [drawn_weights(student.shapes, [step], bias={step: b}) for b in (-1, -2)]
        one, other = (student.scores(image, each) for each in weights)
        expect(
            abs(one - other).max() > 1e-4,
            f"Of what the transposed convolution to {count} filters makes, nothing below 0 "
            "arrives. Has it an activation?",
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
    takes = notes.model and notes.model.input_shape  # unknown of one that is subclassed
    expect(
        takes is None or tuple(takes) == (None, 128, 128, 3),
        "unet(128, 3, 1) should take images of 128 x 128 with 3 channels. Where is `size` used?",
        takes,
    )
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
        (round(float(scores.min()), 3), round(float(scores.max()), 3)),
    )
    pages = answers.model("unet", None, 1, 3)
    expect_unet_kernels(pages, channels=1, num_classes=3)
    images = np.random.default_rng(75).random((1, 16, 32, 1))
    scores = pages.scores(images)
    expect(
        scores.shape == (1, 16, 32, 3),
        "unet(None, 1, 3) should give three scores for each pixel of images (1, 16, 32, 1).",
        scores.shape,
    )
    sums = scores.sum(-1)
    expect(
        same(sums, np.ones((1, 16, 32)), 1e-4) and scores.min() >= 0,
        "The three scores of a pixel should be probabilities that sum to 1. Here is the sum, at "
        "one pixel.",
        float(sums[0, 0, 0]),
    )
    expect_skips(pages, images)
    expect_linear_steps_up(pages, images, LEVELS[:4])
    expect_places(pages)


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


def expect_places(student):
    """Where nothing comes up from below a level, ink that moves by its cell moves the scores."""
    for level, side in enumerate((32, 48, 80, 160), 1):  # so large that the edges play no part
        page, step, filters = np.zeros((1, side, side, 1)), 2 ** (level - 1), LEVELS[level - 1]
        page[0, side // 2 - 1 : side // 2 + 2, side // 2] = 1
        weights = drawn_weights(student.shapes, [(2, 2, filters, 2 * filters)])
        weights = [each * (each.ndim > 1) for each in weights]  # no biases: paper remains 0
        there, moved = (
            student.scores(np.roll(page, by, axis=(1, 2)), weights)[0] for by in (0, step)
        )
        expect(
            same(moved, np.roll(there, (step, step), axis=(0, 1)), 1e-4),
            f"What goes across from c{level} has been through a pool: ink that moves by {step} "
            f"pixel{'s' * (step > 1)} is not found where it is.",
        )
