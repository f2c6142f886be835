"""Notebook 12, transfer learning: what the instant check runs, for input and taps."""

from functools import cache

import keras
import numpy as np

from seglab import plots
from seglab.grading import expect, question, same

MEANS = (103.939, 116.779, 123.68)  # of the task, as the channels come


@question(
    "12a",
    points=2,
    difficulty=1,
    hints=(
        "First make a photograph of the page: what number is white there, and what is black? Then "
        "three channels of it. The means come last.",
        "np.repeat(..., 3, axis=-1) makes three channels of one. An array of three numbers can be "
        "subtracted from (H, W, 3): one number a channel, the first from the first.",
    ),
)
def test_vgg_input(answers):
    """Turn a page into what VGG16 has learnt from."""
    paper = colours(answers, np.zeros((4, 6, 1)))
    ink = colours(answers, np.ones((4, 6, 1)))
    expect(
        (paper > ink).all(),
        "Paper should come out brighter than ink: in a photograph, white is the larger number.",
        (paper.tolist(), ink.tolist()),
    )
    expect(
        same(paper - ink, np.full(3, 255.0), 1e-3),
        "From ink to paper, each channel should go as far as from black to white in a photograph.",
        (paper - ink).round(3).tolist(),
    )
    expect(
        not same(ink, np.zeros(3), 1e-3),
        "No mean has been subtracted: ink is still 0.",
        ink.tolist(),
    )
    expect(
        not same(ink, -np.array(MEANS[::-1]), 1e-3),
        "The means are in the order red, green, blue. In which order does VGG16 read colours?",
        ink.round(3).tolist(),
    )
    right = keras.applications.vgg16.preprocess_input(np.zeros((1, 1, 1, 3)))[0, 0, 0]
    expect(
        same(ink, right, 1e-4),
        "Ink does not come out as black minus the three means. A pixel of ink becomes this.",
        ink.round(3).tolist(),
    )
    page = (np.random.default_rng(121).random((5, 7, 1)) > 0.7).astype("float32")
    got = prepared(answers, page)
    expect(
        same(got, np.where(page > 0, ink, paper), 1e-3),
        "A page of ink and paper does not come out as its pixels would, each by itself.",
        got[..., 0].round(1),
        lambda: plots.feature_maps(
            {"the ink": 255 * page[..., 0], "your first channel": got[..., 0]}
        ),
    )


def prepared(answers, page):
    """What the student's function makes of a page: (H, W, 3)."""
    shape = (*page.shape[:2], 3)
    got = answers.array("vgg_input", page.astype("float32"), shape=shape, asked="(H, W, 3)")
    return got.astype(float)


def colours(answers, page):
    """The three numbers that every pixel of an even page becomes."""
    got = prepared(answers, page)
    even = same(got, np.broadcast_to(got[0, 0], got.shape), 1e-6)
    expect(even, "An even page should come out even: every pixel is treated alike.", got[..., 0])
    return got[0, 0]


@question(
    "12b",
    points=3,
    difficulty=2,
    hints=(
        "Which side has a map of stride 8? A layer belongs to the stride only if its side is "
        "exactly that; pads make other sides, and so does squeeze-and-excite.",
        "For each of the five strides, go through all layers, and remember the last one whose side "
        "times the stride is the size.",
    ),
)
def test_taps(answers):
    """Find the layers at which an encoder is tapped."""
    for name, size in (("VGG16", 224), ("MobileNetV3Small", 160)):
        expect_taps(answers, name, size, sides_of(name, size))


@cache
def sides_of(name, size):
    """The sides of the maps of all layers, in their order."""
    make = getattr(keras.applications, name)
    encoder = make(input_shape=(size, size, 3), include_top=False, weights=None)
    return [layer.output.shape[1] for layer in encoder.layers]


def expect_taps(answers, name, size, sides):
    """Five layers that have the right side, and none of them a follower that has it, too."""
    got = answers.call("taps", size, list(sides))
    got = got.tolist() if isinstance(got, np.ndarray) else got
    whole = type(got) in (list, tuple) and all(type(each) is int for each in got)
    expect(whole and len(got) == 5, "taps should return a list of five whole numbers.", got)

    def picture():
        return plots.taps(size, sides, got)

    for stride, place in zip((2, 4, 8, 16, 32), got):
        case = f"{name}, stride {stride}:"
        inside = 0 <= place < len(sides)
        expect(inside, f"{case} there is no such layer.", got)
        expect(
            sides[place] * stride == size,
            f"{case} the map of your layer {place} is {sides[place]} pixels high, which is not "
            f"{size} divided by the stride. Some layers only pad, others take means.",
            got,
            picture,
        )
        later = [i for i, side in enumerate(sides) if side == sides[place] and i > place]
        expect(
            not later,
            f"{case} after your layer {place} there is another one with maps of this size. The "
            "decoder should get the map on which the most work has been done.",
            got,
            picture,
        )
