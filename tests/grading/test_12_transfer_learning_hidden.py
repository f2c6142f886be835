"""Notebook 12, transfer learning: the cases that the hand-out does not hold."""

from functools import cache

import keras
import numpy as np
from keras import layers

from seglab.grading import expect, hidden, same

STRIDES = (2, 4, 8, 16, 32)


@hidden("12a", points=1)
def test_vgg_input_hidden(answers):
    random = np.random.default_rng(121)
    for shape in ((1, 1, 1), (3, 8, 1), (20, 5, 1)):
        page = random.random(shape).astype("float32")
        photograph = np.concatenate(3 * [255.0 * (1 - page)], axis=-1)
        expected = keras.applications.vgg16.preprocess_input(photograph[None])[0]
        got = answers.array("vgg_input", page, shape=expected.shape, asked="(H, W, 3)")
        expect(
            same(got, expected, 1e-3), "A scan with greys between ink and paper comes out wrong."
        )


@hidden("12b", points=1)
def test_taps_hidden(answers):
    for name, size in (("ResNet50", 64), ("MobileNetV2", 96)):
        make = getattr(keras.applications, name)
        encoder = make(input_shape=(size, size, 3), include_top=False, weights=None)
        expect_last(answers, size, [layer.output.shape[1] for layer in encoder.layers])
    expect_last(answers, 64, [64, 32, 33, 17, 16, 16, 1, 8, 9, 8, 4, 5, 4, 2, 2, 1])


def expect_last(answers, size, sides):
    got = answers.array("taps", size, list(sides), shape=(5,))
    last = {side: place for place, side in enumerate(sides)}
    expect(
        same(got, [last[size // stride] for stride in STRIDES]),
        "In another encoder, a tap is not the last layer of its stride.",
    )


@cache
def reference(num_classes):
    """The U-Net that is asked for, with weights that depend on their shape alone."""
    encoder = keras.applications.MobileNetV3Small(
        input_shape=(None, None, 3), include_top=False, weights=None
    )
    fixed = keras.applications.MobileNetV3Small(  # of this one, sides are known
        input_shape=(224, 224, 3), include_top=False, weights=None
    )
    sides = {layer.output.shape[1]: place for place, layer in enumerate(fixed.layers)}
    outputs = [encoder.layers[sides[224 // stride]].output for stride in STRIDES]
    page = keras.Input((None, None, 1))
    bright = layers.Rescaling(-255.0, 255.0)(page)
    *skips, maps = keras.Model(encoder.input, outputs)(layers.Concatenate()([bright] * 3))
    for skip, filters in zip(reversed(skips), (128, 64, 32, 16)):
        maps = layers.Concatenate()([layers.UpSampling2D()(maps), skip])
        maps = layers.Conv2D(filters, 3, padding="same", activation="relu")(maps)
    maps = layers.UpSampling2D()(maps)
    scores = layers.Conv2D(num_classes, 3, padding="same", activation="softmax")(maps)
    model = keras.Model(page, scores)
    model.set_weights([drawn(tuple(weight.shape)) for weight in model.weights])
    return model


def drawn(shape):
    """Where two maps are concatenated, each has one weight: their order makes no difference."""
    random = np.random.default_rng(shape)
    if len(shape) == 1:
        return random.uniform(0.5, 1.5, shape)
    cells = np.prod(shape[:2] if shape[3] == 1 else shape[:3])
    values = random.normal(size=shape) * (2 / cells) ** 0.5
    if shape[:2] == (3, 3) and shape[3] in (128, 64, 32, 16) and shape[2] > 16:
        values = np.broadcast_to(values[:, :, :1], shape) / shape[2] ** 0.5
    return values


@hidden("12c", points=2)
def test_mobile_unet_hidden(answers):
    student = answers.model("mobile_unet", 5)
    model = reference(5)
    shapes = sorted(tuple(weight.shape) for weight in model.weights)
    expect(
        sorted(student.shapes) == shapes, "For 5 classes, other weights are there than asked for."
    )
    pages = (np.random.default_rng(123).random((1, 64, 32, 1)) > 0.7).astype("float32")
    expected = model.predict_on_batch(pages)
    got = student.scores(pages, [drawn(shape) for shape in student.shapes])
    expect(
        same(got, expected, 2e-3),
        "With the same weights, the scores are not those of the network that is asked for. Is "
        "each tap the last layer of its stride, does up-scaling repeat, has each step a ReLU?",
    )


@hidden("12f", points=1)
def test_rates_hidden(answers):
    sizes = [0.5, 0.2, 0.1, 0.04, 0.02]
    for thawed in (0, 1, 5):
        got = answers.array("rates", sizes, 0.2, 40, thawed, shape=(5,))
        expected = [size * 0.2 / 40 for size in sizes]
        expected = [0.0] * (5 - thawed) + expected[5 - thawed :]
        expect(
            same(np.asarray(got, float) * 1e5, np.array(expected) * 1e5, 1e-3),
            "For another number of thawed levels, from none to all, some rate is wrong.",
        )
