"""The layers that Keras lacks do what slow loops do, at even and odd sizes."""

import keras
import numpy as np
import pytest
from keras import ops
from loops import mirrored, pooled_with_indices, unpooled

from seglab.layers import (
    BedOfNails,
    Bilinear,
    BilinearUpSampling2D,
    CropLike,
    MaxPoolingWithIndices,
    MaxUnpooling,
    MirrorPadding,
)

SIZES = [(4, 6), (5, 7), (1, 1), (7, 2)]


def features(height, width, channels=3, seed=0):
    """Random whole numbers, few enough that many are equal."""
    random = np.random.default_rng(seed)
    return random.integers(-3, 3, (2, height, width, channels)).astype("float32")


def gradient(function, x):
    """The gradient of a sum, on either backend."""
    if keras.backend.backend() == "jax":
        import jax

        return np.asarray(jax.grad(lambda x: ops.sum(function(x)))(x))
    import tensorflow as tf

    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = ops.sum(function(x))
    return tape.gradient(total, x).numpy()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pool", [2, 3, (2, 3)])
def test_pooling_remembers_where_the_first_maximum_was(size, pool):
    layer = MaxPoolingWithIndices(pool)
    values, places = pooled_with_indices(features(*size), *layer.pool_size)
    pooled, indices = layer(features(*size))
    np.testing.assert_array_equal(np.asarray(pooled), values)
    np.testing.assert_array_equal(np.asarray(indices), places)


def test_the_printed_example_of_the_slide():
    """Pooling indices as the slide on SegNet prints them; its blank last value is 4."""
    printed = np.array([[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]], "float32")
    pooled, indices = MaxPoolingWithIndices(2)(printed[None, :, :, None])
    assert np.asarray(pooled).squeeze().tolist() == [[7, 9], [8, 4]]
    assert np.asarray(indices).squeeze().tolist() == [[2, 1], [0, 3]]
    back = MaxUnpooling(2)([pooled, indices])
    assert np.asarray(back).squeeze().tolist() == [
        [0, 0, 0, 9],
        [7, 0, 0, 0],
        [8, 0, 0, 0],
        [0, 0, 0, 4],
    ]


@pytest.mark.parametrize("size", SIZES)
def test_the_gradient_goes_where_the_index_points(size):
    """Also where values are equal: to one place only, the first."""
    x = features(*size)
    pooled, indices = MaxPoolingWithIndices(2)(x)
    ones = np.ones(pooled.shape, "float32")
    expected = unpooled(ones, np.asarray(indices), 2, 2)[:, : size[0], : size[1]]
    found = gradient(lambda x: MaxPoolingWithIndices(2)(x)[0], x)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="asks TensorFlow")
@pytest.mark.parametrize("size", SIZES)
def test_tensorflow_finds_the_same_places(size):
    import tensorflow as tf

    x = features(*size)
    values, flat = tf.nn.max_pool_with_argmax(x, 2, 2, "SAME")
    pooled, indices = MaxPoolingWithIndices(2)(x)
    cells, channels = np.indices(pooled.shape[1:])[:2], np.arange(x.shape[-1])
    rows, columns = cells[0] * 2 + np.asarray(indices) // 2, cells[1] * 2 + np.asarray(indices) % 2
    np.testing.assert_array_equal(np.asarray(pooled), values)
    np.testing.assert_array_equal((rows * size[1] + columns) * x.shape[-1] + channels, flat)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pool", [2, (2, 3)])
def test_unpooling_puts_values_back(size, pool):
    layer = MaxUnpooling(pool)
    values, places = pooled_with_indices(features(*size), *layer.pool_size)
    found = layer([values + 1, places])
    np.testing.assert_array_equal(np.asarray(found), unpooled(values + 1, places, *layer.pool_size))


def test_what_is_pooled_again_after_unpooling_is_what_was_pooled():
    x = 1 + np.abs(features(5, 7))
    pooled, indices = MaxPoolingWithIndices(2)(x)
    back = CropLike()([MaxUnpooling(2)([pooled, indices]), x])
    again, same = MaxPoolingWithIndices(2)(back)
    np.testing.assert_array_equal(np.asarray(again), np.asarray(pooled))
    np.testing.assert_array_equal(np.asarray(same), np.asarray(indices))


def test_indices_of_another_pool_are_told():
    with pytest.raises(ValueError, match="Do they belong to the same pool?"):
        MaxUnpooling(2)([keras.Input((4, 4, 3)), keras.Input((2, 2, 3), dtype="int32")])


@pytest.mark.parametrize("size", [2, 3, (2, 3)])
def test_bed_of_nails(size):
    x, layer = features(3, 2), BedOfNails(size)
    rows, columns = layer.size
    expected = np.zeros((2, 3 * rows, 2 * columns, 3))
    expected[:, ::rows, ::columns] = x
    np.testing.assert_array_equal(np.asarray(layer(x)), expected)


@pytest.mark.parametrize("factor", [1, 2, 3, 8, (2, 4)])
def test_bilinear_upsampling_is_keras_own(factor):
    x = features(3, 5)
    expected = keras.layers.UpSampling2D(factor, interpolation="bilinear")(x)
    found = BilinearUpSampling2D(factor)(x)
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), atol=1e-5)


@pytest.mark.parametrize("stride", [2, 4, 8])
def test_bilinear_weights_mix_bilinearly_away_from_the_border(stride):
    x = features(5, 4)
    transposed = keras.layers.Conv2DTranspose(
        3, 2 * stride, stride, padding="same", use_bias=False, kernel_initializer=Bilinear()
    )
    inside = (slice(None), slice(stride, -stride), slice(stride, -stride))
    found, expected = np.asarray(transposed(x)), np.asarray(BilinearUpSampling2D(stride)(x))
    np.testing.assert_allclose(found[inside], expected[inside], atol=1e-5)


def test_bilinear_weights_as_a_loop_makes_them():
    """Weight = (1 - |row - centre| / s) (1 - |column - centre| / s), each channel by itself."""
    kernel = np.asarray(Bilinear()((4, 4, 2, 2)))
    for row, column, there, here in np.ndindex(4, 4, 2, 2):
        weight = (1 - abs(row - 1.5) / 2) * (1 - abs(column - 1.5) / 2)
        assert kernel[row, column, there, here] == pytest.approx(weight if there == here else 0)
    assert np.asarray(Bilinear()((3, 3, 1, 1))).squeeze().tolist() == [
        [0.25, 0.5, 0.25],
        [0.5, 1, 0.5],
        [0.25, 0.5, 0.25],
    ]


@pytest.mark.parametrize("size", SIZES)
def test_mirror_padding(size):
    x = features(*size)
    found = MirrorPadding(9, multiple=16, remainder=4)(x)
    more = [(4 - side) % 16 for side in size]
    expected = mirrored(x, 9, [9 + extra for extra in more])
    np.testing.assert_array_equal(np.asarray(found), expected)


def test_cropping_to_what_is_larger_is_told():
    with pytest.raises(ValueError, match="at least as large"):
        CropLike()([keras.Input((4, 4, 3)), keras.Input((5, 4, 1))])
