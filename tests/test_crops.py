"""Crops and windows show pages as they are, and are a pure function of seed, epoch and step."""

import numpy as np
import pytest
from pages_of_ink import striped_page

from seglab.crops import Crops, Windows, crop
from seglab.pages import IGNORE, Page, ink_reading
from seglab.windows import windows

PAGES = [striped_page("small", (20, 30)), striped_page("large", (60, 50), seed=1)]


@pytest.mark.parametrize("position", [(0, 0), (-3, 4), (15, 25), (-5, -5), (100, 0), (-100, 2)])
@pytest.mark.parametrize("size", [1, 7, 40])
def test_a_crop_is_the_page_and_paper_around_it(position, size):
    page = PAGES[0]
    image, labels = crop(page, *position, size)
    for i in range(size):
        for j in range(size):
            row, column = position[0] + i, position[1] + j
            inside = 0 <= row < page.image.shape[0] and 0 <= column < page.image.shape[1]
            assert image[i, j] == (page.image[row, column] if inside else 0)
            assert labels[i, j] == (page.labels[row, column] if inside else 0)


def test_paper_around_an_ink_reading_is_not_scored():
    page = ink_reading(PAGES[0])
    image, labels = crop(page, -3, 4, 40)
    assert (labels[:3] == IGNORE).all() and (labels[3:23, 26:] == IGNORE).all()
    np.testing.assert_array_equal(labels[3:23, :26], page.labels[:, 4:])
    np.testing.assert_array_equal(image, crop(PAGES[0], -3, 4, 40)[0])


@pytest.mark.parametrize("kind", [Crops, Windows])
def test_a_batch_depends_on_seed_epoch_and_step_alone(kind):
    first, again, other = (kind(PAGES, 16, 4, 3, seed) for seed in (1, 1, 2))
    for data in first, again, other:
        data.epoch = 5
    batch = first[2]
    again[0]
    np.testing.assert_array_equal(batch[0], again[2][0])
    np.testing.assert_array_equal(batch[1], again[2][1])
    assert not np.array_equal(batch[0], other[2][0])
    assert not np.array_equal(batch[0], first[1][0])
    again.epoch = 6
    assert not np.array_equal(batch[0], again[2][0])


def test_shapes_are_what_a_model_is_fitted_to():
    images, labels = Crops(PAGES, 16, 4, 3, seed=0)[0]
    assert images.shape == (4, 16, 16, 1) and labels.shape == (4, 16, 16)
    images, labels = Windows(PAGES, 16, 4, 3, seed=0)[0]
    assert images.shape == (4, 16, 16, 1) and labels.shape == (4,)
    assert len(Crops(PAGES, 16, 4, 3, seed=0)) == 3


def test_a_windows_label_is_its_centres():
    """Each pixel of this page has an ink of its own, so a window tells where it was cut."""
    height, width = 12, 10
    ink = np.arange(1, height * width + 1, dtype="float32").reshape(height, width, 1)
    page = Page("numbered", ink, (ink[..., 0] % 3).astype("uint8"))
    images, labels = Windows([page], 6, 200, 1, seed=0)[0]
    centres = images[:, 3, 3, 0].astype(int) - 1
    rows, columns = np.divmod(centres, width)
    np.testing.assert_array_equal(labels, page.labels[rows, columns])
    np.testing.assert_array_equal(images, windows(ink, rows, columns, 6))
    assert set(rows) == set(range(height)) and set(columns) == set(range(width))


def test_windows_are_centred_on_scored_pixels_each_as_often():
    """Twice as much ink on the one page, and one without any: 1 to 2 to 0 windows."""
    some = Page("some", np.zeros((9, 8, 1), "float32"), np.full((9, 8), IGNORE, "uint8"))
    some.labels[2:4, 3] = 0, 1
    more = Page("more", np.zeros((30, 20, 1), "float32"), np.full((30, 20), IGNORE, "uint8"))
    more.labels[5, 5:9] = 2
    none = Page("none", np.zeros((50, 40, 1), "float32"), np.full((50, 40), IGNORE, "uint8"))
    for pages in [some, more], [some, more, none]:
        _, labels = Windows(pages, 8, 6000, 1, seed=0)[0]
        np.testing.assert_allclose(np.bincount(labels, minlength=3) / 1000, [1, 1, 4], rtol=0.1)


def test_crops_reach_every_pixel_of_the_page():
    ink = np.arange(1, 481, dtype="float32").reshape(12, 40, 1)
    page = Page("numbered", ink, np.zeros((12, 40), "uint8"))
    images, _ = Crops([page], 8, 300, 1, seed=0)[0]
    assert set(range(1, 481)) <= set(images.ravel().astype(int))


def test_larger_pages_are_drawn_more_often():
    full, blank = Page("", np.ones((40, 30, 1), "float32"), np.ones((40, 30), "uint8")), PAGES[0]
    _, labels = Windows([full, blank], 8, 4000, 1, seed=0)[0]
    blank_share = blank.labels.size / (full.labels.size + blank.labels.size)
    of_blank = (labels != 1).mean() / (blank.labels != 1).mean()
    assert of_blank == pytest.approx(blank_share, rel=0.15)
