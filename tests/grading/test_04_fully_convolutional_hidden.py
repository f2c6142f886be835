"""Notebook 4, Fully convolutional: the cases that the hand-out does not hold."""

import keras
import numpy as np

from seglab import models
from seglab.grading import expect, hidden, same


def weights_by_kernel(shapes, seed):
    """{shape of a kernel: [the kernel, its bias]}, as large as Keras's own first weights."""
    random = np.random.default_rng(seed)
    kernels = sorted({shape for shape in shapes if len(shape) == 4})
    drawn = {}
    for shape in kernels:
        kernel = random.normal(scale=(2 / np.prod(shape[:3])) ** 0.5, size=shape)
        bias = random.normal(scale=0.3, size=shape[3:])
        drawn[shape] = [kernel.astype("float32"), bias.astype("float32")]
    return drawn


def ordered(by_kernel, shapes):
    """The weights in the order of a model's, whose kernels should have the reference's shapes."""
    kernels = [shape for shape in shapes if len(shape) == 4]
    expect(
        sorted(kernels) == sorted(by_kernel),
        "The kernels are not those of the slide; look at the channels that the last one reads.",
        kernels,
    )
    return [part for shape in shapes if len(shape) == 4 for part in by_kernel[shape]]


@hidden("4a", points=1)
def test_dense_as_convolution_hidden(answers):
    random = np.random.default_rng(410)
    features = random.normal(size=(1, 5, 7, 4)).astype("float32")
    kernel = random.normal(size=(2 * 3 * 4, 6)).astype("float32")
    filters = answers.array("dense_as_convolution", kernel, 2, 3, shape=(2, 3, 4, 6))
    slid = np.asarray(keras.ops.conv(features, filters.astype("float32")))[0]
    for row in range(4):
        for column in range(5):
            window = features[0, row : row + 2, column : column + 3]
            expect(
                same(slid[row, column], window.ravel() @ kernel, 1e-3),
                "A map need not be square, and the convolution should give every window's scores.",
                filters.shape,
            )


@hidden("4b", points=1)
def test_fcn_hidden(answers):
    for num_classes, size in ((2, (24, 40)), (3, (8, 16))):
        student, reference = answers.model("fcn", num_classes), models.fcn(num_classes)
        images = np.random.default_rng(42).random((2, *size, 1)).astype("float32")
        shapes = [weight.shape for weight in reference.get_weights()]
        by_kernel = weights_by_kernel(shapes, seed=num_classes)
        reference.set_weights(ordered(by_kernel, shapes))
        expect(
            same(
                student.scores(images, ordered(by_kernel, student.shapes)), reference(images), 1e-3
            ),
            "With the same weights, the scores are not those of the slide's FCN. Is there a ReLU "
            "after each convolution but the last, and is every pool a maximum?",
        )


@hidden("4d", points=1)
def test_padded_hidden(answers):
    for multiple, size in ((16, (40, 33)), (16, (1, 1)), (6, (12, 13))):
        image = np.ones((*size, 1), "float32")
        rows, columns = (-(-side // multiple) * multiple for side in size)
        got = answers.array("padded", image, multiple, shape=(rows, columns, 1))
        kept = got[: size[0], : size[1]]
        expect(kept.all() and got.sum() == image.sum(), "Four pools ask for multiples of 16.")


@hidden("4e", points=1)
def test_rough_hidden(answers):
    random = np.random.default_rng(45)
    for cell, classes in ((3, 5), (4, 3), (1, 3)):
        labels = random.integers(0, classes, (4 * cell, 7 * cell)).astype("uint8")
        got = answers.array("rough", labels, cell, shape=labels.shape)
        most = sum(
            np.bincount(labels[row : row + cell, column : column + cell].ravel()).max()
            for row in range(0, 4 * cell, cell)
            for column in range(0, 7 * cell, cell)
        )
        first = got[::cell, ::cell]
        expect(
            (np.kron(first, np.ones((cell, cell))) == got).all() and (got == labels).sum() == most,
            "The labels could agree better with the truth, or a cell has several classes. Is it "
            "right for any number of classes?",
            first,
        )


@hidden("4f", points=2)
def test_skip_fcn_hidden(answers):
    student, reference = answers.model("skip_fcn", 4), models.skip_fcn(4)
    images = (np.random.default_rng(46).random((2, 16, 40, 1)) > 0.6).astype("float32")
    shapes = [weight.shape for weight in reference.get_weights()]
    by_kernel = weights_by_kernel(shapes, seed=46)
    # Which map comes first in a concatenation only orders the rows of the last kernel. All its
    # rows are made equal, so that no order matters.
    last = by_kernel[shapes[-2]][0]
    last[:] = last[:, :, :1] / 5
    reference.set_weights(ordered(by_kernel, shapes))
    expect(
        same(student.scores(images, ordered(by_kernel, student.shapes)), reference(images), 1e-3),
        "With the same weights, the scores are not those of the slide's skip-FCN. Is there a ReLU "
        "after each convolution but the last, and does all up-scaling copy the nearest?",
    )


@hidden("4h", points=1)
def test_scores_of_parts_hidden(answers):
    random = np.random.default_rng(48)
    for factor, channels in ((4, (5, 2)), (2, (1, 6))):
        coarse = random.normal(size=(2, 3, channels[0])).astype("float32")
        fine = random.normal(size=(2 * factor, 3 * factor, channels[1])).astype("float32")
        kernel = random.normal(size=(sum(channels), 4)).astype("float32")
        bias = random.normal(size=4).astype("float32")
        got = answers.call("scores_of_parts", coarse, fine, kernel, bias)
        shapes = [np.shape(each) for each in got]
        sizes = [(2, 3, 4), (2 * factor, 3 * factor, 4)]
        expect(shapes == sizes, "Each part should be scored at its own size.", shapes)
        up = np.kron(np.asarray(got[0]), np.ones((factor, factor, 1)))
        joined = np.concatenate([np.kron(coarse, np.ones((factor, factor, 1))), fine], axis=-1)
        expect(
            same(up + got[1], joined @ kernel + bias, 1e-3),
            "The sum is wrong. The parts need not have equally many channels.",
        )
