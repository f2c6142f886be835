"""Notebook 8, The comparison: what the instant check runs, for work and growth."""

from functools import partial

import numpy as np

from seglab import plots
from seglab.grading import expect, question

WINDOW, PIXEL = 10_327_340, 10_200  # multiply-adds, as the notebook gives them


def sizes(random):
    stride, other = random.permutation(range(5, 20))[:2].tolist()
    return {
        "height": 8 * random.integers(50, 120) + 8,
        "width": 8 * random.integers(40, 80) + 8,
        "stride": stride,
        "ratio": round(WINDOW / PIXEL / other**2, 2),
    }


@question(
    "8d",
    points=3,
    difficulty=2,
    hints=(
        "Cells are counted along one axis, then along the other; a rest at the edge is a cell, "
        "too. Each window costs the same, wherever it lies.",
        "On a very large page, a window speaks for stride · stride pixels. So what do the windows "
        "cost for each pixel, and what does the FCN?",
    ),
    numbers=sizes,
)
def test_work(answers):
    """Count windows, and the work of a sliding window in that of an FCN."""
    numbers = answers.numbers
    first_pixels = [range(0, side, numbers.stride) for side in (numbers.height, numbers.width)]
    cells = sum(1 for _ in first_pixels[0] for _ in first_pixels[1])
    windows = answers.whole_number("windows")
    sentence = "windows: every cell has a window, also one that the page's edge has cut short."
    expect(windows == cells, sentence, windows)
    work, work_ratio = cells * WINDOW, answers.number("work_ratio")
    fcn = numbers.height * numbers.width * PIXEL
    expect(work_ratio > 1, "work_ratio: which of the two costs more?", work_ratio)
    sentence = (
        "work_ratio: the work of all your windows, also of those that are cut short, divided by "
        "the work of the FCN on all pixels of your page."
    )
    expect(abs(work_ratio * fcn - work) < 0.005 * work, sentence, work_ratio)
    asked = answers.whole_number("stride_asked")
    expect(asked > 0, "stride_asked: a stride is one pixel, or more.", asked)
    off = {stride: abs(WINDOW / stride**2 / PIXEL - numbers.ratio) for stride in range(1, 100)}
    nearest = min(off, key=off.get)
    too = "less" if asked > nearest else "more"
    sentence = (
        f"stride_asked: at this stride, the work is {too} than `ratio` times the FCN's. How does "
        "it change if the stride is doubled?"
    )
    expect(asked == nearest, sentence, asked)


@question(
    "8e",
    points=2,
    difficulty=2,
    hints=(
        "Take the logarithm of both sides of seconds = c · pixels ** p. What is the slope of the "
        "line that comes out?",
        "np.polyfit(x, y, 1) fits a line y = slope · x + offset; of what should x and y be?",
    ),
)
def test_growth(answers):
    """Fit the exponent with which seconds grow with pixels."""
    pixels = [35_840.0, 71_680.0, 143_360.0, 286_720.0, 576_000.0]
    for power, wobble in (1.0, [1, 1, 1, 1, 1]), (1.5, [1.2, 0.9, 0.9, 1.05, 1.0]):
        seconds = [3e-7 * n**power * w for n, w in zip(pixels, wobble)]
        expect_growth(answers, pixels, seconds)


def expect_growth(answers, pixels, seconds):
    got = answers.call("growth", pixels, seconds)
    several = type(got) in (list, tuple) or isinstance(got, np.ndarray) and got.size > 1
    expect(not several, "growth should return one number, the slope alone.", got)
    exponent = float(answers.array("growth", pixels, seconds, shape=()))
    expect(abs(exponent) < 100, "growth should return an exponent: a small number.", exponent)
    least = squares(pixels, seconds, exponent)
    for other in np.linspace(exponent - 0.05, exponent + 0.05, 11):
        better = squares(pixels, seconds, other) < least - 1e-12
        sentence = (
            "Another exponent lies nearer to the measurements, where both axes are logarithmic. "
            "Is a line fitted to the logarithms, of pixels and of seconds?"
        )
        picture = partial(fitted, pixels, seconds, exponent)
        expect(not better, sentence, exponent, picture)


def squares(pixels, seconds, exponent):
    """How far seconds are from c · pixels ** exponent with the best c, in the logarithms."""
    return float(np.var(np.log(seconds) - exponent * np.log(pixels)))


def fitted(pixels, seconds, exponent):
    """The measurements, and the growth with this exponent through their middle."""
    sizes = [(round((1.4 * n) ** 0.5), round((n / 1.4) ** 0.5)) for n in pixels]
    offset = np.mean(np.log(seconds) - exponent * np.log(pixels))
    yours = np.exp(offset + exponent * np.log(pixels)).tolist()
    curves = {"measured": ("fcn", seconds), f"exponent {exponent:.3g}": ("skip_fcn", yours)}
    drawn = [plots.Curve(name, title, sizes, s, s, s) for title, (name, s) in curves.items()]
    return plots.times({"an example": drawn})
