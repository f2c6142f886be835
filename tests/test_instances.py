"""Instances and panoptic quality: against slow loops, the paper's definition and its theorem."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seglab import instances as inst
from seglab.errors import InputError

# Few classes on small images: segments that overlap by about half are frequent.
LABELS = arrays(np.uint8, (5, 6), elements=st.sampled_from([0, 1, 1, 2]))
TRUTH = arrays(np.uint8, (5, 6), elements=st.sampled_from([0, 1, 1, 2, 255]))
NEIGHBOURS = {
    4: [(0, 1), (1, 0), (0, -1), (-1, 0)],
    8: [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x],
}


def segments_by_flood(labels, number, connectivity):
    """The instances of a class as sets of places, by walking from pixel to pixel."""
    left = {tuple(at) for at in np.argwhere(labels == number).tolist()}
    found = []
    while left:
        segment, waiting = set(), [left.pop()]
        while waiting:
            y, x = waiting.pop()
            segment.add((y, x))
            near = {(y + down, x + right) for down, right in NEIGHBOURS[connectivity]} & left
            left -= near
            waiting += near
        found.append(segment)
    return found


def quality_by_loop(true, predicted, void):
    """PQ of one class, as Kirillov et al. write it: sets of pixels, every pair looked at."""
    true = [segment - void for segment in true if segment - void]
    pairs = []
    for t in true:
        for p in predicted:
            iou = len(t & p) / len(t | (p - void))
            if iou > 0.5:
                pairs.append((t, p, iou))
    matched = [p for _, p, _ in pairs]
    wrong = [p for p in predicted if p not in matched and len(p & void) <= 0.5 * len(p)]
    segments = len(pairs) + (len(wrong) + len(true) - len(pairs)) / 2
    return sum(iou for *_, iou in pairs) / segments if segments else np.nan


@settings(derandomize=True, database=None, deadline=None)
@given(labels=LABELS, connectivity=st.sampled_from([4, 8]))
def test_instances_are_what_a_walk_reaches(labels, connectivity):
    for number in range(3):
        ids = inst.instances(labels, number, connectivity)
        found = [set(map(tuple, np.argwhere(ids == i).tolist())) for i in range(1, ids.max() + 1)]
        walked = segments_by_flood(labels, number, connectivity)
        assert sorted(map(sorted, found)) == sorted(map(sorted, walked))


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(truth=TRUTH, predicted=LABELS, stuff=st.sampled_from([(0,), (), (0, 2)]))
def test_the_quality_is_the_papers(truth, predicted, stuff):
    void = {tuple(at) for at in np.argwhere(truth == 255).tolist()}
    quality = inst.panoptic_quality(inst.panoptic_counts(truth, predicted, 3, stuff))
    for number in range(3):
        sides = [
            [set(map(tuple, np.argwhere(image == number).tolist()))]
            if number in stuff
            else segments_by_flood(image, number, 8)
            for image in (truth, predicted)
        ]
        true, seen = ([segment for segment in side if segment] for side in sides)
        expected = quality_by_loop(true, seen, void)
        assert quality[number] == pytest.approx(expected, nan_ok=True)


@settings(derandomize=True, database=None, deadline=None)
@given(first=LABELS, second=LABELS)
def test_a_match_above_one_half_is_the_only_one(first, second):
    sides = [segments_by_flood(image, 1, 8) for image in (first, second)]
    for ours, others in (sides, sides[::-1]):
        for segment in ours:
            ious = [len(segment & other) / len(segment | other) for other in others]
            assert sum(iou > 0.5 for iou in ious) <= 1


@settings(derandomize=True, database=None, deadline=None)
@given(first=LABELS, second=LABELS)
def test_both_sides_count_the_same(first, second):
    there = inst.panoptic_quality(inst.panoptic_counts(first, second, 3))
    back = inst.panoptic_quality(inst.panoptic_counts(second, first, 3))
    np.testing.assert_allclose(there, back)


@settings(derandomize=True, database=None, deadline=None)
@given(truth=TRUTH)
def test_the_truth_itself_is_perfect(truth):
    predicted = np.where(truth == 255, 0, truth)
    quality = inst.panoptic_quality(inst.panoptic_counts(truth, predicted, 3, stuff=()))
    for number in (1, 2):
        present = (truth == number).any()
        assert quality[number] == 1 if present else np.isnan(quality[number])


@settings(derandomize=True, database=None, deadline=None)
@given(truth=TRUTH, predicted=LABELS)
def test_quality_is_how_well_times_how_many(truth, predicted):
    counts = inst.panoptic_counts(truth, predicted, 3)
    product = inst.segmentation_quality(counts) * inst.recognition_quality(counts)
    matched = counts.true_positives > 0
    np.testing.assert_allclose(inst.panoptic_quality(counts)[matched], product[matched])


def row(*labels):
    return np.array([labels], np.uint8)


def test_three_blocks_one_found_one_missed_one_invented():
    truth = row(1, 1, 1, 1, 0, 1, 1, 0, 0, 0)
    found = row(1, 1, 1, 0, 0, 0, 0, 0, 1, 1)
    counts = inst.panoptic_counts(truth, found, 2)
    assert [count[1] for count in counts] == [0.75, 1, 1, 1]
    assert inst.segmentation_quality(counts)[1] == 0.75
    assert inst.recognition_quality(counts)[1] == 1 / 2
    assert inst.panoptic_quality(counts)[1] == 0.75 / 2


def test_one_half_is_no_match():
    counts = inst.panoptic_counts(row(1, 1, 0), row(1, 0, 0), 2)
    assert [count[1] for count in counts] == [0, 0, 1, 1]


def test_blocks_that_run_together_are_one_block_too_few():
    truth, joined = row(1, 1, 0, 1, 1), row(1, 1, 1, 1, 1)
    counts = inst.panoptic_counts(truth, joined, 2)
    assert [count[1] for count in counts] == [0, 0, 1, 2]
    # As stuff, with pieces that do not count, the same pixels are four fifths right.
    assert inst.panoptic_quality(inst.panoptic_counts(truth, joined, 2, stuff=(1,)))[1] == 0.8


def test_what_lies_on_void_is_nobodys_fault():
    counts = inst.panoptic_counts(row(255, 255, 255, 0), row(1, 1, 0, 0), 2)
    assert [count[1] for count in counts] == [0, 0, 0, 0]
    counts = inst.panoptic_counts(row(255, 0, 0, 0), row(1, 1, 0, 0), 2)
    assert counts.false_positives[1] == 1  # half on void is not mostly


def test_pages_add_up():
    pages = [(row(1, 0, 1), row(1, 0, 0)), (row(1, 1, 0), row(1, 1, 0))]
    counts = inst.total(inst.panoptic_counts(*page, 3) for page in pages)
    assert inst.panoptic_quality(counts)[1] == 2 / 2.5
    quality = inst.panoptic_quality(counts)
    assert np.isnan(quality[2])
    assert inst.mean_panoptic_quality(counts) == np.mean(quality[:2])
    nothing = inst.panoptic_counts(row(255), row(0), 3)
    assert np.isnan(inst.mean_panoptic_quality(nothing))


def test_many_segments_fit_in_memory():
    noise = np.random.default_rng(0).random((2, 600, 600)) < 0.1
    counts = inst.panoptic_counts(*noise.astype(np.uint8), 2)
    assert counts.false_negatives[1] > 10_000


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: inst.instances(np.zeros(3), 1), r"\(H, W\); yours are \(3,\)"),
        (lambda: inst.instances(np.zeros((3, 3)), 1, 6), "4 or 8; yours is 6"),
        (lambda: inst.panoptic_counts(row(0), row(0, 1), 2), r"\(1, 1\) and \(1, 2\)"),
        (lambda: inst.panoptic_counts(row(0), row(255), 2), "0 .. 1; yours go from 255"),
        (lambda: inst.panoptic_counts(row(0), row(0) / 2, 2), "class numbers; yours are float"),
        (lambda: inst.instance_counts(row(0), row(0, 1)), r"one size; they are \(1, 1\)"),
    ],
)
def test_errors_say_what_came(call, message):
    with pytest.raises(InputError, match=message):
        call()
