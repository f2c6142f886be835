from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from seglab.errors import InputError
from seglab.image_files import read_labels
from seglab.layout_xml import image_of, labels_from_xml
from seglab.region_classes import BACKGROUND, GRAPHIC, TEXT
from seglab.scaling import scaled_labels

SHAPE = (40, 30)
REAL = Path(__file__).parents[2] / "shared" / "real"
PAGE_2019 = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
PAGE_2013 = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"
ALTO_4 = "http://www.loc.gov/standards/alto/ns-v4#"


def page_xml(regions, namespace=f' xmlns="{PAGE_2019}"', size='imageWidth="30" imageHeight="40"'):
    return f'<PcGts{namespace}><Page imageFilename="a.png" {size}>{regions}</Page></PcGts>'


def region(kind, points, attributes="", inner=""):
    return f'<{kind} id="r" {attributes}><Coords points="{points}"/>{inner}</{kind}>'


def alto(blocks, tags="", unit="pixel", size='WIDTH="30" HEIGHT="40"', namespace=ALTO_4):
    return (
        f'<alto xmlns="{namespace}"><Description><MeasurementUnit>{unit}</MeasurementUnit>'
        f"</Description><Tags>{tags}</Tags><Layout><Page {size}><PrintSpace>{blocks}"
        "</PrintSpace></Page></Layout></alto>"
    )


def block(kind="TextBlock", tag="", place='HPOS="3" VPOS="2" WIDTH="8" HEIGHT="5"', inner=""):
    return f'<{kind} ID="b" TAGREFS="{tag}" {place}>{inner}</{kind}>'


def labels_of(tmp_path, text, shape=SHAPE):
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    return labels_from_xml(path, shape)


def box(label, rows=slice(2, 7), columns=slice(3, 11)):
    labels = np.zeros(SHAPE, np.uint8)
    labels[rows, columns] = label
    return labels


BOX = "3,2 11,2 11,7 3,7"


@pytest.mark.parametrize("namespace", [f' xmlns="{PAGE_2019}"', f' xmlns="{PAGE_2013}"', ""])
@pytest.mark.parametrize(
    ("kind", "attributes", "label"),
    [
        ("TextRegion", "", TEXT),
        ("TextRegion", 'type="drop-capital"', TEXT),
        ("TableRegion", "", TEXT),
        ("ImageRegion", "", GRAPHIC),
        ("GraphicRegion", 'type="decoration"', GRAPHIC),
        ("GraphicRegion", 'type="stamp"', BACKGROUND),
        ("MusicRegion", "", GRAPHIC),
        ("SeparatorRegion", "", BACKGROUND),
        ("NoiseRegion", "", BACKGROUND),
        ("PrintSpace", "", BACKGROUND),
    ],
)
def test_page_xml_regions_have_their_class(tmp_path, namespace, kind, attributes, label):
    labels = labels_of(tmp_path, page_xml(region(kind, BOX, attributes), namespace))
    assert labels.dtype == np.uint8
    np.testing.assert_array_equal(labels, box(label))


def test_page_xml_with_a_prefix_reads_alike(tmp_path):
    text = page_xml(region("TextRegion", BOX)).replace("xmlns=", "xmlns:pc=")
    for name in ("PcGts", "Page", "TextRegion", "Coords"):
        text = text.replace(f"<{name}", f"<pc:{name}").replace(f"</{name}", f"</pc:{name}")
    np.testing.assert_array_equal(labels_of(tmp_path, text), box(TEXT))


def test_nested_regions_keep_the_inner_class(tmp_path):
    picture = region("GraphicRegion", "4,3 6,3 6,5 4,5")
    line = "<TextLine><Coords points='0,0 29,0 29,39 0,39'/></TextLine>"
    labels = labels_of(tmp_path, page_xml(region("TextRegion", BOX, inner=line + picture)))
    expected = box(TEXT)
    expected[3:5, 4:6] = GRAPHIC
    np.testing.assert_array_equal(labels, expected)


def test_outlines_may_leave_the_page_and_have_decimals(tmp_path):
    labels = labels_of(tmp_path, page_xml(region("TextRegion", "-5,-9.5 11.2,-9.5 11.2,7 -5,7")))
    np.testing.assert_array_equal(labels, box(TEXT, slice(0, 7), slice(0, 11)))


def test_points_may_lie_absurdly_far_off(tmp_path):
    points = "-1e300,-1e300 1e300,-1e300 1e300,1e300 -1e300,1e300"
    assert labels_of(tmp_path, page_xml(region("TextRegion", points))).all()


@pytest.mark.parametrize("points", ["", "3,4", "3,4 5,6"])
def test_outlines_without_area_paint_nothing(tmp_path, points):
    assert not labels_of(tmp_path, page_xml(region("TextRegion", points))).any()


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [
        ("TextBlock", "MainZone", TEXT),
        ("TextBlock", "MainZone:column#1", TEXT),
        ("TextBlock", "DropCapitalZone", TEXT),
        ("TextBlock", "GraphicZone", GRAPHIC),
        ("TextBlock", "GraphicZone:ornamentation", GRAPHIC),
        ("TextBlock", "GraphicZone:Legend#2", TEXT),
        ("TextBlock", "MusicZone", GRAPHIC),
        ("TextBlock", "StampZone:Sticker", BACKGROUND),
        ("TextBlock", "Illustration", GRAPHIC),
        ("TextBlock", "no such zone", TEXT),
        ("TextBlock", "", TEXT),
        ("Illustration", "", GRAPHIC),
        ("GraphicalElement", "", BACKGROUND),
        ("ComposedBlock", "", BACKGROUND),
        ("ComposedBlock", "TableZone", TEXT),
    ],
)
def test_alto_blocks_have_their_class(tmp_path, kind, label, expected):
    tags = f'<OtherTag ID="T0" LABEL="x"/><OtherTag ID="T1" LABEL="{label}"/>'
    labels = labels_of(tmp_path, alto(block(kind, tag="T0 T1"), tags))
    np.testing.assert_array_equal(labels, box(expected))


def test_alto_takes_the_polygon_of_the_block_not_of_its_lines(tmp_path):
    line = '<TextLine><Shape><Polygon POINTS="0 0 29 0 29 39"/></Shape></TextLine>'
    shape = '<Shape><Polygon POINTS="3 2 11 2 11 7 3 7"/></Shape>'
    place = 'HPOS="0" VPOS="0" WIDTH="30" HEIGHT="40"'
    labels = labels_of(tmp_path, alto(block(place=place, inner=shape + line)))
    np.testing.assert_array_equal(labels, box(TEXT))
    labels = labels_of(tmp_path, alto(block(inner=line)))
    np.testing.assert_array_equal(labels, box(TEXT))


def test_alto_blocks_inside_a_composed_block_and_without_place(tmp_path):
    blocks = block("ComposedBlock", inner=block("Illustration")) + block(place="")
    np.testing.assert_array_equal(labels_of(tmp_path, alto(blocks)), box(GRAPHIC))


@pytest.mark.parametrize("unit", ["mm10", "inch1200"])
def test_alto_in_other_units_is_scaled_to_the_image(tmp_path, unit):
    place = 'HPOS="6" VPOS="4" WIDTH="16" HEIGHT="10"'
    text = alto(block(place=place), unit=unit, size='WIDTH="60" HEIGHT="80"')
    np.testing.assert_array_equal(labels_of(tmp_path, text), box(TEXT))


def test_alto_in_pixels_needs_no_page_size(tmp_path):
    np.testing.assert_array_equal(labels_of(tmp_path, alto(block(), size="")), box(TEXT))


BOMB = "<!DOCTYPE b [" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10 if i else 'ha'}'>" for i in range(9)
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not readable as XML"),
        ("just words", "not readable as XML"),
        (page_xml("")[:-9], "not readable as XML"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "not readable as XML"),
        (f"{BOMB}]><PcGts>&a8;</PcGts>", "document type or entities"),
        ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "document type"),
        ("<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>", "document type"),
        ("<mets><Page/></mets>", "root element is <mets>"),
        ("<PcGts><Metadata/></PcGts>", "no Page element"),
        ("<alto><Layout/></alto>", "no Page element"),
        (page_xml("", size='imageWidth="31" imageHeight="40"'), "31 x 40 pixels.* 30 x 40"),
        (page_xml("", size='imageWidth="thirty" imageHeight="40"'), "imageWidth .* 'thirty'"),
        (page_xml("", size=""), "imageHeight of Page should be a number, but it is ''"),
        (page_xml('<TextRegion id="r7"/>'), "TextRegion r7 has no outline"),
        (page_xml('<TextRegion><Coords><Point x="1" y="2"/></Coords></TextRegion>'), "no outline"),
        (page_xml(region("TextRegion", "1,2 3,4 5")), "'1,2 3,4 5' is not a list of points"),
        (page_xml(region("TextRegion", "1,2 3,4 5,x")), "not a list of points"),
        (page_xml(region("TextRegion", "1,2 3,4 5,nan")), "not a list of points"),
        (alto("", size='WIDTH="30" HEIGHT="41"'), "30 x 41 pixels"),
        (alto("", unit="mm10", size=""), "HEIGHT of Page should be a number"),
        (alto("", unit="mm10", size='WIDTH="0" HEIGHT="0"'), "0 x 0 mm10"),
        (alto("", unit="mm10", size='WIDTH="80" HEIGHT="60"'), "other proportions"),
        (alto(block(place='WIDTH="3"')), "HPOS of TextBlock should be a number"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path, text, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        labels_of(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "a.xml"))
    assert message.endswith(".")
    assert "\n" not in message


def test_a_missing_file_is_told_in_one_sentence(tmp_path):
    with pytest.raises(InputError, match="none.xml cannot be read: No such file"):
        labels_from_xml(tmp_path / "none.xml", SHAPE)


@pytest.mark.parametrize(
    ("named", "files", "expected"),
    [
        ("a.png", ["a.png", "b.png"], "a.png"),
        ("deep/folder/scan.jpg", ["scan.jpg", "x.png"], "scan.jpg"),
        ("C:\\\\scans\\\\scan.tif", ["scan.tif", "x.png"], "scan.tif"),
        ("../../outside.png", ["x.tif"], "x.tif"),
        ("gone.tif", ["x.TIF", "y.tif"], "x.TIF"),
        ("gone.tif", ["x_B.tif", "y.tif"], "x_B.tif"),
        ("gone.tif", ["x_B.tif", "alternative.png"], "alternative.png"),
        ("x.xml", ["x.png"], "x.png"),
        ("", ["x.png"], "x.png"),
        ("..", ["x.png"], "x.png"),
        ("long" * 99, ["x.png"], "x.png"),
    ],
)
def test_the_image_is_found_beside_the_xml(tmp_path, named, files, expected):
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "outside.png").touch()
    for name in files:
        (folder / name).touch()
    path = folder / "x.xml"
    text = page_xml('<AlternativeImage filename="GT/alternative.png"/>')
    path.write_text(text.replace("a.png", named))
    assert image_of(path) == folder / expected


def test_alto_names_its_image(tmp_path):
    name = "<sourceImageInformation><fileName>in/scan.png</fileName></sourceImageInformation>"
    (tmp_path / "x.xml").write_text(alto("").replace("</Description>", f"{name}</Description>"))
    (tmp_path / "x.png").touch()
    (tmp_path / "scan.png").touch()
    assert image_of(tmp_path / "x.xml") == tmp_path / "scan.png"


def test_no_image_or_only_that_of_another_page(tmp_path):
    (tmp_path / "x.xml").write_text(page_xml(""))
    for name in ("x1.png", "x.txt", "x_2.png", "x_2.xml"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match="x.xml needs its image beside it, a.png, but"):
        image_of(tmp_path / "x.xml")


@pytest.mark.skipif(not (REAL / "raw").is_dir(), reason="the real pages are not here")
def test_real_pages():
    for path in sorted(REAL.glob("raw/*/*.xml")):
        with Image.open(image_of(path)) as image:
            labels = labels_from_xml(path, image.size[::-1])
        assert {0, 1} <= set(np.unique(labels)) <= {0, 1, 2}
    # The page that is there twice: as ALTO, and as labels that others drew from it.
    path = REAL / "raw" / "gallic_print_alto" / "f20.xml"
    drawn = read_labels(REAL / "gallic_print" / "labels" / "c17_bpt6k72609n_f20.png")
    ours = scaled_labels(labels_from_xml(path, (3508, 2592)), drawn.shape)
    assert (ours == drawn).mean() > 0.995
