"""What all models beside the lecture's have in common: any page in, its scores out; they learn.

Those that the slides name, and those on an encoder of `keras.applications`.
"""

import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from quick import slow_but
from symbolic import symbolic

from seglab import literature, models, prediction, transfer
from seglab.dimensions import table, totals
from seglab.losses import CrossEntropy
from seglab.model_files import load_model, save_model
from seglab.training import JIT_COMPILE

RANDOM = np.random.default_rng(0)


BUILDERS = {**literature.BUILDERS, **transfer.BUILDERS}

# Tracing and training the deeper ones takes a while; one stands for them in a quick run.
QUICK = ("fcn8", "unet_mobilenet_v3")


SOME = slow_but(QUICK, BUILDERS)
BUILT = slow_but(
    [*literature.BUILDERS, *QUICK], BUILDERS
)  # where no model is run, only encoders take long


def small(name):
    """A narrow model none of whose weights is as it began, the scores' zeros least of all.

    An encoder stays: its width is fixed, so such large sums would overflow.
    """
    model = BUILDERS[name](3, width=2)
    for layer in model.layers:
        if layer.trainable and layer.name != "encoder":
            weights = layer.get_weights()
            layer.set_weights([x + RANDOM.uniform(0, 0.1, x.shape) for x in weights])
    return model


def page(height, width):
    return (RANDOM.random((1, height, width, 1)) < 0.2).astype("float32")


@pytest.mark.parametrize("name", SOME)
def test_a_saved_model_comes_back_and_gives_the_same_labels(name, tmp_path):
    """On a page smaller than the largest stride, too."""
    model = small(name)
    save_model(tmp_path / "model.keras", model, {})
    again = load_model(tmp_path / "model.keras")
    for size in (33, 47), (5, 1):
        image = page(*size)
        scores = np.asarray(model(image))
        assert scores.shape == (1, *size, 3) and np.ptp(scores) > 0
        np.testing.assert_array_equal(np.asarray(again(image)), scores)


@pytest.mark.parametrize("name", SOME)
def test_any_page_gets_probabilities_of_its_own_size(name):
    """Even and odd sizes in the same graph."""
    model = small(name)
    assert model.output_shape == (None, None, None, 3)
    for size in (64, 96), (37, 51):
        scores = model.predict(page(*size), verbose=0)
        assert scores.shape == (1, *size, 3)
        assert scores.min() >= 0
        np.testing.assert_allclose(scores.sum(-1), 1, rtol=1e-5)


@pytest.mark.parametrize("name", slow_but(["fcn8"], BUILDERS))
def test_every_model_learns(name):
    """A few steps on one page, whose left half is text and whose right half is a picture."""
    keras.utils.set_random_seed(0)
    model = BUILDERS[name](3, width=4)
    image = np.zeros((2, 48, 64, 1), "float32")
    image[:, ::4, :32] = image[:, :, 32::8] = 1
    labels = np.ones((2, 48, 64), "uint8")
    labels[:, :, 32:] = 2
    model.compile(keras.optimizers.Adam(0.003), CrossEntropy(), jit_compile=JIT_COMPILE)
    losses = model.fit(image, labels, epochs=12, verbose=0).history["loss"]
    assert min(losses[-3:]) < 0.9 * losses[0]


@pytest.mark.parametrize("name", BUILT)
def test_dimensions_understand_every_layer(name):
    with symbolic():
        model = BUILDERS[name](3, width=2)
    rows = table(model, (45, 70))
    assert rows[-1].problem is None and rows[-1].output_shape == (45, 70, 3)
    assert rows[-1].fields is not None
    assert not totals(rows).unknown
    assert totals(rows).parameters == sum(np.prod(weight.shape) for weight in model.weights)


@pytest.mark.parametrize("name", [*literature.BUILDERS, "unet_mobilenet_v3"])
def test_a_laptop_can_train_the_default_width(name):
    """At most three times the multiply-adds of the lecture's U-Net, for a training crop."""
    with symbolic():
        model, unet = BUILDERS[name](3), models.unet(3, size=None, channels=1)
    costs = [totals(table(model, (128, 128))).multiply_adds for model in (model, unet)]
    assert costs[0] <= 3 * costs[1]


@pytest.mark.parametrize("name", BUILT)
def test_classes_and_channels_are_a_choice(name):
    with symbolic():
        model = BUILDERS[name](1, width=1, channels=3)
    assert model.input_shape == (None, None, None, 3)
    assert model.output_shape == (None, None, None, 1)
    assert model.name == name
    assert model.layers[-1].name == "sigmoid"


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(
    ("files", "tests"),
    [
        (["test_layers.py", "test_layers_pyramids.py"], ""),
        (["test_transfer.py"], "preprocessed or strides or features"),
        (["test_literature.py"], "any_page or (learns and fcn8)"),
    ],
)
def test_all_of_it_works_in_jax(files, tests):
    """TensorFlow's graphs leave sizes open; JAX compiles every size anew."""
    here = Path(__file__).parent
    command = [sys.executable, "-m", "pytest", "-q", "-m", "", "-k", tests, *files]
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    done = subprocess.run(command, env=environment, cwd=here, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


# An open size has no halves, and Keras's ResNet pads its first layers so that they round down.
@pytest.mark.parametrize("name", [one for one in BUILT if "resnet50" not in one.values[0]])
def test_an_open_size_stays_the_pages(name):
    with symbolic():
        height, width = table(BUILDERS[name](3))[-1].output_shape[:2]
    assert (str(height), str(width)) == ("H", "W")


@pytest.mark.parametrize("name", ["unet_2015", pytest.param("segnet", marks=pytest.mark.slow)])
def test_tiles_of_a_large_page_keep_to_the_grid_of_the_pools(name, monkeypatch):
    """These models take any size, and yet a tile must begin where a pooling cell does."""
    model, image = small(name), page(560, 560)[0]
    whole = prediction.scores(model, image)
    monkeypatch.setattr(prediction, "PIXELS_AT_ONCE", 400 * 400)
    inside = slice(0, 400)  # the last pixels see paper where the whole page has a mirror
    tiled = prediction.scores(model, image)
    np.testing.assert_allclose(tiled[inside, inside], whole[inside, inside], atol=1e-5)
