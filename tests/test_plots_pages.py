"""The pictures keep every class's colour and hide no ink."""

import numpy as np
from matplotlib import image as matplotlib_image
from pages_of_ink import striped_page

from seglab import plots
from seglab.pages import CLASSES, COLOURS, IGNORE


def test_an_overlay_shows_class_and_ink_at_every_pixel():
    page = striped_page("a")
    picture = plots.overlay(page.image, page.labels)
    assert picture.shape == (*page.labels.shape, 3) and picture.dtype == np.uint8
    ink = page.image[..., 0] == 1
    colours = {
        (c, on_ink): np.unique(picture[(page.labels == c) & (ink == on_ink)], axis=0)
        for c in range(len(CLASSES))
        for on_ink in (False, True)
    }
    assert all(len(found) == 1 for found in colours.values())  # one colour a class and ink
    assert len(np.unique(np.concatenate([*colours.values()]), axis=0)) == 6  # and no two alike
    for c in range(len(CLASSES)):
        paper, dark = colours[c, False][0].astype(int), colours[c, True][0].astype(int)
        assert (paper > dark).all()  # ink is darker than its paper
        full = np.array(COLOURS[c])
        assert (paper >= full).all()  # a tint of the class's colour


def test_what_is_not_scored_is_white_paper_and_grey_ink():
    page = striped_page("a")
    ink = page.image[..., 0] == 1
    picture = plots.overlay(page.image, np.full_like(page.labels, IGNORE))
    assert (picture[~ink] == 255).all()
    (grey,) = np.unique(picture[ink], axis=0)
    assert len(set(grey)) == 1
    for c in range(len(CLASSES)):
        assert (plots.overlay(page.image, np.full_like(page.labels, c))[ink] != grey).any()


def test_a_comparison_has_a_page_a_row_and_a_model_a_column():
    pages = [striped_page(name, seed=seed) for seed, name in enumerate("abc")]
    predictions = [[page.labels for page in pages]] * 2
    figure = plots.comparison(pages, predictions, ["FCN\n0.1 s", "U-Net\n0.2 s"])
    titles = [axis.get_title() for axis in figure.axes]
    assert len(figure.axes) == 3 * 4
    assert titles[:4] == ["Input", "Ground truth", "FCN\n0.1 s", "U-Net\n0.2 s"]
    assert not any(titles[4:])
    np.testing.assert_array_equal(
        figure.axes[1].get_images()[0].get_array(), plots.overlay(pages[0].image, pages[0].labels)
    )
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(CLASSES)


def test_a_figure_is_saved_in_the_format_of_its_suffix(tmp_path):
    figure = plots.comparison([striped_page("a")], [], [])
    plots.save(figure, tmp_path / "a.png", dots_per_inch=50)
    plots.save(figure, tmp_path / "a.svg")
    assert matplotlib_image.imread(tmp_path / "a.png").ndim == 3
    assert "<svg" in (tmp_path / "a.svg").read_text()


def test_models_that_do_not_fit_side_by_side_go_on_below():
    page, count = striped_page("a"), plots.SIDE_BY_SIDE + 2
    titles = [f"model {number}" for number in range(count)]
    figure = plots.comparison([page, page], [[page.labels] * 2] * count, titles)
    shown = [axis.get_title() for axis in figure.axes if axis.get_title()]
    assert shown == ["Input", "Ground truth", *titles[:-2], "Input", "Ground truth", *titles[-2:]]
    assert len(figure.axes) == 2 * (2 + plots.SIDE_BY_SIDE) + 2 * (2 + 2)


def test_every_system_has_its_point_and_its_name():
    rows = [
        ("U-Net", "unet", 0.2, 0.7, 2_000_000),
        ("SegNet", "segnet", 0.1, 0.7, 500_000),
        ("k-means", "k_means", 0.1, 0.4, None),
    ]
    figure = plots.systems(rows)
    (axis,) = figure.axes
    assert [tuple(points.get_offsets()[0]) for points in axis.collections] == [
        (seconds, quality) for _, _, seconds, quality, _ in rows
    ]
    assert [text.get_text() for text in axis.texts] == [title for title, *_ in rows]
    large, small, _ = (points.get_sizes()[0] for points in axis.collections)
    assert large > small
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axis.texts]
    assert not any(a.overlaps(b) for a in boxes for b in boxes if a is not b)
