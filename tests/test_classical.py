"""Classical methods: one conformance test for all, and what each of them promises."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import seglab
from seglab import metrics, pages
from seglab.classical import METHODS
from seglab.classical.crf import RefinedForest
from seglab.classical.method import ScoringMethod, spread_pixels
from seglab.classical.random_forest import RandomForest
from seglab.classical.threshold import best_classes, levels
from seglab.errors import InputError

DATA = Path(seglab.__file__).parents[1] / "data"
SMALL = {  # quicker than the defaults, and the same code
    "random_forest": lambda: RandomForest(trees=8),
    "crf": lambda: RefinedForest(RandomForest(trees=8)),
}
every_method = pytest.mark.parametrize("name", METHODS)


def some_pages(split, step):
    return [pages.scaled(pages.read_page(f), 160) for f in pages.page_files(DATA / split)[::step]]


@pytest.fixture(scope="module")
def training_pages():
    return some_pages("train", 16)


@pytest.fixture(scope="module")
def fitted(training_pages):
    """A function: the method of this name, fitted once."""
    methods = {}

    def of(name):
        if name not in methods:
            methods[name] = SMALL.get(name, METHODS[name])().fit(training_pages)
        return methods[name]

    return of


def noise_page(size, seed=0):
    image = np.random.default_rng(seed).random((*size, 1)) < 0.3
    return pages.Page("noise", image.astype(np.float32))


@every_method
@pytest.mark.parametrize("size", [(1, 1), (1, 7), (9, 2), (33, 47), (90, 61)])
def test_a_page_of_any_size_gets_labels_of_its_size(name, size, fitted):
    for page in noise_page(size), pages.Page("black", np.ones((*size, 1), np.float32)):
        labels = fitted(name).predict(page)
        assert labels.shape == size and labels.dtype == np.uint8
        assert labels.max() <= 2


@every_method
def test_an_empty_page_is_background(name, fitted):
    page = pages.Page("empty", np.zeros((50, 40, 1), np.float32))
    assert not fitted(name).predict(page).any()


@every_method
def test_the_same_pages_in_any_order_teach_the_same(name, training_pages):
    few = training_pages[:3]
    first, second = (SMALL.get(name, METHODS[name])().fit(p) for p in (few, few[::-1]))
    np.testing.assert_array_equal(*(m.predict(training_pages[4]) for m in (first, second)))


@every_method
def test_a_page_is_left_as_it_was(name, fitted, training_pages):
    page = training_pages[0]
    before = page.image.copy()
    labels = fitted(name).predict(page)
    np.testing.assert_array_equal(page.image, before)
    np.testing.assert_array_equal(fitted(name).predict(page), labels)


@every_method
def test_every_method_beats_calling_all_background(name, fitted):
    confusion = lazy = 0
    for page in some_pages("validation", 4):
        confusion += metrics.confusion_matrix(page.labels, fitted(name).predict(page), 3)
        lazy += metrics.confusion_matrix(page.labels, np.zeros_like(page.labels), 3)
    assert metrics.mean_iou(confusion) > metrics.mean_iou(lazy)


@every_method
def test_pixels_without_a_class_teach_nothing(name, training_pages):
    def with_left_half(label):
        labels = training_pages[0].labels.copy()
        labels[:, : labels.shape[1] // 2] = label
        return replace(training_pages[0], labels=labels)

    hidden = SMALL.get(name, METHODS[name])().fit([with_left_half(pages.IGNORE)])
    assert hidden.predict(training_pages[1]).max() <= 2


@every_method
def test_pages_of_one_class_give_that_class_or_background(name, training_pages):
    page = replace(training_pages[0], labels=np.ones_like(training_pages[0].labels))
    labels = SMALL.get(name, METHODS[name])().fit([page]).predict(page)
    assert (labels == 1).any() and (labels < 2).all()


@pytest.mark.parametrize("name", [n for n in METHODS if issubclass(METHODS[n], ScoringMethod)])
def test_scores_are_probabilities_and_labels_their_highest(name, fitted, training_pages):
    for page in training_pages[0], pages.Page("empty", np.zeros((5, 4, 1), np.float32)):
        scores = fitted(name).scores(page)
        assert scores.shape == (*page.image.shape[:2], 3)
        np.testing.assert_allclose(scores.sum(-1), 1, atol=1e-5)
        np.testing.assert_array_equal(scores.argmax(-1), fitted(name).predict(page))


@every_method
def test_errors_say_what_is_missing(name, training_pages):
    method = METHODS[name]()
    page = training_pages[0]
    with pytest.raises(InputError, match="has not learnt yet"):
        method.predict(page)
    with pytest.raises(InputError, match="no pages"):
        method.fit([])
    with pytest.raises(InputError, match="has no labels"):
        method.fit([replace(page, labels=None)])
    with pytest.raises(InputError, match="there is a 7"):
        method.fit([replace(page, labels=np.full_like(page.labels, 7))])
    with pytest.raises(InputError, match="nothing to learn"):
        method.fit([replace(page, labels=np.full_like(page.labels, 255))])


def test_spread_pixels_leave_no_gaps():
    rows, columns = spread_pixels((30, 20), 600)
    counts = np.zeros((6, 4), int)
    np.add.at(counts, (rows // 5, columns // 5), 1)
    assert counts.min() >= 20 and counts.max() <= 30  # 25 each, if they were perfectly even


def test_levels_split_three_hills():
    hills = np.repeat([0.0, 0.4, 0.5, 0.9], [50, 20, 20, 10]).reshape(10, 10)
    np.testing.assert_array_equal(levels(hills), np.select([hills > 0.6, hills > 0.1], [2, 1]))


def test_the_best_classes_of_three_groups_are_the_best_of_all():
    counts = np.random.default_rng(2).integers(0, 50, (3, 3))
    quality, classes = best_classes(counts)
    for choice in np.ndindex(3, 3, 3):
        confusion = np.zeros((3, 3))
        for group, number in enumerate(choice):
            confusion[:, number] += counts[group]
        assert metrics.mean_iou(confusion) <= quality
        if choice == tuple(classes):
            assert metrics.mean_iou(confusion) == pytest.approx(quality)
