"""What methods from before deep learning go by: densities, clusters, superpixels, things."""

import numpy as np
from matplotlib.figure import Figure

from seglab.pages import CLASSES
from seglab.plots.axes import bare
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import INK, PAPER

WIDTH = 9.6  # inches, of pictures side by side
BORDER = (196, 60, 0)  # no class's colour
# Things side by side; their colours stand for no class, and come again after the last.
THINGS = np.array(
    [(166, 206, 227), (253, 191, 111), (178, 223, 138), (202, 178, 214), (251, 154, 153)]
    + [(31, 120, 180), (255, 127, 0), (51, 160, 44), (106, 61, 154), (227, 26, 28)],
    "uint8",
)


def density_histogram(limits, counts, classes):
    """How often each class has which ink density, and which class each bin is given.

    limits: of n bins, (n + 1,). counts: (classes, n) pixels. classes: (n,), drawn as a strip below.
    Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(7.6, 3.2), layout="constrained", facecolor=LIGHT.background)
    axis, strip = figure.subplots(2, 1, sharex=True, height_ratios=(9, 1))
    for number, name in enumerate(CLASSES):
        colour, tint = INK[number] / 255, PAPER[number] / 255
        look = {"facecolor": (*tint, 0.5), "edgecolor": colour, "linewidth": 1.4}
        axis.stairs(counts[number], limits, fill=True, label=name, **look)
    axis.set(yscale="log", ylabel="pixels (logarithmic)")
    axis.legend(frameon=False)
    for left, right, own in zip(limits[:-1], limits[1:], classes):
        strip.axvspan(left, right, color=PAPER[own] / 255)
    strip.set(yticks=[], xlabel="ink density", xlim=(limits[0], limits[-1]))
    strip.set_ylabel("wins", rotation=0, ha="right", va="center")
    axis.spines[["top", "right"]].set_visible(False)
    return figure


def clusters(points, groups, centres, moved=None, axes=("first feature", "second feature")):
    """Points with two features, a colour a group, and the groups' centres; arrows where they move.

    points: (n, 2). groups: (n,), numbers of centres. centres, moved: (k, 2). Returns a matplotlib
    Figure.
    """
    few = len(points) < 50
    figure = Figure(figsize=(5.2, 3.9), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    colours = [LIGHT.along[number % len(LIGHT.along)] for number in range(len(centres))]
    for number, (colour, centre) in enumerate(zip(colours, centres)):
        own = np.asarray(points)[np.asarray(groups) == number]
        look = {"s": 60, "alpha": 1} if few else {"s": 5, "alpha": 0.35}
        axis.scatter(*own.T, color=colour, linewidths=0, **look)
        axis.plot(*centre, "P", color=colour, markersize=13, markeredgecolor="white", zorder=3)
        name = {"textcoords": "offset points", "xytext": (9, 7), "color": colour, "fontsize": 11}
        axis.annotate(f"{number}", centre, weight="bold", **name)
        if moved is not None:
            arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4}
            axis.annotate("", moved[number], centre, arrowprops=arrow)
    axis.set(xlabel=axes[0], ylabel=axes[1])
    axis.margins(0.12)
    axis.grid(color="0.93")
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)
    return figure


def borders(image, superpixels):
    """A page under the borders of its superpixels, in several versions.

    image: (H, W, 1), ink 1.0. superpixels: {title: (H, W) numbers}. Returns a matplotlib Figure.
    """
    page = np.repeat(255 - 120 * image, 3, axis=-1)
    pictures = {}
    for title, numbers in superpixels.items():
        edge = np.zeros(numbers.shape, bool)
        edge[:, 1:] |= numbers[:, 1:] != numbers[:, :-1]
        edge[1:] |= numbers[1:] != numbers[:-1]
        pictures[title] = np.where(edge[..., None], BORDER, page).astype("uint8")
    return _side_by_side(pictures)


def instances(numbers, image=None):
    """Things side by side, each in a colour of its own.

    numbers: {title: (H, W)}, 0 for nothing, a number for each thing. image: (H, W, 1), the page
    under them, ink 1.0, or None. Returns a matplotlib Figure.
    """
    pictures = {}
    for title, each in numbers.items():
        colours = np.where(each[..., None] > 0, THINGS[each % len(THINGS)], 255)
        ink = 0 if image is None else image
        pictures[title] = (colours * (1 - 0.75 * ink)).astype("uint8")
    return _side_by_side(pictures)


def _side_by_side(pictures):
    """A figure with pictures (H, W, 3) in a row, every pixel as it is."""
    shape = next(iter(pictures.values())).shape
    side = min(WIDTH / len(pictures), 4.2)
    size = side * len(pictures), side * min(shape[0] / shape[1], 2) + 0.4
    figure = Figure(figsize=size, layout="constrained", facecolor=LIGHT.background)
    axes = figure.subplots(1, len(pictures), squeeze=False)[0]
    for axis, (title, picture) in zip(axes, pictures.items()):
        axis.imshow(picture, interpolation="nearest")
        axis.set_title(title, fontsize=10, color=LIGHT.ink)
        bare(axis)
    return figure
