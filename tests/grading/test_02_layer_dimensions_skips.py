"""Notebook 2, Layer dimensions: what the instant check runs, for the skip connections."""

from functools import partial

import keras
import numpy as np

from seglab import plots
from seglab.grading import Wrong, expect, question


@question(
    "2h",
    points=3,
    difficulty=3,
    hints=(
        "Write the size of each layer beside its line: where two branches meet, both need the same "
        "rows and columns.",
        "First make the layer, then call it. Branches are concatenated as a list. What has the "
        "size of up1, what that of up2: the map before the pool, or the one behind it?",
    ),
)
def test_skip_model(answers):
    """Mend the skip connections, and return the network as a Keras model."""
    for num_classes in (3, 5):
        judge_skips(answers.model("skip_model", num_classes), num_classes)


def judge_skips(model, num_classes):
    images = (np.random.default_rng(2).random((2, 8, 12, 1)) > 0.88).astype("float32")
    scores = model.scores(images, weights=only_the_last_skip(model.shapes))
    expect(
        scores.shape == (2, 8, 12, num_classes),
        "Of 2 images with 8 rows and 12 columns, the scores should have the same rows and columns, "
        f"and a channel for each of {num_classes} classes.",
        scores.shape,
    )
    expect(
        np.allclose(scores.sum(-1), 1, atol=1e-4),
        "At each pixel, the scores of all classes should sum to 1: is the softmax there?",
        scores.sum(-1)[0, 0],
    )
    ink, reached = images[..., 0] == 1, reaches(scores)
    expect(
        bool((reached == ink).all()),
        "The picture shows the ink of a page, and where it reaches the scores through the last "
        "skip: not pixel by pixel. Where does that skip start?",
        picture=partial(plots.passed_on, ink[0].astype(int), reached[0].astype(int)),
    )
    # Which half of the channels is the skip depends on the order of the branches: try both.
    halves = [only_one_of_fuse1(model.shapes, half) for half in (0, 1)]
    reached = [reaches(model.scores(images, weights=weights)) for weights in halves]
    expect(
        any((each == behind_one_pool(images)).all() for each in reached),
        "The picture shows the ink of a page, and where it reaches the scores through the first "
        "skip, that of fuse1: more coarsely than behind a single pool. Where does that skip start?",
        picture=partial(plots.passed_on, ink[0].astype(int), reached[0][0].astype(int)),
    )


def reaches(scores):
    """Where class 0, which alone is passed on, has more than the others: (n, H, W) bool."""
    return scores[..., 0] > scores[..., 1] + 0.01


def behind_one_pool(images):
    """Where ink arrives that is pooled once, and scaled up by a transposed convolution of ones."""
    pooled = keras.ops.max_pool(images, 2)
    ones = np.ones((3, 3, 1, 1), "float32")
    return np.asarray(keras.ops.conv_transpose(pooled, ones, 2, "same"))[..., 0] > 0


FIRST, SECOND, UP = (3, 3, 1, 4), (4, 4, 4, 8), (3, 3, 4, 16)  # weights of conv1, conv2, up2


def only_the_last_skip(shapes):
    """Weights that pass pixels through conv1 and the last skip to class 0, and nothing else."""
    last = [shape for shape in shapes if shape[:2] == (1, 1)]
    if shapes.count(FIRST) != 1 or len(last) != 1 or len(shapes) != 8:
        raise Wrong(
            "The listing has four layers with weights: conv1 with 4 filters of 3x3, conv2, the "
            "transposed convolution, and the 1x1 convolution. Yours have weights of other shapes.",
            shapes,
        )
    weights = [np.zeros(shape, "float32") for shape in shapes]
    weights[shapes.index(FIRST)][1, 1] = 1
    weights[shapes.index(last[0])][..., 0] = 1
    return weights


def only_one_of_fuse1(shapes, half):
    """Weights that pass pixels through channel 0 of one branch of fuse1 to class 0.

    The last skip stays out: up2 writes channel 1 alone, which conv1 leaves empty.
    """
    if shapes.count(SECOND) != 1 or shapes.count(UP) != 1:
        raise Wrong(
            "conv2 has 8 filters of 4x4, and fuse1 puts both branches side by side, 8 channels "
            "each. Yours have weights of other shapes.",
            shapes,
        )
    weights = [np.zeros(shape, "float32") for shape in shapes]
    weights[shapes.index(FIRST)][1, 1, 0, 0] = 1
    weights[shapes.index(SECOND)][1, 1, 0, 0] = 1  # the cell itself: `same` pads one before it
    weights[shapes.index(UP)][:, :, 1, 8 * half] = 1
    last = next(weight for weight in weights if weight.shape[:2] == (1, 1))
    last[:, :, 1::4, 0] = 1
    return weights
