"""Read the regions of PAGE-XML (2013-07-15 and later) and ALTO (4, also 2 and 3) as labels."""

import re
from pathlib import Path

import numpy as np

from seglab.errors import InputError
from seglab.image_files import IMAGE_SUFFIXES
from seglab.polygons import Region, painted
from seglab.region_classes import (
    ALTO_BLOCKS,
    ALTO_LABELS,
    BACKGROUND,
    PAGE_XML_LATER_MARKS,
    PAGE_XML_REGIONS,
)


def labels_from_xml(path, shape):
    """Return the labels (height, width) uint8 that a PAGE-XML or ALTO file describes.

    `shape` is the (height, width) of the page's image; the file has to speak of the same size.
    A region's class is in `seglab.region_classes`; the inner of two regions wins. Raises
    InputError for anything that is not a readable layout of this image.
    """
    kind, root = layout(path)
    try:
        regions = page_xml_regions(root, shape) if kind == "PcGts" else alto_regions(root, shape)
        return painted(regions, shape)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def image_of(path):
    """Return the image file in the same folder that a PAGE-XML or ALTO file belongs to.

    It is the first that exists of: the file that the XML names (whatever folder it puts it in),
    the alternative images that it names, NAME.tif (or another ending) beside NAME.xml, and a file
    whose name continues after NAME, as NAME_B.tif.
    """
    path = Path(path)
    _, root = layout(path)
    names = named_images(root)
    images = [file for file in path.parent.iterdir() if file.suffix.lower() in IMAGE_SUFFIXES]
    named = [file for name in names for file in images if file.name == name]
    same = [file for file in images if file.stem == path.stem]
    longer = [
        file
        for file in images
        if re.match(re.escape(path.stem) + "[_.-]", file.name)
        and not file.with_suffix(".xml").exists()  # or it would be the image of that one
    ]
    found = named + sorted(same) + sorted(longer)
    if not found:
        wanted = names[0] if names else f"{path.stem}.png or the like"
        raise InputError(f"{path} needs its image beside it, {wanted}, but there is none.")
    return found[0]


def named_images(root):
    """Return the names of the images that a layout names, without folders."""
    page = root.find(".//{*}Page")
    names = [page.get("imageFilename", "")]
    names += [image.get("filename", "") for image in page.iterfind("{*}AlternativeImage")]
    names += [name.text or "" for name in root.iterfind(".//{*}sourceImageInformation/{*}fileName")]
    bare = [re.split(r"[/\\]", name)[-1].strip() for name in names]
    return [name for name in bare if name]


def layout(path):
    """Parse a file -> ("PcGts" or "alto", its root element); InputError for anything else."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        root = parse(path, forbid_dtd=True).getroot()
    except DefusedXmlException as error:
        raise InputError(
            f"{path} declares a document type or entities, which may hide attacks; please remove "
            "its <!DOCTYPE ...>."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"{path} is not readable as XML ({error}).") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    kind = local_name(root)
    if kind not in ("PcGts", "alto"):
        raise InputError(f"{path} is neither PAGE-XML nor ALTO: its root element is <{kind}>.")
    if root.find(".//{*}Page") is None:
        raise InputError(f"{path} has no Page element, so it describes no page.")
    return kind, root


def local_name(element):
    """Return an element's name without its namespace, so that every version reads alike."""
    return element.tag.rpartition("}")[2]


def page_xml_regions(root, shape):
    """Yield the Regions of a PAGE-XML file."""
    page = root.find(".//{*}Page")
    check_size(number(page, "imageHeight"), number(page, "imageWidth"), shape)
    for element in page.iter():
        name = local_name(element)
        if name in PAGE_XML_REGIONS:
            coords = element.find("{*}Coords")
            if coords is None or coords.get("points") is None:
                raise InputError(
                    f"{name} {element.get('id')} has no outline (Coords with points, as in "
                    "PAGE-XML of 2013 and later)."
                )
            later = name == "GraphicRegion" and element.get("type") in PAGE_XML_LATER_MARKS
            label = BACKGROUND if later else PAGE_XML_REGIONS[name]
            yield Region(label, outline(coords.get("points")))


def alto_regions(root, shape):
    """Yield the Regions of an ALTO file."""
    tags = {tag.get("ID"): tag.get("LABEL", "") for tag in root.iterfind("{*}Tags/*")}
    page = root.find(".//{*}Page")
    scale = alto_scale(root, page, shape)
    for element in page.iter():
        name = local_name(element)
        if name in ALTO_BLOCKS:
            labels = [tags.get(tag, "") for tag in element.get("TAGREFS", "").split()]
            label = alto_class(labels, ALTO_BLOCKS[name])
            points = alto_outline(element)
            if label is not None and points is not None:
                yield Region(label, points * scale)


def alto_class(labels, default):
    """Return the class of the first label that has one: its subtype's, else its zone's."""
    for label in labels:
        zone, *subtype = re.split("[:#-]", label.lower())
        zone = re.sub("[ _]|zone$", "", zone)
        for key in (":".join((zone, *subtype[:1])), zone):
            if key in ALTO_LABELS:
                return ALTO_LABELS[key]
    return default


def alto_scale(root, page, shape):
    """Return the pixels per unit of an ALTO file, (x, y); 1, 1 where it counts in pixels."""
    unit = root.findtext(".//{*}MeasurementUnit", "pixel").strip()
    if unit == "pixel":
        if page.get("WIDTH") and page.get("HEIGHT"):
            check_size(number(page, "HEIGHT"), number(page, "WIDTH"), shape)
        return np.ones(2)
    height, width = number(page, "HEIGHT"), number(page, "WIDTH")
    if min(height, width) <= 0 or not 0.98 < width * shape[0] / (height * shape[1]) < 1.02:
        raise InputError(
            f"it describes a page of {width:g} x {height:g} {unit}, but the image has other "
            f"proportions: {shape[1]} x {shape[0]} pixels."
        )
    return np.array((shape[1] / width, shape[0] / height))


def alto_outline(block):
    """Return the outline of an ALTO block: its polygon, else its box; None where it has neither.

    eScriptorium writes blocks without any place for lines that belong to no zone.
    """
    polygon = block.find("{*}Shape/{*}Polygon")
    if polygon is not None:
        return outline(polygon.get("POINTS", ""))
    if block.get("WIDTH") is None:
        return None
    left, top = number(block, "HPOS"), number(block, "VPOS")
    right, bottom = left + number(block, "WIDTH"), top + number(block, "HEIGHT")
    return np.array(((left, top), (right, top), (right, bottom), (left, bottom)))


def outline(text):
    """Read "x,y x,y ..." or "x y x y ..." as points (n, 2)."""
    try:
        return finite(text.replace(",", " ").split()).reshape(-1, 2)
    except ValueError as error:
        raise InputError(f"the outline '{text:.40}' is not a list of points x,y.") from error


def number(element, attribute):
    """Return a numerical attribute of an element."""
    text = element.get(attribute, "")
    try:
        return float(finite(text))
    except ValueError as error:
        raise InputError(
            f"{attribute} of {local_name(element)} should be a number, but it is '{text:.40}'."
        ) from error


def finite(texts):
    """Return texts as an array of numbers, kept where arithmetic is safe; ValueError if not."""
    numbers = np.array(texts, float)
    if not np.isfinite(numbers).all():
        raise ValueError("not finite")
    return numbers.clip(-1e7, 1e7)


def check_size(height, width, shape):
    """Raise InputError if the XML's size is not the image's."""
    if (height, width) != tuple(shape):
        raise InputError(
            f"it describes a page of {width:g} x {height:g} pixels, but the image has "
            f"{shape[1]} x {shape[0]}."
        )
