"""Transfer learning: where an encoder is tapped, what moves, and what pre-training is worth."""

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from seglab.plots.blocks import LIGHT
from seglab.plots.losses import STYLES

MARKERS = "os^D"
STRIDES = (2, 4, 8, 16, 32)
FOUND = LIGHT.down


def taps(size, sides, found):
    """The side of every layer's map along an encoder, and the layers at which it is tapped.

    size: of the image. sides: of the maps, in the order of the layers. found: places in `sides`;
    those beyond its ends are not drawn. Returns a matplotlib Figure.
    """
    figure = Figure(figsize=(8.6, 3.4), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    axis.hlines([size / s for s in STRIDES], 0, len(sides) - 1, color="0.85", linewidth=0.8)
    axis.plot(range(len(sides)), sides, ".", color=LIGHT.along[0], markersize=4, label="layers")
    inside = [place for place in found if 0 <= place < len(sides)]
    heights = [sides[place] for place in inside]
    look = {"color": FOUND, "markersize": 9, "fillstyle": "none", "markeredgewidth": 1.6}
    axis.plot(inside, heights, "o", label="tapped", **look)
    for place, height in zip(inside, heights):
        above = {"xytext": (0, 7), "textcoords": "offset points", "ha": "center", "fontsize": 9}
        axis.annotate(str(place), (place, height), color=FOUND, **above)
    axis.set(xlabel="layer", ylabel="side of its map")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.set_yscale("log", base=2)
    ticks = [size, *(size / s for s in STRIDES)]
    axis.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.yaxis.set_minor_locator(NullLocator())
    axis.margins(0.02, 0.12)
    _plain(figure, axis)
    return figure


def running_means(means, target):
    """Running means step by step, one curve for each momentum, and the mean they run after.

    means: {title: one mean a step, the first before any}. target: a number. Returns a matplotlib
    Figure.
    """
    figure = Figure(figsize=(7.2, 3.2), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    axis.axhline(target, color=LIGHT.faint, linewidth=0.8, linestyle=":", label="the new pages")
    for colour, style, (title, values) in zip(LIGHT.along, STYLES, means.items()):
        axis.plot(range(len(values)), values, style, color=colour, linewidth=1.8, label=title)
    axis.set(xlabel="training steps", ylabel="running mean")
    axis.margins(x=0)
    _plain(figure, axis)
    return figure


def learning_curves(numbers, curves, reading=None):
    """Scores against the number of labelled pages, a curve for each way to start.

    numbers: of pages. curves: {title: their scores}. reading: (number, score, other number): an
    arrow goes from the first to the other, at this height; None: no arrow. Returns a matplotlib
    Figure.
    """
    figure = Figure(figsize=(7.2, 3.8), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    for colour, marker, (title, scores) in zip(LIGHT.along, MARKERS, curves.items()):
        axis.plot(numbers, scores, f"-{marker}", color=colour, markersize=5, label=title)
    ticks = list(numbers)
    if reading is not None:
        start, score, end = reading
        arrow = {"arrowstyle": "-|>", "color": FOUND, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        axis.annotate("", (end, score), (start, score), arrowprops=arrow)
        axis.axvline(end, color=FOUND, linewidth=0.8, linestyle=":")
        beside = {"xytext": (4, 5), "textcoords": "offset points", "fontsize": 9}
        foot = {"xycoords": axis.get_xaxis_transform(), "color": FOUND}
        axis.annotate(f"{end:.0f} pages", (end, 0), **foot, **beside)
    axis.set_xscale("log", base=2)
    axis.set_xticks(ticks, [str(tick) for tick in ticks])
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set(xlabel="labelled pages", ylabel="mean IoU")
    axis.grid(color="0.92")
    _plain(figure, axis)
    return figure


def _plain(figure, axis):
    axis.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
