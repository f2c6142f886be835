"""Crops of what stands on pages, each with its kind: a classifier's training data, without a pixel
labelled.

A crop shows one kind of thing as the typesetter sets or draws it, inked and binarised as a scan is,
and no class of any pixel is asked for: the labels that somebody would give in a second a crop.
"""

from itertools import cycle

import numpy as np

from seglab.scaling import scaled_image
from seglab.typesetting.drawings import diagram
from seglab.typesetting.foliage import arabesque
from seglab.typesetting.hands import handwriting
from seglab.typesetting.heraldry import arms
from seglab.typesetting.initials import initial
from seglab.typesetting.layout import composed_sheet, index_page, plain_page, verse_page
from seglab.typesetting.maps import chart
from seglab.typesetting.newspaper import newspaper_page
from seglab.typesetting.ornaments import band
from seglab.typesetting.paper import binarised, impression, paper
from seglab.typesetting.pictures import detail
from seglab.typesetting.sheet import DETAIL

HEIGHT = 900  # of the pages from which sheets are cut
WORKING = 210, 340  # pixels of working height, between which crops are scaled
PER_THING = 4  # crops of one sheet or drawing


def sheet(*kinds):
    """A page of type, as the typesetter sets it."""

    def drawn(rng, side, material):
        ink = composed_sheet(rng, HEIGHT, material, dict.fromkeys(kinds, 1 / len(kinds))).ink
        return np.asarray(ink, np.float32) / 255

    return drawn


def drawing(draw):
    """A picture, larger or smaller than a crop, on white."""

    def drawn(rng, side, material):
        width, height = (int(side * rng.uniform(0.4, 1.6)) for _ in range(2))
        art = draw(rng, width, height, material)
        return np.pad(np.asarray(art, np.float32), side // 2)

    return drawn


def written(rng, side, material):
    """Leaves with one reader's handwriting."""
    page = (round(1.6 * side), round(1.2 * side))
    leaves = [handwriting(rng, *page, material.hands) for _ in range(4)]
    return np.max(leaves, axis=0)


def ornamental_band(rng, width, height, material):
    return band(rng, width, max(30, height // 4), material)


def foliage(rng, width, height, material):
    return arabesque(rng, width, height, rng.uniform(0.05, 0.2) * min(width, height))


def large_initial(rng, width, height, material):
    letter = "ABCDEFGHIKLMNOPQRSTV"[rng.integers(20)]
    size = max(40, width // 3)
    return initial(rng, letter, size, material.face(rng, "latin"), material, decorated=True)


KINDS = {
    "prose": sheet(plain_page),
    "verse and indices": sheet(verse_page, index_page),
    "newspapers": sheet(newspaper_page),
    "handwriting": written,
    "maps": drawing(chart),
    "plates": drawing(detail),
    "ornaments": drawing(ornamental_band),
    "foliage": drawing(foliage),
    "initials": drawing(large_initial),
    "heraldry": drawing(arms),
    "diagrams": drawing(diagram),
}


def crops(seed, count, side, material):
    """`count` crops of all kinds in turn: images (count, side, side, 1), kinds (count,) uint8."""
    images, kinds = [], []
    for number, (kind, draw) in enumerate(cycle(enumerate(KINDS.values()))):
        rng = np.random.default_rng((seed, number))
        working = rng.uniform(*WORKING)
        scale = DETAIL * HEIGHT / working  # canvas pixels of a working pixel
        canvas = draw(rng, round(side * scale), material)
        for _ in range(PER_THING):
            images.append(crop(rng, canvas, side, scale))
            kinds.append(kind)
        if len(images) >= count:
            return np.stack(images[:count]), np.array(kinds[:count], np.uint8)


def crop(rng, canvas, side, scale):
    """A square of a canvas with some ink on it, scanned: (side, side, 1) float32."""
    size = round(side * scale / DETAIL) * DETAIL
    room = np.pad(canvas, [(0, max(0, size - length)) for length in canvas.shape])
    for _ in range(20):
        top, left = (rng.integers(length - size + 1) for length in room.shape)
        part = room[top : top + size, left : left + size]
        if part.mean() > 0.01:
            break
    coverage = part.reshape(size // DETAIL, DETAIL, size // DETAIL, DETAIL).mean((1, 3))
    wear = rng.uniform(0, 0.6)
    darkness = paper(rng, *coverage.shape, wear)
    darkness += (1 - darkness) * impression(rng, coverage, wear)
    return scaled_image(binarised(rng, darkness).astype(np.float32)[..., None], side)
