"""Notebook 2, Layer dimensions: what the instant check runs, for one layer and for stacks.

Sizes are asked of Keras, which knows them without computing a layer.
"""

from functools import lru_cache, partial

import numpy as np
from keras import layers
from numpy.lib.stride_tricks import sliding_window_view

from seglab import plots
from seglab.grading import expect, question


def whole(got):
    """Expect one whole number, of outputs or of pixels; 3.0 is one."""
    right = type(got) in (int, float) and float(got).is_integer()
    expect(right, "Cells are counted, in whole numbers: the function should return one.", got)
    return int(got)


def places(got, size, kernel, stride=1, padding=0, dilation=1):
    """Draw the kernel at as many places as the student counts."""
    got = min(got, 2 * size)
    return partial(plots.convolution, size, kernel, stride, padding, padding, dilation, got)


@question(
    "2a",
    points=3,
    difficulty=1,
    hints=(
        "Put the rows into the rule, then the columns. The filters decide about the channels only.",
        "Padding counts at both ends, and the fraction is rounded down. A filter reads all "
        "channels of its input, and has one bias. Which of the four depend on the page's size?",
    ),
    numbers=lambda random: {
        "rows": random.integers(14, 26),
        "columns": random.integers(14, 26),
        "channels": random.integers(2, 6),
        "filters": random.integers(7, 13),
        "kernel": random.integers(3, 6),
        "stride": random.integers(2, 4),
        "padding": random.integers(1, 3),
    },
)
def test_one_convolution(answers):
    """Give the output's shape and the parameters of one layer, and what a larger page changes."""
    mine, shape = answers.numbers, answers.sizes("output_shape", 3)
    expected, weights, multiplications = keras_says(mine, 1)
    expect(shape[2] == expected[2], "The channels are not right: each filter makes one.", shape)
    for axis, name in enumerate(("rows", "columns")):
        picture = places(shape[axis], mine[axis], mine.kernel, mine.stride, mine.padding)
        expect(
            shape[axis] == expected[axis],
            f"The {name} of the output are not right. The picture has the kernel at as many places "
            "as you say: do all of them fit, is there room for more?",
            shape,
            picture,
        )
    got = answers.whole_number("parameters")
    expect(
        got not in (weights - mine.filters, weights - mine.filters + 1),
        "The weights are right; the biases are not. How many are there?",
        got,
    )
    expect(
        got == weights,
        "Each filter has a weight for every cell of its kernel in every channel, and a bias.",
        got,
    )
    larger, more_weights, more = keras_says(mine, 2)
    changed = (
        larger[:2] != expected[:2],
        larger[2] != expected[2],
        more_weights != weights,
        more != multiplications,
    )
    got = answers.choices("changes", "abcd")
    expect(
        got == {letter for letter, fact in zip("abcd", changed) if fact},
        "Not these. Which of the four are worked out from the size of the page, and which from the "
        "filters and channels alone?",
        "".join(sorted(got)),
    )


def keras_says(mine, scale):
    """Output shape, parameters, multiplications, for a page `scale` times as large."""
    layer = layers.Conv2D(
        mine.filters, mine.kernel, mine.stride, kernel_initializer="zeros", bias_initializer="zeros"
    )
    rows, columns = mine.rows * scale, mine.columns * scale
    padded = (None, rows + 2 * mine.padding, columns + 2 * mine.padding, mine.channels)
    shape = layer.compute_output_shape(padded)[1:]
    layer.build(padded)
    return shape, layer.count_params(), int(np.prod(shape)) * mine.kernel**2 * mine.channels


@question(
    "2b",
    points=2,
    difficulty=1,
    hints=(
        "It is the rule of the notes. Python's // rounds down.",
        "With gaps, the kernel spans more cells than it has: each step from one of its cells to "
        "the next is as long as the dilation. Put what it spans into the rule.",
    ),
)
def test_convolution_size(answers):
    """Write the size of a convolution's output as a function."""
    for case in CONVOLUTIONS:
        got = whole(answers.call("convolution_size", *case))
        size, kernel, *rest = case
        words = "stride {}, padding {}, dilation {}".format(*(rest or (1, 0, 1)))
        expect(
            got == keras_size(*case),
            f"A kernel of {kernel} on {size} cells with {words}: the picture has it at as many "
            "places as you say. Do all of them fit, is there room for more?",
            got,
            places(got, *case),
        )


CONVOLUTIONS = (
    (7, 3),
    (7, 3, 2, 0, 1),
    (5, 3, 1, 1, 1),
    (4, 2, 2, 0, 1),
    (12, 5, 3, 2, 1),
    (10, 3, 1, 0, 2),
    (11, 4, 1, 3, 3),
)


@lru_cache
def keras_size(size, kernel, stride=1, padding=0, dilation=1):
    layer = layers.Conv1D(1, kernel, stride, dilation_rate=dilation)
    return layer.compute_output_shape((None, size + 2 * padding, 1))[1]


@question(
    "2c",
    points=2,
    difficulty=2,
    hints=(
        "Where does the last cell start to write, and how many cells does it write?",
        "The first cell starts at the left end; how many strides further on does the last one "
        "start? Then take off what is cut, at both ends.",
    ),
)
def test_transposed_size(answers):
    """Write the size of a transposed convolution's output as a function."""
    for case in TRANSPOSED:
        got = whole(answers.call("transposed_size", *case))
        size, kernel, *rest = case
        words = "stride {}, padding {}".format(*(rest or (1, 0)))
        expected = keras_transposed_size(*case)
        sentence = (
            f"{size} cells, kernel {kernel}, {words}: below what the cells write, the picture has "
            "as many outputs as you say."
        )
        if got > expected:  # only then are some red
            sentence += " Red ones are written by nobody, or cut."
        expect(got == expected, sentence, got, written(got, *case))


TRANSPOSED = ((4, 3), (2, 3, 1, 0), (2, 3, 2, 0), (5, 3, 1, 1), (6, 2, 2, 0), (5, 4, 2, 1))


def written(got, size, kernel, stride=1, cut=0):
    return partial(plots.transposed_convolution, size, kernel, stride, cut, min(got, 50))


@lru_cache
def keras_transposed_size(size, kernel, stride=1, padding=0):
    shape = layers.Conv1DTranspose(1, kernel, stride).compute_output_shape((None, size, 1))
    return layers.Cropping1D(padding).compute_output_shape(shape)[1]


@question(
    "2d",
    points=3,
    difficulty=2,
    hints=(
        "Keep two numbers, field and jump, and let each layer change both, in this order.",
        "From the first to the last cell that a kernel reads, it is one step fewer than it has "
        "cells, and each step is a jump long. The layer's own stride counts only behind it.",
    ),
)
def test_receptive_field(answers):
    """Write the receptive field of a stack of layers as a function."""
    for stack, sentence in STACKS:
        got = whole(answers.call("receptive_field", [list(layer) for layer in stack]))
        sentence = f"{sentence} The layers: {list(stack)}."
        expect(got == seen(stack), sentence, got, partial(plots.seen_cells, stack))
    encoder = ((3, 1), (2, 2), (4, 1), (2, 2), (4, 1), (2, 2))
    got = answers.call("receptive_field", [list(layer) for layer in encoder])
    expect(whole(got) == seen(encoder), "The slides' encoder sees something else.", got)


STACKS = (
    (((5, 1),), "A cell behind one layer sees as many pixels as the kernel has cells."),
    (((3, 1), (3, 1)), "The second layer reads neighbours that see nearly the same pixels."),
    (((3, 1), (2, 2)), "A layer's own stride counts only for the layers behind it."),
    (((2, 2), (3, 1)), "Behind a pool, neighbours are further apart."),
    (((2, 2), (2, 2), (2, 2)), "Strides multiply: the third pool reads cells far apart."),
)


@lru_cache
def seen(stack):
    """Pixels from the first to the last one that reaches a cell: send a one through from each."""
    reached = np.eye(100)
    for kernel, stride in stack:
        reached = sliding_window_view(reached, kernel, axis=1).sum(-1)[:, ::stride]
    pixels = np.flatnonzero(reached[:, 0])
    return int(pixels[-1] - pixels[0] + 1)
