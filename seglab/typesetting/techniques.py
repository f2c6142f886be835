"""How tones become ink: engraving, etching, woodcut, wood engraving, outline, halftone, stipple.

A technique is drawn once for a plate, with its line widths and angles, and gives a tool: a
function from tones ((H, W) float32, 0 white to 1 black) to ink ((H, W) bool). So everything on
the plate is cut by the same hand. Lengths are canvas pixels.
"""

import numpy as np
from PIL import Image, ImageFilter

from .noise import smooth_noise

# A wave of 256 steps: looking it up is quicker than a cosine of every pixel.
WAVE = (0.5 - 0.5 * np.cos(np.linspace(0, 2 * np.pi, 256, endpoint=False))).astype(np.float32)


def blurred(tones, radius):
    """Blurred tones in 0..1. Two box filters and 8 bits are enough for ink, and quick."""
    box = ImageFilter.BoxBlur(1.2 * radius)
    image = Image.fromarray((tones * 255).astype(np.uint8)).filter(box).filter(box)
    return np.asarray(image) * np.float32(1 / 255)


def screen(shape, period, angle, bend=0.0):
    """Parallel lines: 0 in the middle of a line, 1 between two; `bend` (pixels) shifts them."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    step = 256 / period
    across = x * np.float32(step * np.cos(angle)) + y * np.float32(step * np.sin(angle))
    if not np.isscalar(bend):
        across += np.float32(step) * bend
    return WAVE[across.astype(np.int32) & 255]


def contours(tones, width):
    """Thin dark lines along the edges of the tones (difference of two blurs)."""
    return blurred(tones, width) - blurred(tones, 2.2 * width) > 0.035


def spread(mask, pixels):
    """A mask grown by some pixels, its corners rounded, or shrunk by a negative number of them."""
    image = Image.fromarray(mask.astype(np.uint8) * 255)
    grey = np.asarray(image.filter(ImageFilter.BoxBlur(abs(pixels))))
    least = 0.5 * 255 / (2 * abs(pixels) + 1)
    return grey > least if pixels > 0 else grey > 255 - least


def engraving(rng):
    """Copperplate: lines that swell with the tone and follow the form, crossed in the shadows."""
    period, angle = rng.uniform(3.6, 10), rng.uniform(0, np.pi)
    wave = rng.uniform(0, 3) * period
    crossing = angle + rng.uniform(0.6, 1.6) if rng.random() < 0.75 else None
    edge = rng.uniform(1.0, 2.5)

    def tool(tones):
        form = blurred(tones, 3)
        bend = blurred(tones, 8) * wave
        art = form > 0.1 + 0.85 * screen(tones.shape, period, angle, bend)
        if crossing is not None:
            art |= form > 0.45 + 0.55 * screen(tones.shape, period, crossing, -bend)
        return art | contours(tones, edge)

    return tool


def etching(rng):
    """Needle strokes: short wavy hatching in two or three directions, broken in the light."""
    period, angle = rng.uniform(4, 8), rng.uniform(0, np.pi)
    seed, edge = int(rng.integers(1 << 30)), rng.uniform(1.0, 2.0)

    def tool(tones):
        hand = np.random.default_rng(seed)
        form = blurred(tones, 2)
        tremble = 1.5 * period * smooth_noise(hand, *tones.shape, 12 * period)
        breaks = 0.12 * smooth_noise(hand, *tones.shape, 3 * period)
        form += breaks
        art = contours(tones, edge)
        for level, turn in ((0.18, 0.0), (0.45, 0.9), (0.68, 1.9)):
            if (form > level).any():
                art |= (screen(tones.shape, period, angle + turn, tremble) < 0.3) & (form > level)
        return art

    return tool


def woodcut(rng):
    """Broad contours, solid blacks, and a coarse hatching in the middle tones."""
    soft, period, angle = rng.uniform(1.2, 4), rng.uniform(6, 15), rng.uniform(0, np.pi)
    black, grey = rng.uniform(0.6, 0.9), rng.uniform(0.25, 0.5)
    thick, edge = rng.uniform(0.2, 0.45), rng.uniform(1.8, 4.2)

    def tool(tones):
        form = blurred(tones, soft)
        lines = screen(tones.shape, period, angle, 10 * form)
        hatched = (form > grey) & (lines < thick)
        return (form > black) | hatched | contours(tones, edge)

    return tool


def wood_engraving(rng):
    """White lines cut into black (Bewick and the 19th century): dark plates, fine white."""
    period, angle = rng.uniform(4, 8), rng.uniform(-0.4, 0.4)
    wave = rng.uniform(0.5, 2) * period

    def tool(tones):
        form = blurred(tones, 1.5)
        lines = screen(tones.shape, period, angle, wave * blurred(tones, 8))
        return form > 0.12 + 0.6 * lines

    return tool


def outline(rng):
    """A line drawing: contours, with a few strokes of shade or none."""
    edge, period, angle = rng.uniform(1.3, 3), rng.uniform(7, 14), rng.uniform(0, np.pi)
    shadow = rng.uniform(0.55, 1.2)

    def tool(tones):
        shade = screen(tones.shape, period, angle) < 0.2
        return contours(tones, edge) | (shade & (blurred(tones, 4) > shadow))

    return tool


def halftone(rng):
    """The dot screen of the late 19th century."""
    period, angle = rng.uniform(4.5, 8), rng.uniform(0.5, 1.0)

    def tool(tones):
        dots = screen(tones.shape, period, angle)
        dots += screen(tones.shape, period, angle + np.pi / 2)
        return tones > 0.05 + 0.45 * dots

    return tool


def stipple(rng):
    """Dots strewn more densely where it is dark (stipple, mezzotint, lithograph, aquatint)."""
    size, seed = rng.uniform(1.4, 3.2), int(rng.integers(1 << 30))

    def tool(tones):
        grain = smooth_noise(np.random.default_rng(seed), *tones.shape, size)
        return (tones > np.maximum(0.5 + 0.35 * grain, 0.04)) | contours(tones, 2)

    return tool


TECHNIQUES = {
    engraving: 0.32,
    woodcut: 0.24,
    etching: 0.14,
    outline: 0.12,
    wood_engraving: 0.06,
    halftone: 0.05,
    stipple: 0.07,
}


def drawn_tool(rng):
    """A tool of a random technique."""
    techniques = list(TECHNIQUES)
    return techniques[rng.choice(len(techniques), p=list(TECHNIQUES.values()))](rng)
