"""Instances: which pixels of a class are one thing, and the panoptic quality of a prediction.

A label image says "text", not "this block of text". Its instances are the connected components of
a class. Panoptic quality (PQ) compares them segment by segment: Kirillov, He, Girshick, Rother &
Dollar, "Panoptic Segmentation" (2019). A predicted and a true segment of one class match if their
IoU is above 0.5; no segment can then have two matches (the paper's theorem 1). Per class

    PQ = sum of the matches' IoU / (TP + FP/2 + FN/2) = SQ * RQ
    SQ = mean IoU of the matches        RQ = TP / (TP + FP/2 + FN/2)

Count with `panoptic_counts`, add up over pages, then read the qualities off the counts. Pixels
whose true label is IGNORE are void: they belong to no segment, and a prediction that lies mostly
on them is not held against anybody.
"""

from typing import NamedTuple

import numpy as np
from scipy import ndimage

from seglab.errors import InputError
from seglab.metrics import check_classes
from seglab.region_classes import BACKGROUND, IGNORE

MATCH = 0.5  # the IoU above which segments match; below it, a match need not be the only one
CONNECTIVITIES = {4: ndimage.generate_binary_structure(2, 1), 8: np.ones((3, 3), int)}


class PanopticCounts(NamedTuple):
    """What panoptic quality is made of, (num_classes,) each: the matches' IoU added, TP, FP, FN."""

    iou: np.ndarray
    true_positives: np.ndarray
    false_positives: np.ndarray
    false_negatives: np.ndarray


def instances(labels, of_class, connectivity=8):
    """The connected components of a class: (H, W) -> (H, W) int32, 1 to n, 0 elsewhere.

    connectivity: 4, neighbours share an edge, or 8, or a corner.
    """
    if np.ndim(labels) != 2:
        raise InputError(f"labels should be (H, W); yours are {np.shape(labels)}.")
    if connectivity not in CONNECTIVITIES:
        raise InputError(f"connectivity should be 4 or 8; yours is {connectivity}.")
    return ndimage.label(np.asarray(labels) == of_class, CONNECTIVITIES[connectivity])[0]


def panoptic_counts(labels, predicted, num_classes, stuff=(BACKGROUND,), connectivity=8):
    """Match the segments of two label images, class by class: a PanopticCounts.

    labels: (H, W), true classes or IGNORE. predicted: (H, W), classes. stuff: classes that are not
    counted in pieces; all their pixels are one segment.
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    _check(labels, predicted, num_classes)

    def segments(image, number):
        if number in stuff:
            return (image == number).astype(int)
        return instances(image, number, connectivity)

    void = labels == IGNORE
    counts = [
        instance_counts(segments(labels, number), segments(predicted, number), void)
        for number in range(num_classes)
    ]
    return PanopticCounts(*np.array(counts, float).T)


def instance_counts(true, predicted, void=None):
    """Match the segments of one class: (IoU added, true positives, false positives and negatives).

    true, predicted: (H, W) instance numbers from 1 on, 0 elsewhere. void: (H, W) bool, pixels that
    are scored on neither side, or None.
    """
    true, predicted = np.asarray(true), np.asarray(predicted)
    void = np.zeros(true.shape, bool) if void is None else np.asarray(void)
    if not true.shape == predicted.shape == void.shape:
        raise InputError(
            "true, predicted and void should be of one size; "
            f"they are {true.shape}, {predicted.shape} and {void.shape}."
        )
    true_pixels, predicted_pixels = np.bincount(true[~void]), np.bincount(predicted[~void])
    of_true, of_predicted, shared = _overlaps(true[~void], predicted[~void])
    iou = shared / (true_pixels[of_true] + predicted_pixels[of_predicted] - shared)
    matches = iou > MATCH
    missed = np.setdiff1d(np.unique(true[~void & (true > 0)]), of_true[matches])
    numbers, pixels = np.unique(predicted[predicted > 0], return_counts=True)
    seen = np.bincount(predicted[~void], minlength=predicted.max(initial=0) + 1)[numbers]
    scored = numbers[pixels - seen <= MATCH * pixels]  # the others lie mostly on void
    wrong = np.setdiff1d(scored, of_predicted[matches])
    return iou[matches].sum(), matches.sum(), len(wrong), len(missed)


def total(counts):
    """The PanopticCounts of many pages as one."""
    return PanopticCounts(*np.sum(list(counts), axis=0))


def segmentation_quality(counts):
    """SQ per class: the mean IoU of the matches; NaN where nothing matches. (num_classes,)"""
    return _ratio(counts.iou, counts.true_positives)


def recognition_quality(counts):
    """RQ per class: F1 of the segments; NaN for a class without any. (num_classes,)"""
    return _ratio(counts.true_positives, _segments(counts))


def panoptic_quality(counts):
    """PQ per class, SQ * RQ; NaN for a class that neither side has, 0 without a match."""
    return _ratio(counts.iou, _segments(counts))


def mean_panoptic_quality(counts):
    """The mean of `panoptic_quality` over the classes that either side has."""
    quality = panoptic_quality(counts)
    known = quality[~np.isnan(quality)]
    return known.mean() if known.size else np.nan


def _segments(counts):
    return counts.true_positives + (counts.false_positives + counts.false_negatives) / 2


def _overlaps(first, second):
    """The pairs of numbers from 1 on that share pixels: (numbers, numbers, pixels), (k,) each."""
    both = (first > 0) & (second > 0)
    columns = second.max(initial=0) + 1
    pairs, pixels = np.unique(
        first[both].astype(np.int64) * columns + second[both], return_counts=True
    )
    return pairs // columns, pairs % columns, pixels


def _ratio(part, whole):
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def _check(labels, predicted, num_classes):
    if labels.ndim != 2 or labels.shape != predicted.shape:
        raise InputError(
            "labels and predicted should be (H, W) of one size; "
            f"they are {labels.shape} and {predicted.shape}."
        )
    check_classes("labels", labels[labels != IGNORE], num_classes)
    check_classes("predicted", predicted, num_classes)
