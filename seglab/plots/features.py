"""Close-ups: labels of which every pixel is seen, and the maps from which they come."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from seglab.pages import CLASSES
from seglab.plots.axes import bare
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import INK, PAPER, overlay

ROW = 9.6  # inches across
CELL_EDGE = {"color": LIGHT.faint, "linewidth": 0.5, "alpha": 0.6}


def close_up(image, labels, cell=None):
    """A part of a page and its labels in several versions, every pixel a square.

    image: (H, W, 1), ink 1.0. labels: {title: (H, W)}. cell: pixels of a cell, whose edges are
    drawn over the labels; None: no edges. Returns a matplotlib Figure.
    """
    pictures = {"the page": np.repeat(1 - image, 3, axis=-1)}
    pictures |= {title: overlay(image, each) for title, each in labels.items()}
    figure, axes = _row(image.shape[0] / image.shape[1], len(pictures), legend=0.3)
    for axis, (title, picture) in zip(axes, pictures.items()):
        axis.imshow(picture, interpolation="nearest")
        axis.set_title(title, fontsize=10, color=LIGHT.ink)
        if cell and axis is not axes[0]:
            _draw_cells(axis, image.shape[:2], cell)
    figure.legend(
        handles=[
            Patch(facecolor=PAPER[i] / 255, edgecolor=INK[i] / 255, label=name)
            for i, name in enumerate(CLASSES)
        ],
        loc="outside lower center",
        ncols=len(CLASSES),
        frameon=False,
    )
    return figure


def feature_maps(maps):
    """Maps beside each other in one scale of colours: green above 0, purple below, white at 0.

    maps: {title: (H, W)}, of any sizes; all are drawn equally high. Returns a matplotlib Figure.
    """
    shapes = [each.shape for each in maps.values()]
    figure, axes = _row(max(height / width for height, width in shapes), len(maps))
    most = max(float(np.abs(each).max(initial=0)) for each in maps.values()) or 1.0
    for axis, (title, each) in zip(axes, maps.items()):
        drawn = axis.imshow(each, cmap="PRGn", vmin=-most, vmax=most, interpolation="nearest")
        axis.set_title(f"{title}\n{each.shape[0]} x {each.shape[1]}", fontsize=10, color=LIGHT.ink)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.7, pad=0.01)
    bar.ax.tick_params(labelsize=8)
    return figure


def _row(share, count, legend=0.0):
    """A figure with `count` bare axes in a row, each `share` times as high as wide."""
    side = min(ROW / count, 4.2)
    size = side * count, side * min(share, 2) + 0.5 + legend
    figure = Figure(figsize=size, layout="constrained", facecolor=LIGHT.background)
    axes = figure.subplots(1, count, squeeze=False)[0]
    for axis in axes:
        bare(axis)
    return figure, axes


def _draw_cells(axis, shape, cell):
    for draw, side in zip((axis.axhline, axis.axvline), shape):
        for edge in range(cell, side, cell):
            draw(edge - 0.5, **CELL_EDGE)
