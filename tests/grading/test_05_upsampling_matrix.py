"""Notebook 5, Up-sampling by hand: what the instant check runs, for the matrix."""

import keras
import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question, same


@question(
    "5d",
    points=3,
    difficulty=2,
    hints=(
        "Take an empty image (height, width), put the kernel where it stands for one output, and "
        "flatten. That is one row of the matrix.",
        "Two loops give the upper left corners of the kernel's places, stride by stride, as long "
        "as the kernel is inside.",
    ),
)
def test_convolution_matrix(answers):
    """Write a convolution as a matrix."""
    random = np.random.default_rng(54)
    for shape, size, stride in (
        ((1, 3), (1, 6), 1),
        ((1, 3), (1, 7), 2),
        ((3, 3), (4, 4), 1),
        ((2, 3), (5, 7), 2),
    ):
        kernel = random.permutation(9)[: shape[0] * shape[1]].reshape(shape) + 1.0
        judge_matrix(answers, kernel, size, stride)


def judge_matrix(answers, kernel, size, stride):
    columns = size[0] * size[1]
    layer = layers.Conv2D(1, kernel.shape, strides=stride, use_bias=False)
    layer.build((None, *size, 1))
    layer.set_weights([kernel[..., None, None]])
    points = np.eye(columns).reshape(columns, *size, 1)  # images of one pixel of ink
    of_points = np.asarray(layer(points)).reshape(columns, -1)
    shape = of_points.shape[::-1]
    case = f"Kernel {kernel.shape}, image {size}, stride {stride}: "
    got = answers.call("convolution_matrix", kernel, *size, stride)
    if isinstance(got, np.ndarray):
        expect(
            got.shape != of_points.shape or shape == of_points.shape,
            f"{case}this is the way back. A row of the matrix makes one output, and has a number "
            "for each pixel.",
            got.shape,
        )
        expect(
            got.shape == shape,
            f"{case}the matrix should have a row for each output and a column for each pixel.",
            got.shape,
        )
    matrix = answers.array("convolution_matrix", kernel, *size, stride, shape=shape)

    def picture():
        return plots.number_grids({"kernel": kernel, "your matrix": matrix})

    image = np.random.default_rng(1).random(size).astype("float32")
    outputs = np.asarray(layer(image[None, ..., None])).ravel()
    turned = np.asarray(keras.ops.flip(layer(np.flip(image)[None, ..., None]), (1, 2))).ravel()
    expect(
        same(matrix @ image.ravel(), outputs, 1e-4)
        or not same(matrix @ image.ravel(), turned, 1e-4),
        f"{case}the kernel is turned round. Keras multiplies its first weight with the first pixel "
        "that it covers.",
        matrix,
        picture,
    )
    expect(
        same(matrix @ image.ravel(), outputs, 1e-4)
        or not same(np.sort(matrix @ image.ravel()), np.sort(outputs), 1e-4),
        f"{case}all outputs are there, in another order. Count them row by row, like the pixels.",
        matrix,
        picture,
    )
    expect(
        same(matrix @ image.ravel(), outputs, 1e-4),
        f"{case}the matrix times an image does not give what Conv2D gives.",
        matrix,
        picture,
    )
