"""What is timed: models, untrained or from a file, on pages of random ink."""

from functools import partial
from pathlib import Path

import numpy as np

from seglab.catalogue import BUILDERS
from seglab.dimensions import fitting_size, table, totals
from seglab.errors import InputError
from seglab.model_files import load_model
from seglab.prediction import is_window_classifier
from seglab.windows import WINDOWS_PER_CALL

NUM_CLASSES = 3
INK = 0.1  # share of black pixels, about that of a printed page


def named(sources):
    """{name: source} of model names and .keras files; a file is called after its stem."""
    models = {Path(source).stem: source for source in sources}
    if len(models) < len(sources):
        raise InputError(
            f"Models to time should have different names; these are {', '.join(sources)}."
        )
    for source in sources:
        if source not in BUILDERS and not Path(source).is_file():
            raise InputError(
                f"There is no model {source}; choose of {', '.join(BUILDERS)}, or a .keras file."
            )
    return models


def built(source):
    """The model in a .keras file, or the untrained one of that name: seconds know no weights."""
    return BUILDERS[source](NUM_CLASSES) if source in BUILDERS else load_model(source)


def page(size):
    """A page of that (H, W) with ink at random: (H, W, 1) float32."""
    return (np.random.default_rng(0).random((*size, 1)) < INK).astype("float32")


def network_call(model, size, batch, stride):
    """The network alone on `batch` pages that are padded, or cut into windows, already.

    A function without arguments; None for a dense model of one fixed size, which sees tiles.
    """
    channels = model.input_shape[-1]
    if is_window_classifier(model):
        images = np.tile(page(model.input_shape[1:3]), (WINDOWS_PER_CALL, 1, 1, channels))
        calls = -(-batch * windows(size, stride) // WINDOWS_PER_CALL)
        return lambda: [model.predict_on_batch(images) for _ in range(calls)][-1]
    if takes_any_size(model):
        images = np.tile(page(fitting_size(model, size)), (batch, 1, 1, channels))
        return partial(model.predict_on_batch, images)
    return None


def takes_any_size(model):
    """True for a dense model that is built for pages of any size."""
    return model.input_shape[1:3] == (None, None)


def windows(size, stride):
    """How many windows a sliding window cuts out of a page of that (H, W)."""
    return -(-size[0] // stride) * -(-size[1] // stride)


def multiply_adds(model, size, stride):
    """Multiply-adds of a page as the slide draws the model, padded no more than its pools need.

    A window classifier: those of a window, times the windows. None where they are not known: a
    dense model of one fixed size, or a layer that `seglab.dimensions` has no rule for.
    """
    if is_window_classifier(model):
        times, sums = windows(size, stride), totals(table(model))
    elif takes_any_size(model):
        times, sums = 1, totals(table(model, fitting_size(model, size)))
    else:
        return None
    return None if sums.unknown else times * sums.multiply_adds
