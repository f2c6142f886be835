"""Layers cell by cell, along one axis: convolutions, pools, what a cell sees; a U of blocks."""

from math import log2
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from seglab.plots.blocks import LIGHT

CELL = 0.3  # inches
WIDEST = 12  # inches
FONT = 9.5
TIMES = "\N{MULTIPLICATION SIGN}"


def convolution(size, kernel, stride=1, before=0, after=0, dilation=1, outputs=1, theme=LIGHT):
    """Where the kernel stands for each of `outputs` outputs, one a row, above the page.

    before, after: cells of padding, dashed. The first kernel that sticks out is red, and the last
    one drawn: so too large an `outputs` shows. Returns a matplotlib Figure.
    """
    end, span = size + after, (kernel - 1) * dilation + 1
    starts = [-before + i * stride for i in range(max(outputs, 0))]
    fitting = [start for start in starts if start + span <= end]
    starts = starts[: len(fitting) + 1]
    right = max([end, *(start + span for start in starts)])
    axes = _axes(-before - 4.5, right, len(starts) + 1, theme)
    _label(axes, -before - 0.4, 0, "page", theme)
    for x in range(-before, end):
        _cell(axes, x, 0, theme.copied, theme, dashed=not 0 <= x < size)
    for row, start in enumerate(starts, 1):
        colour = theme.block if row <= len(fitting) else theme.down
        words = f"output {row - 1}" if row <= len(fitting) else f"output {row - 1} has no room"
        _label(axes, -before - 0.4, row, words, theme)
        _cells(axes, row, range(start, start + span, dilation), colour, theme)
    return axes.figure


def transposed_convolution(size, kernel, stride=1, cut=0, outputs=None, theme=LIGHT):
    """What each of `size` input cells writes, one a row, and the `outputs` cells that are left.

    cut: cells that are taken away at both ends, hatched. Outputs that nothing reaches, or that are
    cut, are red. Returns a matplotlib Figure.
    """
    written = (size - 1) * stride + kernel
    left = written - 2 * cut if outputs is None else min(max(outputs, 0), 2 * written)
    axes = _axes(-4.5, max(written, cut + left), size + 1, theme)
    for row in range(size):
        _label(axes, -0.4, row, f"cell {row} writes", theme)
        _cells(axes, row, range(row * stride, row * stride + kernel), theme.block, theme)
    _label(axes, -0.4, size, "output", theme)
    for x in (*range(cut), *range(written - cut, written)):
        _cell(axes, x, size, theme.background, theme, hatch="////")
    for x in range(cut, cut + left):
        there = x < written - cut
        _cell(axes, x, size, theme.copied if there else theme.down, theme)
    return axes.figure


def halvings(sizes, back, theme=LIGHT):
    """A row of cells through pools of 2 and back: cells to scale, what is dropped on the way red.

    sizes: cells of the page and after each pool, [13, 6, 3, 1]. back: cells after up-sampling by
    as much as the pools have taken, 8. Returns a matplotlib Figure.
    """
    axes = _axes(-4.5, sizes[0] + 4, len(sizes) + 1, theme)
    rows = [*((count, 2**pool) for pool, count in enumerate(sizes)), (back, 1)]
    names = ["page", *(f"pool {pool}" for pool in range(1, len(sizes))), "back"]
    covered = sizes[0]
    for row, ((count, width), name) in enumerate(zip(rows, names)):
        _label(axes, -0.4, row, name, theme)
        for i in range(count):
            _cell(axes, i * width, row, theme.block, theme, width)
        for x in range(count * width, covered if row < len(sizes) else sizes[0]):
            _cell(axes, x, row, theme.background, theme, edge=theme.down, dashed=True)
        covered = count * width
        axes.text(sizes[0] + 0.4, row, str(count), va="center", color=theme.ink, fontsize=FONT + 2)
    return axes.figure


def seen_cells(layers, theme=LIGHT):
    """What one cell sees in every layer below it, down to the page, in colour.

    layers: (kernel, stride) of each, the first one first, without padding. Beside the cell stand
    its two neighbours. Returns a matplotlib Figure.
    """
    rows = _pyramid(layers)
    names = ["page", *(f"kernel {kernel}, stride {stride}" for kernel, stride in layers)]
    axes = _axes(-7, rows[0].count, 1.6 * len(rows), theme)
    heights = [1.6 * level for level in range(len(rows))][::-1]
    for row, y, name in zip(rows, heights, names):
        _label(axes, -0.4, y, name, theme)
        for i in range(row.count):
            seen = row.first <= i < row.first + row.seen
            _cell(axes, row.x(i) - 0.5, y, theme.block if seen else theme.copied, theme)
    for below, above, y in zip(rows, rows[1:], heights):
        for side in (0, 1):
            x = [row.x(row.first + side * (row.seen - 1)) + side - 0.5 for row in (below, above)]
            axes.plot(x, (y - 0.5, y - 1.1), color=theme.faint, linewidth=0.9)
    return axes.figure


class _Row(NamedTuple):
    """Cells of one layer: how many, the first one that is seen, how many are; where they stand."""

    count: int
    first: int
    seen: int
    middle: float = 0.5
    spacing: int = 1

    def x(self, cell):
        return self.middle + cell * self.spacing


def _pyramid(layers):
    """The rows of cells below one cell and its two neighbours, from the page up."""
    rows = [_Row(count=3, first=1, seen=1)]
    for kernel, stride in reversed(layers):
        count, first, seen, *_ = rows[0]
        rows.insert(
            0, _Row((count - 1) * stride + kernel, first * stride, (seen - 1) * stride + kernel)
        )
    for i, (kernel, stride) in enumerate(layers):  # a cell stands above the middle of its kernel
        below = rows[i]
        middle, spacing = below.x((kernel - 1) / 2), below.spacing * stride
        rows[i + 1] = rows[i + 1]._replace(middle=middle, spacing=spacing)
    return rows


def u_shape(shapes, names, theme=LIGHT):
    """Feature maps (rows, columns, channels) in their order, as high as their rows, level by level.

    Each block stands as deep as its rows have been halved. Returns a matplotlib Figure.
    """
    most = max(1, *(rows for rows, _, _ in shapes))
    widest = max(1, *(channels for _, _, channels in shapes))
    levels = [min(log2(most / rows), 5) if rows > 0 else 5 for rows, _, _ in shapes]
    figure = Figure(figsize=(11, 1.5 + 0.85 * max(levels)), facecolor=theme.background)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, len(shapes)), ylim=(-max(levels) - 0.85, 0.75))
    for i, ((rows, columns, channels), level, name) in enumerate(zip(shapes, levels, names)):
        width, height = 0.08 + 0.8 * channels / widest, max(0.9 * rows / most, 0.05)
        corner = (i + 0.5 - width / 2, -level - height / 2)
        look = {"facecolor": theme.block, "edgecolor": theme.edge}
        axes.add_patch(Rectangle(corner, width, height, **look))
        size = f"{rows}{TIMES}{columns}\n{TIMES}{channels}"
        style = {"ha": "center", "color": theme.ink, "fontsize": FONT + 1.5}
        axes.text(i + 0.5, -level + height / 2 + 0.06, name, va="bottom", weight="bold", **style)
        axes.text(i + 0.5, -level - height / 2 - 0.08, size, va="top", **style)
    return figure


def passed_on(ink, reached, theme=LIGHT):
    """The ink of a small page, and the pixels that it reaches, side by side.

    ink, reached: (H, W) of 0 and 1. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(6.5, 2.8), facecolor=theme.background, layout="constrained")
    for axes, pixels, title in zip(figure.subplots(1, 2), (ink, reached), ("ink", "reaches")):
        axes.pcolormesh(1 - pixels, cmap="gray", vmin=0, vmax=1, edgecolor=theme.faint, lw=0.3)
        axes.set(aspect="equal", xticks=[], yticks=[])
        axes.invert_yaxis()
        axes.set_title(title, color=theme.ink, fontsize=FONT + 1)
    return figure


def _axes(left, right, rows, theme):
    """Axes in cells: x from `left` to `right`, rows from 0 down; no wider than a notebook."""
    width, height = (right - left + 0.4) * CELL, rows * CELL
    scale = min(1, WIDEST / width)
    size = width * scale, height * scale + 0.1
    figure = Figure(figsize=size, facecolor=theme.background)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right + 0.4), ylim=(rows - 0.4, -0.7))
    axes.set_axis_off()
    return axes


def _cells(axes, row, places, face, theme):
    for x in places:
        _cell(axes, x, row, face, theme)


def _cell(axes, x, row, face, theme, width=1, edge=None, dashed=False, hatch=None):
    """One cell whose left edge is at x; rows are a little apart."""
    look = {"facecolor": face, "edgecolor": edge or theme.edge, "linewidth": 0.8, "hatch": hatch}
    style = "--" if dashed else "-"
    axes.add_patch(Rectangle((x, row - 0.42), width, 0.84, linestyle=style, **look))


def _label(axes, x, row, words, theme):
    axes.text(x, row, words, ha="right", va="center", fontsize=FONT, color=theme.ink)
