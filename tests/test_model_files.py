"""Model files open in plain Keras, remember their training, and run no code."""

import json
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest

from seglab import losses, models
from seglab.errors import InputError
from seglab.model_files import load_model, read_card, save_model

IMAGE = np.random.default_rng(0).random((1, 32, 32, 1), "float32")


def test_a_model_comes_back_with_its_card_and_no_optimizer(tmp_path):
    model = models.fcn(3)
    model.compile("adam", losses.CrossEntropy())
    model.fit(IMAGE, np.zeros((1, 32, 32)), verbose=0)
    path = tmp_path / "new" / "fcn.keras"
    save_model(path, model, {"training": {"height": 320}})
    again = load_model(path)
    assert read_card(path) == {"training": {"height": 320}}
    assert not again.compiled
    np.testing.assert_array_equal(again.predict_on_batch(IMAGE), model.predict_on_batch(IMAGE))
    plain = keras.saving.load_model(path)
    np.testing.assert_array_equal(plain.predict_on_batch(IMAGE), model.predict_on_batch(IMAGE))


def test_a_model_that_keras_saved_has_an_empty_card(tmp_path):
    models.fcn(3).save(tmp_path / "fcn.keras")
    assert read_card(tmp_path / "fcn.keras") == {}


def test_code_in_a_model_file_is_not_run(tmp_path):
    ran = str(tmp_path / "ran")
    evil = keras.Sequential(
        [keras.Input((4,)), keras.layers.Lambda(lambda x: (open(ran, "w").close(), x)[1])]
    )
    evil.save(tmp_path / "evil.keras")
    Path(ran).unlink(missing_ok=True)
    with pytest.raises(
        InputError, match=r"evil.keras holds layers that are not known here: lambda\w* \(Lambda\)"
    ):
        load_model(tmp_path / "evil.keras")
    assert not Path(ran).exists()


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_model_is_told(content, tmp_path):
    path = tmp_path / "broken.keras"
    if content is None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("config.json", "{")
    else:
        path.write_bytes(content)
    with pytest.raises(InputError, match="broken.keras is no .keras file"):
        load_model(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match="none.keras is no .keras file .*No such file"):
        load_model(tmp_path / "none.keras")


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "fcn.keras"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        save_model(path, models.fcn(3), {"not JSON": object()})
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["fcn.keras"]


@keras.saving.register_keras_serializable("test")
class Mystery(keras.layers.Layer):
    """A layer that only this test knows."""

    def call(self, x):
        return x


def test_unknown_layers_are_named(tmp_path, monkeypatch):
    image = keras.Input((16, 16, 2))
    inner = keras.Sequential([keras.Input((16, 16, 2)), Mystery(name="mystery")])
    keras.Model(image, inner(image)).save(tmp_path / "strange.keras")
    monkeypatch.setattr(keras.saving, "get_registered_object", lambda name: None)
    with pytest.raises(InputError, match=r"not known here: mystery \(Mystery\);"):
        load_model(tmp_path / "strange.keras")


def test_a_registered_layer_is_known(tmp_path):
    keras.Sequential([keras.Input((4, 4, 1)), Mystery()]).save(tmp_path / "known.keras")
    assert isinstance(load_model(tmp_path / "known.keras").layers[0], Mystery)


@pytest.mark.parametrize("card", [[], {"training": None}, {"training": {"height": "320"}}, 3])
def test_a_damaged_card_is_told(card, tmp_path):
    models.fcn(3).save(tmp_path / "fcn.keras")
    with zipfile.ZipFile(tmp_path / "fcn.keras", "a") as archive:
        archive.writestr("seglab.json", json.dumps(card))
    with pytest.raises(InputError, match="fcn.keras holds a damaged card"):
        read_card(tmp_path / "fcn.keras")


def test_a_model_that_keras_saved_after_training_opens_without_its_loss(tmp_path, monkeypatch):
    """The loss is seglab's own, which plain Keras does not know; predicting needs none."""
    model = models.fcn(3)
    model.compile("adam", losses.CrossEntropy())
    model.fit(IMAGE, np.zeros((1, 32, 32)), verbose=0)
    model.save(tmp_path / "fcn.keras")
    monkeypatch.setattr(keras.saving, "get_registered_object", lambda name: None)
    again = load_model(tmp_path / "fcn.keras")
    np.testing.assert_array_equal(again.predict_on_batch(IMAGE), model.predict_on_batch(IMAGE))
