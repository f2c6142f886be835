"""The U-Net at work: its maps on the way down and up, and the tiles that cover a page."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from seglab.plots.axes import bare
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import overlay

PANEL = 1.18  # inches
COLUMNS = 9  # the page, three maps, the skip, three maps, the labels
DEPTH = 0.28  # inches, of a tile's row
MARGIN_FACE, MIDDLE_FACE, MISSING = "#dbe8f4", LIGHT.block, LIGHT.down


def descent(image, labels, maps):
    """Maps on the way down, on the left, and up, on the right; a level a row, all equally large.

    image: (H, W, 1), before the first map. labels: (H, W), after the last one. maps: {title:
    (h, w, 3)}, an odd number of them, the middle one the lowest. Returns a matplotlib Figure.
    """
    levels = len(maps) // 2 + 1
    share = image.shape[0] / image.shape[1]
    size = PANEL * COLUMNS, (PANEL * share + 0.25) * levels
    figure = Figure(figsize=size, layout="constrained", facecolor=LIGHT.background)
    figure.get_layout_engine().set(w_pad=0.02, h_pad=0.02)
    grid = figure.add_gridspec(levels, COLUMNS)
    _panel(figure, grid[0, 0], np.repeat(1 - image, 3, axis=-1), "the page")
    _panel(figure, grid[0, COLUMNS - 1], overlay(image, labels), "labels")
    for number, (title, channels) in enumerate(maps.items()):
        level = min(number, len(maps) - 1 - number)
        first = 1 if number < level + 1 else 5
        first = 3 if level == levels - 1 else first
        height, width, count = channels.shape
        for i in range(count):
            words = f"{title}, {height}\N{MULTIPLICATION SIGN}{width}" if i == count // 2 else ""
            _panel(figure, grid[level, first + i], -channels[..., i], words)
    for level in range(levels - 1):
        axis = figure.add_subplot(grid[level, 4])
        axis.annotate("", (1, 0.5), (0, 0.5), arrowprops={"arrowstyle": "-|>", "color": LIGHT.copy})
        axis.text(0.5, 0.53, "skip", ha="center", va="bottom", fontsize=9, color=LIGHT.faint)
        axis.set_axis_off()
    return figure


def _panel(figure, place, picture, title):
    axis = figure.add_subplot(place)
    axis.imshow(picture, cmap="gray", interpolation="nearest")
    bare(axis)
    axis.set_title(title, fontsize=9, color=LIGHT.ink)


def overlap_tiles(length, tile, margin, starts):
    """Tiles along one axis of a page, a row each: margins pale, middles full.

    length: pixels of the page, drawn on top; those that lie in no middle are red. starts: the first
    pixel of each tile. Returns a matplotlib Figure.
    """
    missing = np.ones(length, bool)
    for start in starts:
        missing[max(start + margin, 0) : max(start + tile - margin, 0)] = False
    figure = Figure(figsize=(8.6, DEPTH * (len(starts) + 2) + 0.9), layout="constrained")
    axis = figure.subplots()
    _bar(axis, 0, 0, length, LIGHT.copied)
    for pixel in np.flatnonzero(missing):
        axis.add_patch(Rectangle((pixel, -0.4), 1, 0.8, facecolor=MISSING))
    for row, start in enumerate(starts, 1):
        _bar(axis, row, start, tile, MARGIN_FACE)
        _bar(axis, row, start + margin, tile - 2 * margin, MIDDLE_FACE)
    ends = [0, length, *starts, *(start + tile for start in starts)]
    axis.set(xlim=(min(ends) - 2, max(ends) + 2), ylim=(len(starts) + 0.7, -0.7))
    axis.set_yticks(range(len(starts) + 1), ["page", *(f"tile {i}" for i in range(len(starts)))])
    axis.set_xlabel("pixel")
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.tick_params(left=False)
    named = [(MARGIN_FACE, "margin"), (MIDDLE_FACE, "middle")]
    named += [(MISSING, "in no middle")] if missing.any() else []
    handles = [Patch(facecolor=face, edgecolor=LIGHT.edge, label=name) for face, name in named]
    figure.legend(handles=handles, loc="outside lower right", ncols=3, frameon=False)
    return figure


def _bar(axis, row, start, length, face):
    look = {"facecolor": face, "edgecolor": LIGHT.edge, "linewidth": 0.8}
    axis.add_patch(Rectangle((start, row - 0.4), length, 0.8, **look))
