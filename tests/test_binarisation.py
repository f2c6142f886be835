import numpy as np
import pytest
from skimage.filters import threshold_sauvola

from seglab.binarisation import ink, sauvola_threshold


def test_the_threshold_is_sauvolas():
    grey = np.random.default_rng(0).integers(100, 256, (90, 70)).astype(np.uint8)
    inner = (slice(10, -10), slice(10, -10))  # the edge of the page is extended otherwise
    ours = sauvola_threshold(grey)[inner]
    np.testing.assert_allclose(ours, threshold_sauvola(grey, 15, k=0.2, r=128)[inner], rtol=1e-4)


def test_ink_survives_shadow_and_noise():
    bars = np.zeros((120, 90), bool)
    for start in range(10, 110, 12):
        bars[start : start + 5, 8:80] = True
    noise = np.random.default_rng(0).normal(0, 3, bars.shape)
    light = np.linspace(1, 0.5, bars.shape[1])
    assert (ink((np.where(bars, 60, 215) + noise) * light) == bars).mean() > 0.999


@pytest.mark.parametrize("level", [10, 40, 128, 215, 250])
def test_even_areas_do_not_become_noise(level):
    noise = np.random.default_rng(level).normal(0, 2, (300, 200))
    assert ink((level + noise).clip(0, 255)).mean() < 0.002


def test_the_black_around_a_book_is_solid():
    noise = np.random.default_rng(0).normal(0, 4, (400, 300))
    scan = np.full((400, 300), 20.0)
    scan[60:-60, 50:-50] = 210
    result = ink((scan + noise).clip(0, 255))
    np.testing.assert_array_equal(result, scan < 100)
