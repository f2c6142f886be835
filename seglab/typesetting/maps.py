"""Maps: coasts with their shading, rivers, hills, woods, towns with names, a compass, a title."""

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import maximum_filter, minimum_filter

from .cutouts import cut, drawn_cutout, fitted, set_on, tones_of
from .lettering import letter
from .noise import smooth_noise
from .techniques import drawn_tool, screen
from .text import capitalised, phrase, words


def chart(rng, width, height, material):
    """A map of an invented land, or of a real one's borders: (height, width) bool."""
    borders = drawn_cutout(rng, material, "maps")
    if borders is not None and rng.random() < 0.4:
        art = frontiers(borders, width, height, int(rng.integers(2, 5)))
        land = np.ones((height, width), bool)
    else:
        level = smooth_noise(rng, height, width, rng.uniform(0.15, 0.4) * min(width, height))
        level = level + 0.25 * smooth_noise(rng, height, width, 25) + rng.uniform(-0.4, 1)
        land = level > 0
        art = relief(rng, level)
    face = material.face(rng, "latin")
    size = float(np.clip(0.028 * min(width, height), 11, 28))
    if rng.random() < 0.6:
        symbols(rng, art, land, size)
    if rng.random() < 0.3:
        compass(rng, art, rng.uniform(0.15, 0.85) * width, rng.uniform(0.15, 0.85) * height)
    if rng.random() < 0.3 and (~land).any():
        image = drawn_cutout(rng, material, "vessels", "animals")
        if image is not None:
            y, x = np.argwhere(~land)[rng.integers((~land).sum())]
            tones, shape = tones_of(image, fitted(image, 0.2 * width, 0.2 * height), 0.3)
            set_on(art, cut(drawn_tool(rng), tones, shape, 1), shape, x, y, 2)
    names(rng, art, land, face, size)
    if rng.random() < 0.4:
        title(rng, art, face, size)
    if rng.random() < 0.6:
        degrees(rng, art, max(4, round(0.35 * size)))
    return art


def relief(rng, level):
    """Coasts with lines of shade in the sea, and levels, hatched slopes or nothing inland."""
    fall = np.hypot(*np.gradient(level)) + 1e-4
    art = abs(level) < 1.6 * fall
    style = rng.integers(4)
    if style == 0:
        for height in np.arange(0.3, 2.5, rng.uniform(0.25, 0.6)):
            art |= abs(level - height) < 0.9 * fall
    elif style == 1:
        slopes = screen(level.shape, rng.uniform(5, 8), 0.0, 30 * level) < 0.3
        art |= slopes & (fall > np.quantile(fall, rng.uniform(0.7, 0.92))) & (level > 0.1)
    reach = rng.uniform(0.05, 0.5)
    if rng.random() < 0.6:
        sea = screen(level.shape, rng.uniform(5, 11), np.pi / 2) < 0.2
        art |= sea & (level < 0) & (level > -reach)
    else:
        for depth in np.linspace(0.1, 1, int(rng.integers(2, 7))) * reach:
            art |= (abs(level + depth) < 0.6 * fall) & (level < 0)
    rivers = smooth_noise(rng, *level.shape, 0.2 * min(level.shape))
    bends = rivers + 0.15 * smooth_noise(rng, *level.shape, 20)
    steep = np.hypot(*np.gradient(bends)) + 1e-4
    return art | ((abs(bends - rng.uniform(-1, 1)) < 0.9 * steep) & (level > 0))


def frontiers(image, width, height, thick):
    """The borders between the regions of a map in colours, as dotted or whole lines."""
    grey = image.convert("LA").resize((width, height), Image.Resampling.NEAREST)
    tones = np.where(np.asarray(grey)[..., 1] > 128, np.asarray(grey)[..., 0], 255).astype(np.int16)
    edge = maximum_filter(tones, thick) - minimum_filter(tones, thick)
    return edge > 12


def symbols(rng, art, land, size):
    """Molehills in ranges, and trees: small drawings sown over the land."""
    draw_on = Image.fromarray(art)
    draw = ImageDraw.Draw(draw_on)
    places = np.argwhere(land)
    if not len(places):
        return
    for _ in range(int(rng.integers(2, 9))):
        centre, hills = places[rng.integers(len(places))], rng.random() < 0.6
        for y, x in centre + rng.normal(0, 4 * size, (int(rng.integers(3, 25)), 2)):
            w, h = size * rng.uniform(0.5, 1), size * rng.uniform(0.4, 0.9)
            if hills:
                draw.polygon([x - w, y, x - 0.2 * w, y - h, x + w, y], 0)
                draw.line([x - w, y, x - 0.2 * w, y - h, x + w, y], 1, 2, "curve")
                for step in (0.2, 0.45, 0.7):
                    draw.line([x + step * w, y, x + step * w - 0.1 * w, y - h * (0.9 - step)], 1, 1)
            else:
                draw.ellipse([x - 0.3 * w, y - h, x + 0.3 * w, y - 0.3 * h], 0, 1)
                draw.line([x, y - 0.3 * h, x, y], 1, 2)
    art[:] = np.array(draw_on)


def names(rng, art, land, face, size):
    """Towns with their names in small type, and a few names of regions in spaced capitals."""
    places = np.argwhere(land)
    for _ in range(int(rng.integers(3, 40)) if len(places) else 0):
        y, x = places[rng.integers(len(places))]
        r = max(2, round(0.16 * size))
        art[max(0, y - r) : y + r, max(0, x - r) : x + r] = True
        art[max(0, y - r + 2) : y + r - 2, max(0, x - r + 2) : x + r - 2] = rng.random() < 0.3
        name = capitalised(words(rng, "latin", 1)[0])
        cut, tall = ("upright", "italic")[rng.integers(2)], size * rng.uniform(0.8, 1.1)
        letter(art, name, face, tall, x + 0.2 * size * len(name), y - 0.7 * size, cut)
    for _ in range(int(rng.integers(0, 5))):
        x, y = rng.uniform(0.2, 0.8, 2) * art.shape[::-1]
        name = words(rng, "latin", 1)[0].upper()
        big, spaced = size * rng.uniform(1.2, 2.2), rng.uniform(0.2, 1.2) * size
        letter(art, name, face, big, x, y, tracking=spaced, angle=int(rng.random() < 0.1))


def compass(rng, art, x, y):
    """A wind rose, its rhumbs running over the whole map in some."""
    drawn = Image.fromarray(art)
    draw = ImageDraw.Draw(drawn)
    reach = rng.uniform(0.05, 0.12) * min(art.shape)
    far = 3 * max(art.shape) if rng.random() < 0.5 else reach
    for i, angle in enumerate(np.arange(0, 2 * np.pi, np.pi / 8)):
        cos, sin = np.cos(angle), np.sin(angle)
        draw.line([x, y, x + far * cos, y + far * sin], 1, 1)
        long = reach * (1, 0.45, 0.7, 0.45)[i % 4]
        for side, fill in ((-1, 1), (1, 0)):
            waist = angle + side * np.pi / 8
            knee = x + 0.25 * reach * np.cos(waist), y + 0.25 * reach * np.sin(waist)
            draw.polygon([x, y, *knee, x + long * cos, y + long * sin], fill, 1)
    draw.ellipse([x - 0.6 * reach, y - 0.6 * reach, x + 0.6 * reach, y + 0.6 * reach], None, 1, 1)
    art[:] = np.array(drawn)


def title(rng, art, face, size):
    """A cartouche in a corner: a white box in a border, the title in it, a scale below."""
    wide = round(rng.uniform(0.25, 0.45) * art.shape[1])
    lines = [phrase(rng, "latin", int(rng.integers(1, 3))) for _ in range(int(rng.integers(1, 4)))]
    tall = round(1.6 * size * (len(lines) + 1.6))
    x = 12 if rng.random() < 0.5 else art.shape[1] - wide - 12
    y = 12 if rng.random() < 0.5 else art.shape[0] - tall - 12
    box = art[max(0, y) : y + tall, max(0, x) : x + wide]
    if min(box.shape) < 3 * size:
        return
    box[:] = True
    box[3:-3, 3:-3] = False
    if rng.random() < 0.5:
        box[6:-6, 6:-6] = True
        box[8:-8, 8:-8] = False
    for i, text in enumerate(lines):
        letter(box, text, face, size * (1.2 if i == 0 else 0.9), wide / 2, 1.6 * size * (i + 0.8))
    foot = tall - round(0.8 * size)
    for i, left in enumerate(np.linspace(0.2 * wide, 0.8 * wide, 9)[:-1]):
        box[foot : foot + 5, round(left) : round(left + 0.075 * wide)] = i % 2
    box[foot : foot + 1, round(0.2 * wide) : round(0.8 * wide)] = True


def degrees(rng, art, thick):
    """A frame of degrees: black and white in turn between two lines."""
    step = rng.uniform(20, 90)
    y, x = np.ogrid[: art.shape[0], : art.shape[1]]
    edge = np.minimum(np.minimum(y, art.shape[0] - 1 - y), np.minimum(x, art.shape[1] - 1 - x))
    along = np.where(np.minimum(y, art.shape[0] - 1 - y) < thick, x, y)
    art[edge < thick] = (along // step % 2 == 0)[edge < thick]
    art |= (edge < 1) | (edge == thick)
