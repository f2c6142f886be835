"""Models that students build: rebuilt from their configuration, never from their code.

A Sequential or functional model of Keras's own layers is described by configuration and weights, so
that it can be made again elsewhere. One that is subclassed, or holds a layer of the student's own,
cannot; it is probed where it lives, with weights and images that the judge chooses.
"""

import json
from typing import Any, NamedTuple

import keras
import numpy as np

from seglab.grading.verdicts import Wrong

MOST_PARAMETERS = 20_000_000  # ten U-Nets of the lecture


class Description(NamedTuple):
    """A model as plain data. config: None for one that can only be probed, through `model`."""

    config: str | None
    weights: list
    model: Any = None


def description(model, name):
    """Describe what the student's function `name` has returned."""
    if not isinstance(model, keras.Model):
        raise Wrong(f"{name} should return a Keras model; yours returns {type(model).__name__}.")
    if model.built and model.count_params() > MOST_PARAMETERS:
        raise Wrong(f"{name} has {model.count_params():,} parameters, far too many.")
    weights = [np.asarray(keras.ops.convert_to_numpy(weight)) for weight in model.weights]
    kind = type(model)
    if kind in (keras.Sequential, keras.Model) or kind.__name__ == "Functional":
        config = keras.saving.serialize_keras_object(model)
        config.pop("compile_config", None)
        if is_keras_own(config):
            return Description(json.dumps(config), weights)
    return Description(None, weights, model)


def is_keras_own(config):
    """True if a serialised object names nothing but Keras's own classes, and no Lambda."""
    if isinstance(config, dict):
        named = "class_name" in config
        module = config.get("module") or "keras"
        own = module == "builtins" or module.split(".")[0] == "keras"
        if named and (not own or config["class_name"] in ("Lambda", "__lambda__", "function")):
            return False
        return all(map(is_keras_own, config.values()))
    return all(map(is_keras_own, config)) if isinstance(config, list | tuple) else True


def probed(model, images, weights=None):
    """Scores (n, H, W, classes) or (n, classes) of images (n, H, W, channels).

    weights: arrays in the order of `model.weights`, to be taken instead of the model's own, which
    are put back.
    """
    own = None
    try:
        scores = model(images, training=False)
        if weights is not None:
            own = model.get_weights()
            model.set_weights(weights)
            scores = model(images, training=False)
        return keras.ops.convert_to_numpy(scores)
    except Exception as error:  # the student's model may fail in any way
        said = str(error).strip().splitlines() or [""]
        raise Wrong(
            f"The model cannot take images of shape {images.shape}: "
            f"{type(error).__name__}: {said[0][:300]}"
        ) from error
    finally:
        if own is not None:
            model.set_weights(own)


class StudentModel:
    """A student's model as the questions see it: its weights, its layers, what it gives."""

    def __init__(self, described, probe):
        self._probe = probe
        self._lives = described.model
        self.model = None if described.config is None else _rebuilt(described)
        self.weights = described.weights

    @property
    def shapes(self):
        """The shapes of all weights, in their order."""
        return [tuple(weight.shape) for weight in self.weights]

    @property
    def parameters(self):
        return sum(weight.size for weight in self.weights)

    @property
    def layers(self):
        """[(class name, config)] of all layers, those of models within it, too; [] if unknown."""
        return list(_layers(self.model)) if self.model else []

    def scores(self, images, weights=None):
        """Scores of images (n, H, W, channels), with other weights if they are given."""
        images = np.asarray(images, "float32")
        if weights is not None and [w.shape for w in weights] != self.shapes:
            raise Wrong("The model's weights have other shapes than the slide's.", self.shapes)
        if self.model is not None:
            return probed(self.model, images, weights)
        return self._probe(self._lives, images, weights)


def _rebuilt(described):
    config = json.loads(described.config)
    if not is_keras_own(config):
        raise Wrong("The model should be made of Keras's own layers, without a Lambda.")
    try:
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if described.weights:
            model.set_weights(described.weights)
    except Exception as error:  # a configuration may be wrong in any way
        raise Wrong("The model cannot be made again from its configuration.") from error
    return model


def _layers(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from _layers(layer)
        elif type(layer).__name__ != "InputLayer":
            yield type(layer).__name__, layer.get_config()
