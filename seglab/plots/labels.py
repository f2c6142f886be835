"""Labels to look at: cell by cell, as one-hot channels, resized, and made by hand-written rules.

Every class has its colour of `plots.pages`. Pictures come as {title: array}, in this order.
"""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from seglab.pages import CLASSES
from seglab.plots.pages import INK, PAPER, overlay

# Small examples may have five classes; the last two colours are Okabe & Ito's green and purple.
TINTS = np.vstack([PAPER[: len(CLASSES)], [(140, 212, 190), (230, 190, 212)]]).astype("uint8")
FILLED = (112, 196, 160)  # paper that smoothing has filled: no class's colour
INVENTED = (0, 0, 0)
FRAME = "0.6"


def labelled(image, labels):
    """A page beside its labels in several readings, or by several rules.

    image: (H, W, 1), ink 1.0. labels: {title: (H, W)}; IGNORE has no colour.
    """
    pictures = {"the page": np.repeat(1 - image, 3, axis=-1)}
    pictures |= {title: overlay(image, each) for title, each in labels.items()}
    figure = _side_by_side(pictures)
    _class_legend(figure)
    return figure


def numbered_labels(labels, columns=3):
    """Small label arrays with their numbers, cell by cell. labels: {title: (H, W)}, 0 to 4."""
    figure, axes = _panels([each.shape for each in labels.values()], columns, inches=0.21)
    for axis, (title, each) in zip(axes, labels.items()):
        _draw_cells(axis, each, TINTS[each])
        axis.set_title(title, fontsize=10)
    return figure


def channels(labels, one_hot):
    """Small labels (H, W) and their one-hot channels (H, W, classes), cell by cell."""
    count = one_hot.shape[-1]
    figure, axes = _panels([labels.shape] * (count + 1), 4, inches=0.21)
    _draw_cells(axes[0], labels, TINTS[labels])
    axes[0].set_title("labels", fontsize=10)
    for number, axis in enumerate(axes[1:]):
        values = one_hot[..., number]
        colour = TINTS[number % len(TINTS)] if number else (215, 215, 215)  # white would not show
        _draw_cells(axis, values, np.where(values[..., None] > 0, colour, 255))
        axis.set_title(f"channel {number}", fontsize=10)
    return figure


def class_shares(shares):
    """A bar for each of {title: the shares of background, text, graphic}."""
    figure = Figure(figsize=(7.5, 0.5 * len(shares) + 0.9), layout="constrained")
    axis = figure.subplots()
    for number, name in enumerate(CLASSES):
        parts = [each[number] for each in shares.values()]
        before = [sum(each[:number]) for each in shares.values()]
        bars = axis.barh(
            list(shares), parts, 0.7, before, label=name, color=TINTS[number] / 255, edgecolor="0.3"
        )
        shown = [f"{part:.0%}" if part > 0.03 else "" for part in parts]
        axis.bar_label(bars, shown, label_type="center", fontsize=10)
    axis.invert_yaxis()
    axis.set(xlim=(0, 1.003), xticks=[])  # room for the last edge
    axis.spines[:].set_visible(False)
    axis.tick_params(left=False)
    _class_legend(figure)
    return figure


def resized_labels(labels, invented):
    """Labels without their page; what was invented is black.

    labels: {title: (H, W)}. invented: {title: (H, W) bool}, for those that have any.
    """
    pictures = {}
    for title, each in labels.items():
        pictures[title] = TINTS[each]
        if title in invented:
            pictures[title] = np.where(invented[title][..., None], INVENTED, TINTS[each])
    figure = _side_by_side(pictures, interpolation="nearest")
    black = Patch(facecolor=np.divide(INVENTED, 255), label="invented")
    _class_legend(figure, [black] if invented else [])
    return figure


def threshold(grey, counts, level, ink):
    """A grey scan, how often it has each grey level, and what is ink by a threshold.

    grey: (H, W) uint8. counts: of the levels 0 to 255. level: the threshold. ink: (H, W) bool.
    """
    figure, axes = _panels([grey.shape, (1, 1.3), grey.shape], 3, height=3.6)
    _draw(axes[0], "the scan", _brightness(grey))
    _draw(axes[2], "darker than the threshold", _brightness(ink))
    axes[1].fill_between(range(len(counts)), counts, step="mid", color="0.65")
    axes[1].axvline(level, color="#d55e00", linewidth=2)
    axes[1].set(xlabel="grey level", xticks=[0, 64, 128, 192, 255], yticks=[], yscale="log")
    axes[1].set_title(f"threshold {level}", fontsize=10)
    axes[1].set_ylabel("pixels (logarithmic)")
    return figure


def scans(images):
    """Pictures side by side: grey levels (H, W) uint8, or ink (H, W) bool."""
    return _side_by_side({title: _brightness(each) for title, each in images.items()})


def smoothing(ink, smeared):
    """Ink, dark, with what smoothing has filled.

    ink: (H, W) bool. smeared: {title: (H, W) bool}.
    """
    pictures = {}
    for title, each in smeared.items():
        shown = np.where(np.asarray(each, bool)[..., None], np.uint8(FILLED), np.uint8(255))
        pictures[title] = np.where(ink[..., None], INK[0], shown)
    return _side_by_side(pictures)


def scores_by_gap(gaps, scores):
    """Scores as curves over the gap of the smoothing. scores: {title: [a share for each gap]}."""
    figure = Figure(figsize=(7.2, 3.2), layout="constrained")
    axis = figure.subplots()
    for (title, shares), (style, colour) in zip(scores.items(), (("o-", "0.15"), ("s--", "0.5"))):
        axis.plot(range(len(gaps)), shares, style, color=colour)
        end = {"xytext": (10, 0), "textcoords": "offset points", "va": "center"}
        axis.annotate(title, (len(gaps) - 1, shares[-1]), color=colour, **end)
    axis.set_xticks(range(len(gaps)), gaps)
    axis.set(xlabel="gap, in pixels", ylim=(0.5, 1))
    axis.yaxis.set_major_formatter(PercentFormatter(1))
    axis.grid(axis="y", color="0.9")
    axis.spines[["top", "right"]].set_visible(False)
    return figure


def _brightness(image):
    """(H, W) grey levels, or ink that is black, as colours (H, W, 3)."""
    grey = np.where(image, 0, 255) if image.dtype == bool else image
    return np.repeat(grey[..., None], 3, axis=-1).astype("uint8")


def _side_by_side(pictures, interpolation="antialiased"):
    """Pictures (H, W, 3) of one size, four a row; wide ones three, very wide ones two."""
    height, width = next(iter(pictures.values())).shape[:2]
    columns = 4 if width < 1.2 * height else 3 if width < 1.6 * height else 2
    shapes = [picture.shape[:2] for picture in pictures.values()]
    figure, axes = _panels(shapes, columns)
    for axis, (title, picture) in zip(axes, pictures.items()):
        _draw(axis, title, picture, interpolation)
    return figure


def _panels(shapes, columns, inches=None, height=None):
    """A figure with an axis for each (H, W): `inches` a pixel, or panels that fill 9 inches.

    height: the most inches that a row may be high.
    """
    columns = min(columns, len(shapes))
    rows = -(-len(shapes) // columns)
    widths = [max(shape[1] / shape[0] for shape in shapes[i::columns]) for i in range(columns)]
    high = inches * max(shape[0] for shape in shapes) if inches else 8.6 / sum(widths)
    high = min(high, height or 4.2)
    size = high * sum(widths) + 0.3 * columns, rows * (high + 0.4) + 0.3
    figure = Figure(figsize=size, layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False, width_ratios=widths).ravel()
    for axis in grid[len(shapes) :]:
        axis.remove()
    return figure, grid[: len(shapes)]


def _draw(axis, title, picture, interpolation="antialiased"):
    axis.imshow(picture, interpolation=interpolation)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(color=FRAME, linewidth=0.6)
    axis.set_title(title, fontsize=10)


def _draw_cells(axis, values, colours):
    """Numbers in cells. values: (H, W). colours: (H, W, 3), 0 to 255."""
    height, width = values.shape
    axis.imshow(np.asarray(colours, "uint8"), interpolation="nearest")
    axis.set_xticks(np.arange(width + 1) - 0.5, [])
    axis.set_yticks(np.arange(height + 1) - 0.5, [])
    axis.grid(color=FRAME, linewidth=0.5)
    axis.tick_params(length=0)
    axis.spines[:].set(color=FRAME, linewidth=0.5)
    for (row, column), value in np.ndenumerate(values):
        axis.text(column, row, f"{value:g}", ha="center", va="center", fontsize=8, color="0.15")


def _class_legend(figure, more=()):
    handles = [
        Patch(facecolor=TINTS[number] / 255, edgecolor=INK[number] / 255, label=name)
        for number, name in enumerate(CLASSES)
    ]
    figure.legend(
        handles=[*handles, *more],
        loc="outside lower center",
        ncols=len(handles) + len(more),
        frameon=False,
    )
