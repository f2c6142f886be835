"""Crops that a classifier learns from: as many of every kind, the same ones for a seed."""

import numpy as np
import pytest

from seglab.transfer import kinds
from seglab.typesetting.material import bundled_material


@pytest.fixture(scope="module")
def made():
    count = kinds.PER_THING * len(kinds.KINDS)
    return kinds.crops(7, count, 48, bundled_material())


def test_every_kind_is_shown_as_often(made):
    images, numbers = made
    assert images.shape == (len(numbers), 48, 48, 1) and images.dtype == np.float32
    assert set(np.bincount(numbers, minlength=len(kinds.KINDS))) == {kinds.PER_THING}


def test_crops_are_ink_on_paper(made):
    images, _ = made
    assert images.min() >= 0 and images.max() <= 1
    inked = images.mean((1, 2, 3))
    assert np.mean(inked > 0.005) > 0.9 and np.median(inked) < 0.5


def test_a_seed_makes_the_same_crops_and_another_does_not(made):
    few = kinds.PER_THING + 1
    images, numbers = kinds.crops(7, few, 48, bundled_material())
    np.testing.assert_array_equal(images, made[0][:few])
    np.testing.assert_array_equal(numbers, [0] * kinds.PER_THING + [1])
    others, _ = kinds.crops(8, 1, 48, bundled_material())
    assert (others[0] != images[0]).any()
