"""Train a model with a trained encoder in phases: the decoder alone, then more and more of both.

Any other recipe is a single phase, which is `training.train`.
"""

from dataclasses import replace

from seglab import training, transfer


def train(model, pages, validation_pages, recipe, checkpoint=None, callbacks=(), verbose=0):
    """Fit `model` as `training.train` does, in the phases that `transfer.phases` gives a recipe.

    The best epoch of all phases stays in the model. While a training waits to go on, a file beside
    the checkpoint holds each phase that is over. Returns the history of all phases.
    """
    history, phases = [], transfer.phases(recipe)
    files = _files(checkpoint, len(phases))
    for phase, file in zip(phases, files, strict=True):
        if phase.stages is not None:
            transfer.unfreeze(model, phase.stages)
        part = replace(
            recipe, epochs=phase.epochs, learning_rate=phase.learning_rate, frozen_epochs=0
        )
        before = model.get_weights()
        epochs = training.train(
            *(model, pages, validation_pages, part, file, callbacks, verbose),
            first_epoch=len(history),
        )
        if _best(epochs) <= _best(history):
            model.set_weights(before)
        history += epochs
    for file in filter(None, files[:-1]):
        file.unlink(missing_ok=True)
    return history


def _files(checkpoint, count):
    """Where each phase keeps its state: the last one in the checkpoint itself."""
    if checkpoint is None:
        return [None] * count
    return [checkpoint.with_suffix(f".{number}.npz") for number in range(1, count)] + [checkpoint]


def _best(history):
    """The highest mean IoU of a history, below all scores while there is none."""
    return max((epoch["mean_iou"] for epoch in history), default=-1.0)
