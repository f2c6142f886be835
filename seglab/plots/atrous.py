"""Kernels with holes: where they read, what a stack of them sees, and what counts in the end."""

import numpy as np
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from seglab.plots.axes import bare
from seglab.plots.blocks import LIGHT

CELL = 0.3  # inches
WIDEST = 10.5  # inches
FONT = 9.5
LEVEL = 2.1  # cells from one row of a stack to the next
FRAME, HOLE = "#c43c00", "#f6b26b"


def atrous_kernels(rates, kernel=3):
    """The cells that one kernel reads at several rates, side by side on grids of one size.

    rates: whole numbers. kernel: cells along a side. Returns a matplotlib Figure.
    """
    side = (kernel - 1) * max(rates) + 3
    inches = min(CELL * side, WIDEST / len(rates) - 0.3)
    size = (len(rates) * (inches + 0.3), inches + 0.4)
    figure = Figure(figsize=size, facecolor=LIGHT.background, layout="constrained")
    for axis, rate in zip(figure.subplots(1, len(rates), squeeze=False)[0], rates):
        first = (side - 1 - (kernel - 1) * rate) // 2
        places = range(first, first + kernel * rate, rate)
        for y, x in np.ndindex(side, side):
            read = y in places and x in places
            middle = read and y == x == side // 2
            face = LIGHT.edge if middle else LIGHT.block if read else LIGHT.copied
            look = {"facecolor": face, "edgecolor": "0.75", "linewidth": 0.6}
            axis.add_patch(Rectangle((x, y), 1, 1, **look))
        axis.set(xlim=(-0.05, side + 0.05), ylim=(side + 0.05, -0.05), aspect="equal")
        axis.set_axis_off()
        axis.set_title(f"rate {rate}", fontsize=FONT + 1, color=LIGHT.ink)
    return figure


def dilated_stack(rates, kernel=3, below="page"):
    """What one cell sees through convolutions with holes, layer by layer down to the page.

    rates: of each layer, the one next to the page first. kernel: cells of each. below: the name of
    the lowest row. What is seen is blue; what falls through, in the lowest row, is orange. Returns
    a matplotlib Figure.
    """
    levels = [{0}]
    for rate in reversed(rates):
        reads = [round((i - (kernel - 1) / 2) * rate) for i in range(kernel)]
        levels.insert(0, {place + read for place in levels[0] for read in reads})
    left, right = min(levels[0]), max(levels[0])
    width, height = right - left + 5.5, LEVEL * len(rates) + 1.3
    scale = min(1, WIDEST / (CELL * width))
    size = (CELL * width * scale, CELL * height * scale + 0.3)
    figure = Figure(figsize=size, facecolor=LIGHT.background, layout="constrained")
    axis = figure.subplots()
    axis.set(xlim=(left - 4.2, right + 1.3), ylim=(-0.3, height))
    axis.set_axis_off()
    names = [below, *(f"rate {rate}" for rate in rates)]
    for level, (places, name) in enumerate(zip(levels, names)):
        axis.text(left - 0.5, LEVEL * level + 0.5, name, ha="right", va="center", fontsize=FONT)
        for x in range(left, right + 1):
            missed = LIGHT.copied if level else HOLE
            face = LIGHT.block if x in places else missed
            look = {"facecolor": face, "edgecolor": LIGHT.edge, "linewidth": 0.7}
            axis.add_patch(Rectangle((x, LEVEL * level), 1, 1, **look))
        for place in levels[level + 1] if level < len(rates) else ():
            for x in {x for x in places if abs(x - place) <= (kernel - 1) / 2 * rates[level]}:
                if (x - place - round((1 - kernel) / 2 * rates[level])) % rates[level] == 0:
                    ends = (x + 0.5, place + 0.5), (LEVEL * level + 1, LEVEL * (level + 1))
                    axis.plot(*ends, color=LIGHT.faint, linewidth=0.7)
    handles = [
        Patch(facecolor=LIGHT.block, label="seen"),
        Patch(facecolor=HOLE, label="falls through"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False)
    return figure


def effective_fields(maps, frames):
    """How much a score depends on each pixel around it, and how far it could depend on them.

    maps: {title: (H, W)}, from 0 on; each has its own scale, small values are lifted. frames:
    {title: ((top, bottom), (left, right))}, the theoretical field in pixels of the map, the end
    excluded; it is dashed. Returns a matplotlib Figure.
    """
    side = min(WIDEST / len(maps), 3.2)
    size = (side * len(maps), side + 0.75)
    figure = Figure(figsize=size, facecolor=LIGHT.background, layout="constrained")
    for axis, (title, each) in zip(figure.subplots(1, len(maps), squeeze=False)[0], maps.items()):
        norm = PowerNorm(0.5, 0, float(np.max(each)) or 1.0)
        axis.imshow(each, cmap="Blues", norm=norm, interpolation="nearest")
        (top, bottom), (left, right) = frames[title]
        corner, extent = (left - 0.5, top - 0.5), (right - left, bottom - top)
        look = {"edgecolor": FRAME, "linewidth": 1.6, "linestyle": "--"}
        axis.add_patch(Rectangle(corner, *extent, fill=False, **look))
        axis.set_title(title, fontsize=FONT + 0.5, color=LIGHT.ink)
        bare(axis)
    handle = Patch(facecolor="none", edgecolor=FRAME, linestyle="--", label="theoretical field")
    figure.legend(handles=[handle], loc="outside lower center", frameon=False)
    return figure
