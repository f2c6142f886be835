"""Material: faces, initials, ornaments, pictures and hands, with a folder of it and without."""

import csv
import importlib.util
import re
import shutil
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pytest
from matplotlib import get_data_path
from PIL import Image, ImageDraw

from seglab.errors import InputError
from seglab.typesetting import page, pictures
from seglab.typesetting.faces import Fount, characters
from seglab.typesetting.hands import handwriting
from seglab.typesetting.initials import initial
from seglab.typesetting.material import PERIODS, bundled_material, material_in
from seglab.typesetting.ornaments import band, device, fleuron_row, tailpiece
from seglab.typesetting.spelling import (
    LIGATURES,
    abbreviated,
    as_in_1550,
    in_known_letters,
    unaccented,
    with_ligatures,
)
from seglab.typesetting.text import COMMON_WORDS, GREEK, lexicon

HEIGHT = 300
FONTS = Path(get_data_path()) / "fonts" / "ttf"
TOOLS = Path(__file__).parent.parent / "tools"
KINDS = ("animals", "buildings", "maps", "people", "plants", "things", "trees", "vessels")
ROLES = {
    "fonts/roman/oldstyle": ("DejaVuSerif.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-Bold.ttf"),
    "fonts/roman/modern": ("cmr10.ttf",),
    "fonts/blackletter": ("STIXGeneral.ttf",),
    "fonts/initials": ("cmb10.ttf",),
    "fonts/flowers": ("cmss10.ttf",),
    "fonts/hands": ("DejaVuSans-Oblique.ttf",),
}


def blob(path, width, height):
    """A picture file: an oval with a dark half, transparent around it."""
    image = Image.new("LA", (width, height), (0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse([3, 3, width - 4, height - 4], (200, 255))
    draw.pieslice([3, 3, width - 4, height - 4], 90, 270, (60, 255))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A material folder with something of every role."""
    folder = tmp_path_factory.mktemp("material")
    for role, names in ROLES.items():
        (folder / role).mkdir(parents=True)
        for name in names:
            shutil.copy(FONTS / name, folder / role)
    for kind in KINDS:
        blob(folder / "pictures" / kind / "one.png", 120, 90)
        blob(folder / "pictures" / kind / "two.png", 70, 160)
    for width, height in ((300, 30), (200, 150), (120, 120)):
        blob(folder / "ornaments" / f"{width}.png", width, height)
    return folder


@pytest.fixture(params=["bundled", "folder"])
def material(request, folder):
    return bundled_material() if request.param == "bundled" else material_in(str(folder))


def test_same_seed_and_material_same_page(folder):
    for seed in range(6):
        first, again = (page((4, seed), HEIGHT, folder) for _ in range(2))
        np.testing.assert_array_equal(first.image, again.image)
        np.testing.assert_array_equal(first.labels, again.labels)


def test_material_shows(folder):
    pages = [(page((4, i), HEIGHT).image, page((4, i), HEIGHT, folder).image) for i in range(4)]
    assert any(a.shape != b.shape or (a != b).any() for a, b in pages)


def test_every_role_is_read(folder):
    material = material_in(str(folder))
    assert {face.period for face in material.faces} == {"oldstyle", "modern", "blackletter"}
    (serif,) = (face for face in material.faces if face.period == "oldstyle")
    assert [Path(path).name for path in (serif.upright, serif.italic, serif.bold)] == list(
        ROLES["fonts/roman/oldstyle"]
    )
    (gothic,) = (face for face in material.faces if face.period == "blackletter")
    assert gothic.alphabet == "fraktur"
    for role in ("initials", "flowers", "hands", "ornaments"):
        assert all(role in path for path in getattr(material, role)) and getattr(material, role)
    assert set(material.pictures) == set(KINDS) and all(map(len, material.pictures.values()))


@pytest.mark.parametrize("part", [*ROLES, "fonts", "ornaments", "pictures", "pictures/people"])
def test_what_is_missing_falls_back(folder, tmp_path, part):
    shutil.copytree(folder, tmp_path / "less")
    shutil.rmtree(tmp_path / "less" / part)
    material = material_in(str(tmp_path / "less"))
    assert {face.period == "blackletter" for face in material.faces} == {True, False}
    for seed in range(3):
        assert page((9, seed), HEIGHT, tmp_path / "less").image.any()


def test_a_plain_folder_of_fonts_is_roman(tmp_path):
    shutil.copy(FONTS / "cmr10.ttf", tmp_path)
    material = material_in(str(tmp_path))
    romans = [face for face in material.faces if face.period != "blackletter"]
    assert [Path(face.upright).name for face in romans] == ["cmr10.ttf"]


def test_bad_material_is_refused(tmp_path):
    with pytest.raises(InputError, match="No .ttf, .otf or .pfb"):
        page(1, HEIGHT, tmp_path / "missing")
    shutil.copy(FONTS / "STIXSizOneSymReg.ttf", tmp_path)
    with pytest.raises(InputError, match="letters A-Z"):
        page(1, HEIGHT, tmp_path)
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    material_in.cache_clear()
    with pytest.raises(InputError, match=r"broken\.ttf is not a font"):
        page(1, HEIGHT, tmp_path)


def test_periods_are_shares():
    assert sum(share for share, *_ in PERIODS.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chances in PERIODS.values() for chance in chances)


def test_german_books_are_mostly_blackletter_and_others_mostly_roman():
    rng, material = np.random.default_rng(0), bundled_material()
    for language in COMMON_WORDS:
        periods = [material.face(rng, language).period for _ in range(200)]
        assert (periods.count("blackletter") > 100) == (language == "german")


def test_no_word_needs_a_letter_that_its_face_lacks(material):
    habits = dict.fromkeys(("long_s", "ligatures", "old_letters", "abbreviations"), True)
    for face in (*material.faces, *(replace(face, **habits) for face in material.faces)):
        known = characters(face.upright)
        for language in COMMON_WORDS:
            for word in lexicon(language)[:300]:
                spelt = Fount(face, 20.0).spell(word)
                assert spelt and known.issuperset(spelt), (word, spelt)


def test_plain_spelling_loses_no_letter(material):
    for face in material.faces:
        if face.alphabet == "roman":
            for word in lexicon("french")[:300]:
                assert unaccented(Fount(face, 20.0).spell(word)) == unaccented(word)


def test_habits_of_spelling():
    assert as_in_1550("uva Iulius jam vivus nouveau") == "vua Iulius iam viuus nouueau"
    assert abbreviated("et") == "&" and abbreviated("quoque!") == "quoq;!"
    assert abbreviated("verborum") == "verborum" and abbreviated("rerum") == "rerũ"
    every = set(LIGATURES.values())
    assert with_ligatures("officia fluctus", every) == "o\ufb03cia \ufb02u\ueec5us"
    assert with_ligatures("officia", set()) == "officia"


def test_what_a_font_lacks_is_spelt_otherwise():
    letters = frozenset("abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert in_known_letters("été & 1494", letters) == "ete et MCDXCIV"
    assert in_known_letters("a\N{WHITE RIGHT POINTING INDEX}b", letters) == "ab"
    assert not any(in_known_letters(word, letters | {"λ"}) for word in GREEK.split())


def test_type_fills_its_body(material):
    for face in material.faces:
        fount = Fount(face, 100.0)
        assert fount.ascent + fount.descent == pytest.approx(94)
        strip, baseline = fount.strip([(20, fount.spell("dlHpg"))], 400)
        rows = np.flatnonzero((np.asarray(strip) > 127).any(axis=1))
        assert baseline - rows[0] == pytest.approx(fount.ascent, abs=1.5)
        assert rows[-1] + 1 - baseline == pytest.approx(fount.descent, abs=1.5)


@pytest.mark.parametrize("decorated", [True, False])
def test_initials_fill_their_square(material, decorated):
    rng = np.random.default_rng(0)
    for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZÉ":
        for size in (14, 61, 140):
            art = initial(rng, sign, size, material.faces[0], material, decorated)
            assert art.shape == (size, size) and art.dtype == bool
            assert 0.01 < art.mean() < 0.99
            assert np.ptp(np.flatnonzero(art.any(1))) > 0.5 * size


@pytest.mark.parametrize("ornament", [band, tailpiece, device, fleuron_row])
def test_ornaments_have_ink_and_the_asked_size(material, ornament):
    rng = np.random.default_rng(1)
    for width, height in ((400, 20), (410, 61), (250, 180), (90, 100)):
        for _ in range(12):
            art = ornament(rng, width, height, material)
            assert art.shape == (height, width) and art.dtype == bool
            assert 0.001 < art.mean() < 0.999


@pytest.mark.parametrize("kind", list(pictures.KINDS), ids=lambda kind: kind.__name__)
def test_pictures_have_ink_and_the_asked_size(folder, kind):
    _, needs = pictures.KINDS[kind]
    materials = [material_in(str(folder))] + [bundled_material()] * (not needs)
    rng = np.random.default_rng(2)
    for material in materials:
        for width, height in ((60, 75), (200, 130), (231, 340)):
            for _ in range(4):
                art = kind(rng, width, height, material)
                assert art.shape == (height, width) and art.dtype == bool
                assert 0 < art.mean() < 1


def test_picture_frames_keep_the_size(material):
    rng = np.random.default_rng(3)
    for width, height in ((24, 31), (60, 60), (150, 330), (400, 121)):
        for _ in range(15):
            art = pictures.picture(rng, width, height, material)
            assert art.shape == (height, width) and art.any()


def test_kinds_of_pictures_are_shares():
    assert sum(share for share, _ in pictures.KINDS.values()) == pytest.approx(1)
    needed = set().union(*(needs for _, needs in pictures.KINDS.values()))
    assert needed <= set(KINDS)


@pytest.mark.parametrize("written", [True, False])
def test_handwriting_has_ink_and_the_size_of_the_page(folder, written):
    hands = material_in(str(folder)).hands if written else ()
    for seed in range(12):
        first, again = (handwriting(np.random.default_rng(seed), 400, 290, hands) for _ in range(2))
        np.testing.assert_array_equal(first, again)
        assert first.shape == (400, 290) and first.dtype == np.float32
        assert first.min() == 0 and 0.2 < first.max() <= 1 and (first > 0).mean() < 0.4


@pytest.fixture(scope="module")
def collecting():
    """The script that collects the material."""
    spec = importlib.util.spec_from_file_location("collecting", TOOLS / "collect_material.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def table():
    return list(csv.DictReader((TOOLS / "material.csv").read_text().splitlines()))


def test_the_table_names_roles_splits_and_licences(table):
    kinds = {*KINDS, "photographs"} - {"maps"}  # maps: of one's own, there are no free ones
    folders = {*ROLES, "ornaments", *(f"pictures/{kind}" for kind in kinds)}
    folders |= {f"fonts/roman/{period}" for period in PERIODS}
    for row in table:
        assert row["folder"] in folders and row["licence"] and row["files"]
        by_name = row["folder"].startswith("pictures")
        assert row["split"] in ("train", "test") + ("by name",) * by_name
    for split in ("train", "test"):
        held = {row["folder"] for row in table if row["split"] in (split, "by name")}
        few = {"pictures/vessels"} if split == "test" else set()
        assert held == folders - {"fonts/roman/blackletter"} - few


def test_no_ingredient_binds_the_pages_made_of_it(table):
    """Fonts leave the pages set in them free; pictures are free of every condition."""
    for row in table:
        if row["folder"].startswith("pictures"):
            assert row["licence"] in ("public domain", "public domain or CC0")
        elif "GPL" in row["licence"]:
            assert re.search("exception|LGPL|OFL", row["licence"]), row


def test_no_family_is_in_both_splits(table):
    families = {"train": set(), "test": set()}
    for row in table:
        for pattern in row["files"].split():
            if row["folder"].startswith("fonts") and pattern[0] != "!":
                family = re.match(r"[A-Za-z]+\d?", pattern.rsplit("/", 1)[-1])[0]
                families[row["split"]].add(family)
    assert families["train"] and not families["train"] & families["test"]


def test_ornaments_are_in_one_split_only(table, collecting):
    rows = [row for row in table if row["folder"] == "ornaments"]
    for number in range(1, 197):
        name = f"x/pgfornament/vectorian/vectorian{number}.pgf"
        splits = [r["split"] for r in rows if collecting.wanted(name, r["files"].split())]
        assert len(splits) == 1 or not splits


def test_series_of_pictures_stay_together(collecting):
    split = collecting.split_by_name
    tigers = ("mammals_tiger_01_bw", "cats_tiger-2", "animals_Tiger12_ganson")
    assert len({split(name) for name in tigers}) == 1
    words = [word for language in COMMON_WORDS for word in lexicon(language)[:500]]
    share = np.mean([split(word) == "test" for word in words])
    assert 0.2 < share < 0.3


def test_exclamation_marks_exclude(collecting):
    assert collecting.wanted("a/b.png", ["*/b*", "!*/c*"])
    assert not collecting.wanted("a/bc.png", ["*/b*", "!*c*"])
    assert not collecting.wanted("a/x.png", ["*/b*"])
    assert fnmatch("usr/share/Fust&Schoeffer-A.otf", "*/Fust&Schoeffer-*.otf")


def test_a_drawn_ornament_is_filled(collecting):
    square = r"\m 0 0 \l 0 9 \l 9 9 \l 9 0 \o \i \m 2 2 \l 2 6 \c 3 6 5 6 6 6 \l 6 2 \o \s"
    alpha = np.asarray(collecting.drawing(square.encode()))[..., 1]
    assert (alpha > 0).mean() > 0.95, "the clip is no ink; the square fills its own box"
    assert collecting.drawing(rb"\m 0 0 \l 1 1 \i \endinput") is None
