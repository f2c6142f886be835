"""Fit a model on pages: random crops, validation after each epoch, the best weights kept.

A training is a pure function of its recipe and its pages. With a checkpoint it can be interrupted
at any moment and goes on, after the last finished epoch, to the same result.
"""

import hashlib
import time
from dataclasses import asdict, replace

import keras
import numpy as np

from seglab import objective
from seglab.checkpoint import Checkpoint
from seglab.crops import Crops, Windows
from seglab.distribution import fit_epoch, spans_hosts
from seglab.errors import InputError
from seglab.prediction import is_window_classifier, labels_of
from seglab.region_classes import IGNORE
from seglab.timing import seconds_per_call

CROP = 128  # pixels of a crop's side: what the pools make of it is still 8x8 in the U-Net
WINDOWS = 32  # windows in place of a crop; an epoch then costs about what it costs a dense model

# XLA makes TensorFlow's training on a CPU 1.5 to 2.7 times slower and its first step twice as slow.
JIT_COMPILE = "auto" if keras.backend.backend() != "tensorflow" else False


def train(
    model,
    pages,
    validation_pages,
    recipe,
    checkpoint=None,
    callbacks=(),
    verbose=0,
    loss=None,
    first_epoch=0,
):
    """Fit `model` to labelled pages at the recipe's height; leave the best epoch's weights in it.

    Best is the highest mean IoU over fixed crops of `validation_pages`. checkpoint: a path; if a
    file is there, the training that wrote it goes on. callbacks, verbose: for `model.fit`. loss: a
    Keras loss, or a function of labels and scores, in place of the recipe's. first_epoch: how many
    epochs went before, in another training; each epoch of both sees crops of its own.

    Returns the history, a list with a dict for each epoch: loss, mean_iou, pixel_accuracy, seconds.
    """
    data = batches(model, pages, recipe)
    validation = validation_set(model, validation_pages, recipe)
    this = settings(recipe, pages, validation_pages)
    if loss is None:
        loss = objective.loss(recipe, pages)
    else:
        this["loss"] = getattr(loss, "name", None) or loss.__name__
    compile_for_training(model, loss, recipe, steps=recipe.epochs * len(data))
    state = Checkpoint(checkpoint, model, this)
    while len(state.history) < recipe.epochs:
        data.epoch = first_epoch + len(state.history)
        state.add(**epoch_on(model, data, validation, recipe, callbacks, verbose))
    model.set_weights(state.best_weights)
    return state.history


def epoch_on(model, data, validation, recipe, callbacks, verbose):
    """Train for the epoch that `data` stands at: what the history tells of it."""
    started = time.perf_counter()
    if spans_hosts(model):
        mean = fit_epoch(model, data)
    else:
        mean = model.fit(
            data,
            initial_epoch=data.epoch,
            epochs=data.epoch + 1,
            shuffle=False,
            callbacks=list(callbacks),
            verbose=verbose,
        ).history["loss"][-1]
    if not all(np.isfinite(numbers).all() for numbers in (mean, *model.get_weights())):
        raise InputError(
            f"The training of {recipe.model} ran off to infinity in epoch {data.epoch + 1}; "
            f"give a learning rate below {recipe.learning_rate:g}."
        )
    images, labels = validation
    predicted = labels_of(model.predict(images, batch_size=data.batch, verbose=0))
    return {
        "loss": mean,
        **objective.scores(labels, predicted, recipe.num_classes),
        "seconds": time.perf_counter() - started,
    }


def settings(recipe, pages, validation_pages):
    """What makes a training this one and no other: the recipe and a fingerprint of the pages."""
    digest = hashlib.sha256()
    for split in pages, validation_pages:
        digest.update(f"{len(split)} pages".encode())
        for page in split:
            digest.update(f"{page.name} {page.labels.shape}".encode())
            digest.update(page.image.tobytes() + page.labels.tobytes())
    plain = asdict(recipe)
    if not recipe.frozen_epochs:
        del plain["frozen_epochs"]  # so that files from before there were any are still known
    return {**plain, "pages": digest.hexdigest()[:16]}


def batches(model, pages, recipe):
    """The training data of a model as a Keras data set; an epoch covers the pages' area once.

    A window classifier gets as many batches of windows as a dense model gets batches of crops.
    """
    if all((page.labels == IGNORE).all() for page in pages):
        raise InputError(
            f"The ink reading needs ink, but page {pages[0].name} and the others of its split "
            f"({len(pages)} in all) have none; choose the region reading, or other pages."
        )
    area = sum(page.labels.size for page in pages)
    steps = max(1, round(area / (recipe.batch * CROP**2)))
    if is_window_classifier(model):
        size, count = model.input_shape[1], recipe.batch * WINDOWS
        return Windows(pages, size, count, steps, recipe.seed)
    return Crops(pages, crop_size(model), recipe.batch, steps, recipe.seed)


def crop_size(model):
    """The side of a training crop: the model's own size where that is fixed."""
    return model.input_shape[1] or CROP


def validation_set(model, pages, recipe):
    """Fixed crops or windows of the validation pages: images (n, ...) and their labels (n, ...)."""
    data = batches(model, pages, replace(recipe, seed=0))
    images, labels = zip(*(data[step] for step in range(len(data))), strict=True)
    return np.concatenate(images), np.concatenate(labels)


def compile_for_training(model, loss, recipe, steps):
    """Adam, its learning rate falling to zero as a cosine over `steps`, and the loss."""
    schedule = keras.optimizers.schedules.CosineDecay(recipe.learning_rate, steps)
    model.compile(keras.optimizers.Adam(schedule), loss, jit_compile=JIT_COMPILE)
    model.optimizer.build(model.trainable_variables)


def estimated_seconds(model, recipe, pages):
    """About how long `train` will take with these pages, from one forward pass on this machine.

    A training step costs three forward passes: one for the scores, one for the gradient of the
    activations, one for that of the weights.
    """
    data = batches(model, pages, recipe)
    images, _ = data[0]
    compile_for_training(model, objective.loss(recipe, pages), recipe, steps=1)
    forward = seconds_per_call({"forward": lambda: model.predict_on_batch(images)}, repetitions=2)
    return 3 * forward["forward"].median * len(data) * recipe.epochs
