"""The weights of models: random, or trained and shipped, a small file for each lecture model.

A folder of weights holds `NAME.npz`, the model's arrays in its order as float16, and
`weights.json`: for every name the sha256 of that file and how its weights came about.
"""

import hashlib
import io
import json
from itertools import zip_longest
from pathlib import Path

import keras
import numpy as np

from seglab import catalogue, literature
from seglab.errors import InputError
from seglab.files import write_bytes
from seglab.model_files import load_model, read_card
from seglab.models import BUILDERS
from seglab.recipe import TRANSFER

SHIPPED = Path(__file__).parents[1] / "data" / "weights"
CARDS = "weights.json"
STAGES = (("fcn32", "fcn16"), ("fcn16", "fcn8"))


def untrained(recipe, encoder=None):
    """The recipe's model with its first random weights, the same for the same seed.

    encoder: the trained weights of its encoder, as `transfer.encoder` takes them; None: random.
    """
    options = {}
    if encoder is not None:
        if recipe.model not in TRANSFER:
            raise InputError(
                f"{recipe.model} has no encoder to be trained before; choose one of "
                f"{', '.join(TRANSFER)}."
            )
        options["encoder_weights"] = encoder
    keras.utils.set_random_seed(recipe.seed)
    return catalogue.BUILDERS[recipe.model](recipe.num_classes, **options)


def trained(source):
    """A trained model and its card: source is the name of a shipped one, or a .keras file."""
    if source in BUILDERS:
        return pretrained(source), shipped_card(source)
    return load_model(source), read_card(source)


def pretrained(name):
    """The lecture's model of that name with the shipped weights, in float32.

    Raises InputError where there are none, or where the file is not the one that was packed.
    """
    card, file = shipped_card(name), SHIPPED / f"{name}.npz"
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise InputError(
            f"{file} is not the file that {CARDS} tells of: its sha256 is another; "
            "fetch both anew, or make them with `make weights`."
        )
    model = BUILDERS[name](card["training"]["num_classes"])
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        give_weights(model, list(arrays.values()), file)
    return model


def shipped_card(name):
    """How the shipped weights of a model came about: a dict, as `pack` writes it."""
    card = _cards(SHIPPED).get(name)
    if not card or not (SHIPPED / f"{name}.npz").is_file():
        raise InputError(
            f"{SHIPPED} holds no weights of {name}; make them with `make weights`, "
            f"or give a .keras file that `seglab train {name}` wrote."
        )
    return card


def start(model, trained, source):
    """Put what a trained model has learnt into another, where training goes on.

    Either both are the same model, or the trained one is the coarser step before it: FCN-32 before
    FCN-16 before FCN-8, the staged training of Long et al. (2015). source: a name for messages.
    """
    if (trained.name, model.name) in STAGES:
        literature.start_from(model, trained)
    else:
        give_weights(model, trained.get_weights(), source)


def give_weights(model, arrays, source):
    """Put `arrays`, in the model's order, into the model; InputError where one does not fit.

    source: where they come from, for the message.
    """
    for weight, array in zip_longest(model.weights, arrays):
        expected, came = (x is not None and tuple(x.shape) for x in (weight, array))
        if expected != came:
            raise InputError(
                f"The weights in {source} are not those of {model.name}: "
                f"{weight.path if weight is not None else 'after the last'} should be "
                f"{expected or 'nothing'}, but there is {came or 'nothing'}; "
                "give weights of the same model for as many classes."
            )
    model.set_weights(arrays)


def fingerprint(model):
    """16 hexadecimal digits that tell a model's weights from others: their sha256, cut short."""
    digest = hashlib.sha256()
    for array in model.get_weights():
        digest.update(array.tobytes())
    return digest.hexdigest()[:16]


def pack(files, folder, about=""):
    """Write the weights of trained models into a folder; the same models give the same bytes.

    files: model files that `seglab train` wrote, one for each model. folder: what it holds of other
    models stays. about: what the training pages were, a sentence for the card.
    """
    cards = _cards(folder)
    for file in files:
        card = read_card(file)
        if not card:
            raise InputError(f"{file} should be a model file of `seglab train`, but has no card.")
        name = card["training"]["model"]
        model = BUILDERS[name](card["training"]["num_classes"])
        give_weights(model, load_model(file).get_weights(), file)
        data = _npz(model)
        write_bytes(folder / f"{name}.npz", data)
        best = max(card.pop("history"), key=lambda epoch: epoch["mean_iou"])
        cards[name] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "about": about,
            **card,
            "validation": {score: best[score] for score in ("mean_iou", "pixel_accuracy")},
        }
    cards = dict(sorted(cards.items()))
    write_bytes(folder / CARDS, f"{json.dumps(cards, indent=2)}\n".encode())


def _npz(model):
    """The model's arrays as float16 in NumPy's format, which knows no clock."""
    file = io.BytesIO()
    np.savez(file, *(array.astype("float16") for array in model.get_weights()))
    return file.getvalue()


def _cards(folder):
    """{model: card} of a folder of weights, empty where there are none."""
    try:
        return json.loads((folder / CARDS).read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise InputError(f"{folder / CARDS} is damaged ({error}); fetch it anew.") from error
