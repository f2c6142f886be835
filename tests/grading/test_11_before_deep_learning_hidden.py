"""Notebook 11, Before deep learning: cases that stay with the instructor."""

import numpy as np
from scipy import ndimage

from seglab import instances
from seglab.classical import blocks as reference
from seglab.classical.method import class_counts
from seglab.classical.run_length_smoothing import smoothed
from seglab.grading import expect, hidden, same
from seglab.region_classes import IGNORE


@hidden("11c", points=1)
def test_smoothed_hidden(answers):
    random = np.random.default_rng(1130)
    empty, full = np.zeros((5, 7), bool), np.ones((4, 3), bool)
    drawn = [random.random(size) < 0.2 for size in ((1, 30), (25, 1), (31, 44))]
    for ink in (empty, full, *drawn):
        for across, down in (1, 1), (6, 4), (2, 60):
            got = answers.array("smoothed", ink, across, down, shape=ink.shape)
            expect(
                same(got != 0, smoothed(ink, across, down)),
                "An empty page, a full one, a single row or column, or a gap longer than the page "
                "comes out wrong.",
            )


@hidden("11d", points=1)
def test_measured_hidden(answers):
    random = np.random.default_rng(1140)
    for size in (40, 60), (9, 90), (30, 30):
        ink = random.random(size) < 0.3
        numbers, count = ndimage.label(smoothed(ink, 2, 1), reference.EIGHT)
        expected = reference.measures(numbers, ink, 1.0)[:, [0, 3, 4]]
        got = answers.array("measured", numbers, ink, shape=(count, 3))
        expect(same(got, expected, 1e-4), "Where blocks lie close together, a measure is wrong.")
    none = answers.array("measured", np.ones((3, 4), int), np.eye(3, 4, dtype=bool), shape=(1, 3))
    expect(same(none, [[3, 0.25, 1]]), "A block as large as the page is measured wrongly.")


@hidden("11e", points=1)
def test_best_accuracy_hidden(answers):
    random = np.random.default_rng(1150)
    for size in (9, 14), (1, 40):
        parts = random.integers(0, 9, size) * 1000 + 5
        labels = random.integers(0, 3, size).astype("uint8")
        labels[random.random(size) < 0.3] = IGNORE
        labels[parts == parts[0, 0]] = IGNORE  # one superpixel has no pixel that is scored
        counts = class_counts(np.unique(parts, return_inverse=True)[1], labels, 9)
        got = answers.call("best_accuracy", labels, parts)
        expect(
            isinstance(got, int | float) and same(got, counts.max(1).sum() / counts.sum()),
            "With pixels that are not scored, 255, the share is another one.",
        )


@hidden("11g", points=1)
def test_panoptic_quality_hidden(answers):
    random = np.random.default_rng(1170)
    for size in (20, 30), (24, 24):
        smooth = ndimage.gaussian_filter(random.normal(size=size), 2)
        other = smooth + ndimage.gaussian_filter(random.normal(size=size), 2) / 3
        true, predicted = (ndimage.label(each > 0)[0] for each in (smooth, other))
        for pair in (true, predicted), (true * 7, predicted), (true, 0 * true), (0 * true, true):
            iou, matches, wrong, missed = instances.instance_counts(*pair)
            got = answers.call("panoptic_quality", *pair)
            expect(
                isinstance(got, int | float)
                and same(got, iou / (matches + wrong / 2 + missed / 2)),
                "With many things, numbers that skip some, or nothing on one side, the quality is "
                "another one.",
            )
