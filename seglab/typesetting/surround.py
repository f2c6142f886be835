"""What lies around the paper in a scan: black, other leaves, the facing page, a ruler or card.

Each function changes `darkness` (H, W), 0 white to 1 black, in place. All of it is background.
`sideways` and `lengthways` (H, W): how many pixels a pixel lies beyond the paper's edge there,
negative on the paper.
"""

import numpy as np
from PIL import Image, ImageDraw

from .marks import small_font
from .noise import smooth_noise


def add_surround(rng, darkness, sideways, lengthways):
    """Fill what lies beyond the paper, and lay a ruler or a colour card there now and then."""
    height, width = darkness.shape
    past = np.maximum(sideways, lengthways)
    beyond = past > 0
    choice = rng.random()
    if choice < 0.6:
        add_black(rng, darkness, beyond)
    elif choice < 0.7:
        add_facing_page(rng, darkness, beyond & (sideways < 0.15 * width))
    elif choice < 0.85:
        add_leaves(rng, darkness, sideways, lengthways)
    else:
        darkness[beyond] *= rng.uniform(0, 1)
    if rng.random() < 0.6:
        darkness[beyond & (past < rng.uniform(1, 4))] = rng.uniform(0.5, 1)
    if beyond.mean() > 0.12 and rng.random() < 0.4:
        (add_ruler if rng.random() < 0.5 else add_colour_card)(rng, darkness, beyond)


def add_black(rng, darkness, beyond):
    """A dark table or the black of a microfilm, even or full of lint and scratches."""
    height, width = darkness.shape
    tone = rng.uniform(0.6, 0.8) if rng.random() < 0.3 else rng.uniform(0.8, 1.0)
    black = tone + rng.uniform(0, 0.08) * smooth_noise(rng, height, width, 1.5)
    black += rng.uniform(0, 0.12) * smooth_noise(rng, height, width, rng.choice([8.0, 80.0]))
    if rng.random() < 0.4:
        lint = smooth_noise(rng, height, width, rng.uniform(1.5, 5)) > rng.uniform(2, 3.2)
        black -= lint * rng.uniform(0.2, 0.8)
    darkness[beyond] = black[beyond]


def add_facing_page(rng, darkness, beyond):
    """Beyond the gutter the other page begins: the ends or beginnings of its lines."""
    offset = int(darkness.shape[1] * rng.uniform(0.75, 0.95))
    other = np.roll(darkness, (int(rng.integers(-20, 21)), offset), (0, 1))
    darkness[beyond] = other[beyond]


def add_leaves(rng, darkness, sideways, lengthways):
    """The edges of the leaves below: thin dark lines along the paper's side."""
    height, width = darkness.shape
    leaves = smooth_noise(rng, 8, width, rng.uniform(1.5, 4))[0] > rng.uniform(0.5, 1.5)
    leaves = leaves & (smooth_noise(rng, height, width, 12) > rng.uniform(-1, 1))
    depth = rng.uniform(0.01, 0.06) * height
    darkness[leaves & (sideways > 0) & (sideways < depth) & (lengthways < 0)] = 0.9


def add_edge_shadows(rng, darkness):
    """Bands of shadow at the edges of the scan, mostly the sides; returns where they hide the page.

    A band is the gutter, the lid's shadow, or the black that a skewed frame leaves.
    """
    hidden = np.zeros(darkness.shape, bool)
    for turn, chance in enumerate((0.2, 0.08, 0.2, 0.08)):
        if rng.random() < chance:
            shadow = np.rot90(edge_shadow(rng, np.rot90(darkness, turn).shape), -turn)
            hidden |= shadow
            darkness[shadow] = np.maximum(darkness[shadow], rng.uniform(0.6, 1))
    return hidden


def edge_shadow(rng, shape):
    """A band along the left edge, (H, W) bool, ragged inside."""
    height, width = shape
    depth = width * rng.choice([0.008, 0.02, 0.07, 0.18], p=[0.4, 0.38, 0.14, 0.08])
    depth *= rng.uniform(0.5, 1.5)
    slope = rng.normal(0, 0.3) * depth * np.linspace(-1, 1, height)
    ragged = min(0.25 * depth, 6) * smooth_noise(rng, height, 8, rng.uniform(8, 80))[:, 0]
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


def add_ruler(rng, darkness, beyond):
    """A measuring rod beside the page: ticks, every tenth longer and numbered."""
    height, width = darkness.shape
    length, broad = (
        int(rng.uniform(0.4, 0.9) * height),
        max(8, int(rng.uniform(0.02, 0.045) * height)),
    )
    rod = Image.new("L", (length, broad), 20)
    draw = ImageDraw.Draw(rod)
    step = rng.uniform(0.007, 0.014) * height
    font = small_font(0.4 * broad)
    for i in range(int(length / step)):
        long = i % 10 == 0
        draw.line([i * step, 0, i * step, broad * (0.6 if long else 0.3)], 255, 1)
        if long:
            draw.text((i * step + 2, 0.5 * broad), str(i // 10), 255, font)
    lay_beside(rng, darkness, beyond, rod)


def add_colour_card(rng, darkness, beyond):
    """A row of grey and colour patches, as photographers lay beside a book."""
    height, _ = darkness.shape
    side, count = int(rng.uniform(0.025, 0.06) * height), int(rng.integers(6, 14))
    card = Image.new("L", (side * count, side), 30)
    draw = ImageDraw.Draw(card)
    font = small_font(0.3 * side)
    for i in range(count):
        draw.rectangle([i * side + 2, 2, (i + 1) * side - 3, side - 3], int(rng.integers(256)))
        if rng.random() < 0.5:
            draw.text((i * side + 4, 0.6 * side), "ABCRGBYMCK"[i % 10], 255 * (i % 2), font)
    lay_beside(rng, darkness, beyond, card)


def lay_beside(rng, darkness, beyond, thing):
    """Lay a long thing (an "L" image of darkness) along that edge where the paper leaves most."""
    edges = [np.rot90(beyond, turn)[: len(beyond) // 8].mean() for turn in range(4)]
    turn = int(np.argmax(edges))
    page, free = np.rot90(darkness, turn), np.rot90(beyond, turn)  # views: that edge is on top
    art = np.asarray(thing, np.float32)[: page.shape[0], : page.shape[1]] / 255
    y = int(rng.uniform(0, 0.03) * page.shape[0])
    x = int(rng.integers(0, page.shape[1] - art.shape[1] + 1))
    place = np.s_[y : y + art.shape[0], x : x + art.shape[1]]
    page[place] = np.where(free[place], art[: page.shape[0] - y], page[place])
