"""Two label images, or two folders of them, are scored; what cannot be paired is told."""

import numpy as np
import pytest
from PIL import Image

from seglab import metrics
from seglab.errors import InputError
from seglab.evaluation import evaluate
from seglab.pages import IGNORE, Page, write_image, write_labels, write_page

random = np.random.default_rng(0)


def labels(shape=(6, 5)):
    return random.integers(0, 3, shape).astype("uint8")


@pytest.fixture
def folders(tmp_path):
    """Predictions of pages a and b; truth of a, b and c as a page folder."""
    pages = {
        name: Page(name, random.integers(0, 2, (6, 5, 1)).astype("float32"), labels())
        for name in "abc"
    }
    predicted = {name: labels() for name in "ab"}
    for page in pages.values():
        write_page(tmp_path / "truth", page)
    for name, prediction in predicted.items():
        write_labels(tmp_path / "predicted" / f"{name}.png", prediction)
    return tmp_path, pages, predicted


def test_the_notes_exercise_two_label_images(tmp_path):
    """Given a segmentation output and its ground truth, compute the three metrics: the ship."""
    ship = np.zeros((10, 10), "uint8")
    ship[0, :5] = 1
    write_labels(tmp_path / "truth.png", ship)
    write_labels(tmp_path / "output.png", np.zeros_like(ship))
    scores = evaluate(tmp_path / "output.png", tmp_path / "truth.png", num_classes=2)
    assert (scores["pages"], scores["num_classes"]) == (1, 2)
    assert scores["pixel_accuracy"] == 0.95
    assert scores["iou"] == [0.95, 0] and scores["mean_iou"] == pytest.approx(0.475)
    assert scores["mean_dice"] == pytest.approx((2 * 95 / 195) / 2)
    assert "ink_accuracy" not in scores


def test_folders_are_counted_together_over_area_and_ink(folders):
    folder, pages, predicted = folders
    scores = evaluate(folder / "predicted", folder / "truth")
    together = [
        np.concatenate([pages[name].labels for name in "ab"]),
        np.concatenate([*predicted.values()]),
    ]
    ink = np.concatenate([pages[name].image[..., 0] for name in "ab"]) > 0.5
    expected = metrics.report(
        metrics.confusion_matrix(*together, 3), metrics.confusion_matrix(*together, 3, ink)
    )
    about = {"pages": 2, "truth_pages": 3, "num_classes": 3, "reading": "region"}
    assert scores == about | expected


def test_images_may_lie_elsewhere(folders):
    folder, pages, _ = folders
    whole = evaluate(folder / "predicted", folder / "truth")
    alone = evaluate(folder / "predicted", folder / "truth" / "labels")
    assert "ink_accuracy" not in alone and alone["iou"] == whole["iou"]
    images = folder / "truth" / "images"
    assert evaluate(folder / "predicted", folder / "truth" / "labels", images) == whole
    one = evaluate(
        folder / "predicted" / "a.png", folder / "truth" / "labels" / "a.png", images / "a.png"
    )
    assert one["ink_accuracy"] == pytest.approx(
        (pages["a"].labels == read(folder / "predicted" / "a.png"))[
            pages["a"].image[..., 0] > 0.5
        ].mean()
    )


def test_the_ink_reading_is_scored_on_ink_alone(folders):
    folder, pages, _ = folders
    area_and_ink = evaluate(folder / "predicted", folder / "truth")
    ink = evaluate(folder / "predicted", folder / "truth", reading="ink")
    assert ink["reading"] == "ink" and not any(name.startswith("ink_") for name in ink)
    assert ink["pixel_accuracy"] == area_and_ink["ink_accuracy"]  # derived, so the same
    np.testing.assert_equal(ink["iou"], area_and_ink["ink_iou"])
    for page in pages.values():  # a folder that has ink labels of its own: all ink is dirt
        write_page(folder / "truth", page, np.where(page.image[..., 0] == 1, 0, IGNORE))
    ink = evaluate(folder / "predicted", folder / "truth", reading="ink")
    assert ink["iou"][0] == ink["pixel_accuracy"] and ink["iou"][1:] == [0, 0]
    assert evaluate(folder / "predicted", folder / "truth") == area_and_ink
    alone = evaluate(folder / "predicted", folder / "truth" / "ink_labels")
    assert alone == ink | {"reading": "region"}
    with pytest.raises(
        InputError, match="ink reading of .*labels needs the page images; give --im"
    ):
        evaluate(folder / "predicted", folder / "truth" / "labels", reading="ink")
    with pytest.raises(InputError, match="no reading 'areas'"):
        evaluate(folder / "predicted", folder / "truth", reading="areas")


def test_a_prediction_gives_every_pixel_a_class(tmp_path):
    void = np.array([[0, 1, IGNORE]], "uint8")
    write_labels(tmp_path / "void.png", void)
    write_labels(tmp_path / "full.png", np.array([[0, 2, 1]], "uint8"))
    assert evaluate(tmp_path / "full.png", tmp_path / "void.png")["pixel_accuracy"] == 1 / 2
    with pytest.raises(InputError, match="void.png holds the value 255, which only ground truth"):
        evaluate(tmp_path / "void.png", tmp_path / "full.png")


def read(path):
    return np.asarray(Image.open(path))


def test_truth_may_be_page_xml(tmp_path):
    write_image(tmp_path / "xml" / "a.png", np.ones((6, 5, 1)))
    (tmp_path / "xml" / "a.xml").write_text(
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        '<Page imageFilename="a.png" imageWidth="5" imageHeight="6"><TextRegion id="r">'
        '<Coords points="0,0 5,0 5,6 0,6"/></TextRegion></Page></PcGts>'
    )
    write_labels(tmp_path / "predicted" / "a.png", np.ones((6, 5), "uint8"))
    assert evaluate(tmp_path / "predicted", tmp_path / "xml")["ink_accuracy"] == 1


def test_more_classes_can_be_scored(tmp_path):
    Image.fromarray(np.full((4, 4), 11, "uint8")).save(tmp_path / "a.png")
    assert evaluate(tmp_path / "a.png", tmp_path / "a.png", num_classes=12)["iou"][11] == 1
    write_image(tmp_path / "page.png", np.ones((4, 4, 1)))
    on_page = evaluate(tmp_path / "a.png", tmp_path / "a.png", tmp_path / "page.png", 12)
    assert on_page["ink_iou"][11] == 1


def test_what_cannot_be_scored_is_told(folders):
    folder, *_ = folders
    predicted, truth = folder / "predicted", folder / "truth"
    (folder / "empty").mkdir()
    write_labels(folder / "small" / "a.png", labels((3, 5)))
    write_labels(folder / "alien" / "z.png", labels())
    write_labels(folder / "alien" / "y.png", labels())
    write_image(folder / "others" / "q.png", np.ones((6, 5, 1)))
    for arguments, sentence in {
        (predicted, folder / "none"): "none does not exist; give a label image",
        (folder / "empty", truth): "empty holds no pages",
        (folder / "alien", truth): r"truth has no labels for y \(2 of 2 predictions\)",
        (
            folder / "small" / "a.png",
            truth / "labels" / "a.png",
        ): r"one size.*\(3, 5\) and \(6, 5\)",
        (predicted, truth, folder / "others"): "others has no image for a",
        (truth / "labels", truth, None, 2): "holds the values 2, but labels go from 0 to 1",
    }.items():
        with pytest.raises(InputError, match=sentence):
            evaluate(*arguments)
