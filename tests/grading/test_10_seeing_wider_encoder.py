"""Notebook 10, Seeing wider: what the instant check runs, for the encoder that shrinks less."""

import keras
import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same

STEP = 8  # pixels from one score of the encoder to the next


@question(
    "10d",
    points=4,
    difficulty=3,
    hints=(
        "Only what comes after the second pool changes. A pool with stride 1 reads the same two "
        "cells as before, but now from every cell on. What must be padded, that none gets lost?",
        "Behind the third pool, what had been neighbours are two cells apart, with new cells "
        "between them. How does a kernel find its old neighbours? That holds for each kernel of "
        "more than one cell that follows.",
    ),
)
def test_atrous_encoder(answers):
    """Turn an encoder into its atrous version, with the same weights."""
    judge_encoder(answers.model("atrous_encoder", 3), 3, (64, 48), seed=104)


def judge_encoder(student, num_classes, size, seed):
    original = encoder(num_classes)
    shapes = [tuple(weight.shape) for weight in original.get_weights()]
    known = len(student.shapes)
    expect(
        known == len(shapes) or student.shapes != shapes[:known],
        "Only the layers that were the encoder's have weights yet: begin with Input.",
        student.shapes,
    )
    expect(
        student.shapes == shapes,
        "The weights should have the shapes of the encoder's, in its order: a rate adds none and "
        "takes none away.",
        student.shapes,
    )
    random = np.random.default_rng(seed)
    weights = [random.normal(size=s) / max(np.prod(s[:-1]), 4) ** 0.5 for s in shapes]
    image = random.random((1, *size, 1)).astype("float32")
    original.set_weights(weights)
    coarse = np.asarray(original(image))
    fine = student.scores(image, weights)
    twice = (1, 2 * coarse.shape[1], 2 * coarse.shape[2], num_classes)
    expect(
        fine.shape != coarse.shape,
        "There are as many scores as the encoder has: which layer still takes every second cell?",
        fine.shape,
    )
    expect(
        fine.shape == twice,
        "There should be two rows of scores where the encoder has one, and two columns. Has every "
        "layer its padding?",
        fine.shape,
    )
    expect_same_view(student, original, [np.abs(weight) for weight in weights])

    def picture():
        maps = {"the encoder": coarse[0, ..., 0], "yours, every second": fine[0, ::2, ::2, 0]}
        return plots.feature_maps(maps)

    expect(
        same(fine[:, ::2, ::2], coarse, 1e-3),
        "With the same weights, every second score should be the encoder's. The picture shows the "
        "scores of one class.",
        picture=picture,
    )
    expect_new_scores(student, original, weights, random)


def expect_same_view(student, original, weights):
    """All weights above 0: what reaches a score cannot cancel, so a row of ink shows the way."""
    page = np.zeros((96, 96, 16, 1), "float32")
    page[np.arange(96), np.arange(96)] = 1
    weights = [weight * (weight.ndim > 1) for weight in weights]  # no biases: paper gives 0
    original.set_weights(weights)
    there = np.asarray(original(page))[:, 6, 0, 0] > 0
    yours = student.scores(page, weights)[:, 12, 0, 0] > 0
    expect(
        not (yours.sum() < there.sum()),
        "A score sees fewer rows of pixels than in the encoder: in one of the layers after the "
        "pool, a kernel finds new cells where its old neighbours had been; or the pool is gone.",
        f"{int(yours.sum())} rows of pixels",
    )
    expect(
        same(yours, there),
        "A score sees other pixels than in the encoder, or more of them.",
        f"{int(yours.sum())} rows of pixels",
    )


def expect_new_scores(student, original, weights, random):
    """Between the old scores lie those of a page that is moved by half a cell."""
    image = random.random((1, 120, 112, 1)).astype("float32")
    inside = (0, slice(5, -5), slice(5, -5))  # as far as no score sees the border
    moved = np.roll(image, (-STEP // 2, -STEP // 2), axis=(1, 2))
    original.set_weights(weights)
    between, new = np.asarray(original(moved)), student.scores(image, weights)[:, 1::2, 1::2]
    expect(
        same(new[inside], between[inside], 1e-3),
        "The new scores, between the old ones, are not what the encoder gives for a page that is "
        "moved by half a cell. Do they only repeat, or mix, their neighbours?",
        picture=lambda: plots.feature_maps(
            {
                title: each[..., 0] - between[inside][..., 0].mean()  # or all would be dark
                for title, each in {
                    "the encoder, moved": between[inside],
                    "yours": new[inside],
                }.items()
            }
        ),
    )


def encoder(num_classes):
    """The encoder of the notebook, in a loop."""
    steps = [keras.Input((None, None, 1))]
    for filters in (16, 32, 64):
        steps += [layers.Conv2D(filters, 3, padding="same", activation="relu")]
        steps += [layers.MaxPooling2D()]
    steps += [layers.Conv2D(64, 3, padding="same", activation="relu") for _ in range(2)]
    return keras.Sequential([*steps, layers.Conv2D(num_classes, 1)])
