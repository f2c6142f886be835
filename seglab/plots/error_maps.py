"""What tells models apart: where each is wrong on a page, and quality against seconds."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from seglab.plots.axes import bare, one_two_five
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import overlay
from seglab.plots.times import looks

# Kinds of error, by true (rows) and predicted class (columns): background, text, graphic.
KINDS = np.array([[0, 2, 2], [1, 0, 3], [1, 3, 0]])
NAMES = ("right", "lost: a region called background", "invented: background called a region")
NAMES += ("confused: text and graphic",)

# Purple, green and amber: no class has them, and they keep apart for every kind of colour vision.
TINTS = np.array([(255, 255, 255), (205, 120, 180), (80, 190, 150), (245, 190, 40)], float)
INKS = np.array([(165, 165, 165), (110, 20, 85), (0, 80, 55), (125, 80, 0)], float)

COLUMNS = 3


def error_maps(page, predictions):
    """The true classes of a page, and where each of several models is wrong, and how.

    page: a page with labels 0, 1, 2. predictions: {title: labels (H, W)}. Returns a matplotlib
    Figure.
    """
    pictures = {"ground truth": overlay(page.image, page.labels)}
    for title, labels in predictions.items():
        kinds = KINDS[page.labels, labels]
        pictures[title] = page.image * INKS[kinds] + (1 - page.image) * TINTS[kinds]
    rows = -(-len(pictures) // COLUMNS)
    share = min(max(page.image.shape[0] / page.image.shape[1], 0.5), 1.6)
    size = 2.9 * COLUMNS, rows * (2.9 * share + 0.3) + 0.6
    figure = Figure(figsize=size, layout="constrained", facecolor=LIGHT.background)
    grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axis, (title, picture) in zip(grid, pictures.items()):
        axis.imshow(picture.round().astype("uint8"), interpolation="antialiased")
        bare(axis)
        axis.set_title(title, fontsize=10, color=LIGHT.ink)
    for axis in grid[len(pictures) :]:
        axis.remove()
    handles = [
        Patch(facecolor=tint / 255, edgecolor=ink / 255, label=name)
        for tint, ink, name in zip(TINTS[1:], INKS[1:], NAMES[1:])
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False)
    return figure


def quality_against_seconds(seconds, quality, front=()):
    """Models as points, fast ones left and good ones above; the front of them as steps.

    seconds, quality: {model: number}. front: names of models; what lies below and right of the
    steps is dominated by them. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(7.6, 3.8), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    handles = []
    for name in sorted(seconds, key=quality.get, reverse=True):
        colour, marker = looks(name, (LIGHT.faint, "*"))
        look = {"marker": marker, "color": colour, "markersize": 9, "linestyle": "none"}
        axis.plot(seconds[name], quality[name], **look)
        handles.append(Line2D([], [], **look, label=name.replace("_", " ")))
    steps = sorted((seconds[name], quality[name]) for name in front)
    if steps:
        line = {"color": LIGHT.faint, "linewidth": 1.2, "linestyle": "--", "zorder": 0}
        axis.plot(*zip(*steps), drawstyle="steps-post", **line)
        handles.append(Line2D([], [], **line, label="the front"))
    axis.set(xscale="log", xlabel="seconds per page", ylabel="mean IoU")
    one_two_five(axis.xaxis)
    axis.margins(0.12)
    axis.grid(color="0.92")
    axis.spines[["top", "right"]].set_visible(False)
    figure.legend(handles=handles, loc="outside right center", frameon=False)
    return figure
