"""Pictures as a printer had them: photographs turned into engravings, woodcuts, line drawings.

The tones come from the free photographs that scikit-image carries in its package (no download);
diagrams, plants and maps are drawn from nothing. A picture is a boolean array, True where ink is.
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .noise import smooth_noise

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


@lru_cache
def photograph(name):
    """A photograph of scikit-image as grey: a PIL image, 255 white."""
    from skimage import data

    return Image.fromarray(getattr(data, name)()).convert("L")


def picture(rng, width, height):
    """A picture of about width x height canvas pixels in a random technique and framing."""
    if rng.random() < 0.3:
        drawing = (diagram, plant, relief)[rng.integers(3)]
        return framed(rng, drawing(rng, width, height), 0.5)
    tones = darkness(rng, width, height)
    technique = (engraving, engraving, woodcut, woodcut, outline, halftone, stipple)
    art = technique[rng.integers(len(technique))](rng, tones)
    if rng.random() < 0.25:
        return art & vignette(rng, *art.shape)
    return framed(rng, art, 0.7)


def darkness(rng, width, height):
    """A random part of a random photograph: (height, width) float32, 0 white to 1 black."""
    photo = photograph(PHOTOGRAPHS[rng.integers(len(PHOTOGRAPHS))])
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
    return tones ** (np.log(rng.uniform(0.13, 0.36)) / np.log(mean))


def blurred(tones, radius):
    """Gaussian blur of tones in 0..1; 8 bits are enough for ink."""
    image = Image.fromarray((tones * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def screen(shape, period, angle, bend=0.0):
    """Parallel lines: 0 in the middle of a line, 1 between two; `bend` (pixels) shifts them."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    across = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle)) + bend
    return 0.5 - 0.5 * np.cos(np.float32(2 * np.pi / period) * across)


def contours(tones, width):
    """Thin dark lines along the edges of the tones (difference of Gaussians)."""
    return blurred(tones, width) - blurred(tones, 2.2 * width) > 0.035


def engraving(rng, tones):
    """Copperplate: lines that swell with the tone and follow the form, crossed in the shadows."""
    period, angle = rng.uniform(5, 11), rng.uniform(0, np.pi)
    form = blurred(tones, 6)
    bend = form * rng.uniform(0, 3) * period
    art = form > 0.12 + 0.85 * screen(tones.shape, period, angle, bend)
    if rng.random() < 0.7:
        crossing = angle + rng.uniform(0.8, 1.6)
        art |= form > 0.5 + 0.5 * screen(tones.shape, period, crossing, -bend)
    return art | contours(tones, rng.uniform(1.2, 2.5))


def woodcut(rng, tones):
    """Broad contours, solid blacks, and a coarse hatching in the middle tones."""
    form = blurred(tones, rng.uniform(2, 5))
    lines = screen(tones.shape, rng.uniform(8, 16), rng.uniform(0, np.pi), 10 * form)
    solid = form > rng.uniform(0.6, 0.85)
    hatched = (form > rng.uniform(0.25, 0.45)) & (lines < 0.35)
    return solid | hatched | contours(tones, rng.uniform(2.5, 5))


def outline(rng, tones):
    """A line drawing: contours, with a few strokes of shade."""
    art = contours(tones, rng.uniform(1.5, 3.5))
    shade = screen(tones.shape, rng.uniform(7, 14), rng.uniform(0, np.pi)) < 0.25
    return art | (shade & (blurred(tones, 5) > rng.uniform(0.5, 0.8)))


def halftone(rng, tones):
    """The dot screen of the late 19th century."""
    period, angle = rng.uniform(5, 9), rng.uniform(0.5, 1.0)
    dots = screen(tones.shape, period, angle) + screen(tones.shape, period, angle + np.pi / 2)
    return tones > 0.05 + 0.45 * dots


def stipple(rng, tones):
    """Dots strewn more densely where it is dark (stipple, mezzotint, lithograph)."""
    grain = smooth_noise(rng, *tones.shape, rng.uniform(1.5, 3.5))
    return (tones > 0.5 + 0.35 * grain) | contours(tones, 2)


def vignette(rng, height, width):
    """A mask that lets a picture end in a soft, irregular oval."""
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    rim = 0.12 * smooth_noise(rng, height, width, 0.06 * (height + width))
    grain = 0.06 * smooth_noise(rng, height, width, 4)
    return abs(x) ** 2.5 + abs(y) ** 2.5 < 0.9 + rim + grain


def framed(rng, art, share):
    """With a probability of `share`, the art inside one or two border lines."""
    if rng.random() < share:
        for inset in (0, int(rng.integers(6, 14)))[: int(rng.integers(1, 3))]:
            thick = int(rng.integers(2, 6))
            inner = art[inset + thick : -inset - thick, inset + thick : -inset - thick].copy()
            art[inset : len(art) - inset, inset : art.shape[1] - inset] = True
            art[inset + thick : -inset - thick, inset + thick : -inset - thick] = inner
    return art


def diagram(rng, width, height):
    """A figure of a treatise: circles, chords and letters none, drawn with a ruling pen."""
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    centre, radius = np.array((width / 2, height / 2)), 0.45 * min(width, height)
    points = [centre + radius * np.array((np.cos(a), np.sin(a))) for a in rng.uniform(0, 6.3, 7)]
    thick = int(rng.integers(2, 5))
    for scale in rng.uniform(0.2, 1.0, int(rng.integers(1, 4))):
        low, high = centre - scale * radius, centre + scale * radius
        draw.ellipse([*low, *high], outline=1, width=thick)
    for _ in range(int(rng.integers(4, 12))):
        first, second = rng.choice(7, 2, replace=False)
        draw.line([*points[first], *points[second]], 1, thick)
    for corner in points[:4]:
        across = rng.uniform(0.05, 0.25) * radius
        draw.ellipse([*(corner - across), *(corner + across)], outline=1, width=thick)
    for x in np.arange(0, width, rng.uniform(15, 60)) if rng.random() < 0.5 else ():
        draw.line([x, height - 0.06 * height, x, height], 1, 2)
    return np.array(image)


def plant(rng, width, height):
    """A herbal's plant: a stem that branches, with leaves drawn in outline."""
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    shoots = [(width / 2, 0.98 * height, -np.pi / 2, 0.24 * height, 6.0)]
    while shoots:
        x, y, angle, length, thick = shoots.pop()
        tip_x, tip_y = x + length * np.cos(angle), y + length * np.sin(angle)
        draw.line([x, y, tip_x, tip_y], 1, max(2, round(thick)))
        if thick > 1.8 and length > 12:
            for turn in rng.uniform(-0.9, 0.9, int(rng.integers(2, 4))):
                shoots.append(
                    (tip_x, tip_y, angle + turn, length * rng.uniform(0.6, 0.9), 0.7 * thick)
                )
        leaf = np.linspace(0, np.pi, 12)
        size = rng.uniform(0.3, 0.7) * length
        for side in (-1, 1):
            turn = angle + side * rng.uniform(0.4, 1.2)
            along, aside = size * (1 - np.cos(leaf)) / 2, 0.25 * size * np.sin(leaf)
            for sign in (-1, 1):
                lx = tip_x + along * np.cos(turn) - sign * aside * np.sin(turn)
                ly = tip_y + along * np.sin(turn) + sign * aside * np.cos(turn)
                draw.line(list(np.stack([lx, ly], 1).ravel()), 1, 2)
            draw.line(
                [tip_x, tip_y, tip_x + size * np.cos(turn), tip_y + size * np.sin(turn)], 1, 1
            )
    left, top, right, bottom = image.getbbox()
    return np.array(image.crop((left, top, right, bottom)).resize((width, height)))


def relief(rng, width, height):
    """A map: coasts with their shading, contour lines inland."""
    land = smooth_noise(rng, height, width, rng.uniform(0.15, 0.4) * min(width, height))
    land = land + 0.25 * smooth_noise(rng, height, width, 25)
    fall = np.hypot(*np.gradient(land)) + 1e-4
    art = abs(land) < 2.5 * fall
    for level in np.arange(0.3, 2.5, rng.uniform(0.25, 0.6)):
        art |= abs(land - level) < 1.0 * fall
    sea = screen(land.shape, rng.uniform(7, 12), np.pi / 2) < 0.2
    return art | (sea & (land < 0) & (land > -rng.uniform(0.2, 3)))
