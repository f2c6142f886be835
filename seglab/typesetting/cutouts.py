"""Cut-outs: people, animals, plants, buildings on transparency, and how they are set on a plate."""

from functools import lru_cache

import numpy as np
from PIL import Image

from .techniques import spread


@lru_cache(maxsize=96)
def cutout(path):
    """A picture file as tones and transparency: a PIL image of mode "LA", cropped to what shows."""
    image = Image.open(path).convert("LA")
    left, top, right, bottom = image.getchannel("A").point(lambda a: 255 * (a > 30)).getbbox()
    return image.crop((left - 2, top - 2, right + 2, bottom + 2))


def drawn_cutout(rng, material, *kinds):
    """A random cut-out of one of these kinds (None where the material has none), often mirrored."""
    paths = [path for kind in kinds for path in material.pictures.get(kind, ())]
    if not paths:
        return None
    image = cutout(paths[rng.integers(len(paths))])
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else image


def fitted(image, width, height):
    """The size that a cut-out takes inside width x height."""
    scale = min(width / image.width, height / image.height)
    return max(8, round(scale * image.width)), max(8, round(scale * image.height))


def tones_of(image, size, mean):
    """Tones (H, W) float32 of a cut-out at a size, and its shape (H, W) bool; white around it.

    A gamma brings the mean tone of what shows to `mean`.
    """
    grey, alpha = (
        np.asarray(part.resize(size, Image.Resampling.BICUBIC), np.float32) / 255
        for part in image.split()
    )
    shape = alpha > 0.5
    if not shape.any():
        return np.zeros(shape.shape, np.float32), shape
    low, high = np.quantile((1 - grey)[shape][::5], (0.02, 0.98))
    tones = np.clip((1 - grey - low) / max(high - low, 0.2), 0, 1)
    middle = float(np.clip(tones[shape].mean(), 0.05, 0.95))
    return tones ** (np.log(mean) / np.log(middle)) * alpha, shape


def cut(tool, tones, shape, line):
    """The ink of a cut-out by a tool: its tones, and a contour `line` pixels wide around it."""
    inside = spread(shape, -max(1, round(line)))
    return (tool(tones) & shape) | (shape & ~inside)


def set_on(art, ink, shape, x, y, halo=0):
    """Print a cut-out's ink on the art at x, y, over what is there; a white `halo` around it."""
    y, x = round(y), round(x)
    top, left = max(0, -y), max(0, -x)
    part = art[y + top : y + ink.shape[0], x + left : x + ink.shape[1]]
    seen = np.s_[top : top + part.shape[0], left : left + part.shape[1]]
    around = spread(shape, halo) if halo else shape
    part[around[seen]] = False
    part |= ink[seen]
