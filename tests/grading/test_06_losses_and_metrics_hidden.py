"""Notebook 6, Losses and metrics: the cases that the hand-out does not hold."""

import numpy as np

from seglab import losses, metrics
from seglab.grading import expect, hidden, same
from seglab.region_classes import IGNORE


def _labels_and_scores(seed, shape, classes, share=0.2):
    """Labels, some of them IGNORE, and scores of float32."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, classes, shape).astype("uint8")
    scores = random.dirichlet([0.5] * classes, shape).astype("float32")
    return np.where(random.random(shape) < share, np.uint8(IGNORE), labels), scores


@hidden("6b", points=1)
def test_cross_entropy_hidden(answers):
    for shape, classes in ((1, 7, 3), 2), ((3, 4, 4), 6), ((2, 1, 9), 4):
        labels, scores = _labels_and_scores(1, shape, classes)
        weights = np.linspace(0.1, 3, classes).tolist()
        got = float(answers.array("cross_entropy", labels, scores, weights, shape=()))
        right = float(losses.WeightedCrossEntropy(weights)(labels, scores))
        expect(same(got, right, 1e-4), "Other numbers of classes, and other weights.", got)
    labels, scores = np.zeros((1, 2, 2), "uint8"), np.eye(2, dtype="float32")[[[[1, 0], [0, 0]]]]
    got = float(answers.array("cross_entropy", labels, scores, [2.0, 1.0], shape=()))
    right = float(losses.WeightedCrossEntropy([2, 1])(labels, scores))
    expect(same(got, right, 1e-3), "Scores of exactly 0 and 1.", got)


@hidden("6c", points=1)
def test_soft_dice_hidden(answers):
    for shape, classes in ((1, 7, 3), 2), ((3, 4, 4), 6), ((2, 1, 9), 4):
        labels, scores = _labels_and_scores(2, shape, classes)
        got = float(answers.array("soft_dice", labels, scores, shape=()))
        right = float(losses.SoftDice()(labels, scores))
        expect(same(got, right, 1e-4), "Other numbers of classes.", got)
    labels = np.array([[[0, 1, 1, IGNORE]]], "uint8")
    scores = np.eye(3, dtype="float32")[[[[0, 1, 1, 1]]]]
    got = float(answers.array("soft_dice", labels, scores, shape=()))
    expect(abs(got) < 1e-4, "A class that neither truth nor scores have costs nothing.", got)
    scores = np.eye(3, dtype="float32")[[[[0, 1, 2, 1]]]]
    got = float(answers.array("soft_dice", labels, scores, shape=()))
    right = float(losses.SoftDice()(labels, scores))
    expect(same(got, right, 1e-4), "A class that is nowhere true, and yet has scores.", got)


@hidden("6e", points=1)
def test_confusion_matrix_hidden(answers):
    random = np.random.default_rng(3)
    for shape, classes in ((5, 1), 2), ((30, 40), 20), ((2, 4, 6), 3):
        labels = random.integers(0, classes, shape).astype("uint8")
        predicted = random.integers(0, classes, shape).astype("uint8")
        labels = np.where(random.random(shape) < 0.2, np.uint8(IGNORE), labels)
        square = (classes, classes)
        got = answers.array("confusion_matrix", labels, predicted, classes, shape=square)
        right = metrics.confusion_matrix(labels, predicted, classes)
        expect(same(got, right), "Other shapes, and many classes as uint8.", got)
    nothing = np.full((3, 3), IGNORE, "uint8")
    got = answers.array("confusion_matrix", nothing, nothing * 0, 2, shape=(2, 2))
    expect(not got.any(), "No pixel has a truth.", got)


@hidden("6f", points=1)
def test_report_hidden(answers):
    random = np.random.default_rng(4)
    wide = random.integers(0, 10**7, (6, 6))
    wide[4] = wide[:, 4] = 0
    for confusion in (wide, np.array([[0, 3], [0, 0]]), np.array([[95, 0], [5, 0]])):
        scores = answers.call("report", confusion)
        right = metrics.report(confusion)
        for name in ("pixel_accuracy", "iou", "dice", "mean_iou"):
            expect(type(scores) is dict and name in scores, "A dict with four scores.")
            got, expected = np.asarray(scores[name], float), np.asarray(right[name])
            expect(got.shape == expected.shape, f"The shape of {name}.")
            close = np.allclose(got, expected, equal_nan=True)
            expect(close, f"Other matrices: {name} is not right.", got)


@hidden("6h", points=1)
def test_mean_iou_of_keras_hidden(answers):
    for shape, classes in ((2, 7, 5), 2), ((1, 8, 8), 6):
        labels, scores = _labels_and_scores(5, shape, classes)
        matrix = metrics.confusion_matrix(labels, scores.argmax(-1), classes)
        for _ in range(2):
            got = answers.array("keras_mean_iou", labels, scores, classes, shape=())
            right = same(got, metrics.mean_iou(matrix), 1e-4)
            expect(right, "Other numbers of classes; and every call counts anew.", float(got))
