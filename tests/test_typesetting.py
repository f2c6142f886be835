"""Typeset pages: pure functions of their seed, true labels, and the set that is committed."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib import get_data_path
from PIL import Image

from seglab.errors import InputError
from seglab.pages import IGNORE
from seglab.typesetting import page, scan, typeset
from seglab.typesetting.column import Column, break_line
from seglab.typesetting.faces import Fount, bundled_faces, characters
from seglab.typesetting.layout import KINDS, composed_sheet
from seglab.typesetting.material import bundled_material
from seglab.typesetting.pictures import PHOTOGRAPHS, photograph
from seglab.typesetting.scan import clean, scanned
from seglab.typesetting.sheet import GRAPHIC, TEXT, Sheet
from seglab.typesetting.text import COMMON_WORDS, lexicon, prose, roman

HEIGHT = 300  # small pages are quick to make
DATA = Path(__file__).parent.parent / "data"
BUNDLED_FONTS = Path(get_data_path()) / "fonts" / "ttf"


def sheets(count):
    """Sheets as designed, before any scan damage."""
    for seed in range(count):
        yield composed_sheet(np.random.default_rng(seed), HEIGHT, bundled_material())


def test_same_seed_same_page():
    first, again = page((3, 1), HEIGHT), page((3, 1), HEIGHT)
    assert first.name == again.name
    np.testing.assert_array_equal(first.image, again.image)
    np.testing.assert_array_equal(first.labels, again.labels)


def test_a_page_does_not_depend_on_the_pages_before_it():
    alone = page(8, HEIGHT)
    page(9, HEIGHT)
    np.random.default_rng().random(100)
    np.testing.assert_array_equal(page(8, HEIGHT).image, alone.image)


def test_different_seeds_differ():
    images = [page((5, i), HEIGHT).image for i in range(6)]
    for i, image in enumerate(images):
        for other in images[:i]:
            assert image.shape != other.shape or (image != other).any()


@pytest.mark.parametrize("seed", [0, (1, 2), (1, 2, 3), np.int64(4)])
def test_a_page_is_bilevel_with_three_classes(seed):
    made = page(seed, HEIGHT)
    assert made.image.shape == (*made.labels.shape, 1)
    assert made.image.shape[0] == HEIGHT
    assert made.image.dtype == np.float32 and made.labels.dtype == np.uint8
    assert set(np.unique(made.image)) == {0, 1}
    assert set(np.unique(made.labels)) <= {0, TEXT, GRAPHIC}


def test_all_designed_ink_but_rules_lies_in_a_zone(monkeypatch):
    monkeypatch.setattr(Sheet, "rule", lambda *_: None)
    for sheet in sheets(25):
        image, labels, _ = clean(sheet)
        assert (image & (labels == 0)).sum() <= 0.002 * image.sum()


def test_type_is_text_and_pictures_are_graphic(monkeypatch):
    """Press only the type, then only the pictures: what remains lies in the right class."""
    picture = Sheet.picture
    monkeypatch.setattr(Sheet, "rule", lambda *_: None)

    def outline_only(sheet, art, x, y):
        ink = sheet.ink.copy()
        picture(sheet, art, x, y)
        sheet.ink = ink

    monkeypatch.setattr(Sheet, "picture", outline_only)
    for sheet in sheets(15):
        image, labels, _ = clean(sheet)
        assert (image & (labels != TEXT)).sum() <= 0.01 * image.sum() + 1


def test_scan_moves_ink_and_labels_together(monkeypatch):
    """Ink that fills its zone still fills it, and only it, after the warp."""
    # Some ways to binarise hollow out what is solid.
    monkeypatch.setattr(scan, "binarised", lambda rng, darkness: darkness > 0.45)
    for seed in range(10):
        sheet = Sheet(400, 600)
        sheet.picture(np.ones((200, 250), bool), 80, 250)
        sheet.ink = Image.fromarray(np.uint8(255 * (sheet.labels() > 0)))
        image, labels, _ = scanned(
            np.random.default_rng(seed), sheet, without=("marks", "surround")
        )
        zone = labels == GRAPHIC
        assert (image & zone).sum() > 0.9 * zone.sum()
        rows, columns = np.nonzero(zone)
        around = np.zeros_like(zone)
        around[rows.min() - 12 : rows.max() + 12, columns.min() - 12 : columns.max() + 12] = True
        assert (image & around & ~zone).sum() < 0.35 * (around & ~zone).sum()


def test_lines_fit_the_measure_and_lose_no_letter():
    fount = Fount(bundled_faces()[0], 20.0)
    words = prose(np.random.default_rng(0), "german", 200)
    for measure in (60, 150, 400):
        rest, lines = words, []
        while rest:
            line, rest = break_line(rest, fount, measure)
            lines.append(line)
            width = sum(map(fount.width, line)) + fount.space * (len(line) - 1)
            assert line and width <= measure
        letters = "".join("".join(line) for line in lines).replace("-", "")
        assert letters == "".join(words)


def test_a_justified_paragraph_has_straight_edges_and_runs_around_obstacles():
    fount = Fount(bundled_faces()[0], 20.0)
    column = Column(Sheet(600, 900), 50, 550, 40, 840, 24)
    column.obstacles.append((400, 40, 550, 40 + 5 * 24))
    column.paragraph(prose(np.random.default_rng(0), "latin", 150), fount)
    edges = [(x0, x1) for x0, _, x1, _ in column.boxes]
    assert len(edges) > 10
    for i, (left, right) in enumerate(edges[:-1]):
        assert left == pytest.approx(50) and right == pytest.approx(400 if i < 5 else 550)


def test_s_is_long_inside_a_word_and_round_at_its_end():
    face = replace(bundled_faces()[0], long_s=True)
    assert (
        Fount(face, 20.0).spell("sens, possessions.")
        == "\u017fens, po\u017f\u017fe\u017f\u017fions."
    )
    assert Fount(replace(face, long_s=False), 20.0).spell("sens") == "sens"


def test_every_face_can_spell_every_language():
    for face in bundled_faces():
        for language in COMMON_WORDS:
            for word in lexicon(language)[:200]:
                spelt = Fount(face, 20.0).spell(word)
                assert len(spelt) >= len(word) and characters(face.upright).issuperset(spelt)


def test_blackletter_is_spelt_in_fraktur_and_accents_fall_where_a_font_has_none():
    blackletter = [face for face in bundled_faces() if face.alphabet != "roman"]
    assert blackletter
    for face in blackletter:
        assert not any(letter.isascii() for letter in Fount(face, 20.0).spell("CHIRZundHaus"))
    times, computer_modern = bundled_faces()[:2]
    assert Fount(times, 20.0).spell("été groß") == "été groß"
    assert Fount(computer_modern, 20.0).spell("été groß") == "ete gross"


@pytest.mark.parametrize(
    "number, numeral", [(1, "I"), (4, "IV"), (1494, "MCDXCIV"), (1888, "MDCCCLXXXVIII")]
)
def test_roman(number, numeral):
    assert roman(number) == numeral


def test_pictures_need_no_download():
    import skimage.data

    bundled = Path(skimage.data.__file__).parent
    for name in PHOTOGRAPHS:
        # The file first: without it scikit-image would skip this test rather than fail.
        stem = "ihc" if name == "immunohistochemistry" else name
        assert list(bundled.glob(f"{stem}.*")), f"{name} does not come with scikit-image"
        assert min(photograph(name).size) >= 250


def test_kinds_are_shares():
    assert sum(KINDS.values()) == pytest.approx(1)


def test_typeset_writes_the_pages_of_its_seeds(tmp_path):
    made = list(typeset(tmp_path / "set", 2, 7, HEIGHT))
    assert [p.name for p in made] == ["page_0007_0000", "page_0007_0001"]
    np.testing.assert_array_equal(made[1].image, page((7, 1), HEIGHT).image)
    first = {path: path.read_bytes() for path in (tmp_path / "set").rglob("*.png")}
    assert len(first) == 6
    list(typeset(tmp_path / "set", 2, 7, HEIGHT))
    assert first == {path: path.read_bytes() for path in (tmp_path / "set").rglob("*.png")}


@pytest.mark.parametrize("count", [0, -3])
def test_bad_counts_are_refused_before_anything_is_written(tmp_path, count):
    with pytest.raises(InputError, match="at least 1"):
        typeset(tmp_path / "set", count, 1, HEIGHT)
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize("seed", [-1, (1, -2), 1.5, "one", ()])
def test_bad_seeds_are_refused(seed):
    with pytest.raises(InputError, match="A seed is"):
        page(seed, HEIGHT)


@pytest.mark.parametrize("height", [0, -900, 199])
def test_bad_heights_are_refused(height):
    with pytest.raises(InputError, match="200 pixels"):
        page(1, height)


def test_an_occupied_folder_is_refused(tmp_path):
    list(typeset(tmp_path, 1, 1, HEIGHT))
    with pytest.raises(InputError, match="already holds other pages, such as page_0001_0000"):
        typeset(tmp_path, 1, 2, HEIGHT)
    assert len(list(tmp_path.rglob("*.png"))) == 3


@pytest.fixture(scope="module")
def committed():
    """{split: [(name, ink (H, W) bool, labels (H, W))]} of the pages in data/."""
    splits = {}
    for split in ("train", "validation", "test"):
        paths = sorted((DATA / split / "images").glob("*.png"))
        splits[split] = [
            (
                path.stem,
                ~np.array(Image.open(path).convert("1")),
                np.array(Image.open(DATA / split / "labels" / path.name)),
            )
            for path in paths
        ]
    return splits


def test_committed_pages_are_complete_and_small(committed):
    assert len(committed["train"]) >= 40
    assert len(committed["validation"]) >= 10 and len(committed["test"]) >= 10
    names = [name for pages in committed.values() for name, _, _ in pages]
    assert len(set(names)) == len(names)
    sizes = [path.stat().st_size for path in DATA.rglob("*.png")]
    assert len(sizes) == 3 * len(names) and sum(sizes) <= 12_000_000


def test_committed_pages_hold_every_class(committed):
    for pages in committed.values():
        assert all(ink.shape == labels.shape for _, ink, labels in pages)
        assert all(set(np.unique(labels)) <= {0, TEXT, GRAPHIC} for _, _, labels in pages)
        share = shares(pages)
        assert share[0] > 0.3 and share[TEXT] > 0.3 and share[GRAPHIC] > 0.04


def shares(pages):
    """Share of all pixels that each of the three classes has."""
    pixels = np.concatenate([labels.ravel() for _, _, labels in pages])
    return np.bincount(pixels, minlength=3) / len(pixels)


def test_the_data_card_tells_the_truth(committed):
    """Each row: split, pages, pages with graphics, and the classes' shares of all and of ink."""
    card = (DATA / "README.md").read_text(encoding="utf-8")
    for split, pages in committed.items():
        graphic_pages = sum((labels == GRAPHIC).any() for _, _, labels in pages)
        files = (DATA / split / "ink_labels").glob("*.png")
        ink = np.concatenate([np.array(Image.open(file)).ravel() for file in files])
        of_ink = np.bincount(ink[ink != IGNORE], minlength=3) / (ink != IGNORE).sum()
        percent = " | ".join(f"{100 * share:.0f} %" for share in [*shares(pages), *of_ink])
        assert f"| {split} | {len(pages)} | {graphic_pages} | {percent} |" in card


def test_the_data_card_quotes_what_was_measured():
    card = (DATA / "README.md").read_text(encoding="utf-8")
    for file in ("real/shipped", "real/ablation", "real/fine_tuning", "ranking/ranking"):
        written = (DATA.parent / "results" / f"{file}.md").read_text(encoding="utf-8")
        for table in re.findall(r"(?:^\|.*\n?)+", written, re.MULTILINE):
            assert table.strip() in card, file


def test_ink_labels_of_the_committed_pages_lie_on_their_ink(committed):
    for split, pages in committed.items():
        for name, ink, _ in pages:
            labels = np.array(Image.open(DATA / split / "ink_labels" / f"{name}.png"))
            np.testing.assert_array_equal(labels != IGNORE, ink)
