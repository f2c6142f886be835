import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import seglab.pages
from seglab.errors import InputError
from seglab.pages import IGNORE, Page, page_files, read_page, scaled, splits, write_page

REAL = Path(__file__).parents[2] / "shared" / "real"
IMAGE = np.zeros((12, 9, 1), np.float32)
IMAGE[2:5, 1:8] = 1
LABELS = np.zeros((12, 9), np.uint8)
LABELS[1:6, 0:9] = 1
LABELS[8:11, 3:6] = 2


def test_every_name_is_there():
    for name in seglab.pages.__all__:
        assert hasattr(seglab.pages, name)


def test_importing_is_cheap():
    heavy = "keras", "tensorflow", "jax", "torch", "scipy", "skimage", "matplotlib", "defusedxml"
    code = f"import sys, seglab.pages; print(*set({heavy}) & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("shape", [(12, 9), (12, 9, 3), (0, 9, 1), (1, 12, 9, 1)])
def test_an_image_has_one_channel(shape):
    with pytest.raises(InputError, match=r"page p should be \(height, width, 1\)"):
        Page("p", np.zeros(shape, np.float32), None)


@pytest.mark.parametrize("shape", [(9, 12), (12, 9, 1), (12,)])
def test_image_and_labels_have_one_size(shape):
    with pytest.raises(InputError, match=r"page p .* image is \(12, 9\) and the labels are \("):
        Page("p", IMAGE, np.zeros(shape, np.uint8))


@pytest.mark.parametrize("labels", [LABELS, None])
def test_what_is_written_is_read_again(tmp_path, labels):
    write_page(tmp_path, Page("p", IMAGE, labels))
    (file,) = page_files(tmp_path)
    page = read_page(file)
    assert page.name == "p"
    np.testing.assert_array_equal(page.image, IMAGE)
    if labels is None:
        assert page.labels is None
        assert not (tmp_path / "labels").exists()
    else:
        np.testing.assert_array_equal(page.labels, labels)


def test_a_page_is_written_whole_or_not_at_all(tmp_path):
    with pytest.raises(InputError, match="Labels go from 0 to 2"):
        write_page(tmp_path, Page("p", IMAGE, LABELS + 1))
    assert not any(tmp_path.iterdir())
    (tmp_path / "labels").touch()
    with pytest.raises(InputError, match="is a file, not a folder"):
        write_page(tmp_path, Page("p", IMAGE, LABELS))
    assert not (tmp_path / "images").exists()


def test_sizes_on_disk_have_to_agree(tmp_path):
    write_page(tmp_path, Page("p", IMAGE, LABELS))
    Image.fromarray(LABELS[:-1]).save(tmp_path / "labels" / "p.png")
    with pytest.raises(InputError, match=r"\(12, 9\) and the labels are \(11, 9\)"):
        read_page(page_files(tmp_path)[0])


def test_labels_from_xml(tmp_path):
    write_page(tmp_path, Page("p", IMAGE))
    (tmp_path / "images" / "p.png").rename(tmp_path / "p.png")
    (tmp_path / "images").rmdir()
    regions = "".join(
        f'<{kind}><Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'
        f"</{kind}>"
        for kind, left, top, right, bottom in (
            ("TextRegion", 0, 1, 9, 6),
            ("GraphicRegion", 3, 8, 6, 11),
        )
    )
    page = f'<Page imageFilename="p.png" imageWidth="9" imageHeight="12">{regions}</Page>'
    (tmp_path / "p.xml").write_text(f"<PcGts>{page}</PcGts>")
    page = read_page(page_files(tmp_path)[0])
    np.testing.assert_array_equal(page.image, IMAGE)
    np.testing.assert_array_equal(page.labels, LABELS)
    (tmp_path / "p.xml").write_text((tmp_path / "p.xml").read_text().replace('"12"', '"13"'))
    with pytest.raises(InputError, match="9 x 13 pixels, but the image has 9 x 12"):
        read_page(page_files(tmp_path)[0])


def test_a_page_is_scaled_as_one():
    page = scaled(Page("p", IMAGE, LABELS), 24)
    assert page.name == "p"
    np.testing.assert_array_equal(page.image, IMAGE.repeat(2, 0).repeat(2, 1))
    np.testing.assert_array_equal(page.labels, LABELS.repeat(2, 0).repeat(2, 1))
    assert scaled(Page("p", IMAGE), 5).labels is None
    assert scaled(Page("p", IMAGE, LABELS), 5).labels.shape == (5, 4)


def test_the_ink_reading_is_the_labels_on_ink(tmp_path):
    """Derived from the labels, unless the folder knows better; of either only what is on ink."""
    write_page(tmp_path, Page("p", IMAGE, LABELS))
    (file,) = page_files(tmp_path)
    ink = IMAGE[..., 0] == 1
    np.testing.assert_array_equal(read_page(file, "ink").labels, np.where(ink, LABELS, IGNORE))
    np.testing.assert_array_equal(read_page(file).labels, LABELS)
    better = np.where(ink, 0, IGNORE).astype(np.uint8)  # a rule in a text region
    better[0] = 2  # where there is no ink
    write_page(tmp_path, Page("p", IMAGE, LABELS), better)
    (file,) = page_files(tmp_path)
    page = read_page(file, "ink")
    np.testing.assert_array_equal(page.labels, np.where(ink, 0, IGNORE))
    assert page.labels.dtype == np.uint8
    np.testing.assert_array_equal(read_page(file).labels, LABELS)


def test_a_page_without_labels_has_none_in_either_reading(tmp_path):
    write_page(tmp_path, Page("p", IMAGE))
    assert [read_page(*page_files(tmp_path), reading).labels for reading in ("region", "ink")] == [
        None,
        None,
    ]
    with pytest.raises(InputError, match="no reading 'areas'; choose one of region, ink"):
        read_page(*page_files(tmp_path), "areas")


def test_ink_labels_of_another_size_are_told(tmp_path):
    write_page(tmp_path, Page("p", IMAGE, LABELS), LABELS[:-1])
    with pytest.raises(InputError, match=r"\(12, 9\) and the labels are \(11, 9\)"):
        read_page(*page_files(tmp_path), "ink")


def test_an_ink_reading_is_scaled_without_losing_ink():
    image = np.zeros((12, 9, 1), np.float32)
    image[3] = 1  # a rule where none of the 4 new rows has its centre
    page = scaled(seglab.pages.ink_reading(Page("p", image, LABELS)), 4)
    np.testing.assert_array_equal(page.labels != IGNORE, page.image[..., 0] > 0)
    assert page.paper == IGNORE and scaled(Page("p", image, LABELS), 4).paper == 0


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not here")
@pytest.mark.parametrize("kind", ["ocrd_structure_page", "vd_sbb_page", "gallic_print_alto"])
def test_real_pages(kind):
    for file in page_files(REAL / "raw" / kind):
        page = read_page(file)
        assert set(np.unique(page.image)) == {0, 1}
        assert set(np.unique(page.labels)) <= {0, 1, 2}
        # Print is denser where a region is than on the bare paper inside the scan's margin.
        ink, region = page.image[..., 0], page.labels > 0
        assert ink[region].mean() > 0.05
    page = read_page(splits(REAL / "gallic_print")["train"][0])
    assert page.image.shape[0] == 900
