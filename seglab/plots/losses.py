"""Losses and metrics to look at: what is right and wrong, the counts, and what a loss wants."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from seglab.pages import CLASSES
from seglab.plots.blocks import LIGHT
from seglab.plots.pages import INK, PAPER

# True positives, false positives, false negatives: none of them has a class's colour.
OUTCOMES = {
    "TP": ("{}, found", "#9fd8c4"),
    "FP": ("found, but not {}", "#e3b7d0"),
    "FN": ("{}, missed", "#f0d98a"),
}
STYLES = ("-", "--", "-.", ":")


def outcomes(hits, name):
    """Which pixels are true positives, false positives and false negatives of a class.

    hits: {"TP": (H, W) bool, "FP": ..., "FN": ...}. name: the class's. Returns a matplotlib Figure.
    """
    height, width = hits["TP"].shape
    figure = Figure(figsize=(0.33 * width + 2.6, 0.33 * height + 0.4), layout="constrained")
    axis = figure.subplots()
    for outcome, (_, colour) in OUTCOMES.items():
        for row, column in np.argwhere(hits[outcome]):
            axis.add_patch(Rectangle((column, row), 1, 1, facecolor=colour))
            axis.text(column + 0.5, row + 0.5, outcome, ha="center", va="center", fontsize=7.5)
    grid = {"color": "0.75", "linewidth": 0.5}
    axis.hlines(range(height + 1), 0, width, **grid)
    axis.vlines(range(width + 1), 0, height, **grid)
    axis.set(xlim=(-0.05, width + 0.05), ylim=(height + 0.05, -0.05), aspect="equal")
    axis.set_axis_off()
    _outcome_legend(figure, name)
    return figure


def confusion_table(confusion, names=CLASSES, marked=None):
    """A confusion matrix with its numbers: rows are the truth, columns the prediction.

    confusion: (n, n). names: of the classes. marked: a class whose true positives, false positives
    and false negatives are coloured; None: cells are the darker, the larger their share of the row.
    """
    count = len(confusion)
    size = 1.05 * count + (3.4 if marked is not None else 1.5), 0.55 * count + 0.9
    figure = Figure(figsize=size, layout="constrained")
    axis = figure.subplots()
    most = np.maximum(np.sum(confusion, axis=1, keepdims=True), 1)
    for (row, column), pixels in np.ndenumerate(confusion):
        shade = 1 - 0.3 * pixels / most[row, 0]
        colour = (shade, shade, shade)
        if marked in (row, column):
            outcome = "TP" if row == column else "FN" if row == marked else "FP"
            colour = OUTCOMES[outcome][1]
        elif marked is not None:
            colour = "white"
        box = {"facecolor": colour, "edgecolor": "0.6", "linewidth": 0.6}
        axis.add_patch(Rectangle((column, row), 1, 1, **box))
        axis.text(column + 0.5, row + 0.5, f"{pixels:,}", ha="center", va="center", fontsize=10)
    middles = np.arange(count) + 0.5
    axis.set_xticks(middles, names[:count])
    axis.set_yticks(middles, names[:count])
    axis.set(
        xlim=(-0.02, count + 0.02), ylim=(count + 0.02, -0.02), xlabel="prediction", ylabel="truth"
    )
    axis.xaxis.set_label_position("top")
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
    if marked is not None:
        _outcome_legend(figure, names[marked])
    return figure


def loss_curves(chances, curves, lowest):
    """Losses of a network that says the same at every pixel, against what it says.

    chances: the probability that it gives to the rare class. curves: {title: losses}. lowest:
    {title: (chance, loss)}, marked by a dot. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(7.2, 3.6), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    for colour, style, (title, values) in zip(LIGHT.along, STYLES, curves.items()):
        axis.plot(chances, values, style, color=colour, linewidth=1.8, label=title)
        axis.plot(*lowest[title], "o", color=colour, markersize=7)
        beside = {"xytext": (0, 6), "textcoords": "offset points", "ha": "center"}
        axis.annotate(f"{lowest[title][0]:.2f}", lowest[title], color=colour, **beside)
    axis.set(xlabel="probability of the rare class, at every pixel", ylabel="loss", ylim=(0, 2.2))
    axis.set_xlim(0, 1)
    axis.grid(color="0.92")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, loc="upper center", ncols=len(curves))
    return figure


def pulls(situations):
    """How strongly two classes pull at the scores, to the left and to the right, by each loss.

    situations: {title of a panel: {loss: {class: pull}}}, two classes. Returns a matplotlib Figure.
    """
    losses = next(iter(situations.values()))
    classes = list(next(iter(losses.values())))
    figure = Figure(figsize=(4.4 * len(situations), 0.5 * len(losses) + 1.2), layout="constrained")
    axes = figure.subplots(1, len(situations), squeeze=False, sharey=True)[0]
    for axis, (title, of_losses) in zip(axes, situations.items()):
        for side, colour, name in zip((-1, 1), (LIGHT.faint, LIGHT.along[0]), classes):
            lengths = [side * each[name] for each in of_losses.values()]
            bars = axis.barh(list(of_losses), lengths, 0.6, color=colour, label=name)
            shown = [f"{abs(length):.2f}" for length in lengths]
            axis.bar_label(bars, shown, padding=4, fontsize=9)
        most = max(max(each.values()) for each in of_losses.values())
        axis.set(xlim=(-1.25 * most, 1.25 * most), xticks=[])
        axis.set_title(title, fontsize=10)
        axis.axvline(0, color="0.3", linewidth=0.8)
        axis.tick_params(left=False)
        axis.spines[:].set_visible(False)
    axes[0].invert_yaxis()
    handles, names = axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=2, frameon=False)
    return figure


def iou_and_dice(pairs):
    """A dot for the (IoU, Dice) of each of many predictions; the diagonal is where both agree."""
    figure = Figure(figsize=(3.9, 3.7), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    axis.plot((0, 1), (0, 1), color="0.8", linewidth=1)
    axis.plot(*np.transpose(pairs), "o", color=LIGHT.along[0], markersize=4, alpha=0.6)
    axis.set(xlabel="IoU", ylabel="Dice", xlim=(0, 1.02), ylim=(0, 1.02), aspect="equal")
    axis.grid(color="0.92")
    axis.spines[["top", "right"]].set_visible(False)
    return figure


def class_scores(scores, title):
    """Bars of a score for each class, beside each other for every model or training.

    scores: {model: (n,) scores of background, text, graphic}; NaN has no bar. title: the score's.
    """
    figure = Figure(figsize=(7.2, 0.62 * len(scores) + 1.5), layout="constrained")
    axis = figure.subplots()
    high = 0.8 / len(CLASSES)
    for number, name in enumerate(CLASSES):
        places = np.arange(len(scores)) + (number - 1) * high
        widths = [each[number] for each in scores.values()]
        look = {"color": PAPER[number] / 255, "edgecolor": INK[number] / 255, "linewidth": 0.8}
        bars = axis.barh(places, widths, 0.92 * high, label=name, **look)
        axis.bar_label(bars, [f"{w:.0%}" if w == w else "" for w in widths], padding=4, fontsize=9)
    axis.set_yticks(range(len(scores)), list(scores))
    axis.invert_yaxis()
    axis.set(xlim=(0, 1), xlabel=title)
    axis.xaxis.set_major_formatter(PercentFormatter(1))
    axis.tick_params(left=False)
    axis.spines[["top", "right", "left"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=len(CLASSES), frameon=False)
    return figure


def _outcome_legend(figure, name):
    figure.legend(
        handles=[
            Patch(facecolor=colour, label=f"{short}: {text.format(name)}")
            for short, (text, colour) in OUTCOMES.items()
        ],
        loc="outside right center",
        frameon=False,
    )
