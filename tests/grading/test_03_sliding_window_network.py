"""Notebook 3, The sliding window: what the instant check runs, for classifiers and whole pages."""

from functools import partial

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

FILTERS, KERNELS = (40, 40, 80), (3, 4, 4)  # of the slide's listing
ORDINALS = ("first", "second", "third")


def sides(size, padding):
    """The sides of a window before each of three pools and after the last, as Keras has them."""
    shape, before = (None, size, size, 1), []
    for kernel in KERNELS:
        shape = layers.Conv2D(1, kernel, padding=padding).compute_output_shape(shape)
        before.append(shape[1])
        shape = layers.MaxPooling2D().compute_output_shape(shape)
    return (*before, shape[1])


def expect_classifier(answers, name, size, padding):
    """A window classifier with the listing's layers."""
    model = answers.model(name, 4, size)
    model.expect_weights()
    taken = getattr(model.model, "input_shape", None) or (None, size, size, 1)
    sentence = f"For a size of {size}, the model takes images of another. Does it use `size`?"
    expect(taken[1:3] == (size, size), sentence, taken)
    scores = model.scores(np.random.default_rng(0).random((2, size, size, 1)))
    sentence = "The model should give each window one score a class: (batch, num_classes)."
    expect(scores.shape == (2, 4), sentence, scores.shape)
    sums = scores.sum(-1)
    expect(same(sums, [1, 1], 1e-3), "A window's scores should sum to 1: a softmax.", sums)
    kernels = [(*shape[:2], shape[-1]) for shape in model.shapes if len(shape) == 4]
    listed = [(kernel, kernel, filters) for kernel, filters in zip(KERNELS, FILTERS)]
    sentence = "Kernels and filters of the convolutions are not those of the listing."
    expect(kernels == listed, sentence, kernels)
    dense = [shape for shape in model.shapes if len(shape) == 2]
    sentence = "There should be two Dense layers, the first with the units of the table."
    expect(len(dense) == 2 and dense[0][1] == 100, sentence, dense)
    sentence = f"The first Dense does not read what `{padding}` convolutions and 2x2 pools leave."
    expect(dense[0][0] == FILTERS[-1] * sides(size, padding)[-1] ** 2, sentence, dense[0][0])
    named = [kind for kind, _ in model.layers]
    expect(not named or "Dropout" in named, "The slide has a Dropout between the Dense layers.")
    for place, layer in enumerate((*(f"{o} convolution" for o in ORDINALS), "first Dense")):
        nothing = np.ptp(model.scores(np.ones((1, size, size, 1)), silenced(model.shapes, place)))
        sentence = (
            f"Is there a ReLU after the {layer}? When all its weights are below zero, so is all "
            "that it gives. A ReLU would make zeros of that; here, it goes on to the next layer."
        )
        expect(nothing < 1e-6, sentence)


def silenced(shapes, place):
    """Weights with which a ReLU after the layer at `place` lets nothing through.

    Were there none, the next layer's weights, below zero, too, would make its values positive.
    """
    random, layer, weights = np.random.default_rng(0), -1, []
    for shape in shapes:
        layer += len(shape) > 1
        sign = -1 if layer in (place, place + 1) else 1
        kernel = sign * random.uniform(0.5, 1.5, shape) / np.prod(shape[:-1])
        weights.append(kernel if len(shape) > 1 else np.zeros(shape))
    return weights


@question(
    "3d",
    points=3,
    difficulty=2,
    hints=(
        "One layer a line, in the order of the table. `head` gives a list of layers, and a list "
        "is no layer: its layers have to stand in the model's own list.",
        "A Sequential takes one list: `keras.Input(...)` first, `*head(num_classes)` last; the * "
        "puts in the layers one by one. Padding and activation are arguments of Conv2D.",
    ),
)
def test_sliding_window(answers):
    """Build the window classifier of the slide's listing."""
    expect_classifier(answers, "sliding_window", 40, "same")


@question(
    "3e",
    points=2,
    difficulty=2,
    hints=(
        "np.repeat repeats every row, or every column, as often as you say.",
        "Repeat along both axes, and cut off what hangs over the page's right and lower edge.",
    ),
)
def test_stitched(answers):
    """Put the labels of a page together from the classes of its cells."""
    expect_stitched(answers, np.array([[0, 1, 2], [2, 0, 1]]), 6, 9, 3)
    expect_stitched(answers, np.array([[0, 1], [2, 0], [1, 2]]), 7, 5, 3)


def expect_stitched(answers, classes, height, width, stride):
    asked = {"shape": (height, width), "asked": "(height, width)"}
    labels = answers.array("stitched", classes, height, width, stride, **asked)
    r, c = np.indices((height, width)) // stride
    drawn = partial(plots.label_cells, np.clip(np.nan_to_num(labels), 0, 2).astype(int), stride)
    sentence = "All pixels of a cell, here between the lines, should have the class of their cell."
    expect(same(labels, classes[r, c]), sentence, labels, drawn)
    sentence = "Labels are names of classes: whole numbers, like those that came in. Yours are "
    expect(labels.dtype.kind in "iu", f"{sentence}{labels.dtype}.")


def book(random):
    stride, overlaps = random.integers(3, 9, size=2).tolist()
    return {"size": stride * overlaps, "stride": stride, "pages": random.integers(20, 60) * 10}


@question(
    "3f",
    points=2,
    difficulty=2,
    hints=(
        "Along one row first: a window begins every `stride` pixels. How many of them begin late "
        "enough, and not too late, to hold a certain pixel?",
        "At stride 1 every pixel of a cell has a window of its own; how many pixels has a cell?",
    ),
    numbers=book,
)
def test_repeated(answers):
    """Say how often each pixel is computed, and how long a book takes at stride 1."""
    size, stride, pages = answers.numbers
    pixel = 10 * size
    holding = sum(first <= pixel < first + size for first in range(0, 20 * size, stride))
    times, hours = answers.whole_number("times"), answers.number("hours")
    sentence = "times: that is along one row; windows overlap above and below each other, too."
    expect(times != holding, sentence, times)
    sentence = (
        "times: in how many windows, of all rows of windows, lies a pixel far from the edges?"
    )
    expect(times == holding**2, sentence, times)
    cell = [(row, column) for row in range(stride) for column in range(stride)]
    right = 6 * len(cell) * pages / 3600
    expect(not same(hours, right * 3600, 0.01), "hours: these are seconds.", hours)
    sentence = "hours: at stride 1 windows stand closer in their row, and the rows of them, too."
    expect(not same(hours, right / stride, 0.01), sentence, hours)
    sentence = (
        "hours: all windows take equally long. Compare how many there are on one page, at your "
        "stride and at stride 1."
    )
    expect(abs(hours - right) < 0.01 * right, sentence, hours)


@question(
    "3g",
    points=2,
    difficulty=3,
    hints=(
        "A k x k convolution that pads nothing takes k - 1 rows away; follow one window through.",
        "Go backwards: the last pool leaves n rows. How many had it, and the layer before it?",
    ),
    # Never one that comes out even itself: those are 4 more than a multiple of 8.
    numbers=lambda random: {"least": 29 + 8 * random.integers(9) + random.integers(7)},
)
def test_even_size(answers):
    """Find a window that comes out even without padding, and what Dense reads of it."""
    least = answers.numbers.least
    size, read = answers.whole_number("even_size"), answers.whole_number("values_read")
    expect(size >= least, "even_size: this window is smaller than asked for.", size)
    for ordinal, side in zip(ORDINALS, sides(size, "valid")):
        sentence = f"even_size: the {ordinal} pool gets {side} rows of this window; one is lost."
        expect(side % 2 == 0, sentence, size)
    smaller = [sides(n, "valid")[:3] for n in range(least, min(size, least + 8))]
    sentence = "even_size: a smaller window, still not below `least`, comes out even, too."
    expect(all(any(side % 2 for side in before) for before in smaller), sentence, size)
    sentence = "values_read: all values of all channels that the third pool leaves."
    expect(read == FILTERS[-1] * sides(size, "valid")[-1] ** 2, sentence, read)


@question(
    "3h",
    points=3,
    difficulty=2,
    hints=(
        "It differs from the model of 3d in one argument.",
        "What is Conv2D's padding if you say nothing about it? No other layer pads.",
    ),
)
def test_valid_window(answers):
    """Build the classifier without padding."""
    expect_classifier(answers, "valid_window", 42, "valid")  # 2 more rows anywhere would be seen
