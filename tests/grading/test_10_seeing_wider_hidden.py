"""Notebook 10, Seeing wider: hidden cases."""

import importlib.util
from pathlib import Path

import keras
import numpy as np

from seglab.grading import expect, hidden, same
from seglab.layers.pyramids import averages, both_ways


def visible(name):
    """The module of the visible cases of that name, which the hidden ones ask more of."""
    file = Path(__file__).with_name(f"test_10_seeing_wider{name}.py")
    spec = importlib.util.spec_from_file_location(f"visible_10{name}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@hidden("10b", points=1)
def test_dilated_hidden(answers):
    """Kernels that are not square, a single weight, rates that lead beyond a small image."""
    random = np.random.default_rng(1020)
    for size, shape, rate in (
        ((6, 9), (1, 5), 2),
        ((9, 6), (5, 3), 2),
        ((4, 5), (3, 3), 6),
        ((5, 4), (1, 1), 3),
        ((1, 12), (1, 3), 4),
    ):
        image, kernel = random.integers(-9, 10, size), random.normal(size=shape)
        got = answers.array("dilated", image, kernel, rate, shape=size)
        expect(
            same(got, visible("").convolved(image, kernel, rate), 1e-4),
            "The result is wrong for whole numbers in the image, for a kernel that is not square, "
            "or for a rate that leads beyond the image.",
        )


@hidden("10d", points=1)
def test_atrous_encoder_hidden(answers):
    for num_classes, size in (2, (40, 56)), (5, (32, 72)):
        student = answers.model("atrous_encoder", num_classes)
        visible("_encoder").judge_encoder(student, num_classes, size, seed=1040)


@hidden("10e", points=1)
def test_pyramid_level_hidden(answers):
    """Against the lab's PSPNet; and with more bins than cells."""
    random = np.random.default_rng(1050)
    for height, width, bins in ((13, 17, 6), (60, 43, 6), (11, 5, 4), (4, 3, 6), (1, 1, 2)):
        features = random.normal(size=(height, width, 3)).astype("float32")
        got = answers.array("pyramid_level", features, bins, shape=(bins, bins, 3))
        expect(
            same(got, reference(features, bins), 1e-4),
            "With other sizes, or with more bins than cells, the means are not right.",
        )


def reference(features, bins):
    """The means that `PyramidPooling` convolves and scales up."""
    height, width, _ = features.shape
    pooled = both_ways(features[None], averages(height, bins), averages(width, bins))
    return keras.ops.convert_to_numpy(pooled)[0]


@hidden("10f", points=1)
def test_aspp_hidden(answers):
    judge = visible("_rates").judge_aspp
    judge(answers, height=12, width=17, channels=3, filters=2, rates=(3,))
    judge(answers, height=40, width=38, channels=1, filters=3, rates=(6, 12, 18))
