import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from seglab.errors import InputError
from seglab.image_files import (
    CLASSES,
    COLOURS,
    IGNORE_COLOUR,
    read_image,
    read_labels,
    write_image,
    write_labels,
)

# A page of bars, wider at the foot; no symmetry, so that every turn shows.
BARS = np.zeros((120, 90), bool)
for start in range(10, 110, 12):
    BARS[start : start + 5, 8 : 20 + start // 2] = True
BILEVEL = np.where(BARS, 0, 255).astype(np.uint8)
GREY = np.where(BARS, 90, 215).astype(np.uint8)


def saved(tmp_path, image, name="page.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


def assert_bars(path, bars=BARS):
    image = read_image(path)
    assert image.dtype == np.float32
    np.testing.assert_array_equal(image, bars[..., np.newaxis].astype(np.float32))


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("L", "page.png"),
        ("L", "page.tiff"),
        ("L", "page.JP2"),
        ("P", "page.png"),
        ("P", "page.gif"),
        ("LA", "page.png"),
        ("RGB", "page.bmp"),
        ("RGBA", "page.webp"),
        ("CMYK", "page.tif"),
        ("F", "page.tif"),
        ("I", "page.tif"),
    ],
)
@pytest.mark.parametrize("pixels", [BILEVEL, GREY], ids=["bilevel", "grey"])
def test_every_kind_of_image_gives_the_same_ink(tmp_path, pixels, mode, name):
    options = {"lossless": True} if name.endswith("webp") else {}
    assert_bars(saved(tmp_path, Image.fromarray(pixels).convert(mode), name, **options))


@pytest.mark.parametrize("name", ["page.png", "page.tif", "page.pbm", "page.gif"])
def test_binary_images_are_taken_as_they_are(tmp_path, name):
    assert_bars(saved(tmp_path, Image.fromarray(~BARS), name))


@pytest.mark.parametrize("ink_rows", [0, 1, 119, 120])
@pytest.mark.parametrize("mode", ["1", "L"])
def test_binary_images_may_be_empty_or_solid(tmp_path, ink_rows, mode):
    bars = np.arange(120)[:, np.newaxis] < np.full(90, ink_rows)
    assert_bars(saved(tmp_path, Image.fromarray(~bars).convert(mode)), bars)


@pytest.mark.parametrize("white", [65535, 4095])
def test_16_bits_and_the_12_of_some_scanners(tmp_path, white):
    pixels = (GREY / 255 * white).astype(np.uint16)
    assert_bars(saved(tmp_path, Image.fromarray(pixels)))


def test_transparent_is_paper(tmp_path):
    pixels = np.zeros((*BARS.shape, 4), np.uint8)
    pixels[..., 3] = 255 * BARS
    assert_bars(saved(tmp_path, Image.fromarray(pixels)))
    assert_bars(saved(tmp_path, Image.fromarray(BILEVEL).convert("P"), transparency=255))


@pytest.mark.parametrize(
    ("orientation", "stored"),
    [
        (1, BILEVEL),
        (2, BILEVEL[:, ::-1]),
        (3, BILEVEL[::-1, ::-1]),
        (4, BILEVEL[::-1]),
        (5, BILEVEL.T),
        (6, np.rot90(BILEVEL)),
        (7, np.rot90(BILEVEL.T, 2)),
        (8, np.rot90(BILEVEL, -1)),
    ],
)
def test_photos_are_turned_upright(tmp_path, orientation, stored):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert_bars(saved(tmp_path, Image.fromarray(stored.copy()), exif=exif))


def test_warnings_stay_inside(tmp_path, recwarn):
    five_tags_and_no_more = b"Exif\0\0II*\0\x08\0\0\0\x05\0"
    path = saved(tmp_path, Image.fromarray(BILEVEL), "page.jpg", exif=five_tags_and_no_more)
    assert read_image(path).shape == (*BARS.shape, 1)
    assert not recwarn.list


def test_of_several_pages_the_first_is_read(tmp_path):
    pages = [Image.fromarray(BILEVEL), Image.fromarray(255 - BILEVEL)]
    assert_bars(saved(tmp_path, pages[0], "page.tif", save_all=True, append_images=pages[1:]))


def test_white_on_black_is_not_guessed(tmp_path):
    assert_bars(saved(tmp_path, Image.fromarray(255 - BILEVEL)), ~BARS)


def png(width, height):
    """A PNG file that promises width x height grey pixels and holds none."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("read", [read_image, read_labels])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no readable image; known kinds are PNG, TIFF"),
        (b"just words", "no readable image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no readable image"),
        (png(0, 5), "no readable image"),
        (png(5, 5), "broken or incomplete"),
        (png(10_000, 10_000), "over 89,478,485 pixels; please scale it down"),
        (png(30_000, 30_000), "over 89,478,485 pixels; please scale it down"),
    ],
)
def test_what_is_no_image_is_told_in_one_sentence(tmp_path, read, content, sentence):
    path = tmp_path / "page.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=sentence) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", ["page.png", "page.tif", "page.jpg", "page.webp"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_truncated_file_is_told_in_one_sentence(tmp_path, capfd, name, part):
    path = saved(tmp_path, Image.fromarray(GREY), name)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(InputError, match=f"{name} is (no readable image|broken)"):
        read_image(path)
    assert capfd.readouterr() == ("", "")


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(InputError, match="none.png does not exist"):
        read_image(tmp_path / "none.png")
    with pytest.raises(InputError, match="is a folder"):
        read_image(tmp_path)


LABELS = np.arange(63, dtype=np.uint8).reshape(9, 7) % 3


def test_labels_are_indices_whatever_the_colours(tmp_path):
    image = Image.fromarray(LABELS)
    np.testing.assert_array_equal(read_labels(saved(tmp_path, image)), LABELS)
    image.putpalette([9, 9, 9, 250, 250, 0, 3, 2, 1])
    labels = read_labels(saved(tmp_path, image))
    assert labels.dtype == np.uint8
    np.testing.assert_array_equal(labels, LABELS)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "1", "LA", "I;16"])
def test_other_label_images_are_refused(tmp_path, mode):
    path = saved(tmp_path, Image.fromarray(LABELS).convert("L").convert(mode))
    with pytest.raises(InputError, match="palette or 8-bit grey image .* its mode is"):
        read_labels(path)


def test_unknown_classes_are_named(tmp_path):
    path = saved(tmp_path, Image.fromarray(LABELS + 2))
    with pytest.raises(InputError, match="holds the values 3, 4, but labels go from 0 to 2"):
        read_labels(path)
    np.testing.assert_array_equal(read_labels(path, num_classes=5), LABELS + 2)
    path = saved(tmp_path, Image.fromarray(255 - LABELS))
    with pytest.raises(InputError, match="holds the values 253, 254, but .*; 255 is what is not"):
        read_labels(path)
    with pytest.raises(InputError, match="from 0 to 2, but these go from 253 to 254"):
        write_labels(tmp_path / "none.png", 255 - LABELS)


def test_what_is_not_scored_is_255_and_light_grey(tmp_path):
    labels = np.where(LABELS == 1, 255, LABELS).astype(np.uint8)
    write_labels(tmp_path / "labels.png", labels)
    np.testing.assert_array_equal(read_labels(tmp_path / "labels.png"), labels)
    np.testing.assert_array_equal(read_labels(saved(tmp_path, Image.fromarray(labels))), labels)
    with Image.open(tmp_path / "labels.png") as image:
        shown = np.asarray(image.convert("RGB"))
    assert (shown[labels == 255] == IGNORE_COLOUR).all() and IGNORE_COLOUR not in COLOURS
    np.testing.assert_array_equal(shown[labels != 255], np.array(COLOURS)[labels[labels != 255]])


def test_what_is_written_is_read_again(tmp_path):
    image = BARS[..., np.newaxis].astype(np.float32)
    write_image(tmp_path / "deep" / "image.png", image)
    write_labels(tmp_path / "labels.png", LABELS)
    np.testing.assert_array_equal(read_image(tmp_path / "deep" / "image.png"), image)
    np.testing.assert_array_equal(read_labels(tmp_path / "labels.png"), LABELS)


def test_written_files_are_small_and_always_the_same(tmp_path):
    for name in "ab":
        write_image(tmp_path / f"image_{name}.png", BARS[..., np.newaxis])
        write_labels(tmp_path / f"labels_{name}.png", LABELS)
    for kind in ("image", "labels"):
        first, second = (tmp_path / f"{kind}_{name}.png" for name in "ab")
        assert first.read_bytes() == second.read_bytes()
    with Image.open(tmp_path / "image_a.png") as image:
        assert image.mode == "1"
        assert image.getpixel((0, 0)) == 255
    with Image.open(tmp_path / "labels_a.png") as labels:
        assert labels.mode == "P"
        shown = np.asarray(labels.convert("RGB"))
    np.testing.assert_array_equal(shown, np.array(COLOURS)[LABELS])
    assert len(COLOURS) == len(CLASSES) == len(set(COLOURS))


def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "labels.png"
    write_labels(path, LABELS)
    before = path.read_bytes()
    with pytest.raises(InputError, match="from 0 to 2, but these go from 1 to 3"):
        write_labels(path, LABELS + 1)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="labels.png cannot be written: No space left"):
        write_labels(path, 2 - LABELS)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "pages").touch()
    with pytest.raises(InputError, match="is a file, not a folder"):
        write_image(tmp_path / "pages" / "a.png", BARS[..., np.newaxis])
