"""Scores of a label image, all from one confusion matrix.

Count once with `confusion_matrix`, then read pixel accuracy, IoU and Dice off the counts. Over many
pages, add the matrices and read the sum: then every pixel counts the same, whatever its page. Over
all pixels this is the score on area; with `where` set to the ink, the score on ink, whose pixel
accuracy is the foreground pixel accuracy (FgPA) of Wick & Puppe (2018).

Pixels labelled IGNORE are not scored: whatever is predicted there, no count knows it.

For class c: TP = confusion[c, c], FN = the rest of row c, FP = the rest of column c.
"""

import numpy as np

from seglab.errors import InputError
from seglab.region_classes import IGNORE


def confusion_matrix(labels, predicted, num_classes, where=None):
    """Count pixels by true class (rows) and predicted class (columns).

    labels, predicted: integer arrays of one shape, values 0 .. num_classes - 1; labels may be
    IGNORE, too, and such pixels are not counted.
    where: optional boolean array of that shape; only its True pixels are counted.
    Returns (num_classes, num_classes) int64.
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    where = np.ones(labels.shape, bool) if where is None else np.asarray(where)
    if not labels.shape == predicted.shape == where.shape:
        raise ValueError(
            "labels, predicted and where should have one shape; "
            f"yours are {labels.shape}, {predicted.shape} and {where.shape}."
        )
    if where.dtype != bool:
        raise ValueError(f"where should be boolean; yours is {where.dtype}. Compare: image > 0.5.")
    scored = labels != IGNORE
    check_classes("labels", labels[scored], num_classes)
    check_classes("predicted", predicted, num_classes)
    where = where & scored
    cells = labels[where].astype(np.int64) * num_classes + predicted[where]
    counts = np.bincount(cells, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


def check_classes(name, array, num_classes):
    """Raise InputError if an array, called `name`, holds anything but classes below num_classes."""
    if not np.issubdtype(array.dtype, np.integer):
        raise InputError(
            f"{name} should be integers, class numbers; yours are {array.dtype}. "
            "Are they scores? Then take scores.argmax(-1)."
        )
    if array.size and not 0 <= array.min() <= array.max() < num_classes:
        raise InputError(
            f"{name} should lie in 0 .. {num_classes - 1}; "
            f"yours go from {array.min()} to {array.max()}."
        )


def area_and_ink(labels, predicted, num_classes, ink):
    """The confusion matrices over all pixels and over ink alone: (2, num_classes, num_classes).

    ink: boolean (H, W), or None to take all pixels for ink.
    """
    return np.stack(
        [confusion_matrix(labels, predicted, num_classes, where) for where in (None, ink)]
    )


def pixel_accuracy(confusion):
    """Share of pixels whose class is right: sum of TP / all. NaN without pixels."""
    return _ratio(np.trace(confusion), np.sum(confusion))


def iou(confusion):
    """Intersection over union (Jaccard) per class: TP / (TP + FP + FN).

    Returns (num_classes,) float; NaN for a class that neither truth nor prediction has.
    """
    true_positives = np.diagonal(confusion)
    return _ratio(true_positives, _truth(confusion) + _predicted(confusion) - true_positives)


def mean_iou(confusion):
    """Mean of `iou` over the classes that truth or prediction has."""
    return _mean(iou(confusion))


def dice(confusion):
    """Dice per class, which is F1: 2 TP / (2 TP + FP + FN) = 2 |A and B| / (|A| + |B|).

    Returns (num_classes,) float; NaN for a class that neither truth nor prediction has.
    """
    return _ratio(2 * np.diagonal(confusion), _truth(confusion) + _predicted(confusion))


def mean_dice(confusion):
    """Mean of `dice` over the classes that truth or prediction has."""
    return _mean(dice(confusion))


def recall(confusion):
    """Share of each class's pixels that are found: TP / (TP + FN), (num_classes,) float."""
    return _ratio(np.diagonal(confusion), _truth(confusion))


def precision(confusion):
    """Share of each predicted class that is right: TP / (TP + FP), (num_classes,) float."""
    return _ratio(np.diagonal(confusion), _predicted(confusion))


def report(area, ink=None):
    """All scores as a dict of plain numbers and lists, ready for JSON.

    area: the confusion matrix over all pixels. ink: the one over ink pixels, or None.
    """
    scores = {
        "pixel_accuracy": float(pixel_accuracy(area)),
        "mean_iou": float(mean_iou(area)),
        "mean_dice": float(mean_dice(area)),
        "iou": iou(area).tolist(),
        "dice": dice(area).tolist(),
    }
    if ink is not None:
        scores["ink_accuracy"] = float(pixel_accuracy(ink))
        scores |= {
            f"ink_{name}": score for name, score in report(ink).items() if name != "pixel_accuracy"
        }
    return scores


def _truth(confusion):
    return np.sum(confusion, axis=1)


def _predicted(confusion):
    return np.sum(confusion, axis=0)


def _ratio(part, whole):
    """part / whole, NaN where the whole is 0: nothing to score is neither right nor wrong."""
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)[()]


def _mean(per_class):
    scored = per_class[~np.isnan(per_class)]
    return scored.mean() if scored.size else np.nan
