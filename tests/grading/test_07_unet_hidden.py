"""Notebook 7, U-Net: the cases that the hand-out does not hold."""

import keras
import numpy as np
from keras import layers

from seglab import models
from seglab.grading import expect, hidden, same

DIFFERENT = "With the same weights, the result is not that of the network that is asked for. "


def drawn(shapes):
    """Weights that depend on the shape of their kernel alone, whatever the order of the layers.

    Where two maps are concatenated, both have the same weights: their order makes no difference.
    """
    weights, kernel = [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        random = np.random.default_rng([len(shape), *kernel])
        if len(shape) == 1:
            weights.append(random.normal(scale=0.2, size=shape))
            continue
        values = random.normal(size=shape) * (2 / np.prod(shape[:3])) ** 0.5
        if shape[2] == 2 * shape[3]:
            values[:, :, shape[3] :] = values[:, :, : shape[3]]
        weights.append(values)
    return [each.astype("float32") for each in weights]


def expect_same(student, reference, images, sentence):
    """Equal results with equal weights."""
    shapes = [tuple(weight.shape) for weight in reference.get_weights()]
    expect(sorted(student.shapes) == sorted(shapes), "Some layer has other weights than asked for.")
    reference.set_weights(drawn(shapes))
    images = images.astype("float32")
    expected = reference.predict_on_batch(images)
    expect(same(student.scores(images, drawn(student.shapes)), expected, 1e-3), sentence)


def twice(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x


@hidden("7a", points=1)
def test_convolved_hidden(answers):
    for channels, filters in ((1, 16), (6, 2)):
        image = keras.Input((None, None, channels))
        reference = keras.Model(image, twice(image, filters))
        images = np.random.default_rng(71).normal(size=(2, 7, 5, channels))
        student = answers.model("block", channels, filters)
        expect_same(student, reference, images, f"{DIFFERENT}Do both pad with zeros?")


@hidden("7c", points=1)
def test_small_unet_hidden(answers):
    image = keras.Input((None, None, 1))
    c1 = twice(image, 6)
    c2 = twice(layers.MaxPooling2D()(c1), 12)
    both = layers.Concatenate()([layers.Conv2DTranspose(6, 2, strides=2)(c2), c1])
    reference = keras.Model(image, twice(both, 6))
    images = np.random.default_rng(72).normal(size=(2, 10, 14, 1))
    sentence = f"{DIFFERENT}Where does the skip start, and is every pool a maximum?"
    expect_same(answers.model("small_unet", 6), reference, images, sentence)


@hidden("7d", points=2)
def test_unet_hidden(answers):
    random = np.random.default_rng(74)
    sentence = (
        f"{DIFFERENT}Does each skip start right before its pool, is every pool a maximum, and is "
        "there a ReLU after every 3 x 3 convolution, and after no other?"
    )
    for size, channels, num_classes in ((48, 3, 1), (None, 2, 5)):
        reference = models.unet(num_classes, size, channels)
        images = random.random((1, size or 32, size or 16, channels))
        student = answers.model("unet", size, channels, num_classes)
        expect_same(student, reference, images, sentence)


@hidden("7e", points=1)
def test_sigmoid_loss_hidden(answers):
    random = np.random.default_rng(75)
    for shape in ((4, 4, 4), (1, 1, 1), (2, 30, 17)):
        labels = random.integers(0, 2, shape).astype("uint8")
        scores = random.uniform(1e-4, 1 - 1e-4, (*shape, 1)).astype("float32")
        got = np.squeeze(answers.call("sigmoid_loss", labels, scores))
        true = np.where(labels == 1, scores[..., 0], 1 - scores[..., 0])
        expect(
            got.shape == () and same(got, -np.log(true.astype(float)).mean(), 1e-3),
            "For some sizes the loss is wrong. Which pixel of the labels meets which score?",
        )


@hidden("7h", points=1)
def test_tile_starts_hidden(answers):
    cases = (2000, 572, 92), (77, 11, 0), (9, 9, 4), (1, 572, 92), (388, 572, 92)
    for length, tile, margin in cases:
        starts = np.asarray(answers.call("tile_starts", length, tile, margin))
        whole = starts.ndim == 1 and starts.dtype.kind in "iu"
        expect(whole, "These are not whole numbers in a list.")
        pixels = np.arange(length)[:, None]
        inside = (pixels >= starts + margin) & (pixels < starts + tile - margin)
        expect(bool(inside.any(1).all()), "A pixel lies in no tile's middle.")
        fewest = -(-length // (tile - 2 * margin))
        expect(len(starts) == fewest, "Fewer tiles would do.")
