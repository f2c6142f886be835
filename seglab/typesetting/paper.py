"""Tones: paper, ink on it, what shines through, and the ways to make two of them, black and white.

A tone is darkness, (height, width) float32, 0 for white and 1 for black.
"""

import numpy as np
from PIL import Image, ImageFilter
from scipy.ndimage import uniform_filter
from skimage.filters import threshold_otsu

from .noise import smooth_noise


def paper(rng, height, width, wear):
    """Blank paper: its tone, uneven light, fibres, and foxing where it is worn (wear 0 to 1)."""
    tone = np.full((height, width), rng.uniform(0.03, 0.25), np.float32)
    tone += rng.uniform(0, 0.06) * (0.3 + wear) * smooth_noise(rng, height, width, 0.4 * height)
    tone += rng.uniform(0.003, 0.03) * (0.3 + wear) * smooth_noise(rng, height, width, 1.3)
    if rng.random() < 0.4 * wear:
        stains = smooth_noise(rng, height, width, rng.uniform(0.01, 0.15) * height)
        tone += rng.uniform(0.05, 0.2) * np.clip(stains - rng.uniform(0.8, 1.8), 0, 1)
    return tone


def impression(rng, coverage, wear):
    """How much ink each pixel took, from the share of it that the type covered: 0 to 1.

    A fat press swells the letters, a lean one thins them; both by place, and worn type breaks.
    """
    height, width = coverage.shape
    threshold = rng.uniform(0.22, 0.55)
    threshold += 0.08 * rng.random() * smooth_noise(rng, height, width, 0.15 * height)
    threshold += rng.uniform(0, 0.12) * wear * smooth_noise(rng, height, width, 1.5)
    if rng.random() < 0.6 * wear:
        worn = smooth_noise(rng, height, width, rng.uniform(2, 6))
        patchy = smooth_noise(rng, height, width, 0.2 * height)
        threshold += 0.5 * (worn > rng.uniform(1.4, 2.4) - 0.4 * patchy)
    soft = rng.uniform(0.05, 0.3)
    inked = np.clip(0.5 + (coverage - np.clip(threshold, 0.12, 0.97)) / soft, 0, 1)
    fullness = rng.uniform(0.75, 1.0) - 0.08 * wear * smooth_noise(rng, height, width, 0.1 * height)
    return inked * np.clip(fullness, 0.4, 1)


def show_through(rng, impression):
    """The other side of the leaf, mirrored and blurred by the paper: darkness to add."""
    other = Image.fromarray(np.uint8(255 * np.roll(impression[:, ::-1], rng.integers(-40, 41), 0)))
    blurred = np.asarray(other.filter(ImageFilter.GaussianBlur(rng.uniform(0.8, 2.5))), np.float32)
    places = 1 + 0.4 * smooth_noise(rng, *impression.shape, 0.25 * len(impression))
    return rng.uniform(0.02, 0.4) * np.clip(places, 0, 2) * blurred / 255


def binarised(rng, darkness):
    """Ink or paper, (height, width) bool, by one of the ways in which libraries do it.

    Sauvola's and a plain local threshold hollow out what is evenly dark; Otsu's and a fixed one
    keep it black. Contrast is stretched first, as scanners do.
    """
    low, high = np.quantile(darkness[::5, ::5], (0.3, 0.998))
    light = np.clip(1 - (darkness - low) / max(high - low, 0.2), 0, 1.2)
    method = rng.random()
    if method < 0.30:
        return light < sauvola_threshold(rng, light)
    if method < 0.40:
        window = int(rng.uniform(0.02, 0.15) * len(light)) | 1
        return light < uniform_filter(light, window, mode="nearest") - rng.uniform(0.08, 0.3)
    if method < 0.70:
        return light < np.clip(threshold_otsu(light) + rng.uniform(-0.1, 0.1), 0.3, 0.75)
    return light < rng.uniform(0.4, 0.75)


def sauvola_threshold(rng, light):
    """Sauvola & Pietikainen (2000): mean * (1 + k (deviation / 0.5 - 1)) over a square window."""
    window = int(rng.uniform(0.012, 0.06) * len(light)) | 1
    mean = uniform_filter(light, window, mode="nearest")
    deviation = np.sqrt(np.maximum(uniform_filter(light**2, window, mode="nearest") - mean**2, 0))
    return mean * (1 + rng.uniform(0.1, 0.4) * (deviation / 0.5 - 1)) - 0.02
