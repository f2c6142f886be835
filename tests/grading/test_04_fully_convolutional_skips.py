"""Notebook 4, Fully convolutional: what the instant check runs, skips and scores."""

from pathlib import Path

import keras
import numpy as np

import seglab
from seglab import pages, plots
from seglab.grading import expect, question, same

DATA = Path(seglab.__file__).parents[1] / "data"

# The slide's convolutions but the last: (height, width, channels in, filters) of their kernels.
SLIDE = {
    "conv1": (3, 3, 1, 40),
    "conv2": (4, 4, 40, 80),
    "conv3": (4, 4, 80, 80),
    "fc4": (1, 1, 80, 160),
    "fc5": (1, 1, 160, 160),
}
# Whatever comes up to a skip is 0 if these layers are.
SILENT = {"conv3": ("fc5",), "conv2": ("fc5", "conv3"), "conv1": ("fc5", "conv3", "conv2")}


@question(
    "4f",
    points=3,
    difficulty=2,
    hints=(
        "Write down height and width of every map for a page of 64 x 48; what is concatenated has "
        "to be of one size.",
        "Both maps of a fusion go into Concatenate as one list. A skip takes what a convolution "
        "gave, before the pool has halved it.",
    ),
)
def test_skip_fcn(answers):
    """Build the skip-FCN from its slide."""
    student = answers.model("skip_fcn", 3)
    student.expect_weights()
    expect_kernels(student)
    images = (np.random.default_rng(46).random((1, 24, 32, 1)) > 0.5).astype("float32")
    scores = student.scores(images, drawn_weights(student.shapes))
    shape = "Images {} should give probabilities of 3 classes for each of their pixels."
    expect(scores.shape == (1, 24, 32, 3), shape.format(images.shape), scores.shape)
    sums = scores.sum(-1)
    expect(same(sums, np.ones((1, 24, 32)), 1e-4), "Probabilities sum to 1.", scores[0, 0, 0])
    seen = {}
    for name, silent in SILENT.items():
        quiet = [SLIDE[each] for each in silent]
        weights = [drawn_weights(student.shapes, quiet, {SLIDE[name]: seed}) for seed in (1, 2)]
        first, second = (student.scores(images, each)[0] for each in weights)
        seen[f"{name}'s share in a score"] = np.ptp(first - second, axis=-1)
    for name, share in zip(SILENT, seen.values()):
        expect(
            share.max() > 1e-3,
            f"{name} has no skip: with {' and '.join(SILENT[name])} switched off (all weights 0), "
            f"nothing of {name} comes through. Its skip should start right behind it, before its "
            "pool.",
            picture=lambda: plots.feature_maps(seen),
        )


def expect_kernels(student):
    """The slide's convolutions, each with a bias."""
    kernels = [shape for shape in student.shapes if len(shape) == 4]
    for name, shape in SLIDE.items():
        reading_as_much = [kernel for kernel in kernels if kernel[:3] == shape[:3]]
        expect(
            reading_as_much == [shape],
            f"No kernel, or more than one, is like {name}'s on the slide; look at its size, at its "
            "filters, and at the channels that it reads.",
            kernels,
        )
    expect(
        len(student.shapes) == 2 * len(kernels),
        "Every convolution has a kernel and a bias; nothing else has weights.",
        student.shapes,
    )


def drawn_weights(shapes, silent=(), seeds=None):
    """Weights that depend on the shape of their kernel alone, whatever their order.

    silent: kernel shapes whose layers get zeros. seeds: {kernel shape: seed}, else 0.
    """
    drawn, kernel = [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        random = np.random.default_rng([(seeds or {}).get(kernel, 0), len(shape), *kernel])
        scale = 0 if kernel in silent else 1.5 * np.prod(kernel[:3]) ** -0.5
        drawn.append((scale * random.normal(size=shape)).astype("float32"))
    return drawn


@question(
    "4g",
    points=2,
    difficulty=2,
    hints=(
        "An accuracy is a share: right pixels of those that are scored, and all that are scored.",
        "An array of True and False picks pixels: labels[scored]. The mean of True and False is a "
        "share.",
    ),
    numbers=lambda random: {
        "page": (2, 6, 9, 15)[random.integers(4)],  # their two accuracies differ by 1 % or more
        "cell": 4 * random.integers(5, 11),
    },
)
def test_ink_accuracy(answers):
    """Score rough labels over all pixels and over ink alone."""
    numbers = answers.numbers
    files = pages.page_files(DATA / "validation")
    page = pages.read_page(files[numbers.page])
    coarse = tuple(side // numbers.cell for side in page.labels.shape)
    coarse = pages.scaled_labels(page.labels, coarse)
    right = page.labels.astype(int) - pages.scaled_labels(coarse, page.labels.shape) == 0
    ink = [bool(each) for each in page.image.ravel()]
    right = right.ravel().tolist()
    on_ink = [r for r, black in zip(right, ink) if black]
    region_accuracy = answers.number("region_accuracy")
    ink_accuracy = answers.number("ink_accuracy")
    expect(
        same(region_accuracy, right.count(True) / len(right), 1e-4),
        "region_accuracy is the share of all pixels of your page whose predicted class is right.",
        region_accuracy,
    )
    expect(
        not same(ink_accuracy, on_ink.count(True) / len(right), 1e-4),
        "ink_accuracy: white pixels are counted, too. What is not scored is neither right nor "
        "wrong.",
        ink_accuracy,
    )
    expect(
        same(ink_accuracy, on_ink.count(True) / len(on_ink), 1e-4),
        "ink_accuracy is the share of right pixels among those whose ink label is not 255.",
        ink_accuracy,
    )


@question(
    "4h",
    points=3,
    difficulty=2,
    hints=(
        "A score is a sum over all channels, w1 x1 + w2 x2 + ... + b. Which of these terms belong "
        "to the coarse part?",
        "features @ weights is a 1 x 1 convolution, if the rows of weights are those of the "
        "features' channels. The coarse part comes first.",
    ),
)
def test_scores_of_parts(answers):
    """Score two parts by themselves, so that their sum is the fused score."""
    random = np.random.default_rng(48)
    coarse = random.normal(size=(3, 5, 4)).astype("float32")
    fine = random.normal(size=(6, 10, 2)).astype("float32")
    kernel = random.normal(size=(6, 3)).astype("float32")
    bias = random.normal(size=3).astype("float32")
    got = answers.call("scores_of_parts", coarse, fine, kernel, bias)
    shapes = [np.shape(each) for each in got] if type(got) in (list, tuple) else [np.shape(got)]
    expect(len(shapes) == 2, "It should return two arrays, of the coarse and of the fine part.")
    expect(
        shapes == [(3, 5, 3), (6, 10, 3)],
        "Each part should be scored at its own size, with a channel for each class; nothing is "
        "scaled up yet.",
        shapes,
    )
    up = keras.layers.UpSampling2D()
    joined = keras.layers.Concatenate()([up(coarse[None]), fine[None]])
    as_drawn = np.asarray(keras.ops.conv(joined, kernel[None, None])[0]) + bias
    difference = np.asarray(up(np.asarray(got[0], "float32")[None])[0]) + got[1] - as_drawn
    constant = same(difference, np.broadcast_to(difference[0, 0], difference.shape), 1e-3)
    expect(
        not constant or same(difference, np.zeros_like(difference), 1e-3),
        "The sum is off by the same amount at every pixel. How often is the bias in it?",
        difference[0, 0],
    )
    expect(
        constant,
        "The coarse part, scaled up, plus the fine part is not what the slide's fusion gives. "
        "Which rows of the kernel belong to which part?",
        picture=lambda: plots.feature_maps(
            {
                "the fusion, class 0": as_drawn[..., 0],
                "your sum": difference[..., 0] + as_drawn[..., 0],
                "the difference": difference[..., 0],
            }
        ),
    )
