"""The parts of the classical methods, against slow loops that are obviously right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import ndimage

from seglab.classical import refine, superpixels
from seglab.classical.blocks import MEASURES, letters, measures, regions, smeared
from seglab.classical.edges import filled_contours
from seglab.classical.features import cleared, components, filter_bank, run_lengths
from seglab.classical.run_length_smoothing import smoothed
from seglab.classical.superpixels import METHODS
from seglab.errors import InputError

INK = arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9))


def smeared_by_loop(ink, gap):
    """As in notebook 1: between every two neighbouring ink pixels of a row."""
    filled = ink.copy()
    for before, after in zip(ink, filled, strict=True):
        places = np.flatnonzero(before)
        for left, right in zip(places[:-1], places[1:]):
            if right - left - 1 <= gap:
                after[left:right] = True
    return filled


@settings(derandomize=True, database=None, deadline=None)
@given(ink=INK, gap=st.integers(0, 6))
def test_smearing_is_the_loop(ink, gap):
    np.testing.assert_array_equal(smeared(ink, gap), smeared_by_loop(ink, gap))


@settings(derandomize=True, database=None, deadline=None)
@given(ink=INK, across=st.integers(0, 6), down=st.integers(0, 6))
def test_smoothing_is_wong_casey_and_wahl(ink, across, down):
    both = smeared_by_loop(ink, across) & smeared_by_loop(ink.T, down).T
    np.testing.assert_array_equal(smoothed(ink, across, down), smeared_by_loop(both, across / 2))


@settings(derandomize=True, database=None, deadline=None)
@given(mask=INK)
def test_a_run_is_as_long_as_a_walk_both_ways(mask):
    lengths = run_lengths(mask)
    for row, column in np.ndindex(mask.shape):
        walked = 1
        for step in (-1, 1):
            at = column + step
            while 0 <= at < mask.shape[1] and mask[row, at] == mask[row, column]:
                walked, at = walked + 1, at + step
        assert lengths[row, column] == walked


@settings(derandomize=True, database=None, deadline=None)
@given(ink=INK)
def test_cleared_keeps_the_components_that_do_not_reach_the_edge(ink):
    kept = cleared(ink[..., None].astype(np.float32))[..., 0] > 0
    numbers, count = ndimage.label(np.pad(ink, 1), np.ones((3, 3)))
    numbers = numbers[1:-1, 1:-1]
    for number in range(1, count + 1):
        rows, columns = np.nonzero(numbers == number)
        inside = rows.min() > 0 and rows.max() < len(ink) - 1
        inside &= columns.min() > 0 and columns.max() < ink.shape[1] - 1
        assert (kept[numbers == number] == inside).all()


def test_cleared_takes_the_grey_rim_with_the_black_and_leaves_that_of_letters():
    image = np.zeros((9, 12, 1), np.float32)
    image[:, 0], image[:, 1] = 1, 0.2
    image[4, 5:9, 0] = 0.2, 1, 1, 0.2
    kept = image.copy()
    kept[:, :2] = 0
    np.testing.assert_array_equal(cleared(image), kept)


def test_a_block_is_measured():
    blocks, ink = np.zeros((10, 20), int), np.zeros((10, 20), bool)
    blocks[2:6, 3:11] = 1
    ink[2, 3:7] = ink[2, 9:11] = ink[5, 3:9] = True  # three runs, 12 pixels
    (found,) = measures(blocks, ink, line=2)
    measured = dict(zip(MEASURES, found, strict=True))
    assert measured == {
        **{"height": 2, "width": 4, "width / height": 2, "density": 12 / 32},
        **{"mean run": 4 / 2, "to edge": 1, "page height": 5},
    }


def test_the_height_of_a_line_is_the_median_letters():
    image = np.zeros((30, 40, 1), np.float32)
    image[5:9, 4:7] = image[5:9, 10:13] = image[5:15, 20:30] = 1
    image[20, 20] = 1  # a speck
    image[:, 39] = 1  # the black around
    ink, line = letters(image)
    assert line == 4 and not ink[:, 39].any() and ink[5:9, 4:7].all()
    assert letters(np.zeros((3, 3, 1)))[1] == 1


def test_regions_join_lines_and_fill_hulls():
    labels = np.zeros((40, 30), np.uint8)
    labels[2:4, 2:20] = labels[8:10, 2:20] = labels[30:32, 2:20] = 1
    labels[15:25, 5] = labels[24, 5:25] = 2  # an L
    found = regions(labels, line=2, gap=2)
    assert (found[2:10, 2:20] == 1).all()  # 4 white rows: two lines
    assert (found[10:15] == 0).all()
    assert found[22, 8] == 2 and found[16, 23] == 0  # inside the triangle, and outside


@settings(derandomize=True, database=None, deadline=None)
@given(ink=INK)
def test_what_contours_enclose_has_no_holes(ink):
    inside = filled_contours(ink, 1)
    padded = np.pad(inside, 1)
    np.testing.assert_array_equal(ndimage.binary_fill_holes(padded), padded)
    if not ink.any():
        assert not inside.any()


def test_a_frame_encloses_what_is_in_it():
    ink = np.zeros((40, 40), bool)
    ink[10:30, 10:30] = True
    ink[13:27, 13:27] = False
    inside = filled_contours(ink, 1)
    assert inside[10:30, 10:30].all() and not inside[:7].any()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [(1, 1), (2, 9), (60, 47)])
def test_superpixels_are_connected_and_numbered_from_0(method, size):
    image = (np.random.default_rng(3).random((*size, 1)) < 0.2).astype(np.float32)
    image[size[0] // 3 :, size[1] // 3 :] = 0
    numbers = superpixels(image, method)
    assert numbers.shape == size
    np.testing.assert_array_equal(np.unique(numbers), np.arange(numbers.max() + 1))
    for number in range(numbers.max() + 1):
        assert ndimage.label(numbers == number)[1] == 1
    np.testing.assert_array_equal(numbers, superpixels(image, method))


def test_there_are_four_kinds_of_superpixels():
    with pytest.raises(InputError, match="no superpixels 'hexagons'; choose one of felzenszwalb"):
        superpixels(np.ones((4, 4, 1)), "hexagons")


def test_features_look_the_same_in_the_mirror():
    image = (np.random.default_rng(4).random((40, 30, 1)) < 0.3).astype(np.float32)
    there, back = filter_bank(image), filter_bank(image[:, ::-1])[:, ::-1]
    mirrored = np.isclose(np.abs(there), np.abs(back), atol=1e-4).all((0, 1))
    assert mirrored.all()
    np.testing.assert_array_equal(components(image)[image[..., 0] == 0], 0)


def refined_by_loop(scores, image, smoothness, near, contrast, far, grey, levels, steps):
    """Mean field as the docstring of `crf` says it: every pair of pixels, one by one."""
    places = list(np.ndindex(image.shape[:2]))
    ink = np.rint(image[..., 0] * (levels - 1)) / (levels - 1)
    unary = np.log(np.maximum(scores, 1e-3))
    q = np.exp(unary) / np.exp(unary).sum(-1, keepdims=True)

    def message(at, deviation, greys):
        total, weights = np.zeros(scores.shape[-1]), 0
        for other in places:
            away = np.subtract(at, other)
            if other != at and abs(away).max() <= int(3 * deviation + 0.5):
                weight = np.exp(-(away**2).sum() / (2 * deviation**2))
                if greys:
                    weight *= np.exp(-((ink[at] - ink[other]) ** 2) / (2 * grey**2))
                total, weights = total + weight * q[other], weights + weight
        return total / max(weights, 1e-6)

    for _ in range(steps):
        logits = unary.copy()
        for at in places:
            logits[at] += smoothness * message(at, near, False) + contrast * message(at, far, True)
        q = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    return q


@pytest.mark.parametrize("size", [(1, 1), (6, 7)])
@pytest.mark.parametrize("near, far", [(1.0, 3.0), (0.4, 1.0)])
def test_mean_field_is_the_loop(size, near, far):
    random = np.random.default_rng(5)
    scores, image = random.dirichlet([1, 1, 1], size), random.random((*size, 1))
    options = {"smoothness": 2, "near": near, "contrast": 3, "far": far}
    options |= {"grey": 0.3, "levels": 4, "steps": 3}
    expected = refined_by_loop(scores, image, **options)
    np.testing.assert_allclose(refine(scores, image, **options), expected, atol=1e-5)


def test_a_lonely_pixel_follows_its_neighbours():
    scores = np.full((9, 9, 3), [0.1, 0.8, 0.1])
    scores[4, 4] = 0.5, 0.4, 0.1
    image = np.zeros((9, 9, 1))
    assert refine(scores, image, steps=0).argmax(-1)[4, 4] == 0
    assert (refine(scores, image).argmax(-1) == 1).all()


def test_contrast_keeps_to_the_ink():
    scores = np.full((9, 9, 2), [0.5, 0.5])
    image = np.zeros((9, 9, 1))
    image[:, 5:] = 1
    scores[4, 1], scores[4, 7] = (0.9, 0.1), (0.1, 0.9)
    refined = refine(scores, image, smoothness=0, contrast=4, far=5)
    np.testing.assert_array_equal(refined.argmax(-1), image[..., 0])


@pytest.mark.parametrize(
    "scores, image, options, message",
    [
        (np.ones((3, 3)), np.ones((3, 3, 1)), {}, r"they are \(3, 3\) and \(3, 3, 1\)"),
        (np.ones((3, 3, 2)), np.ones((3, 4, 1)), {}, r"\(3, 3, 2\) and \(3, 4, 1\)"),
        (np.ones((3, 3, 1)), np.ones((3, 3, 1)), {}, r"Give \(1 - p, p\)"),
        (np.full((3, 3, 2), 4.0), np.ones((3, 3, 1)), {}, "Is the softmax missing"),
        (np.ones((3, 3, 2)), np.ones((3, 3, 1)), {"near": 0}, "near should be above 0; yours is 0"),
        (np.ones((3, 3, 2)), np.ones((3, 3, 1)), {"levels": 1}, "2 levels and 0 steps"),
    ],
)
def test_refine_says_what_came(scores, image, options, message):
    with pytest.raises(InputError, match=message):
        refine(scores, image, **options)
