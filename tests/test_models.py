"""The lecture's models hold what the slides print: parameters, shapes, names, order of layers."""

from pathlib import Path

import keras
import numpy as np
import pytest
from layer_table import layer_table

from seglab import models

GOLDEN = Path(__file__).parent / "golden"


def page_unet():
    return models.unet(3, size=None, channels=1)


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        (lambda: models.sliding_window(3), 205_723),
        (lambda: models.fcn(3), 77_563),
        (lambda: models.skip_fcn(3), 193_963),
        (lambda: models.transposed_fcn(3), 481_323),
        (models.unet, 1_941_105),
        (page_unet, 1_940_851),
    ],
)
def test_trainable_parameters_are_the_lectures(model, parameters):
    assert sum(np.prod(weight.shape) for weight in model().trainable_weights) == parameters


@pytest.mark.parametrize(
    ("name", "model", "size"),
    [
        ("sliding_window", lambda: models.sliding_window(3), (32, 32, 1)),
        ("fcn", lambda: models.fcn(3), (448, 320, 1)),
        ("skip_fcn", lambda: models.skip_fcn(3), (448, 320, 1)),
        ("transposed_fcn", lambda: models.transposed_fcn(3), (448, 320, 1)),
        ("unet", models.unet, (128, 128, 3)),
    ],
)
def test_layers_are_those_of_the_slide(name, model, size):
    assert layer_table(model(), size) == (GOLDEN / f"{name}.txt").read_text()


def test_unet_has_the_sizes_of_the_notes():
    """LeNet's rule, smaller and deeper, down to 8x8x256, and the same way up again."""
    sizes = {layer.name: layer.output.shape[1:] for layer in models.unet().layers}
    notes = {
        "c1": (128, 128, 16), "p1": (64, 64, 16), "c2": (64, 64, 32), "p2": (32, 32, 32),
        "c3": (32, 32, 64), "p3": (16, 16, 64), "c4": (16, 16, 128), "p4": (8, 8, 128),
        "c5": (8, 8, 256),
        "u6": (16, 16, 128), "u6_c4": (16, 16, 256), "c6": (16, 16, 128),
        "u7": (32, 32, 64), "u7_c3": (32, 32, 128), "c7": (32, 32, 64),
        "u8": (64, 64, 32), "u8_c2": (64, 64, 64), "c8": (64, 64, 32),
        "u9": (128, 128, 16), "u9_c1": (128, 128, 32), "c9": (128, 128, 16),
        "sigmoid": (128, 128, 1),
    }  # fmt: skip
    assert {name: sizes[name] for name in notes} == notes


@pytest.mark.parametrize("num_classes", [1, 2, 5])
@pytest.mark.parametrize("build", [models.fcn, models.skip_fcn, models.transposed_fcn, page_unet])
def test_scores_are_probabilities_of_the_images_size(build, num_classes):
    model = build() if build is page_unet else build(num_classes)
    scores = np.asarray(model(np.random.default_rng(0).random((2, 32, 48, 1), "float32")))
    assert scores.shape[:3] == (2, 32, 48)
    assert scores.min() >= 0 and scores.max() <= 1
    if scores.shape[-1] > 1:
        np.testing.assert_allclose(scores.sum(-1), 1, rtol=1e-5)


def test_one_channel_is_a_sigmoid_and_can_say_no():
    """A softmax over one channel would say 1 whatever it sees."""
    for model in models.fcn(1), models.sliding_window(1), models.unet(1, size=32, channels=1):
        image = np.random.default_rng(0).random((1, 32, 32, 1), "float32")
        assert np.ptp(np.asarray(model(image))) > 0 or np.asarray(model(image)).max() < 1


def test_sliding_window_takes_the_window_that_is_asked():
    assert models.sliding_window(3, window=64).input_shape == (None, 64, 64, 1)
    assert models.sliding_window(4).output_shape == (None, 4)


def test_the_slides_skips_meet_only_on_multiples_of_eight():
    with pytest.raises(Exception, match="40, ?24"):  # each backend has its own error
        models.skip_fcn(3)(np.zeros((1, 41, 25, 1), "float32"))


@pytest.mark.parametrize("build", [models.fcn, models.skip_fcn, models.transposed_fcn, models.unet])
def test_a_saved_model_opens_without_seglabs_classes(build, tmp_path):
    model = build(3)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", compile=False, safe_mode=True)
    image = np.random.default_rng(0).random((1, 128, 128, model.input_shape[-1]), "float32")
    np.testing.assert_array_equal(np.asarray(model(image)), np.asarray(again(image)))
