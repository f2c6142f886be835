"""Notebook 10, Seeing wider: what the instant check runs, from one kernel to a stack."""

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

# Rates of three layers with three cells along a line each.
STACKS = {
    **{"a": (1, 2, 3), "b": (2, 2, 2), "c": (1, 3, 9)},
    **{"d": (2, 4, 8), "e": (3, 2, 1), "f": (1, 4, 4)},
}


def own_row(random):
    """A row with room for four places of a kernel of three cells, and two more numbers."""
    rate = int(random.integers(2, 4))
    return {
        "row": tuple(int(value) for value in random.integers(1, 10, 2 * rate + 4)),
        "kernel": tuple(int(value) for value in random.permutation(4)[:3] + 1),
        "rate": rate,
        "cells": int(random.choice([3, 5, 7])),
        "far": int(random.integers(6, 25)),
    }


@question(
    "10a",
    points=2,
    difficulty=1,
    hints=(
        "Write the row down, and under it the kernel in its first place: one weight, then the "
        "cells that are skipped, then the next weight.",
        "The kernel still moves on by a single cell at a time. For wide: how many steps are there "
        "from its first to its last weight, and how long is a step?",
    ),
    numbers=own_row,
)
def test_a_row_with_holes(answers):
    """Convolve a row with a kernel that has holes, on paper."""
    row, kernel, rate, cells, far = answers.numbers
    for name, count, step in ("span", len(kernel), rate), ("wide", cells, far):
        got, right = answers.whole_number(name), spanned(count, step)
        expect(
            got == right or got != count * step,
            f"{name}: behind the last weight, there is no gap that would count.",
            got,
        )
        expect(
            got == right or got != count + (count - 1) * step,
            f"{name}: the rate is the way from one weight to the next, not the cells between them.",
            got,
        )
        expect(got == right, f"{name}: count from the first weight's cell to the last's.", got)
    outputs = np.array(answers.sizes("outputs", 4))
    right, turned = (convolved_row(row, weights, rate) for weights in (kernel, kernel[::-1]))
    expect(
        same(outputs, right) or not same(outputs, turned),
        "outputs: the kernel is turned round. Its first weight belongs to the first cell that it "
        "covers.",
        outputs,
    )
    together = convolved_row(row, kernel, 1)[:4]
    expect(
        not same(outputs, together),
        "outputs: the kernel has no holes here; its weights stand side by side.",
        outputs,
    )
    expect(
        same(outputs, right),
        "outputs: these are not the sums of weights times cells. The picture shows where the "
        "kernel stands.",
        outputs,
        lambda: plots.convolution(len(row), len(kernel), dilation=rate, outputs=4),
    )


def convolved_row(row, kernel, rate):
    layer = layers.Conv1D(1, len(kernel), dilation_rate=rate, use_bias=False)
    layer.build((None, len(row), 1))
    layer.set_weights([np.reshape(kernel, (-1, 1, 1)).astype("float32")])
    return np.asarray(layer(np.reshape(row, (1, -1, 1)).astype("float32")))[0, :, 0]


def spanned(cells, rate):
    """Cells from the first to the last that a kernel reads, as a point of ink shows it."""
    return int(np.ptp(np.flatnonzero(reached([rate], cells)))) + 1


def reached(rates, cells=3):
    """The places of a row that a point in its middle reaches through layers with these rates."""
    row = np.zeros((1, 999, 1), "float32")
    row[0, 499] = 1
    for rate in rates:
        options = {"padding": "same", "dilation_rate": rate, "kernel_initializer": "ones"}
        row = layers.Conv1D(1, cells, **options)(row)
        row = np.minimum(np.asarray(row), 1)
    return row[0, :, 0]


@question(
    "10b",
    points=3,
    difficulty=2,
    hints=(
        "Put zeros around the image first, so many that every weight finds a cell. How many, with "
        "this rate?",
        "Every weight of the kernel sees the whole image, moved by some cells. Add up these moved "
        "images, each times its weight; or write four loops, over outputs and over weights.",
    ),
)
def test_dilated(answers):
    """Convolve an image with a kernel that has holes."""
    random = np.random.default_rng(102)
    point = np.zeros((9, 11))
    point[4, 5] = 1
    kernel = np.arange(1.0, 10).reshape(3, 3)
    for image, rate in ((point, 1), (point, 2), (random.random((7, 9)).round(2), 3)):
        judge_dilated(answers, image, kernel, rate)
    judge_dilated(answers, random.random((8, 6)).round(2), random.random((3, 3)), 2)


def judge_dilated(answers, image, kernel, rate):
    case = f"Image {image.shape}, kernel {kernel.shape}, rate {rate}: "
    got = answers.array("dilated", image, kernel, rate, shape=image.shape, asked="the image's")
    right = convolved(image, kernel, rate)

    def picture():
        return plots.number_grids({"image": image, "your result": np.round(got, 2)})

    expect(
        same(got, right, 1e-4) or not same(got, convolved(image, kernel[::-1, ::-1], rate), 1e-4),
        f"{case}the kernel is turned round. Its first weight belongs to the cell that is highest "
        "and furthest left.",
        got,
        picture,
    )
    expect(
        rate == 1 or same(got, right, 1e-4) or not same(got, convolved(image, kernel, 1), 1e-4),
        f"{case}the rate changes nothing here; this is what a kernel without holes gives.",
        got,
        picture,
    )
    inside = (slice(rate, -rate), slice(rate, -rate))
    expect(
        same(got, right, 1e-4) or not same(got[inside], right[inside], 1e-4),
        f"{case}right away from the border, and wrong at it. Beyond the border there are zeros.",
        got,
        picture,
    )
    expect(
        same(got, right, 1e-4),
        f"{case}this is not what Conv2D gives with this dilation_rate and padding same.",
        got,
        picture,
    )


def convolved(image, kernel, rate):
    """What Keras makes of an image (H, W), with zeros around it."""
    layer = layers.Conv2D(1, kernel.shape, dilation_rate=rate, padding="same", use_bias=False)
    layer.build((None, *image.shape, 1))
    layer.set_weights([kernel[..., None, None].astype("float32")])
    return np.asarray(layer(image[None, ..., None].astype("float32")))[0, ..., 0]


def own_rates(random):
    """Rates with a divisor in common, so that holes remain."""
    several = random.permutation([1, random.integers(1, 4), random.integers(1, 5)])
    return {"rates": tuple(int(rate) for rate in several * random.integers(2, 5))}


@question(
    "10c",
    points=3,
    difficulty=2,
    hints=(
        "Go from the top down. One cell reads three; each of these reads three again, as far away "
        "from it as the layer's rate says. Which places are reached, and which of them twice?",
        "For gapless: from any place that is seen, you can go one cell to the side only if the "
        "steps of the layers, forward or back, add up to it. Draw dilated_stack if in doubt.",
    ),
    numbers=own_rates,
)
def test_what_a_stack_sees(answers):
    """Find what a stack of kernels with holes sees, and what falls through."""
    (rates,) = answers.numbers
    places = np.flatnonzero(reached(rates))
    field, seen = answers.whole_number("field"), answers.whole_number("seen")
    expect(field % 2 == 1, "field: as many pixels before the middle one as behind it.", field)
    expect(
        field == np.ptp(places) + 1,
        "field: how far away from the middle is the outermost pixel that is read? Each layer adds "
        "its own way, before and behind.",
        field,
        lambda: plots.dilated_stack(rates[-2:], below="first map"),
    )
    expect(
        seen <= field, "seen: more pixels than there are from the first to the last seen one.", seen
    )
    expect(
        seen != 3 ** len(rates) or seen == len(places),
        "seen: several ways lead to the same pixel; count pixels, not ways.",
        seen,
    )
    expect(
        seen == len(places),
        "seen: that is another number of pixels. The picture shows only the last two of your "
        "layers; the first one is still to come.",
        seen,
        lambda: plots.dilated_stack(rates[-2:], below="first map"),
    )
    plain, few = answers.whole_number("plain"), 1
    while np.ptp(np.flatnonzero(reached([1] * few))) + 1 < field:
        few += 1
    expect(plain >= few, "plain: with so few layers of rate 1, less is seen.", plain)
    expect(plain == few, "plain: fewer layers of rate 1 would do.", plain)
    judge_gapless(answers.choices("gapless", list(STACKS)))


def judge_gapless(gapless):
    typed = "".join(sorted(gapless))
    for letter, rates in STACKS.items():
        whole = np.ptp(np.flatnonzero(reached(rates))) + 1 == reached(rates).sum()
        expect(
            whole or letter not in gapless,
            f"gapless: stack {letter} leaves holes; the picture shows them.",
            typed,
            lambda rates=rates: plots.dilated_stack(rates),
        )
        expect(
            not whole or letter in gapless,
            "gapless: a stack is missing of whose field no pixel falls through.",
            typed,
        )
