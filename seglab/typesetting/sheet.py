"""The sheet under the press: its ink, and the zones that say what the ink is.

Coordinates are canvas pixels, x to the right and y down, DETAIL of them to a pixel of the page, so
that small type keeps its shape until the scan samples it.
"""

import numpy as np
from PIL import Image, ImageDraw
from scipy.spatial import ConvexHull

DETAIL = 2
TEXT, GRAPHIC = 1, 2


class Sheet:
    """Ink of a page as a grey image (255 = ink) and its text and graphic zones as polygons."""

    def __init__(self, width, height):
        self.ink = Image.new("L", (width, height))
        self.zones = []

    @property
    def width(self):
        return self.ink.width

    @property
    def height(self):
        return self.ink.height

    def press(self, mask, x, y):
        """Print a mask (an "L" image or a boolean array) with its upper left corner at x, y."""
        if not isinstance(mask, Image.Image):
            mask = Image.fromarray(mask.astype(np.uint8) * 255)
        self.ink.paste(255, (round(x), round(y)), mask)

    def rule(self, x0, y0, x1, y1, thickness):
        """A printed rule; rules are background."""
        ends = [(round(x0), round(y0)), (round(x1), round(y1))]
        ImageDraw.Draw(self.ink).line(ends, 255, max(1, round(thickness)))

    def text_zone(self, boxes, padding):
        """Text: the convex hull of line boxes (x0, y0, x1, y1), grown by `padding`."""
        boxes = np.array(boxes)
        corners = boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]].reshape(-1, 2)
        self.zones.append((TEXT, grown_hull(corners, padding)))

    def picture(self, art, x, y):
        """Press a picture or ornament (a boolean array) at x, y; its zone is its convex hull."""
        self.press(art, x, y)
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
