"""Which layers of a model with an encoder learn: the decoder alone, then more and more of both."""

from typing import NamedTuple

import keras

from seglab.errors import InputError
from seglab.transfer.encoders import NAME

STAGES = 5  # of every encoder, one for each halving
DEEP = 2  # those that have most to learn anew: what is on a page, not what a stroke is


class Phase(NamedTuple):
    """Some epochs of a training. stages: unfrozen ones; None: all learns as in any model."""

    stages: int | None
    epochs: int
    learning_rate: float


def phases(recipe):
    """How a recipe's epochs are spent, a list of Phases.

    The decoder first: as long as it is random, its gradients would spoil what the encoder knows.
    Then the two deepest stages, at a third of the rate, then all, at a tenth.
    """
    rate, frozen = recipe.learning_rate, recipe.frozen_epochs
    if not frozen:
        return [Phase(None, recipe.epochs, rate)]
    deep = (recipe.epochs - frozen + 1) // 2
    rest = recipe.epochs - frozen - deep
    all_phases = [
        Phase(0, frozen, rate),
        Phase(DEEP, deep, rate / 3),
        Phase(STAGES, rest, rate / 10),
    ]
    return [phase for phase in all_phases if phase.epochs]


def freeze(model):
    """Let the decoder learn and nothing else: the encoder keeps its weights and statistics.

    A frozen batch normalisation normalises by the means and variances that it has learnt and leaves
    them alone, in training, too: in Keras, trainable = False says both.
    """
    unfreeze(model, 0)


def unfreeze(model, stages):
    """Let the decoder and the `stages` deepest stages of the encoder learn, and nothing else.

    Batch normalisation stays frozen, as Keras's guide "Transfer learning & fine-tuning" says:
    "keep the BatchNormalization layers in inference mode [...]. Otherwise the updates applied to
    the non-trainable weights will suddenly destroy what the model has learned."
    Compile the model afterwards. Returns the names of the encoder's layers that learn.
    """
    encoder = encoder_of(model)
    if not 0 <= stages <= STAGES:
        raise InputError(f"An encoder has stages 1 to {STAGES}; {stages} cannot be unfrozen.")
    encoder.trainable = stages > 0  # of all its layers; then of each its own
    deepest = {layer.name for stage in stages_of(encoder)[STAGES - stages :] for layer in stage}
    for layer in encoder.layers:
        normalizes = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = layer.name in deepest and not normalizes
    return [layer.name for layer in encoder.layers if layer.trainable_weights]


def stages_of(encoder):
    """The encoder's layers in STAGES lists, the first first: each ends with its tap.

    VGG-16's last one is a pool: nothing of it learns.
    """
    layers, stages = list(encoder.layers), []
    for tap in encoder.outputs:
        end = layers.index(tap._keras_history.operation) + 1
        stages.append(layers[:end])
        del layers[:end]
    return stages


def encoder_of(model):
    """The encoder in a model of `seglab.transfer`."""
    try:
        return model.get_layer(NAME)
    except ValueError as error:
        raise InputError(
            f"{model.name} has no encoder that could be frozen; choose a model of "
            "seglab.transfer, as unet_mobilenet_v3."
        ) from error
