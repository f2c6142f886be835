"""Coarse cells that overhang a page, and places that pooling has remembered."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from seglab.plots.blocks import LIGHT
from seglab.plots.upsampling import CELL, FONT, NOW, SHADES

MOST_LINES = 150  # of cells, along an axis
BARE = "#b9c2cb"  # pixels that no cell covers


def overhang(page, maps, corner=None):
    """A page, and over it the cells of coarse maps: what lies beyond the page, what has no cell.

    page: (H, W). maps: {title: (side of a cell in pixels, (rows, columns) of the map)}. Cells start
    at the upper left corner. corner: only so many pixels on either side of the page's lower right
    corner are seen; None: all. Returns a matplotlib Figure.
    """
    height, width = page
    covered = [(side * rows, side * columns) for side, (rows, columns) in maps.values()]
    tallest = min(max(height, *(rows for rows, _ in covered)), 2 * height)
    widest = min(max(width, *(columns for _, columns in covered)), 2 * width)
    seen = {"xlim": (-0.03 * widest, 1.03 * widest), "ylim": (1.03 * tallest, -0.03 * tallest)}
    share = min(tallest / widest, 2)
    if corner:
        seen = {
            "xlim": (width - corner, width + corner),
            "ylim": (height + corner, height - corner),
        }
        share = 1
    inches = min(3.2, 9.6 / len(maps))
    size = max(inches * len(maps), 4.2), inches * share + 0.8
    figure = Figure(figsize=size, layout="constrained", facecolor=LIGHT.background)
    axes = figure.subplots(1, len(maps), squeeze=False)[0]
    for axis, (title, (side, shape)) in zip(axes, maps.items()):
        _draw_map(axis, page, side, np.clip(shape, 0, MOST_LINES))
        axis.set(**seen)
        axis.set_aspect("equal")
        axis.set_axis_off()
        axis.set_title(f"{title}: {shape[0]} x {shape[1]}", fontsize=10, color=LIGHT.ink)
    handles = [
        Patch(facecolor="white", edgecolor=LIGHT.ink, label=f"the page, {height} x {width}"),
        Patch(facecolor=NOW, edgecolor=LIGHT.faint, label="cells beyond it"),
    ]
    if any(rows < height or columns < width for rows, columns in covered):
        handles.append(Patch(facecolor=BARE, edgecolor=LIGHT.faint, label="pixels without a cell"))
    look = {"ncols": len(handles), "frameon": False, "fontsize": 9}
    figure.legend(handles=handles, loc="outside lower center", **look)
    return figure


def _draw_map(axis, page, side, shape):
    (height, width), (rows, columns) = page, (int(count) for count in shape)
    plain = {"edgecolor": "none"}
    tall, wide = side * rows, side * columns
    axis.add_patch(Rectangle((0, 0), width, height, facecolor=BARE, **plain))
    axis.add_patch(Rectangle((0, 0), wide, tall, facecolor=NOW, **plain))
    both = min(wide, width), min(tall, height)
    axis.add_patch(Rectangle((0, 0), *both, facecolor="white", **plain))
    line = {"color": LIGHT.edge, "linewidth": 0.5}
    axis.hlines(side * np.arange(rows + 1), 0, wide, **line)
    axis.vlines(side * np.arange(columns + 1), 0, tall, **line)
    frame = {"fill": False, "edgecolor": LIGHT.ink, "linewidth": 1.8}
    axis.add_patch(Rectangle((0, 0), width, height, **frame))


def remembered(maps, marked, block=2):
    """Small maps side by side, every number in its cell, some of the cells marked.

    maps: {title: (H, W)}. marked: {title: (H, W) bool} for those that have marks; their blocks of
    block x block cells have thick edges. Returns a matplotlib Figure.
    """
    widths = [max(np.shape(each)[1], 2.5) for each in maps.values()]
    tall = max(np.shape(each)[0] for each in maps.values()) + 1.4
    wide = sum(widths) + 1.2 * (len(maps) - 1) + 0.4
    figure = Figure(figsize=(CELL * wide, CELL * tall), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-0.2, wide - 0.2), ylim=(tall - 1.2, -1.2))
    axes.set_axis_off()
    left = 0.0
    for (title, each), width in zip(maps.items(), widths):
        axes.text(left, -0.3, title, fontsize=FONT, color=LIGHT.ink, va="bottom")
        _draw_numbers(axes, left, np.asarray(each), marked.get(title))
        if title in marked:
            _draw_blocks(axes, left, np.shape(each), block)
        left += width + 1.2
    return figure


def _draw_numbers(axes, left, numbers, marks):
    for (row, column), number in np.ndenumerate(numbers):
        face = SHADES[1] if number else "white"
        if marks is not None and marks[row, column]:
            face = NOW
        look = {"facecolor": face, "edgecolor": LIGHT.faint, "linewidth": 0.6}
        axes.add_patch(Rectangle((left + column, row), 1, 1, **look))
        text = f"{float(number) + 0.0:.3g}".replace("-", "\N{MINUS SIGN}")
        style = {"ha": "center", "va": "center", "fontsize": min(1, 4.5 / len(text)) * FONT}
        colour = LIGHT.ink if number else LIGHT.faint
        axes.text(left + column + 0.5, row + 0.5, text, color=colour, **style)


def _draw_blocks(axes, left, shape, block):
    """The edges of windows, of which the last may be cut off by the map's."""
    rows, columns = shape
    line = {"color": LIGHT.ink, "linewidth": 1.6}
    for y in {*range(0, rows, block), rows}:
        axes.plot((left, left + columns), (y, y), **line)
    for x in {*range(0, columns, block), columns}:
        axes.plot((left + x, left + x), (0, rows), **line)
