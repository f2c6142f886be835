"""The scan: ink labels, tones, what lies around the paper and on it, and what can be left out."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from seglab.errors import InputError
from seglab.pages import IGNORE, READINGS, page_files, read_page
from seglab.typesetting import PARTS, page, surround, typeset
from seglab.typesetting.layout import KINDS, composed_sheet
from seglab.typesetting.marks import add_stamp
from seglab.typesetting.material import Material, bundled_material
from seglab.typesetting.newspaper import newspaper_page
from seglab.typesetting.paper import binarised, paper
from seglab.typesetting.scan import clean, past_edge, scan_window, scanned, warp
from seglab.typesetting.sheet import GRAPHIC, TEXT, Sheet

HEIGHT = 300


def sheet_of(seed, kinds=None):
    return composed_sheet(np.random.default_rng(seed), HEIGHT, bundled_material(), kinds)


@pytest.mark.parametrize("without", [(), ("marks",), ("surround",), ("scan",)])
def test_ink_labels_score_the_ink_and_nothing_else(without):
    for seed in range(8):
        image, labels, ink_labels = scanned(np.random.default_rng(seed), sheet_of(seed), without)
        np.testing.assert_array_equal(ink_labels != IGNORE, image)
        assert set(np.unique(ink_labels)) <= {0, TEXT, GRAPHIC, IGNORE}
        assert labels.shape == image.shape and set(np.unique(labels)) <= {0, TEXT, GRAPHIC}
        # Where ink is of a class, the region around it is as well, but for a hull over another.
        of_class = np.isin(ink_labels, (TEXT, GRAPHIC))
        assert (labels == 0)[of_class].mean() < 0.02


def test_rules_are_background_even_inside_a_text_zone():
    sheet = Sheet(600, 600)
    sheet.text_zone([(50, 50, 550, 550)], 0)
    sheet.rule(100, 300, 500, 300, 6)
    image, labels, ink_labels = clean(sheet)
    assert image.any() and (labels[image] == TEXT).all() and (ink_labels[image] == 0).all()


def test_each_press_leaves_ink_of_its_kind():
    sheet = Sheet(600, 600)
    sheet.press(np.ones((100, 100), bool), 100, 100, TEXT)
    sheet.picture(np.ones((100, 100), bool), 300, 300)
    image, _, ink_labels = clean(sheet)
    assert (ink_labels[:130][image[:130]] == TEXT).all()
    assert (ink_labels[130:][image[130:]] == GRAPHIC).all()
    assert image[:130].sum() == image[130:].sum() == 50 * 50


def test_a_scan_without_the_scan_is_the_sheet_as_designed():
    sheet = sheet_of(3)
    for part, designed in zip(scanned(np.random.default_rng(0), sheet, ("scan",)), clean(sheet)):
        np.testing.assert_array_equal(part, designed)


def test_every_way_to_binarise_finds_the_ink_on_clean_paper():
    rows, columns = np.mgrid[:900, :300]
    strokes = (rows // 8 % 3 == 0) & (columns // 4 % 2 == 0)
    bars = strokes & (columns > 60) & (columns < 240) & (rows > 100) & (rows < 800)
    for seed in range(40):
        rng = np.random.default_rng(seed)
        darkness = paper(rng, *bars.shape, wear=0.0)
        darkness[bars] = 0.9
        found = binarised(rng, darkness)
        assert (found & bars).sum() / (found | bars).sum() > 0.85, seed


def test_stamps_darken_and_never_bleach():
    for seed in range(5):
        rng = np.random.default_rng(seed)
        before = rng.uniform(0, 0.4, (300, 200)).astype(np.float32)
        after = before.copy()
        add_stamp(rng, after)
        assert (after >= before).all() and 20 < (after > before).sum() < 0.4 * after.size


def test_what_lies_around_the_paper_leaves_the_paper_alone():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        y, x = np.mgrid[:200, :160].astype(np.float32)
        sideways, lengthways = np.maximum(30 - x, x - 130), np.maximum(20 - y, y - 170)
        on_paper = np.maximum(sideways, lengthways) <= 0
        darkness = np.full((200, 160), 0.1, np.float32)
        surround.add_surround(rng, darkness, sideways, lengthways)
        assert (darkness[on_paper] == np.float32(0.1)).all()


@pytest.mark.parametrize("thing", [surround.add_ruler, surround.add_colour_card])
@pytest.mark.parametrize("side", range(4))
def test_rulers_and_cards_lie_where_the_room_is(thing, side):
    beyond = np.zeros((300, 300), bool)
    np.rot90(beyond, side)[:40] = True
    darkness = np.full((300, 300), 0.5, np.float32)
    thing(np.random.default_rng(0), darkness, beyond)
    changed = darkness != 0.5
    assert changed.any() and not changed[~beyond].any()


def test_shadows_hide_the_page():
    hidden = [
        surround.add_edge_shadows(np.random.default_rng(seed), np.zeros((200, 150), np.float32))
        for seed in range(40)
    ]
    assert 5 < sum(shadow.any() for shadow in hidden) < 40
    assert not any(shadow[80:120, 60:90].any() for shadow in hidden)


def test_beyond_the_paper_there_is_no_class():
    sheet = Sheet(400, 600)
    sheet.text_zone([(0, 0, 400, 600)], 50)
    sheet.ink = Image.new("L", (400, 600), 255)
    rng = np.random.default_rng(1)
    rows, columns = warp(rng, sheet, (0.2, 0.2, 0.2, 0.2))
    beyond = np.maximum(past_edge(columns, 400), past_edge(rows, 600)) > 0.5
    for seed in range(20):
        _, labels, ink_labels = scanned(np.random.default_rng(seed), sheet)
        assert set(np.unique(ink_labels)) <= {0, IGNORE}  # solid ink, but nothing pressed it
        assert labels.any()
    assert 0.3 < beyond.mean() < 0.7


def test_some_scans_show_much_more_than_the_page():
    windows = np.array([scan_window(np.random.default_rng(seed)) for seed in range(300)])
    assert 0.1 < (windows.max(axis=1) > 0.08).mean() < 0.3
    assert (windows > -0.04).all() and (windows <= 0.4).all()


def test_a_newspaper_has_many_narrow_columns():
    for seed in range(6):
        sheet = sheet_of(seed, {newspaper_page: 1.0})
        narrow = [
            zone
            for kind, zone in sheet.zones
            if kind == TEXT and 2.5 * width_of(zone) < sheet.width
        ]
        starts = sorted(zone[0][0] for zone in narrow)
        columns = 1 + np.sum(np.diff(starts) > 0.08 * sheet.width)
        assert columns >= 3, seed
    assert newspaper_page in KINDS


def width_of(zone):
    return zone[1][0] - zone[0][0]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_left_out_and_is_missed(part):
    """Some of twelve pages change, and none fails."""
    changed = 0
    for seed in range(12):
        whole, rest = page(seed, HEIGHT), page(seed, HEIGHT, without=(part,))
        same = whole.image.shape == rest.image.shape and (whole.image == rest.image).all()
        changed += not same
    if part in ("types", "pictures"):  # there is none without material
        assert changed == 0
    else:
        assert changed > 0


def test_material_without_types_or_pictures_is_the_bundled_one():
    rich = Material(
        ("face",), ("an initial",), ("a flower",), ("a hand",), ("an ornament",), {"k": 1}
    )
    bare = bundled_material()
    assert rich.without(()) == rich
    assert rich.without(("types", "pictures")) == replace(bare, hands=("a hand",))
    assert rich.without(("types",)).pictures == {"k": 1} and not rich.without(("types",)).initials
    assert rich.without(("pictures",)).faces == ("face",)


def test_unknown_parts_are_refused():
    with pytest.raises(InputError, match="no 'type' to do without; choose from types"):
        page(1, HEIGHT, without=("type",))


def test_typeset_writes_both_readings(tmp_path):
    (made,) = typeset(tmp_path, 1, 3, HEIGHT)
    (file,) = page_files(tmp_path)
    for reading in READINGS:
        expected = page((3, 0), HEIGHT, reading=reading)
        np.testing.assert_array_equal(read_page(file, reading).labels, expected.labels)
    np.testing.assert_array_equal(made.labels, page((3, 0), HEIGHT).labels)
