"""What a scan shows besides the print: dirt, show-through, black borders, facing page, stamps.

Each function changes `image` (H, W), True for ink, in place. All of it is background.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .noise import smooth_noise


def add_dirt(rng, image):
    """Speckle everywhere, and clouds of it where the paper is foxed or the margin thumbed."""
    height, width = image.shape
    rate = np.full((height, width), 10 ** rng.uniform(-5.5, -3.2), np.float32)
    if rng.random() < 0.3:
        rate *= 1 + 15 * (smooth_noise(rng, height, width, 0.18 * height) > 1.3)
    if rng.random() < 0.3:
        rate *= 1 + 20 * np.exp(-edge_distance(height, width) / (0.03 * height))
    image |= rng.random((height, width)) < rate
    if rng.random() < 0.6:
        large = Image.fromarray(np.uint8(255 * (rng.random((height, width)) < 0.15 * rate)))
        grown = np.asarray(large.filter(ImageFilter.MaxFilter(3))) > 0
        image |= grown & (rng.random((height, width)) < 0.8)
    if rng.random() < 0.2:
        blots = smooth_noise(rng, height, width, rng.uniform(4, 14))
        image |= (blots > 3.2) & (smooth_noise(rng, height, width, 0.3 * height) > 0.3)


def add_bleed_through(rng, image):
    """The other side of the leaf: this page's own ink mirrored, broken into flecks."""
    height, width = image.shape
    ghost = np.roll(image[:, ::-1], rng.integers(-40, 41, 2), (0, 1))
    flecks = smooth_noise(rng, height, width, rng.uniform(1.2, 3))
    places = smooth_noise(rng, height, width, 0.25 * height)
    image |= ghost & (flecks > rng.uniform(1.2, 2.4) - 0.5 * places)


def add_stamp(rng, image):
    """A library's stamp: one or two ovals with strokes between and within, lightly inked."""
    height, width = image.shape
    size = int(height * rng.uniform(0.05, 0.11))
    across = int(size * rng.uniform(1.0, 1.5))
    stamp = Image.new("1", (across, size))
    draw = ImageDraw.Draw(stamp)
    for share in (1.0, rng.uniform(0.55, 0.7))[: int(rng.integers(1, 3))]:
        x, y = 0.5 * across * (1 - share), 0.5 * size * (1 - share)
        draw.ellipse([x, y, across - 1 - x, size - 1 - y], outline=1, width=2)
    for angle in np.linspace(0, 2 * np.pi, int(rng.integers(14, 28)), endpoint=False):
        turn = np.array((np.cos(angle), np.sin(angle)))
        middle = np.array((across, size)) * (0.5 + 0.41 * turn)
        stroke = rng.normal(0, 0.03 * size, (4, 2)) + middle
        draw.line(list(stroke.ravel()), 1, 1)
    for y in np.linspace(0.4, 0.6, 3):
        stroke = np.linspace(0.3, 0.7, 12) * across
        draw.line(
            list(np.stack([stroke, y * size + rng.normal(0, 0.02 * size, 12)], 1).ravel()), 1, 1
        )
    y, x = int(rng.integers(0, height - size)), int(rng.integers(0, max(1, width - across)))
    part = image[y : y + size, x : x + across]
    inked = np.array(stamp)[: part.shape[0], : part.shape[1]]
    part |= inked & (rng.random(part.shape) < rng.uniform(0.6, 1.0))


def add_handwriting(rng, image):
    """A shelf mark or an owner's note in the margin: a pen running in loops, line by line."""
    height, width = image.shape
    size = height * rng.uniform(0.008, 0.02)
    pen = Image.new("1", (width, height))
    draw = ImageDraw.Draw(pen)
    x0 = rng.uniform(0.02, 0.7) * width
    y = height * (rng.uniform(0.01, 0.08) if rng.random() < 0.5 else rng.uniform(0.88, 0.97))
    for _ in range(int(rng.integers(1, 4))):
        loops = int(rng.integers(4, 25))
        phase = np.linspace(0, 2 * np.pi * loops, 16 * loops)
        tall = 0.4 + np.repeat(rng.random(2 * loops) ** 2, 8) * 1.2
        x = x0 + size * (0.15 * phase + 0.35 * np.sin(phase + 0.6))
        line = np.stack([x, y - size * tall * np.sin(phase)], 1)
        for word in np.array_split(line, int(rng.integers(1, 5))):
            draw.line(list(word[:-12].ravel()), 1, int(rng.integers(1, 4)))
        y += 2.5 * size
    image |= np.array(pen)


def add_beyond(rng, image, sideways, lengthways):
    """What lies beyond the paper: black, the edges of other leaves, the facing page, or white.

    `sideways` and `lengthways` (H, W): pixels beyond the paper's edge, negative on the paper.
    """
    height, width = image.shape
    past = np.maximum(sideways, lengthways)
    beyond = past > 0
    choice = rng.random()
    if choice < 0.4:
        holes = smooth_noise(rng, height, width, rng.choice([2.0, 8.0, 40.0]))
        image |= beyond & (holes > rng.uniform(-4.5, -1.5))
    elif choice < 0.6:
        add_facing_page(rng, image, beyond & (sideways < 0.08 * width))
    elif choice < 0.8:
        leaves = smooth_noise(rng, 8, width, rng.uniform(1.5, 4))[0] > rng.uniform(0.5, 1.5)
        leaves = leaves & (smooth_noise(rng, height, width, 12) > rng.uniform(-1, 1))
        depth = rng.uniform(0.01, 0.06) * height
        image |= leaves & (sideways > 0) & (sideways < depth) & (lengthways < 0)
    if rng.random() < 0.6:
        image |= beyond & (past < rng.uniform(1, 4))


def add_edge_shadows(rng, image, labels):
    """Black bands at the edges of the scan, mostly at the sides; background, whatever was there."""
    for turn, chance in enumerate((0.15, 0.06, 0.15, 0.06)):
        if rng.random() < chance:
            shadow = np.rot90(edge_shadow(rng, np.rot90(image, turn).shape), -turn)
            image |= shadow
            labels[shadow] = 0


def add_facing_page(rng, image, beyond):
    """Beyond the gutter the other page begins: the ends or beginnings of its lines."""
    width = image.shape[1]
    offset = int(width * rng.uniform(0.75, 0.95))
    other = np.concatenate([image[:, offset:], image[:, :offset]], 1)
    image |= np.roll(other, int(rng.integers(-20, 21)), 0) & beyond


def edge_shadow(rng, shape):
    """A black band along the left edge, ragged inside: gutter shadow, lid, or the book's edge."""
    height, width = shape
    depth = width * rng.choice([0.008, 0.02, 0.07], p=[0.5, 0.42, 0.08]) * rng.uniform(0.5, 1.5)
    slope = rng.normal(0, 0.3) * depth * np.linspace(-1, 1, height)
    ragged = 0.25 * depth * smooth_noise(rng, height, 8, rng.uniform(8, 80))[:, 0]
    x = np.arange(width, dtype=np.float32)
    inside = (depth + slope + ragged)[:, None] - x
    soft = rng.uniform(0.5, 6)
    fringe = inside + soft * rng.standard_normal(shape, np.float32) > 0
    shadow = np.where(abs(inside) < 3 * soft, fringe, inside > 0)
    if rng.random() < 0.35:
        # The edges of the leaves below: thin lines instead of a solid band.
        lines = smooth_noise(rng, 8, width, rng.uniform(1.5, 4))[0] > rng.uniform(0.0, 1.0)
        shadow &= lines[None] | (inside < 2)
    if rng.random() < 0.3:
        shadow &= smooth_noise(rng, height, width, rng.uniform(4, 60)) > rng.uniform(-1.5, 0)
    return shadow


def edge_distance(height, width):
    """Distance in pixels to the nearest edge of the image."""
    y, x = np.ogrid[:height, :width]
    return np.minimum(np.minimum(y, height - 1 - y), np.minimum(x, width - 1 - x))
