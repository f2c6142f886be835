"""The pyramids are what slow loops make; every layer takes open sizes and comes back from disk."""

import keras
import numpy as np
import pytest
from loops import bin_means, convolved, resized

from seglab import layers
from seglab.dimensions import table, totals
from seglab.layers import (
    AtrousSpatialPyramidPooling,
    PyramidPooling,
    SeparableAtrousSpatialPyramidPooling,
)

RANDOM = np.random.default_rng(0)


def shaken(layer, channels):
    """A built layer with random weights, its statistics, too."""
    layer.build((None, None, None, channels))
    layer.set_weights([RANDOM.uniform(0.5, 1.5, weight.shape) for weight in layer.get_weights()])
    return layer


def applied(level, features, rate=1):
    """A level in loops: every convolution with its normalisation and ReLU."""
    for layer in level.layers:
        if isinstance(layer, keras.layers.DepthwiseConv2D):
            kernel = np.asarray(layer.kernel)[..., 0]
            diagonal = kernel[..., None] * np.eye(kernel.shape[-1])
            features = convolved(features, diagonal, rate)
        elif isinstance(layer, keras.layers.Conv2D):
            kernel = np.asarray(layer.kernel)
            features = convolved(features, kernel, rate if len(kernel) == 3 else 1)
        elif isinstance(layer, keras.layers.BatchNormalization):
            gamma, beta, mean, variance = layer.get_weights()
            features = gamma * (features - mean) / np.sqrt(variance + layer.epsilon) + beta
        else:
            features = np.maximum(features, 0)
    return features


@pytest.mark.parametrize("size", [(6, 12), (7, 5), (1, 2)])
def test_pyramid_pooling(size):
    x = RANDOM.normal(size=(2, *size, 3)).astype("float32")
    layer = shaken(PyramidPooling(4), channels=3)
    expected = [x]
    for bins, level in zip((1, 2, 3, 6), layer.levels, strict=True):
        expected.append(resized(applied(level, bin_means(x, bins)), *size))
    found = layer(x)
    assert found.shape == layer.compute_output_shape(x.shape)
    np.testing.assert_allclose(np.asarray(found), np.concatenate(expected, -1), atol=1e-4)


@pytest.mark.parametrize(
    "kind", [AtrousSpatialPyramidPooling, SeparableAtrousSpatialPyramidPooling]
)
@pytest.mark.parametrize("size", [(6, 8), (7, 5)])
def test_atrous_spatial_pyramid_pooling(kind, size):
    x = RANDOM.normal(size=(2, *size, 3)).astype("float32")
    layer = shaken(kind(4, rates=(2, 3, 9)), channels=3)
    levels = zip((1, 2, 3, 9), layer.levels, strict=True)
    expected = [applied(level, x, rate) for rate, level in levels]
    mean = applied(layer.image_level, x.mean((1, 2), keepdims=True))
    expected.append(np.broadcast_to(mean, expected[0].shape))
    expected = applied(layer.projection, np.concatenate(expected, -1))
    found = layer(x)
    assert found.shape == layer.compute_output_shape(x.shape)
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-4)


def pooled_and_unpooled(x):
    pooled, indices = layers.MaxPoolingWithIndices((2, 3))(x)
    return layers.CropLike()([layers.MaxUnpooling((2, 3))([pooled, indices]), x])


EVERY = {
    "indices": lambda: pooled_and_unpooled,
    "nails": lambda: layers.BedOfNails((2, 1)),
    "bilinear": lambda: layers.BilinearUpSampling2D((1, 2)),
    "mirror": lambda: layers.MirrorPadding(3, multiple=4, remainder=1),
    "pyramid": lambda: PyramidPooling(2, bins=(1, 2)),
    "atrous": lambda: AtrousSpatialPyramidPooling(2, rates=(2,)),
    "separable": lambda: SeparableAtrousSpatialPyramidPooling(2, rates=(2,)),
    "weights": lambda: keras.layers.Conv2DTranspose(
        2, 4, 2, padding="same", kernel_initializer=layers.Bilinear()
    ),
}


def small_model(name):
    image = keras.Input((None, None, 2))
    return keras.Model(image, EVERY[name]()(image))


@pytest.mark.parametrize("name", EVERY)
def test_open_sizes_and_the_way_to_disk_and_back(name, tmp_path):
    model = small_model(name)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", compile=False, safe_mode=True)
    for height, width in (4, 6), (5, 9):
        images = RANDOM.normal(size=(2, height, width, 2)).astype("float32")
        scores = model.predict(images, verbose=0)
        assert scores.shape == model.compute_output_shape(images.shape)
        np.testing.assert_allclose(scores, np.asarray(model(images)), atol=1e-6)
        np.testing.assert_array_equal(again.predict(images, verbose=0), scores)


@pytest.mark.parametrize("name", EVERY)
def test_half_precision_stays_half(name):
    policy = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("float16")
        images = RANDOM.normal(size=(1, 5, 7, 2)).astype("float16")
        scores = small_model(name)(images)
    finally:
        keras.config.set_dtype_policy(policy)
    assert np.asarray(scores).dtype == np.float16


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("weights", "indices")])
def test_dimensions_know_every_layer(name):
    rows = table(small_model(name), (12, 18))
    assert rows[-1].fields is not None and rows[-1].multiply_adds is not None
    assert not totals(rows).unknown


def test_what_pooling_and_unpooling_see():
    """Every cell sees the window that its index is taken from, 2x3 pixels."""
    rows = table(small_model("indices"), (5, 7))
    assert [row.output_shape[:2] for row in rows[1:]] == [(3, 3), (6, 9), (5, 7)]
    assert rows[-1].receptive_field == (2, 3)
    assert rows[-1].sees((3, 4)) == ((2, 4), (3, 6))


@pytest.mark.parametrize(
    "kind", [AtrousSpatialPyramidPooling, SeparableAtrousSpatialPyramidPooling]
)
def test_multiply_adds_of_the_atrous_pyramid(kind):
    image = keras.Input((8, 8, 3))
    model = keras.Model(image, kind(5, rates=(2, 4))(image))
    cells, normalized = 8 * 8, 5
    branch = 9 * 3 * 5 + normalized
    if kind is SeparableAtrousSpatialPyramidPooling:
        branch = 9 * 3 + 3 + 3 * 5 + normalized
    pointwise, projection = 3 * 5 + normalized, 4 * 5 * 5 + normalized
    expected = cells * (pointwise + 2 * branch + projection) + pointwise
    assert totals(table(model)).multiply_adds == expected
