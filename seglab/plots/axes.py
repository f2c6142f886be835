"""What figures share: frames of pictures, numbers along a logarithmic axis, texts beside points."""

import numpy as np
from matplotlib.ticker import LogLocator, NullLocator
from scipy.optimize import isotonic_regression

FONT, LINE = 9.5, 13  # points


def bare(axis):
    """A thin frame around a picture, and no ticks."""
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(color="0.7", linewidth=0.6)


def one_two_five(numbers):
    """Ticks 1, 2, 5, 10, ... written out. numbers: `axis.xaxis` or `axis.yaxis`, logarithmic."""
    numbers.set_major_locator(LogLocator(subs=(1, 2, 5)))
    numbers.set_major_formatter("{x:g}")
    numbers.set_minor_locator(NullLocator())


def name_points(axis, points, texts, colours):
    """A text right of every point, moved up or down so that no two lines of text touch."""
    heights = axis.transData.transform(points)[:, 1] * 72 / axis.figure.dpi
    shifts = apart(heights) - heights
    for point, text, colour, shift in zip(points, texts, colours, shifts, strict=True):
        leader = {"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkB": 4}
        axis.annotate(
            text,
            point,
            (12, shift),
            textcoords="offset points",
            va="center",
            fontsize=FONT,
            color=colour,
            arrowprops={**leader, "relpos": (0, 0.5)},
        )


def apart(heights):
    """The heights nearest to these, in points, at which no two lines of text touch."""
    order, steps = np.argsort(heights, kind="stable"), LINE * np.arange(len(heights))
    moved = np.empty(len(heights))
    moved[order] = isotonic_regression(np.asarray(heights)[order] - steps).x + steps
    return moved
