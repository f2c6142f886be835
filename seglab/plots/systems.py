"""Every system of a comparison as a point: quality against seconds against parameters."""

import numpy as np
from matplotlib.figure import Figure

from seglab.plots.axes import name_points, one_two_five
from seglab.plots.blocks import LIGHT
from seglab.plots.times import looks

NETWORK, CLASSIC = "#5b6f82", "#a8672a"  # of the literature; from before deep learning


def systems(rows):
    """Mean IoU against seconds; the area of a point grows with the parameters of its model.

    rows: (title, name, seconds per page, mean IoU, parameters or None), None being a method from
    before deep learning. The lecture's own models have their usual marks. Returns a matplotlib
    Figure.
    """
    height = max(4.2, 0.22 * len(rows) + 1)
    figure = Figure(figsize=(8.4, height), layout="constrained", facecolor=LIGHT.background)
    axis = figure.subplots()
    for _, name, seconds, quality, parameters in rows:
        colour, marker = _looks(name, parameters)
        area = 30 if parameters is None else 14 + 0.05 * np.sqrt(parameters)
        axis.scatter(seconds, quality, s=area, color=colour, marker=marker, zorder=3)
    axis.set(xscale="log", xlabel="seconds per page", ylabel="mean IoU on the test pages")
    one_two_five(axis.xaxis)
    axis.margins(x=0.3, y=0.08)
    axis.grid(color="0.93")
    axis.spines[["top", "right"]].set_visible(False)
    figure.draw_without_rendering()  # or nothing is where it will be
    name_points(
        axis,
        [(seconds, quality) for _, _, seconds, quality, _ in rows],
        [title for title, *_ in rows],
        [_looks(name, parameters)[0] for _, name, *_, parameters in rows],
    )
    return figure


def _looks(name, parameters):
    return looks(name, (CLASSIC, "s") if parameters is None else (NETWORK, "o"))
