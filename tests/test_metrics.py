"""Scores equal a slow loop, hold their algebra, and give the lecture's numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from seglab import metrics

NUM_CLASSES = 3
label_images = arrays.arrays(np.uint8, (5, 4), elements=st.integers(0, NUM_CLASSES - 1))
ink_masks = arrays.arrays(bool, (5, 4))
IGNORE = metrics.IGNORE


def counted(labels, predicted, where, truth_class, predicted_class):
    """The obvious loop."""
    count = 0
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            if where[row, column]:
                hit = labels[row, column] == truth_class
                count += hit and predicted[row, column] == predicted_class
    return count


@given(label_images, label_images, ink_masks)
def test_confusion_matrix_counts_truth_by_rows_and_prediction_by_columns(labels, predicted, where):
    confusion = metrics.confusion_matrix(labels, predicted, NUM_CLASSES, where)
    for truth_class in range(NUM_CLASSES):
        for predicted_class in range(NUM_CLASSES):
            expected = counted(labels, predicted, where, truth_class, predicted_class)
            assert confusion[truth_class, predicted_class] == expected


@given(label_images, label_images, ink_masks, ink_masks)
def test_ignored_pixels_are_not_there(labels, predicted, void, where):
    """Whatever stands beside them: the count is that of the other pixels alone."""
    confusion = metrics.confusion_matrix(
        np.where(void, IGNORE, labels), predicted, NUM_CLASSES, where
    )
    kept = where & ~void
    alone = metrics.confusion_matrix(labels[kept], predicted[kept], NUM_CLASSES)
    np.testing.assert_array_equal(confusion, alone)


@given(label_images, label_images, ink_masks)
def test_area_beside_ink(labels, predicted, ink):
    area, on_ink = metrics.area_and_ink(labels, predicted, NUM_CLASSES, ink)
    np.testing.assert_array_equal(area, metrics.confusion_matrix(labels, predicted, NUM_CLASSES))
    labels = np.where(ink, labels, IGNORE)  # the ink reading scores area as the region one ink
    for matrix in on_ink, *metrics.area_and_ink(labels, predicted, NUM_CLASSES, None):
        np.testing.assert_array_equal(
            matrix, metrics.confusion_matrix(labels, predicted, NUM_CLASSES)
        )


@given(label_images, label_images)
def test_iou_and_dice_are_set_ratios(labels, predicted):
    confusion = metrics.confusion_matrix(labels, predicted, NUM_CLASSES)
    for c in range(NUM_CLASSES):
        a, b = labels == c, predicted == c
        if (a | b).any():
            assert metrics.iou(confusion)[c] == pytest.approx((a & b).sum() / (a | b).sum())
            assert metrics.dice(confusion)[c] == pytest.approx(
                2 * (a & b).sum() / (a.sum() + b.sum())
            )
        else:
            assert np.isnan(metrics.iou(confusion)[c]) and np.isnan(metrics.dice(confusion)[c])
    present = np.union1d(labels, predicted)
    assert metrics.mean_iou(confusion) == pytest.approx(metrics.iou(confusion)[present].mean())
    assert metrics.mean_dice(confusion) == pytest.approx(metrics.dice(confusion)[present].mean())
    assert metrics.pixel_accuracy(confusion) == pytest.approx((labels == predicted).mean())


@given(label_images, label_images)
def test_recall_and_precision_are_shares_of_truth_and_of_prediction(labels, predicted):
    confusion = metrics.confusion_matrix(labels, predicted, NUM_CLASSES)
    for c in range(NUM_CLASSES):
        found = predicted[labels == c] == c
        right = labels[predicted == c] == c
        for score, hits in (metrics.recall, found), (metrics.precision, right):
            mine = score(confusion)[c]
            assert mine == pytest.approx(hits.mean()) if hits.size else np.isnan(mine)


@given(label_images, label_images)
def test_iou_is_symmetric_and_below_dice(labels, predicted):
    there = metrics.confusion_matrix(labels, predicted, NUM_CLASSES)
    back = metrics.confusion_matrix(predicted, labels, NUM_CLASSES)
    np.testing.assert_array_equal(metrics.iou(there), metrics.iou(back))
    iou, dice = metrics.iou(there), metrics.dice(there)
    np.testing.assert_allclose(dice, 2 * iou / (1 + iou))  # so Dice ranks models as IoU does


@given(label_images)
def test_the_truth_itself_scores_one(labels):
    confusion = metrics.confusion_matrix(labels, labels, NUM_CLASSES)
    assert metrics.pixel_accuracy(confusion) == metrics.mean_iou(confusion) == 1
    assert metrics.mean_dice(confusion) == 1


@given(label_images, label_images, label_images, label_images)
def test_the_counts_of_two_pages_add_up(a, b, c, d):
    both = metrics.confusion_matrix(np.stack([a, c]), np.stack([b, d]), NUM_CLASSES)
    alone = metrics.confusion_matrix(a, b, NUM_CLASSES) + metrics.confusion_matrix(
        c, d, NUM_CLASSES
    )
    np.testing.assert_array_equal(both, alone)


def test_the_ship():
    """The notes: 100 pixels, 5 of a ship, all called background."""
    labels = np.repeat([0, 1], [95, 5])
    confusion = metrics.confusion_matrix(labels, np.zeros_like(labels), 2)
    assert metrics.pixel_accuracy(confusion) == 0.95
    np.testing.assert_array_equal(metrics.iou(confusion), [0.95, 0])
    assert metrics.mean_iou(confusion) == pytest.approx(0.475)  # the slides' 0/5 and 95/100


def test_nothing_to_score_is_nan_without_a_warning():
    confusion = metrics.confusion_matrix(np.zeros(0, int), np.zeros(0, int), 2)
    assert np.isnan(metrics.pixel_accuracy(confusion))
    assert np.isnan(metrics.mean_iou(confusion)) and np.isnan(metrics.mean_dice(confusion))


def test_report_names_area_and_ink():
    area, ink = np.diag([8, 1, 1]), np.array([[0, 0, 0], [0, 1, 1], [0, 0, 2]])
    report = metrics.report(area, ink)
    assert report["pixel_accuracy"] == 1 and report["ink_accuracy"] == 0.75
    assert report["ink_iou"][1:] == [1 / 2, 2 / 3] and np.isnan(report["ink_iou"][0])
    assert report["ink_mean_iou"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert not any(name.startswith("ink_") for name in metrics.report(area))


@pytest.mark.parametrize(
    ("labels", "predicted", "where", "sentence"),
    [
        (np.zeros((2, 2), int), np.zeros((2, 3), int), None, r"one shape.*\(2, 2\), \(2, 3\)"),
        (np.zeros((2, 2), int), np.zeros((2, 2), int), np.zeros((2, 2)), "boolean.*float64"),
        (np.zeros((2, 2), int), np.zeros((2, 2)), None, "predicted.*integers.*float64.*argmax"),
        (np.full((2, 2), 254), np.zeros((2, 2), int), None, r"labels.*0 \.\. 2.*254"),
        (np.full((2, 2), 255), np.full((2, 2), 255), None, r"predicted.*0 \.\. 2.*255"),
        (np.zeros((2, 2), int), np.full((2, 2), -1), None, r"predicted.*0 \.\. 2.*-1"),
    ],
)
def test_bad_input_is_told(labels, predicted, where, sentence):
    with pytest.raises(ValueError, match=sentence):
        metrics.confusion_matrix(labels, predicted, NUM_CLASSES, where)
