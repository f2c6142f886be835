"""The sliding window: windows on a page, the cells they speak for, and the work they repeat."""

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator, NullLocator

from seglab.pages import CLASSES
from seglab.plots.axes import bare, one_two_five
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import INK, PAPER, overlay
from seglab.plots.receptive_fields import COLOURS as FRAMES

CENTRE = {"marker": "s", "markersize": 5, "markerfacecolor": "none", "markeredgewidth": 1.6}
RED = "#e00000"  # a centre pixel; no class and no frame has it
PLATE = {"facecolor": "white", "edgecolor": RED, "pad": 2}
EQUAL, DIFFERENT = "#9fd8c4", "#d55e00"
MOST_NUMBERED = 250  # cells of a map in which numbers can still be read


def windows_on_page(image, pixels, size, windows, said=None):
    """Frames on a page where windows should lie, and beside it the windows that were cut.

    image: (H, W, 1), ink 1.0. pixels: up to seven [(row, column)]. windows: one a pixel,
    (size, size, 1) if all is well; else its shape is written over it. A window labels its pixel
    `size // 2`, counted from 0, which is marked. said: a line for each window, put above it.
    Returns a matplotlib Figure.
    """
    said = said or [f"around ({row}, {column})" for row, column in pixels]
    height, width = image.shape[:2]
    columns = -(-len(pixels) // 3)
    share = min(max(width / height, 0.5), 2)
    figure = Figure(figsize=(4.6 * share + 1.7 * columns, 4.8), layout="constrained")
    page, parts = figure.subfigures(1, 2, width_ratios=(4.6 * share, 1.7 * columns))
    axis = page.subplots()
    _draw_ink(axis, image)
    # Windows may hang over the page's edge; there is paper, too.
    axis.set(xlim=(-size / 2 - 1, width + size / 2), ylim=(height + size / 2, -size / 2 - 1))
    axis.set_facecolor("#e9edf1")
    grid = parts.subplots(min(len(pixels), 3), columns, squeeze=False)
    for colour, (row, column), window, line, small in zip(
        FRAMES, pixels, windows, said, grid.T.flat
    ):
        corner = column - size // 2 - 0.5, row - size // 2 - 0.5
        axis.add_patch(Rectangle(corner, size, size, fill=False, edgecolor=colour, linewidth=1.8))
        axis.plot(column, row, color=RED, **CENTRE)
        _draw_ink(small, np.asarray(window))
        if np.shape(window) == (size, size, 1):
            small.plot(size // 2, size // 2, color=RED, **CENTRE)
        else:
            place = {"transform": small.transAxes, "ha": "center", "va": "center"}
            shape = f"its shape is\n{np.shape(window)}"
            small.text(0.5, 0.5, shape, **place, fontsize=9, color=RED, bbox=PLATE)
        small.spines[:].set(color=colour, linewidth=2.5)
        small.set_title(line, fontsize=9, color=LIGHT.ink)
    for small in grid.T.flat[len(pixels) :]:
        small.set_axis_off()
    return figure


def window_grid(windows, classes, columns=8):
    """Windows side by side, framed in the colour of their class; the centre pixel is marked.

    windows: (n, size, size, 1). classes: (n,). Returns a matplotlib Figure.
    """
    rows = -(-len(windows) // columns)
    figure = Figure(figsize=(1.15 * columns, 1.35 * rows), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False)
    for axis, window, c in zip(grid.flat, windows, classes):
        _draw_ink(axis, window)
        axis.plot(len(window) // 2, len(window) // 2, color=RED, **CENTRE)
        axis.spines[:].set(color=INK[c] / 255 if c else LIGHT.faint, linewidth=2.5)
        axis.set_title(CLASSES[c], fontsize=8.5, color=INK[c] / 255 if c else LIGHT.faint)
    for axis in grid.flat[len(windows) :]:
        axis.set_axis_off()
    return figure


def label_cells(labels, stride):
    """A small label map, ruled into cells of stride x stride pixels. Returns a matplotlib Figure.

    labels: (H, W), classes 0, 1, 2; their numbers are shown where there is room.
    """
    height, width = labels.shape
    figure = Figure(figsize=(0.36 * width + 0.4, 0.36 * height + 0.4), layout="constrained")
    axis = figure.subplots()
    tints = ListedColormap(PAPER[: len(CLASSES)] / 255)
    axis.imshow(labels, cmap=tints, vmin=0, vmax=len(CLASSES) - 1, interpolation="nearest")
    if labels.size <= MOST_NUMBERED:
        for (row, column), c in np.ndenumerate(labels):
            axis.text(column, row, int(c), ha="center", va="center", fontsize=8, color=LIGHT.faint)
    line = {"color": LIGHT.ink, "linewidth": 1.6, "capstyle": "projecting"}
    rows, columns = ([*range(0, side, stride), side] for side in (height, width))
    axis.hlines(np.subtract(rows, 0.5), -0.5, width - 0.5, **line)
    axis.vlines(np.subtract(columns, 0.5), -0.5, height - 0.5, **line)
    axis.set(xlim=(-0.6, width - 0.4), ylim=(height - 0.4, -0.6))
    axis.set_axis_off()
    return figure


def strides(page, maps, seconds, accuracies):
    """Label maps at several strides, and what each stride costs and gives.

    page: a labelled page. maps: {stride: labels (H, W)}. seconds, accuracies: {stride: number},
    the pixel accuracy as a share. Returns a matplotlib Figure.
    """
    height, width = page.labels.shape
    pictures = {"ground truth": page.labels} | {f"stride {s}": maps[s] for s in maps}
    side = 9.6 / len(pictures)
    figure = Figure(figsize=(9.6, side * height / width + 2.9), layout="constrained")
    above, below = figure.subfigures(2, 1, height_ratios=(side * height / width + 0.3, 2.6))
    for axis, (title, labels) in zip(above.subplots(1, len(pictures)), pictures.items()):
        axis.imshow(overlay(page.image, labels), interpolation="antialiased")
        axis.set_title(title, fontsize=10, color=LIGHT.ink)
        bare(axis)
    handles = [
        Patch(facecolor=PAPER[i] / 255, edgecolor=INK[i] / 255, label=name)
        for i, name in enumerate(CLASSES)
    ]
    above.legend(handles=handles, loc="outside lower center", ncols=len(CLASSES), frameon=False)
    cost, gain = below.subplots(1, 2)
    _draw_curve(cost, seconds, "seconds for the page", "o-")
    cost.set_yscale("log")
    one_two_five(cost.yaxis)
    _draw_curve(gain, accuracies, "pixel accuracy", "s-")
    gain.set_ylim(0, 1.02)  # a few points are no cliff
    return figure


def visit_counts(counts, corner, size):
    """How many windows hold each pixel, as a heat map, and the frame of one of them.

    counts: (H, W) whole numbers. corner: (row, column) of that window's first pixel. size: its
    side. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(5.4, 4.4), layout="constrained")
    axis = figure.subplots()
    heat = axis.imshow(counts, cmap="viridis", vmin=0, interpolation="nearest")
    frame = {"fill": False, "edgecolor": RED, "linewidth": 2}
    row, column = corner
    axis.add_patch(Rectangle((column - 0.5, row - 0.5), size, size, **frame))
    label = {"facecolor": RED, "edgecolor": "none", "pad": 2}
    axis.text(column + 1, row + 1, "a window", color="white", va="top", fontsize=9, bbox=label)
    axis.set(xticks=[], yticks=[])
    bar = figure.colorbar(heat, label="windows that hold the pixel")
    bar.ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def agreement(maps):
    """Where two computations of the same features agree, layer by layer.

    maps: {title: (H, W) of True where all channels are equal}. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(1.75 * len(maps), 2.6), layout="constrained")
    for axis, (title, equal) in zip(figure.subplots(1, len(maps), squeeze=False)[0], maps.items()):
        colours = ListedColormap([DIFFERENT, EQUAL])
        axis.pcolormesh(equal, cmap=colours, vmin=0, vmax=1, edgecolors="white", linewidth=0.4)
        axis.set(aspect="equal", ylim=(len(equal), 0))
        axis.set_title(title, fontsize=9, color=LIGHT.ink)
        axis.set_axis_off()
    named = [(EQUAL, "equal"), (DIFFERENT, "different")]
    handles = [Patch(facecolor=colour, label=name) for colour, name in named]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False)
    return figure


def _draw_ink(axis, image):
    axis.imshow(1 - image[..., 0], cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    bare(axis)


def _draw_curve(axis, numbers, label, line):
    places = list(numbers)
    axis.plot(places, [numbers[s] for s in places], line, color=LIGHT.along[0], markersize=5)
    axis.set_xscale("log", base=2)
    axis.set_xticks(places, [f"{s}" for s in places])
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_xlabel("stride", color=LIGHT.ink, fontsize=9.5)
    axis.set_ylabel(label, color=LIGHT.ink, fontsize=9.5)
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(True, color="0.9", linewidth=0.7)
    axis.tick_params(labelsize=9)
