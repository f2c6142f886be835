"""Pictures as a printer had them, from a pure outline to a black night: an array, True for ink.

Without material they come from the free photographs in scikit-image's package (no download) and
from what the program draws itself: diagrams, plants, maps, buildings, arms. Material adds plates of
cut-outs (`plates.py`), and photographs that take the place of those.
"""

from functools import lru_cache

import numpy as np
from PIL import Image

from .buildings import building
from .drawings import diagram, plant
from .heraldry import arms, emblem
from .lettering import legend
from .maps import chart
from .noise import smooth_noise
from .plates import portrait, scene, single, specimens
from .techniques import drawn_tool
from .text import phrase, roman

# Of those, the ones released as CC0, into the public domain, or without known restrictions.
PHOTOGRAPHS = (
    "astronaut",
    "camera",
    "chelsea",
    "coffee",
    "coins",
    "rocket",
    "retina",
    "immunohistochemistry",
    "brick",
)


@lru_cache(maxsize=32)
def photograph(name):
    """A photograph as grey: one of scikit-image by its name, or a file; a PIL image, 255 white."""
    if name not in PHOTOGRAPHS:
        return Image.open(name).convert("L")
    from skimage import data

    return Image.fromarray(getattr(data, name)()).convert("L")


def picture(rng, width, height, material):
    """A picture of width x height canvas pixels: (height, width) bool."""
    kinds = {kind: share for kind, (share, needs) in KINDS.items() if needs <= {*material.pictures}}
    shares = np.array(list(kinds.values()))
    kind = list(kinds)[rng.choice(len(kinds), p=shares / shares.sum())]
    if min(width, height) < 60:  # room for little more than tones
        return detail(rng, width, height, material)
    bare = min(width, height) < 120 or rng.random() < (0.8 if kind in FRAMELESS else 0.3)
    if bare:
        return plate(rng, kind, width, height, material)
    thick, second = int(rng.integers(2, 6)), int(rng.choice([0, rng.integers(6, 14)]))
    margin = second + thick + int(rng.choice([0, rng.integers(1, 14)]))
    inside = plate(rng, kind, width - 2 * margin, height - 2 * margin, material)
    art = np.pad(inside, margin)
    for inset in {0, second}:
        border = art[inset : height - inset, inset : width - inset]
        for side in (np.s_[:thick], np.s_[-thick:], np.s_[:, :thick], np.s_[:, -thick:]):
            border[side] = True
    return art


def plate(rng, kind, width, height, material):
    """A picture of a kind, and lines of text below it in some: (height, width) bool."""
    if height < 300 or rng.random() > 0.15:
        return kind(rng, width, height, material)
    size = max(12.0, rng.uniform(0.025, 0.04) * min(width, height))
    foot = legend(rng, width, foot_lines(rng), material.face(rng, "latin"), size)
    return np.concatenate([kind(rng, width, height - len(foot), material), foot])


def foot_lines(rng):
    """What stands below a plate, within its frame: its name, its number, who cut it."""
    title = [phrase(rng, "latin", int(rng.integers(1, 5))) for _ in range(rng.integers(1, 3))]
    return title + [f"Tab. {roman(int(rng.integers(1, 90)))}."] * (rng.random() < 0.4)


def detail(rng, width, height, material):
    """A detail of a photograph, cut by some technique, in a third of cases as a vignette."""
    tones = darkness(rng, width, height, material.pictures.get("photographs") or PHOTOGRAPHS)
    if rng.random() < 0.12:
        tones = np.clip(1.15 * tones ** rng.uniform(0.15, 0.4), 0, 1)  # night
    art = drawn_tool(rng)(tones)
    return art & vignette(rng, *art.shape) if rng.random() < 0.3 else art


def darkness(rng, width, height, names):
    """A random part of one of these photographs: (height, width) float32, 0 white to 1 black."""
    photo = photograph(names[rng.integers(len(names))])
    reach = rng.uniform(0.55, 1.0) * min(photo.width / width, photo.height / height)
    w, h = reach * width, reach * height
    x, y = rng.uniform(0, photo.width - w), rng.uniform(0, photo.height - h)
    part = photo.resize((width, height), Image.Resampling.BICUBIC, (x, y, x + w, y + h))
    tones = 1 - np.asarray(part, np.float32) / 255
    if rng.random() < 0.5:
        tones = tones[:, ::-1]
    low, high = np.quantile(tones[::7, ::7], (0.03, 0.97))
    tones = np.clip((tones - low) / max(high - low, 0.05), 0, 1)
    # A gamma that brings the mean tone to what the plates of real books have.
    mean = float(np.clip(tones.mean(), 0.05, 0.95))
    return tones ** (np.log(rng.uniform(0.08, 0.45)) / np.log(mean))


def vignette(rng, height, width):
    """A mask that lets a picture end in a soft, irregular oval."""
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    rim = 0.12 * smooth_noise(rng, height, width, 0.06 * (height + width))
    grain = 0.06 * smooth_noise(rng, height, width, 4)
    return abs(x) ** 2.5 + abs(y) ** 2.5 < 0.9 + rim + grain


# Share, and the kinds of cut-outs without which there is none.
KINDS = {
    detail: (0.23, set()),
    scene: (0.17, {"trees", "buildings", "people", "animals"}),
    specimens: (0.12, {"animals", "plants", "things"}),
    portrait: (0.10, {"people"}),
    single: (0.10, {"animals", "people"}),
    chart: (0.08, set()),
    diagram: (0.05, set()),
    plant: (0.03, set()),
    building: (0.04, set()),
    arms: (0.04, set()),
    emblem: (0.04, {"animals", "people"}),
}
FRAMELESS = {single, arms, emblem, plant}
