"""Notebook 2, Layer dimensions: the cases that the hand-out does not hold."""

from functools import lru_cache
from itertools import product

import keras
import numpy as np
from keras.layers import Concatenate, Conv2D, Conv2DTranspose, MaxPooling2D, UpSampling2D

from seglab.dimensions import convolution_size, receptive_field
from seglab.grading import Wrong, expect, hidden


@hidden("2b", points=1)
def test_convolution_size_hidden(answers):
    for size, kernel, stride, padding, dilation in product((9, 30), (1, 4), (2, 5), (0, 2), (1, 3)):
        got = answers.call("convolution_size", size, kernel, stride, padding, dilation)
        expect(
            got == convolution_size(size, kernel, stride, padding, padding, dilation),
            "stride, padding and dilation should work together.",
            got,
        )
    got = answers.call("convolution_size", 601, 4, 1)
    expect(got == convolution_size(601, 4), "padding and dilation have defaults.", got)


@hidden("2c", points=1)
def test_transposed_size_hidden(answers):
    for size, kernel, stride, padding in product((1, 7, 50), (4, 5), (1, 3, 4), (0, 1)):
        written = {
            cell * stride + part for cell in range(size) for part in range(kernel)
        }  # without a gap, since the kernel is as large as the stride
        got = answers.call("transposed_size", size, kernel, stride, padding)
        expect(got == len(written) - 2 * padding, "Another size, kernel or stride.", got)


@hidden("2d", points=1)
def test_receptive_field_hidden(answers):
    for layers in (
        [],
        [(1, 1), (1, 2), (3, 1)],
        [(2, 4), (3, 1)],
        [(7, 2), (3, 2), (3, 1), (3, 2), (3, 1)],
        [(3, 1), (3, 1), (2, 2)] * 4 + [(3, 1), (3, 1)],
        [(2, 2)] * 10,
    ):
        field, jump = 1, 1
        for kernel, stride in layers:
            field, jump = receptive_field(field, jump, kernel, stride)
        got = answers.call("receptive_field", [list(layer) for layer in layers])
        expect(got == field, "Deeper stacks, other strides, or no layer at all.", got)


@hidden("2h", points=2)
def test_skip_model_hidden(answers):
    model = answers.model("skip_model", 2)
    images = np.random.default_rng(3).random((1, 12, 20, 1)).astype("float32")
    reference = mended()
    weights = weights_by_shape(model.shapes, reference.get_weights())
    scores = model.scores(images, weights=weights)
    expect(scores.shape == (1, 12, 20, 2), "Other sizes, another number of classes.", scores.shape)
    expect(
        np.allclose(scores, expected(), atol=1e-4),
        "The same weights give other scores than in the network of the listing, mended.",
    )


@lru_cache
def mended():
    """The reference; its weights treat both branches alike, so that their order does not matter."""
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    fuse1 = Concatenate()([UpSampling2D()(MaxPooling2D()(conv2)), conv2])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)
    fuse2 = Concatenate()([up2, conv1])
    model = keras.Model(image, Conv2D(2, 1, activation="softmax")(fuse2))
    random, weights = np.random.default_rng(4), []
    for weight in model.get_weights():
        values = random.normal(0.1, 0.3, weight.shape)
        if weight.shape == (3, 3, 4, 16):
            values[..., 8:] = values[..., :8]
        if weight.shape == (1, 1, 8, 2):
            values[:, :, 4:] = values[:, :, :4]
        weights.append(values)
    weights[5] = weights[1]  # the biases of conv1 and up2 cannot be told apart by their shapes
    model.set_weights(weights)
    return model


@lru_cache
def expected():
    images = np.random.default_rng(3).random((1, 12, 20, 1)).astype("float32")
    return keras.ops.convert_to_numpy(mended()(images))


def weights_by_shape(shapes, weights):
    """The reference's weights in the order of a student's model."""
    by_shape = {weight.shape: weight for weight in weights}
    if sorted(shapes) != sorted(weight.shape for weight in weights):
        raise Wrong("The layers' weights have other shapes than in the listing, mended.", shapes)
    return [by_shape[shape] for shape in shapes]


@hidden("2i", points=1)
def test_unet_sizes_hidden(answers):
    notes = [(128, 128, 16), (64, 64, 32), (32, 32, 64), (16, 16, 128), (8, 8, 256)]
    notes += [(16, 16, 256), (16, 16, 128), (32, 32, 128), (32, 32, 64)]
    notes += [(64, 64, 64), (64, 64, 32), (128, 128, 32), (128, 128, 16)]
    for high, wide, deep in ((1, 1, 1), (5, 1, 4), (1, 3, 0.0625)):  # so many times the notes'
        page = 128 * high, 128 * wide, int(16 * deep)
        got = answers.array("unet_sizes", *page, shape=(13, 3))
        right = np.multiply(notes, (high, wide, deep))
        expect(bool((got == right).all()), "Another page, or another number of filters.", got)
