"""Trained models on disk: a Keras file that also remembers how it was trained.

A model file is an ordinary `.keras` archive, which `keras.saving.load_model` opens too, with one
more member, `seglab.json`: its card. Above all the card tells the working height, without which
a page cannot be shown to the model at the size it has learnt.
"""

import importlib.util
import json
import tempfile
import zipfile
from pathlib import Path

import keras

from seglab.errors import InputError
from seglab.files import write_bytes

CARD = "seglab.json"


def save_model(path, model, card):
    """Write the model, without its optimizer, and its card (a dict for JSON) to a .keras file."""
    plain = keras.models.clone_model(model)  # a compiled model would ask its reader for our losses
    plain.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.keras")
        plain.save(file)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(CARD, json.dumps(card))
        write_bytes(path, file.read_bytes())


def load_model(path):
    """Read the model in a .keras file. No code in the file is run.

    Raises InputError: the file is no .keras archive; or it holds layers that Keras does not know
    (each is named with its class) or Lambda layers, whose code would have to be run.
    """
    config = _member(path, "config.json")
    if foreign := [f"{name} ({kind})" for name, kind in _foreign(config)]:
        raise InputError(
            f"{path} holds layers that are not known here: {', '.join(foreign)}; "
            "load the model where their classes are defined."
        )
    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # Keras raises anything on a file that is not its own
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise InputError(
            f"{path} cannot be read as a Keras model ({reason}); "
            f"save it again with this version of Keras, {keras.__version__}."
        ) from error


def read_card(path):
    """The card of a model file, without building the model: a dict, empty if there is none."""
    card = _member(path, CARD, missing={})
    try:
        training = dict(card.get("training", {}))
        sound = isinstance(training.get("height", 1), int) and training.get("height", 1) > 0
    except (AttributeError, TypeError, ValueError):
        sound = False
    if not sound:
        raise InputError(f"{path} holds a damaged card ({CARD}); train the model again.")
    return card


def _member(path, name, missing=None):
    """What one JSON member of the archive holds; `missing` where there is no such member."""
    try:
        with zipfile.ZipFile(path) as archive:
            if missing is not None and name not in archive.namelist():
                return missing
            return json.loads(archive.read(name))
    except Exception as error:  # a stranger's zip and JSON fail in many ways
        raise InputError(
            f"{path} is no .keras file ({error}); give one that `seglab train` or Keras's "
            "model.save has written."
        ) from error


def _foreign(config):
    """(name, class) of every layer in a configuration that is neither Keras's nor registered."""
    if isinstance(config, list):
        return [found for part in config for found in _foreign(part)]
    if not isinstance(config, dict):
        return []
    kind, inner = config.get("class_name"), config.get("config")
    if kind and isinstance(inner, dict) and "module" in config:
        known = (config["module"] or "").split(".")[0] == "keras" or _is_registered(config)
        if not known or kind == "Lambda":
            return [(inner.get("name", "?"), kind)]
    parts = [part for key, part in config.items() if key != "compile_config"]  # is not loaded
    return _foreign(parts)


def _is_registered(config):
    """True if Keras knows the class by name; seglab's layers make themselves known when needed."""
    name = str(config.get("registered_name"))
    if name.startswith("seglab>") and importlib.util.find_spec("seglab.layers"):
        importlib.import_module("seglab.layers")
    return keras.saving.get_registered_object(name) is not None
