"""The sheet under the press: its ink, what kind of ink it is, and the zones that hold it.

Coordinates are canvas pixels, x to the right and y down, DETAIL of them to a pixel of the page, so
that small type keeps its shape until the scan samples it.
"""

import numpy as np
from PIL import Image, ImageDraw
from scipy.spatial import ConvexHull

DETAIL = 2
TEXT, GRAPHIC = 1, 2


class Sheet:
    """Ink of a page as a grey image (255 = ink), the class of every drop of it, and the zones.

    `hands` are the handwriting fonts of its readers, if any (see `hands.py`).
    `kinds` holds the class of the ink: TEXT, GRAPHIC, or 0 for rules and for no ink at all.
    """

    def __init__(self, width, height, hands=()):
        self.ink = Image.new("L", (width, height))
        self.kinds = Image.new("L", (width, height))
        self.zones = []
        self.hands = hands

    @property
    def width(self):
        return self.ink.width

    @property
    def height(self):
        return self.ink.height

    def press(self, mask, x, y, kind):
        """Print a mask (an "L" image or a boolean array) with its upper left corner at x, y."""
        if not isinstance(mask, Image.Image):
            mask = Image.fromarray(mask.astype(np.uint8) * 255)
        corner = round(x), round(y)
        self.ink.paste(255, corner, mask)
        self.kinds.paste(kind, corner, mask.point(lambda level: 255 * (level > 40)))

    def rule(self, x0, y0, x1, y1, thickness):
        """A printed rule; rules are background."""
        ends = [(round(x0), round(y0)), (round(x1), round(y1))]
        for layer, value in ((self.ink, 255), (self.kinds, 0)):
            ImageDraw.Draw(layer).line(ends, value, max(1, round(thickness)))

    def text_zone(self, boxes, padding):
        """Text: the rectangle around line boxes (x0, y0, x1, y1), grown by `padding`."""
        boxes = np.array(boxes)
        x0, y0 = boxes[:, :2].min(axis=0) - padding
        x1, y1 = boxes[:, 2:].max(axis=0) + padding
        self.zones.append((TEXT, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))

    def picture(self, art, x, y):
        """Press a picture or ornament (a boolean array) at x, y; its zone is its convex hull."""
        self.press(art, x, y, GRAPHIC)
        rows = np.flatnonzero(art.any(axis=1))
        if len(rows):
            # The outermost ink of every row is enough to find the hull.
            first = art[rows].argmax(axis=1)
            last = art.shape[1] - 1 - art[rows, ::-1].argmax(axis=1)
            ends = np.concatenate([np.stack([first, rows], 1), np.stack([last, rows], 1)])
            self.zones.append((GRAPHIC, grown_hull(ends + np.array([round(x), round(y)]), DETAIL)))

    def labels(self):
        """The zones filled, (height, width) uint8; a graphic inside a text zone shows through."""
        labels = Image.new("L", self.ink.size)
        draw = ImageDraw.Draw(labels)
        for kind, outline in sorted(self.zones, key=lambda zone: zone[0]):
            draw.polygon([tuple(point) for point in outline], fill=kind)
        return np.asarray(labels)


def grown_hull(points, padding):
    """The convex hull of points (x, y) and all within `padding` of them in x and y: a polygon."""
    shifts = [(-padding, -padding), (-padding, padding), (padding, -padding), (padding, padding)]
    corners = np.concatenate([points + np.array(shift) for shift in shifts])
    return corners[ConvexHull(corners).vertices]
