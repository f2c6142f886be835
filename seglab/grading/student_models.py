"""Models that students build: rebuilt from their configuration, never from their code.

A Sequential or functional model of Keras's own layers is described by configuration and weights, so
that it can be made again elsewhere. One that is subclassed, or holds a layer of the student's own,
cannot; it is probed where it lives, with weights and images that the judge chooses.

The autograder makes models again in a process of their own in the sandbox: no code of the student's
runs there, and a layer of any size, or a fault of Keras's, harms nobody.
"""

import json
import re
from typing import Any, NamedTuple

import keras
import numpy as np

from seglab.grading.plain import plain
from seglab.grading.verdicts import StudentError, Wrong, said

MOST_PARAMETERS = 20_000_000  # ten U-Nets of the lecture
# Keras begins with the layer that failed; the reason comes after it, in bold letters.
REASON = re.compile(r"Exception encountered when calling .*?\x1b\[1m(.*?)\x1b\[0m", re.DOTALL)


class Structure(NamedTuple):
    """What is known of a model that was made again. layers: [(class name, configuration)]."""

    layers: list
    input_shape: tuple | None


class Description(NamedTuple):
    """A model as plain data.

    config: None for one that is probed, through `model`. structure: None if it is unknown.
    """

    config: str | None
    weights: list
    model: Any = None
    structure: Structure | None = None


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
        raise StudentError(
            f"The model cannot take images of shape {images.shape}: {_reason(error)}"
        ) from error
    finally:
        if own is not None:
            model.set_weights(own)


class StudentModel:
    """A student's model as the questions see it: its weights, its layers, what it gives.

    model: its `Structure`; None if that is unknown.
    """

    def __init__(self, described, probe):
        if described.config is not None:
            described = rebuilt(described.config, described.weights)
        self._probe, self._lives = probe, described.model
        self.model, self.weights = described.structure, described.weights

    def expect_weights(self):
        """Raise `Wrong` if the model has none: it has not been told what it will read."""
        if not self.weights:
            way = (
                "Call a subclassed model on an image before you return it."
                if self.model is None
                else "Begin it with `keras.Input(...)`."
            )
            raise Wrong(f"The model does not know yet what it will read, and has no weights. {way}")

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
        return self.model.layers if self.model else []

    def scores(self, images, weights=None):
        """Scores of images (n, H, W, channels), with other weights if they are given."""
        images = np.asarray(images, "float32")
        if weights is not None and [w.shape for w in weights] != self.shapes:
            raise Wrong("The model's weights have other shapes than the slide's.", self.shapes)
        scores = self._probe(self._lives, images, weights)
        if not isinstance(scores, np.ndarray) or scores.dtype.kind not in "fiu":
            raise Wrong("The model should give an array of scores.")
        return scores


def rebuilt(config, weights):
    """The `Description` of a model made again from its configuration, a JSON text, and weights."""
    try:
        config = json.loads(config)
        if not is_keras_own(config):
            raise ValueError("a layer that is not Keras's own, or a Lambda")
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if weights:
            model.set_weights(weights)
        input_shape = getattr(model, "input_shape", None)  # which a model without sizes lacks
        structure = Structure(plain(list(_layers(model))), plain(input_shape))
    except Exception as error:  # a configuration may be wrong in any way
        raise Wrong("The model cannot be made again from its configuration.") from error
    return Description(None, weights, model, structure)


def _reason(error):
    """What an exception says, in one line; of a layer's, the reason that Keras adds."""
    found = REASON.match(str(error))
    return said(ValueError(found[1]) if found and type(error) is ValueError else error)


def _layers(model):
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from _layers(layer)
        elif type(layer).__name__ != "InputLayer":
            yield type(layer).__name__, layer.get_config()
