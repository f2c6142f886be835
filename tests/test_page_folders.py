from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from seglab.errors import InputError
from seglab.page_folders import PageFile, page_files, splits

REAL = Path(__file__).parents[2] / "shared" / "real"
PAPER = Image.fromarray(np.ones((4, 3), bool))
XML = '<PcGts><Page imageFilename="{}.png" imageWidth="3" imageHeight="4"/></PcGts>'


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def page_folder(folder, *names):
    touch(folder, *(f"{kind}/{name}.png" for kind in ("images", "labels") for name in names))


def names(pages):
    return [page.name for page in pages]


def split_names(folder):
    return {split: names(pages) for split, pages in splits(folder).items()}


def test_a_page_folder(tmp_path):
    page_folder(tmp_path, "b", "a", "a10")
    touch(tmp_path, "images/c.JPG", "labels/c.png", "labels/x.png", "images/.d.png", "images/e.txt")
    assert names(page_files(tmp_path)) == ["a", "a10", "b", "c"]
    first = page_files(tmp_path)[0]
    assert first == PageFile("a", tmp_path / "images/a.png", tmp_path / "labels/a.png")


def test_ink_labels_lie_beside_labels(tmp_path):
    page_folder(tmp_path, "a", "b")
    assert page_files(tmp_path)[0].ink_labels is None
    touch(tmp_path, "ink_labels/a.png", "ink_labels/b.png")
    assert [page.ink_labels for page in page_files(tmp_path)] == [
        tmp_path / "ink_labels" / name for name in ("a.png", "b.png")
    ]


@pytest.mark.parametrize("label_folder", [True, False])
def test_a_page_folder_without_labels(tmp_path, label_folder):
    touch(tmp_path, "images/a.png", "images/b.tif")
    if label_folder:
        (tmp_path / "labels").mkdir()
    assert [page.labels for page in page_files(tmp_path)] == [None, None]


def test_xml_files_with_their_images(tmp_path):
    for name in "ba":
        (tmp_path / f"{name}.xml").write_text(XML.format(name))
    touch(tmp_path, "a.png", "b.png", "loose.png", "METS.xml")
    assert page_files(tmp_path) == [
        PageFile(name, tmp_path / f"{name}.png", tmp_path / f"{name}.xml") for name in "ab"
    ]


def test_images_alone(tmp_path):
    touch(tmp_path, "b.tiff", "a.jpeg", "notes.txt", "._a.jpeg")
    assert page_files(tmp_path) == [
        PageFile("a", tmp_path / "a.jpeg"),
        PageFile("b", tmp_path / "b.tiff"),
    ]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "holds no pages; expected are images/"),
        (["notes.txt", "train/images/a.png"], "is divided into parts; give one of them"),
        (["images/readme.txt"], "holds no pages"),
        (["a.png", "a.tif"], "two pages named a, a.png and a.tif"),
        (["images/a.png", "images/a.jpg"], "two pages named a"),
        (
            ["images/a.png", "images/b.png", "labels/a.png"],
            "lacks b.png .1 of 2 pages have no labels.; label all pages, or remove labels/",
        ),
        (["images/a.png", "labels/A.png"], "lacks a.png"),
        (
            ["images/a.png", "labels/a.png", "ink_labels/b.png"],
            "ink_labels lacks a.png .* label all pages, or remove ink_labels/",
        ),
    ],
)
def test_folders_that_hold_no_whole_pages(tmp_path, files, sentence):
    touch(tmp_path, *files)
    with pytest.raises(InputError, match=sentence):
        page_files(tmp_path)


def test_what_is_no_folder(tmp_path):
    touch(tmp_path, "a.png")
    with pytest.raises(InputError, match="a.png is a file, not a folder"):
        page_files(tmp_path / "a.png")
    with pytest.raises(InputError, match="none is not a folder"):
        page_files(tmp_path / "none")


def test_subfolders_divide_the_pages(tmp_path):
    for split, name in (("train", "b"), ("validation", "b"), ("test", "a")):
        page_folder(tmp_path / split, name)
    page_folder(tmp_path, "ignored")
    assert split_names(tmp_path) == {"train": ["b"], "validation": ["b"], "test": ["a"]}


def test_validation_pages_come_from_train(tmp_path):
    page_folder(tmp_path / "train", *"abcdefgh")
    page_folder(tmp_path / "test", "x")
    assert split_names(tmp_path) == {
        "train": ["a", "b", "d", "e", "f", "g"],
        "validation": ["c", "h"],
        "test": ["x"],
    }


def test_a_table_divides_the_pages(tmp_path):
    page_folder(tmp_path, *"abcd")
    rows = ["name,work,split", "b,x,train", "a,x,test", 'c,"x, y",validation', "d,x,train"]
    (tmp_path / "pages.csv").write_text("\r\n".join(rows), encoding="utf-8-sig")
    assert split_names(tmp_path) == {"train": ["b", "d"], "validation": ["c"], "test": ["a"]}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "every page of its folder once, but a is 0 times in the table and 1"),
        ("name;split\na;train", "comma-separated table with the columns name and split"),
        ("name,split\na,train\nb,test\n", "once, but c is 0 times in the table and 1"),
        ("name,split\na,train\nb,test\nc,train\nd,test", "but d is 1 times in the table and 0"),
        ("name,split\na,train\nb,test\nc,train\na,test", "but a is 2 times in the table and 1"),
        ("name,split\na,train\nb,test\nc,dev", "puts c into 'dev'; known are train, valid"),
        ("name,split\na,train\nb\nc,test", "puts b into 'None'"),
        ("name,split\na,train\nb,train\nc,validation", "has only train, validation"),
        ("name,split\na,test\nb,test\nc,test", "has only test"),
        ("name,split\na,train\nb,test\nc,train", "At least 3 pages .* there are 2 .a, ..."),
        ("näme,split".encode("latin-1"), "in UTF-8"),
    ],
)
def test_tables_that_divide_nothing(tmp_path, table, sentence):
    page_folder(tmp_path, *"abc")
    (tmp_path / "pages.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    with pytest.raises(InputError, match=sentence):
        splits(tmp_path)


def test_books_stay_together(tmp_path):
    # Five books; their pages' numbers come last, before a common ending.
    pages = [f"b{book}_f{page}_bw" for book in "vwxyz" for page in (1, 2, 10)]
    page_folder(tmp_path, *pages)
    books = {split: {name[:2] for name in found} for split, found in split_names(tmp_path).items()}
    assert books == {"train": {"bw", "by", "bz"}, "validation": {"bx"}, "test": {"bv"}}
    assert sorted(sum(split_names(tmp_path).values(), [])) == sorted(pages)


@pytest.mark.parametrize("count", [3, 4, 5, 7, 23, 60])
def test_a_single_book_is_divided_by_pages(tmp_path, count):
    page_folder(tmp_path, *(f"page_{number:03}" for number in range(count)))
    found = split_names(tmp_path)
    assert list(found) == ["train", "validation", "test"]
    assert all(found.values())
    assert sorted(sum(found.values(), [])) == names(page_files(tmp_path))
    assert found["test"] == names(page_files(tmp_path))[0::5]
    assert found["validation"] == names(page_files(tmp_path))[2::5]


def test_what_cannot_be_divided(tmp_path):
    page_folder(tmp_path / "two", "a", "b")
    with pytest.raises(InputError, match="At least 3 pages are needed .* there are 2 .a, ..."):
        splits(tmp_path / "two")
    touch(tmp_path, "bare/a.png", "bare/b.png", "bare/c.png")
    with pytest.raises(InputError, match="Page b in .*bare has no labels"):
        splits(tmp_path / "bare")
    page_folder(tmp_path / "half" / "train", "a", "b", "c")
    with pytest.raises(InputError, match="needs train and test pages, but has only train"):
        splits(tmp_path / "half")


@pytest.mark.skipif(not (REAL / "gallic_print").is_dir(), reason="the real pages are not here")
def test_real_pages_are_divided_by_book():
    found = split_names(REAL / "gallic_print")
    assert len(found["test"]) == 32
    books = [{name.split("_")[1] for name in pages} for pages in found.values()]
    assert len(set.union(*books)) == sum(map(len, books))
