"""The lecture's trained models as they come with this lab."""

from pathlib import Path

from seglab.errors import InputError
from seglab.model_files import load_model, read_card

FOLDER = Path(__file__).parents[1] / "data" / "models"


def shipped_model(name):
    """The lecture's model of that name, trained, and the working height of its pages."""
    path = FOLDER / f"{name}.keras"
    if not path.exists():
        names = ", ".join(sorted(file.stem for file in FOLDER.glob("*.keras")))
        raise InputError(f"There is no trained model '{name}'; those of the lab are {names}.")
    return load_model(path), read_card(path)["training"]["height"]
