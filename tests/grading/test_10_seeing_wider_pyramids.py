"""Notebook 10, Seeing wider: what the instant check runs, for pyramid pooling."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same


@question(
    "10e",
    points=3,
    difficulty=2,
    hints=(
        "First along one axis: write the ends of all bins down as fractions, and under them which "
        "cells they touch. Where does the first touched cell begin, and where does the last end?",
        "Rounding down gives the first cell of a bin; the one behind its last comes from rounding "
        "up. In Python, a // b rounds down, and -(-a // b) rounds up.",
    ),
)
def test_pyramid_level(answers):
    """Average a map in bins whose number does not divide its size."""
    for height, width, bins in ((6, 6, 2), (6, 6, 1), (6, 12, 3), (7, 9, 2), (10, 7, 3)):
        judge_level(answers, height, width, bins)


def judge_level(answers, height, width, bins):
    case = f"A map of {height} x {width} cells, {bins} x {bins} bins: "
    for axis, length in enumerate((height, width)):
        marked = np.zeros((height, width, length))  # channel i is 1 in row (or column) i
        line = np.eye(length)
        marked += line[:, None] if axis == 0 else line[None]
        shape, asked = (bins, bins, length), "(bins, bins, channels)"
        got = answers.array("pyramid_level", marked, bins, shape=shape, asked=asked)
        along, across = ((got[:, 0], got[0]), (got[0], got[:, 0]))[axis]  # (bins, cells)
        touched = touches(length, bins)
        expect(
            same(along.T, means(touched), 1e-4) or not same(across.T, means(touched), 1e-4),
            f"{case}rows and columns of bins have changed places.",
        )
        expect_shares(case, ("row", "column")[axis], along.T, touched)
    features = np.random.default_rng(105).normal(size=(height, width, 2)).round(2)
    got = answers.array("pyramid_level", features, bins, shape=(bins, bins, 2))
    rows, columns = (means(touches(length, bins)) for length in (height, width))
    expect(
        same(got, np.einsum("hi,wj,hwc->ijc", rows, columns, features), 1e-4),
        f"{case}these are not the means of the cells in each bin, channel by channel.",
        got[..., 0],
        lambda: plots.number_grids({"map": features[..., 0], "yours": got[..., 0].round(2)}),
    )


def expect_shares(case, name, shares, touched):
    """shares: (cells, bins), how much of each row or column has gone into which bin."""

    def picture():
        return plots.number_grids({f"share of each {name} (down) in each bin": shares.round(2)})

    lost = np.flatnonzero((shares == 0).all(1))
    expect(
        not len(lost),
        f"{case}{name} {lost[0] if len(lost) else 0} has gone into none of the bins.",
        shares,
        picture,
    )
    expect(
        ((shares != 0) <= touched).all(),
        f"{case}a bin holds a {name} that it does not touch, or channels are mixed.",
        shares,
        picture,
    )
    expect(
        ((shares != 0) == touched).all(),
        f"{case}a {name} that lies half in one bin and half in the next belongs to both.",
        shares,
        picture,
    )
    expect(
        same(shares, means(touched), 1e-4),
        f"{case}each bin should hold a mean, with the same share of each {name} that it touches.",
        shares,
        picture,
    )


def touches(length, bins):
    """(cells, bins), true where a bin touches a cell, on a scale on which both are whole."""
    points = layers.UpSampling1D(bins)(np.eye(length, dtype="float32")[..., None])
    return np.asarray(layers.MaxPooling1D(length)(points))[..., 0] > 0


def means(touched):
    return touched / touched.sum(0)
