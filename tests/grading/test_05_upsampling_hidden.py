"""Notebook 5, Up-sampling by hand: cases that stay with the instructor."""

import numpy as np
from keras import layers

from seglab.grading import expect, hidden, same


@hidden("5b", points=1)
def test_unpooled_hidden(answers):
    random = np.random.default_rng(520)
    distinct = random.permutation(60).reshape(6, 10) - 80.0  # all of them negative
    tied = random.integers(0, 2, (4, 6)).astype(float)
    for before in distinct, tied:
        values = random.permutation(before.size // 4).reshape(before.shape[0] // 2, -1) - 70.5
        got = answers.array("unpooled", values, before, shape=before.shape)
        for (row, column), value in np.ndenumerate(values):
            block = slice(2 * row, 2 * row + 2), slice(2 * column, 2 * column + 2)
            own, seen = got[block], before[block]
            expect(
                np.count_nonzero(own) == 1 and same(own.sum(), value),
                "A block should hold its value once, and zeros; also where a maximum occurs twice, "
                "and where numbers are negative or not whole.",
            )
            expect(
                same(seen[own != 0].item(), seen.max()),
                "A value is not where the maximum was; negative numbers have a maximum, too.",
            )


@hidden("5c", points=1)
def test_transposed_hidden(answers):
    random = np.random.default_rng(530)
    for count, size, stride in (1, 4, 2), (7, 5, 1), (9, 3, 3), (5, 7, 2), (12, 1, 1):
        values, kernel = random.normal(size=count), random.normal(size=size)
        layer = layers.Conv1DTranspose(1, size, strides=stride, use_bias=False)
        layer.build((None, count, 1))
        layer.set_weights([kernel[:, None, None]])
        expected = np.asarray(layer(values[None, :, None]))[0, :, 0]
        got = answers.array("transposed", values, kernel, stride, shape=expected.shape)
        expect(
            same(got, expected, 1e-4),
            "With numbers that are not whole, or negative, or a kernel much longer than the "
            "stride, the result is not the sum of the stamps.",
        )


@hidden("5d", points=1)
def test_convolution_matrix_hidden(answers):
    """The transpose is a transposed convolution wherever the stride comes out even."""
    random = np.random.default_rng(540)
    for shape, size, stride in ((2, 2), (6, 4), 2), ((3, 2), (7, 6), 2), ((1, 1), (2, 3), 1):
        kernel = random.normal(size=shape)
        rows, columns = ((n - k) // stride + 1 for n, k in zip(size, shape))
        wanted = (rows * columns, size[0] * size[1])
        matrix = answers.array("convolution_matrix", kernel, *size, stride, shape=wanted)
        layer = layers.Conv2DTranspose(1, shape, strides=stride, use_bias=False)
        layer.build((None, rows, columns, 1))
        layer.set_weights([kernel[..., None, None]])
        errors = random.normal(size=(rows, columns))
        expect(
            same(
                matrix.T @ errors.ravel(),
                np.asarray(layer(errors[None, ..., None].astype("float32"))).ravel(),
                1e-4,
            ),
            "The transpose of the matrix does not give what Conv2DTranspose gives.",
        )


@hidden("5g", points=1)
def test_bilinear_kernel_hidden(answers):
    for factor in 6, 8, 10:
        side = 2 * factor
        kernel = answers.array("bilinear_kernel", factor, shape=(side, side))
        layer = layers.Conv2DTranspose(1, side, strides=factor, padding="same", use_bias=False)
        layer.build((None, 5, 4, 1))
        layer.set_weights([kernel[..., None, None]])
        cells = np.random.default_rng(factor).random((1, 5, 4, 1))
        inside = (0, slice(factor, -factor), slice(factor, -factor), 0)
        bilinear = layers.UpSampling2D(factor, interpolation="bilinear")
        expect(
            same(np.asarray(layer(cells))[inside], np.asarray(bilinear(cells))[inside], 1e-4),
            "With a larger factor, the layer with your kernel does not scale up bilinearly.",
        )
