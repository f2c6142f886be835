"""Seconds against page size, and against quality."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from seglab.plots.axes import FONT, name_points, one_two_five
from seglab.plots.blocks import LIGHT

# The lecture's models keep their place in the theme's colours, and their marker, in every figure.
MODELS = ("sliding_window", "fcn", "skip_fcn", "transposed_fcn", "unet")
MARKERS = "sov^D"
TIMES = "\N{MULTIPLICATION SIGN}"

PANEL, COLUMNS = (5.4, 4.6), 2  # inches; panels in a row
BAR = {"linewidth": 4, "alpha": 0.35}


@dataclass(frozen=True)
class Curve:
    """One model's seconds on pages of several sizes.

    model: its name. title: what the figure calls it. sizes: (H, W) of the pages. seconds: per page.
    low, high: the quartiles. exponent: of the fitted growth, or None. quality: mean IoU, or None.
    """

    model: str
    title: str
    sizes: list
    seconds: list
    low: list
    high: list
    exponent: float | None = None
    quality: float | None = None


def times(variants, theme=LIGHT):
    """Seconds per page against page size, log-log; beside it mean IoU against seconds, if known.

    variants: {title of a panel: its Curves}. The mean IoU is shown at the seconds of the first
    panel on its smallest page. Returns a matplotlib Figure.
    """
    scored = [curve for curve in next(iter(variants.values())) if curve.quality is not None]
    panels = len(variants) + bool(scored)
    grid = -(-panels // COLUMNS), min(panels, COLUMNS)
    size = grid[1] * PANEL[0], grid[0] * PANEL[1]
    figure = Figure(figsize=size, facecolor=theme.background, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.1)
    axes = [figure.add_subplot(*grid, i + 1) for i in range(panels)]
    for axis, (title, curves) in zip(axes, variants.items()):
        _style(axis, f"Time against size, in {title}", theme)
        _draw_growth(axis, curves, theme)
        axis.sharey(axes[0])
    axes[0].autoscale_view()  # to the curves of all panels; only now labels find their place
    for axis, curves in zip(axes, variants.values()):
        ends = [(np.prod(curve.sizes[-1]), curve.seconds[-1]) for curve in curves]
        _label(axis, ends, [_growth_text(curve) for curve in curves], curves, theme)
    if scored:
        _style(axes[-1], "Quality against time", theme)
        _draw_quality(axes[-1], scored, theme)
    return figure


def _draw_growth(axis, curves, theme):
    for curve in curves:
        pixels, (colour, marker) = np.prod(curve.sizes, axis=1), _looks(curve, theme)
        axis.plot(pixels, curve.seconds, marker=marker, color=colour, linewidth=1.6, markersize=5)
        axis.vlines(pixels, curve.low, curve.high, color=colour, **BAR)
    sizes = sorted(set(curves[0].sizes), key=np.prod)
    axis.set(xscale="log", yscale="log", ylabel="seconds per page (bar: middle half of the pages)")
    axis.set_xlabel(f"page of n pixels, height {TIMES} width")
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_xticks(np.prod(sizes, axis=1), [f"{h}{TIMES}{w}" for h, w in sizes])
    one_two_five(axis.yaxis)


def _growth_text(curve):
    if curve.exponent is None:
        return curve.title
    return rf"{curve.title} $\propto n^{{{curve.exponent:.2f}}}$"


def _draw_quality(axis, curves, theme):
    for curve in curves:
        colour, marker = _looks(curve, theme)
        axis.plot(curve.seconds[0], curve.quality, marker, color=colour, markersize=7)
        axis.hlines(curve.quality, curve.low[0], curve.high[0], color=colour, **BAR)
    height, width = curves[0].sizes[0]
    axis.set(xscale="log", ylabel="mean IoU on the test pages")
    axis.set_xlabel(f"seconds per page of {height}{TIMES}{width} pixels")
    one_two_five(axis.xaxis)
    axis.margins(0.12)
    points = [(curve.high[0], curve.quality) for curve in curves]
    _label(axis, points, [curve.title for curve in curves], curves, theme)


def looks(model, other, theme=LIGHT):
    """A model's colour and marker; those that the lecture does not have look like `other`."""
    if model not in MODELS:
        return other
    place = MODELS.index(model)
    return theme.along[place], MARKERS[place]


def _looks(curve, theme):
    return looks(curve.model, (theme.faint, "."), theme)


def _label(axis, points, texts, curves, theme):
    name_points(axis, points, texts, [_looks(curve, theme)[0] for curve in curves])


def _style(axis, title, theme):
    axis.set_title(title, fontsize=FONT + 1, color=theme.ink, loc="left")
    axis.set_facecolor(theme.background)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color(theme.faint)
    axis.tick_params(colors=theme.faint, labelsize=FONT - 1)
    axis.xaxis.label.set(color=theme.ink, fontsize=FONT)
    axis.yaxis.label.set(color=theme.ink, fontsize=FONT)
