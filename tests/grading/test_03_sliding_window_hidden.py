"""Notebook 3, The sliding window: the cases that the hand-out does not hold."""

import numpy as np

from seglab import models, windows
from seglab.grading import expect, hidden, same


@hidden("3a", points=1)
def test_window_hidden(answers):
    page = np.random.default_rng(0).random((5, 6, 1)).astype("float32")
    cases = {
        "An odd window": (2, 3, 5),
        "A window of one pixel": (0, 5, 1),
        "An odd window at the page's edge": (4, 0, 3),
        "A window larger than the page": (1, 1, 14),
        "An odd window larger than the page": (4, 5, 15),
    }
    for kind, (row, column, size) in cases.items():
        got = answers.array("window", page, row, column, size, shape=(size, size, 1))
        right = windows.windows(page, np.array([row]), np.array([column]), size)[0]
        expect(same(got, right), f"{kind} does not hold what it should.")


@hidden("3b", points=1)
def test_examples_hidden(answers):
    random = np.random.default_rng(1)
    page = random.random((9, 7, 1)).astype("float32")
    labels = random.integers(0, 3, (9, 7)).astype("uint8")
    rows, columns = np.array([0, 8, 4, 8, 4]), np.array([6, 6, 0, 0, 0])
    for kind, count, size in (("Five", 5, 6), ("Odd", 5, 5), ("Single", 1, 4)):
        pixels = rows[:count], columns[:count]
        result = answers.call("examples", page, labels, *pixels, size)
        pair = [type(part) for part in result] == [np.ndarray] * 2
        expect(pair, "These are not two arrays any more.")
        images, classes = result
        right = same(images, windows.windows(page, *pixels, size))
        expect(right, f"{kind} windows, some at edges, do not hold what they should.")
        right = same(classes, labels[pixels])
        expect(right, f"{kind} windows do not have the classes of their centres.")


def expect_same_scores(answers, name, reference, sizes):
    """Equal scores with equal weights."""
    random = np.random.default_rng(2)
    for num_classes, size in sizes:
        model, other = answers.model(name, num_classes, size), reference(num_classes, size)
        weights = [random.normal(0, 0.1, weight.shape) for weight in other.get_weights()]
        other.set_weights(weights)
        images = random.random((3, size, size, 1)).astype("float32")
        right = same(model.scores(images, weights), other.predict_on_batch(images), 1e-3)
        expect(right, "With equal weights, this model gives other scores than the slide's.")


@hidden("3d", points=1)
def test_sliding_window_hidden(answers):
    expect_same_scores(answers, "sliding_window", models.sliding_window, ((3, 32), (5, 24)))


@hidden("3e", points=1)
def test_stitched_hidden(answers):
    random = np.random.default_rng(3)
    for height, width, stride in ((5, 4, 1), (3, 2, 7), (16, 24, 8), (17, 23, 8), (9, 3, 4)):
        middles = windows.centres(height, stride), windows.centres(width, stride)
        classes = random.integers(0, 6, [axis.size for axis in middles])
        labels = answers.array("stitched", classes, height, width, stride, shape=(height, width))
        right = same(labels[np.ix_(*middles)], classes)
        expect(right, "At another stride, the middle of a cell has not the class of its cell.")
        for axis in (0, 1):
            changes = np.diff(labels, axis=axis).any(1 - axis).nonzero()[0] + 1
            right = bool((changes % stride == 0).all())
            expect(right, "At another stride, the class changes within a cell.")


@hidden("3h", points=1)
def test_valid_window_hidden(answers):
    sizes = ((3, 36), (2, 28), (3, 41))
    expect_same_scores(answers, "valid_window", models.valid_sliding_window, sizes)
