"""Notebook 12, transfer learning: what the instant check runs, for a U-Net with an encoder."""

from collections import Counter
from functools import cache

import keras
import numpy as np

from seglab.grading import expect, question, same

FILTERS = (128, 64, 32, 16)  # of the steps up, as the task gives them


@question(
    "12c",
    points=4,
    difficulty=3,
    hints=(
        "Four parts: the page as colours; a Model from encoder.input to the list of the five "
        "tapped outputs, called on the colours; four steps up; the scores. A layer of a model is "
        "model.layers[i], and its map .output.",
        "Start from the deepest of the five maps. In each step up, UpSampling2D comes first, then "
        "Concatenate with the next map, then Conv2D; after four steps one more UpSampling2D.",
    ),
)
def test_mobile_unet(answers):
    """Build a U-Net whose encoder is MobileNetV3Small."""
    student = answers.model("mobile_unet", 3)
    student.expect_weights()
    expect_parts(student, 3)
    takes = student.model and student.model.input_shape  # unknown of one that is subclassed
    expect(
        takes is None or tuple(takes) == (None, None, None, 1),
        "The model should take pages of any size with one channel.",
        takes,
    )
    pages = np.random.default_rng(123).random((1, 64, 96, 1))
    scores = student.scores(pages)
    expect(
        scores.shape == (1, 64, 96, 3),
        "A page (1, 64, 96, 1) should give three scores for each of its pixels.",
        scores.shape,
    )
    expect(
        scores.min() >= 0 and same(scores.sum(-1), np.ones((1, 64, 96)), 1e-4),
        "The scores of a pixel should be probabilities that sum to 1. Here is the sum, at one.",
        float(scores[0, 0, 0].sum()),
    )
    expect_brightness(student)


@cache
def encoder():
    return keras.applications.MobileNetV3Small(
        input_shape=(224, 224, 3), include_top=False, weights=None
    )


def tapped_channels():
    """Channels of the maps at strides 2 to 32, each the last one of its size."""
    channels = {}
    for layer in encoder().layers[2:]:  # after the input and its scaling
        _, side, _, count = layer.output.shape
        channels[side] = count
    return [channels[224 // stride] for stride in (2, 4, 8, 16, 32)]


def expect_parts(student, num_classes):
    """The encoder's weights, and the decoder's, each once."""
    own = Counter(tuple(weight.shape) for weight in encoder().weights)
    found = Counter(student.shapes)
    missing = sum((own - found).values())
    expect(
        not missing,
        "Some weights of MobileNetV3Small without its top are not there. Does the deepest tap "
        "reach the end of the encoder? So many are missing.",
        missing,
    )
    *skips, below = tapped_channels()
    rest = found - own
    for skip, filters, stride in zip(reversed(skips), FILTERS, (16, 8, 4, 2)):
        shapes = {(3, 3, below + skip, filters), (filters,)}
        kernels = [shape for shape in rest if len(shape) == 4]
        expect(
            not shapes - set(rest),
            f"No convolution is like that of the step up to stride {stride}: 3 x 3, {filters} "
            "filters, and it reads what comes up together with the tapped map of this stride. "
            "Here are the kernels that are not the encoder's.",
            kernels,
        )
        rest, below = rest - Counter(shapes), filters
    expect(
        rest == Counter([(3, 3, below, num_classes), (num_classes,)]),
        "After the steps up there should be one convolution of 3 x 3, with a filter for each "
        "class, and nothing else with weights. Here is what is left.",
        list(rest.elements()),
    )


def expect_brightness(student):
    """Paper reaches the encoder as 255, and ink as 0.

    All weights are such that nothing comes from below, and that the first map is hard swish of 27
    times a pixel's brightness, between -1 and 1: ink and a middle grey give 0 there, paper more.
    """
    weights = [of_shape(shape) for shape in student.shapes]
    steps = {"ink": 1.0, "grey": 0.5, "pale": 0.25, "paper": 0.0}
    leads = {}
    for name, value in steps.items():
        scores = student.scores(np.full((1, 64, 64, 1), value), weights)[0, 32, 32]
        leads[name] = float(np.log(np.maximum(scores[2], 1e-9) / np.maximum(scores[0], 1e-9)))
    shown = {name: round(lead, 3) for name, lead in leads.items()}

    expect(
        leads["paper"] >= leads["ink"] - 1e-3,
        "Ink reaches the encoder as white, and paper as black. White is 255 in a photograph.",
        shown,
    )
    expect(
        leads["paper"] - leads["ink"] > 1e-2,
        "To the encoder, paper and ink look nearly alike. It wants numbers from 0 to 255, and "
        "scales them itself, once.",
        shown,
    )
    expect(
        same(leads["grey"], leads["ink"], 1e-2) and leads["pale"] > leads["grey"] + 1e-2,
        "The map with stride 2 is not what it should be for ink, greys and paper. Do they reach "
        "the encoder from 0 to 255, and is the map tapped after its activation?",
        shown,
    )


def of_shape(shape):
    """Ones where batch normalisation should change nothing; only the last skip speaks."""
    if len(shape) == 1:
        return np.ones(shape)
    if shape == (3, 3, 3, 16):
        return np.ones(shape)
    if shape[3] == FILTERS[3] and shape[:2] == (3, 3):
        return np.full(shape, 1e-3)
    if shape[2] == FILTERS[3] and shape[:2] == (3, 3) and shape[3] > 1:
        return np.broadcast_to(1e-3 * np.arange(shape[3]), shape)
    return np.zeros(shape)
