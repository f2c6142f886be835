"""The trained models that go from one notebook to another: a student's own, or shipped ones."""

from dataclasses import asdict
from pathlib import Path

from seglab.model_files import load_model, read_card, save_model
from seglab.shipped_models import shipped_model

FOLDER = "models"  # beside the notebooks


def keep(name, model, recipe):
    """Save a trained model, its recipe with it, as `models/NAME.keras`; return that path."""
    path = Path(FOLDER, f"{name}.keras")
    path.parent.mkdir(exist_ok=True)
    save_model(path, model, {"training": asdict(recipe)})
    return path


def load(name):
    """A trained model, the working height of its pages, and whose it is: "yours" or "shipped".

    name: `keep`'s; where nothing was kept, the lecture's model of that name that comes with the
    lab. Raises InputError if there is neither, or the file cannot be read.
    """
    path = Path(FOLDER, f"{name}.keras")
    if path.exists():
        return load_model(path), read_card(path)["training"]["height"], "yours"
    return *shipped_model(name), "shipped"
