"""A rewritten model has the same scores, from the same weights, with less to compute."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from seglab import models
from seglab.rewrites import rewritten

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.random((1, 32, 48, 1)).astype("float32")


def randomised(model):
    """Other weights than zeros for biases and ones for variances, which would hide mistakes."""
    for weight in model.weights:
        if "seed" not in weight.name:
            size = max(np.prod(weight.shape[:-1]), 1) ** 0.5
            values = RANDOM.standard_normal(weight.shape) / size
            weight.assign(values**2 + 0.1 if "variance" in weight.name else values)
    return model


def assert_same(model, images=IMAGES):
    """Equal scores; equal labels wherever the best score is the best by more than rounding."""
    own, new = (np.asarray(m.predict_on_batch(images)) for m in (model, rewritten(model)))
    np.testing.assert_allclose(new, own, atol=1e-6, rtol=1e-5)
    if own.shape[-1] > 1:
        last, best = np.sort(own, axis=-1)[..., -2:].transpose(3, 0, 1, 2)
        clear = best - last > 1e-5
        np.testing.assert_array_equal(new.argmax(-1)[clear], own.argmax(-1)[clear])


@pytest.mark.parametrize("num_classes", [1, 3])
@pytest.mark.parametrize("name", ["fcn", "skip_fcn", "transposed_fcn", "unet"])
def test_the_lectures_models_keep_their_scores(name, num_classes):
    assert_same(randomised(models.BUILDERS[name](num_classes)))


UPS = [
    lambda filters: layers.UpSampling2D(),
    lambda filters: layers.UpSampling2D(interpolation="bilinear"),
    lambda filters: layers.Conv2DTranspose(filters, 3, strides=2, padding="same"),
    lambda filters: layers.Conv2DTranspose(filters, 2, strides=2, use_bias=False),
    lambda filters: layers.Conv2DTranspose(filters, 4, 2, padding="same", activation="relu"),
]
EXTRAS = [
    lambda filters: layers.Dropout(0.5),
    lambda filters: layers.BatchNormalization(),
    lambda filters: layers.Activation("tanh"),
    lambda filters: layers.Conv2D(filters, 1, activation="relu"),
    lambda filters: layers.Conv2D(filters, 1, use_bias=False),
    lambda filters: layers.Conv2D(filters, 3, padding="same"),
]


def random_model(random):
    """An encoder, and a decoder that is put together at random and ends in 1x1 convolutions."""

    def extended(x):
        for build in random.choice(EXTRAS, random.integers(3)):
            x = build(int(random.integers(1, 20)))(x)
        return x

    image = x = keras.Input((None, None, 1))
    skips = []
    for _ in range(2):
        x = layers.Conv2D(int(random.integers(2, 20)), 3, padding="same", activation="relu")(x)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    for skip in reversed(skips):
        x = extended(random.choice(UPS)(int(random.integers(2, 20)))(extended(x)))
        if random.random() < 0.7:
            x = extended(layers.Concatenate()([x, skip]))
    activation = random.choice(["softmax", "sigmoid", None])
    x = layers.Conv2D(int(random.integers(2, 5)), 1, activation=activation)(x)
    return keras.Model(image, x)


@pytest.mark.parametrize("seed", range(20))
def test_any_model_keeps_its_scores(seed):
    assert_same(randomised(random_model(np.random.default_rng(seed))))


def channels_read(model, kind, monkeypatch):
    """(width, channels) of what every layer of a kind reads while the rewritten model runs."""
    seen = []
    call = kind.call

    def spy(layer, inputs, *args, **kwargs):
        parts = inputs if isinstance(inputs, list) else [inputs]
        seen.extend((part.shape[2], part.shape[-1]) for part in parts)
        return call(layer, inputs, *args, **kwargs)

    monkeypatch.setattr(kind, "call", spy)
    rewritten(model).predict_on_batch(IMAGES)
    return seen


def test_the_skip_fcn_copies_scores_and_no_features(monkeypatch):
    model = models.skip_fcn(3)
    assert channels_read(model, layers.Concatenate, monkeypatch) == []
    model = models.skip_fcn(3)
    assert channels_read(model, layers.UpSampling2D, monkeypatch) == [(6, 3), (12, 3), (24, 3)]


def test_the_fcn_decides_before_it_copies(monkeypatch):
    assert channels_read(models.fcn(3), layers.Activation, monkeypatch) == [(6, 3)]


def test_the_last_transposed_convolution_writes_scores_only(monkeypatch):
    model = models.transposed_fcn(3)
    assert channels_read(model, layers.Conv2DTranspose, monkeypatch) == [(6, 160), (12, 160)]


def joined(x):
    return layers.Concatenate()([layers.UpSampling2D()(layers.MaxPooling2D()(x)), x])


def functional(build, channels=1):
    image = keras.Input((None, None, channels))
    return randomised(keras.Model(image, build(image)))


def shifted(x):
    return x - ops.roll(x, 1, axis=2)


@pytest.mark.parametrize(
    "build",
    [
        lambda x: layers.Activation(shifted)(layers.UpSampling2D()(x)),
        lambda x: layers.Conv2D(2, 1, activation=shifted)(layers.UpSampling2D()(x)),
        lambda x: layers.Activation("relu")(layers.UpSampling2D(interpolation="bilinear")(x - 0.5)),
        lambda x: layers.Conv2D(2, 1, strides=2)(layers.UpSampling2D()(x)),
        lambda x: layers.Conv2D(2, 1)(layers.Concatenate(axis=2)([x, x])),
        lambda x: layers.Conv2D(4, 1, groups=2)(joined(x)),
        lambda x: layers.BatchNormalization(axis=-1)(layers.UpSampling2D()(x)),
    ],
    ids=["own activation", "own in conv", "bilinear", "stride", "axis 2", "groups", "norm"],
)
def test_what_looks_around_or_not_is_told_apart(build):
    assert_same(functional(build))


def test_nested_models_and_layers_used_twice_are_followed():
    inner = functional(joined, channels=3)
    score = layers.Conv2D(3, 1)

    def build(x):
        x = score(joined(layers.Conv2D(4, 1)(x)))
        return score(layers.Concatenate()([inner(x), x[..., :2]]))

    assert_same(functional(build))


def test_a_note_that_two_layers_read_serves_both():
    def build(x):
        x = joined(layers.Conv2D(8, 3, padding="same")(x))
        wide = layers.Conv2D(2, 3, padding="same")(x)
        return layers.Add()([layers.Conv2D(2, 1)(x), wide])

    assert_same(functional(build))


def test_dropout_that_is_always_on_stays_on():
    model = functional(lambda x: layers.Dropout(0.5)(layers.UpSampling2D()(x + 1), training=True))
    dropped = np.asarray(rewritten(model).predict_on_batch(IMAGES)) == 0
    assert 0.4 < dropped.mean() < 0.6


def test_it_follows_what_the_model_learns():
    model = randomised(models.skip_fcn(3))
    before = rewritten(model).predict_on_batch(IMAGES)
    randomised(model)
    assert np.abs(rewritten(model).predict_on_batch(IMAGES) - before).max() > 0.01
    assert_same(model)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(IMAGES, np.zeros((1, 32, 48)), verbose=0)
    assert_same(model)


def test_it_follows_a_sequential_model_that_gets_another_layer():
    model = keras.Sequential([keras.Input((None, None, 1)), layers.Conv2D(3, 1)])
    rewritten(model).predict_on_batch(IMAGES)
    model.add(layers.Softmax())
    scores = rewritten(model).predict_on_batch(IMAGES)
    np.testing.assert_allclose(scores, np.asarray(model(IMAGES)), atol=1e-6)


def test_the_model_itself_stays_as_it_is():
    model = models.skip_fcn(3)
    config, weights = model.get_config(), model.get_weights()
    outputs = [layer.output for layer in model.layers]
    rewritten(model).predict_on_batch(IMAGES)
    assert model.get_config() == config
    assert all(map(np.array_equal, model.get_weights(), weights))
    assert all(layer.output is old for layer, old in zip(model.layers, outputs))
    assert rewritten(model) is rewritten(model)


def test_a_subclassed_model_is_left_alone():
    class Subclassed(keras.Model):
        pass

    model = Subclassed()
    assert rewritten(model) is model
