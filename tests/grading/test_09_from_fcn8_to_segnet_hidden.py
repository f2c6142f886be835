"""Notebook 9, From FCN-8 to SegNet: cases that stay with the instructor."""

import keras
import numpy as np
from keras import layers

from seglab.grading import expect, hidden, same
from seglab.layers import Bilinear, CropLike, MaxPoolingWithIndices, MaxUnpooling


@hidden("9b", points=1)
def test_upsampling_kernel_hidden(answers):
    for factor, num_classes in (16, 1), (32, 3), (6, 5):
        shape = (2 * factor, 2 * factor, num_classes, num_classes)
        kernel = answers.array("upsampling_kernel", factor, num_classes, shape=shape)
        expect(
            same(kernel, np.asarray(Bilinear()(shape)), 1e-4),
            "With a large factor, a single class or many of them, the kernel is not bilinear.",
        )


def reference(skips, num_classes):
    """FCN for pages of any size, cropped by a layer that Keras lacks."""
    image = keras.Input((None, None, 1))
    pools = [image]
    for filters in 16, 24, 32, 64, 96:
        conv = layers.Conv2D(filters, 3, padding="same", activation="relu")
        pools.append(layers.MaxPooling2D(padding="same")(conv(pools[-1])))
    fc6 = layers.Conv2D(128, 3, padding="same", activation="relu")(pools[5])
    scores = layers.Conv2D(num_classes, 1)(fc6)
    for pool in (pools[4], pools[3])[:skips]:
        own = layers.Conv2D(num_classes, 1)(pool)
        scores = layers.Add()([CropLike()([up(scores, 2), own]), own])
    scores = CropLike()([up(scores, 32 // 2**skips), image])
    return keras.Model(image, layers.Softmax()(scores))


def up(x, factor):
    look = {"strides": factor, "padding": "same", "use_bias": False}
    return layers.Conv2DTranspose(x.shape[-1], 2 * factor, **look)(x)


def drawn(shapes):
    """Weights that depend on the shape of their kernel alone, whatever the order of the layers."""
    weights, kernel = [], None
    for shape in shapes:
        kernel = shape if len(shape) == 4 else kernel
        random = np.random.default_rng([len(shape), *kernel])
        weights.append(random.normal(size=shape) * np.prod(kernel[:3]) ** -0.5)
    return weights


@hidden("9c", points=2)
def test_fcn_hidden(answers):
    random = np.random.default_rng(930)
    for skips, num_classes in (0, 2), (1, 4), (2, 2), (2, 5):
        model = reference(skips, num_classes)
        model.set_weights(drawn([tuple(each.shape) for each in model.get_weights()]))
        for height, width in (33, 97), (None, None):
            student = answers.model("fcn", skips, height, width, num_classes)
            images = random.random((2, height or 64, width or 32, 1)).astype("float32")
            expected = model.predict_on_batch(images)
            expect(
                sorted(student.shapes) == sorted(tuple(w.shape) for w in model.get_weights()),
                "For another number of classes, or pages of unknown size, the weights have other "
                "shapes than the table's.",
            )
            expect(
                same(student.scores(images, drawn(student.shapes)), expected, 1e-3),
                "With the same weights, the result is not that of the network that is asked for, "
                "on a page of odd size or one of unknown size. Is everything cut below and on the "
                "right, is every pool a maximum, and is there a ReLU where the table has one?",
            )


@hidden("9e", points=1)
def test_pooled_with_places_hidden(answers):
    random = np.random.default_rng(950)
    for shape in (1, 1), (1, 7), (9, 2), (3, 3), (6, 11):
        for image in random.normal(size=shape) - 5, random.integers(-2, 0, shape).astype(float):
            got = answers.call("pooled_with_places", image)
            maxima, places = (np.asarray(each) for each in got)
            features = image[None, ..., None].astype("float32")
            wanted = [np.asarray(each)[0, ..., 0] for each in MaxPoolingWithIndices()(features)]
            expect(
                same(maxima, wanted[0], 1e-4),
                "Where values are negative, or a side is odd, the maxima are not right.",
            )
            expect(
                same(places, wanted[1]),
                "Where values are negative or equal, or a side is odd, a place is not right.",
            )


@hidden("9f", points=1)
def test_unpooled_hidden(answers):
    random = np.random.default_rng(960)
    for shape in (1, 1, 4, 3), (3, 5, 1, 2), (2, 4, 4, 1):
        features = random.normal(size=shape).astype("float32")
        places = random.integers(0, 4, shape)
        student = answers.model("unpooling", *shape[1:])
        got = student.scores(np.concatenate([features, places], axis=-1))
        wanted = np.asarray(MaxUnpooling()([features, places.astype("int32")]))
        expect(
            same(got, wanted, 1e-4),
            "For maps of another shape, or negative values, some value is not at its place.",
        )
