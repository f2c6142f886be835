"""Train on several devices, or on several hosts: each takes an equal share of every batch.

The gradients of the shares are averaged, so a training takes the same steps as on one device, up to
rounding. Dropout is the exception: in TensorFlow every device draws its own.
"""

import importlib
import os
from contextlib import contextmanager
from functools import lru_cache

import keras

from seglab.errors import InputError


@contextmanager
def data_parallel(devices, batch):
    """Models built inside are trained, by `model.fit`, on the first `devices` devices.

    batch: images in a batch, a multiple of `devices`. Raises InputError for any other batch, for
    more devices than Keras sees, and for a backend that cannot share a batch.
    """
    found = keras.distribution.list_devices()
    if devices > len(found):
        raise InputError(
            f"{devices} devices were asked for, but Keras sees only {', '.join(found)}; "
            f"choose 1 to {len(found)}."
        )
    refuse_uneven(batch, devices)
    if devices == 1:
        yield
    elif keras.backend.backend() == "jax":
        keras.distribution.set_distribution(
            keras.distribution.DataParallel(devices=found[:devices])
        )
        try:
            yield
        finally:
            keras.distribution.set_distribution(None)
    elif keras.backend.backend() == "tensorflow":
        distribute = importlib.import_module("tensorflow").distribute
        with distribute.MirroredStrategy(found[:devices]).scope():
            yield
    else:
        raise InputError(
            f"Keras on {keras.backend.backend()} cannot train on several devices; "
            "choose KERAS_BACKEND=tensorflow or jax."
        )


@contextmanager
def hosts(batch):
    """Models built inside are trained on all the hosts that TF_CONFIG names, if it names any.

    Every host runs the same training and ends with the same weights. batch: images in a batch, a
    multiple of all the hosts' devices together. Raises InputError for any other batch, and for a
    backend that knows no hosts.
    """
    if "TF_CONFIG" not in os.environ:
        yield
        return
    if keras.backend.backend() != "tensorflow":
        raise InputError("TF_CONFIG names hosts, which asks for KERAS_BACKEND=tensorflow.")
    strategy = importlib.import_module("tensorflow").distribute.MultiWorkerMirroredStrategy()
    refuse_uneven(batch, strategy.num_replicas_in_sync)
    with strategy.scope():
        yield


def refuse_uneven(batch, devices):
    """Raise InputError where devices cannot share a batch equally."""
    if batch % devices:
        raise InputError(
            f"{devices} devices cannot share a batch of {batch} equally; "
            f"choose a number of devices that divides {batch}."
        )


def spans_hosts(model):
    """True for a model that was built inside `hosts` on one of several."""
    if keras.backend.backend() != "tensorflow":
        return False
    several = importlib.import_module("tensorflow").distribute.MultiWorkerMirroredStrategy
    return isinstance(model.distribute_strategy, several)


def fit_epoch(model, data):
    """One epoch of training in the `tf.distribute` strategy that the model was built in: its loss.

    For several hosts: under `MultiWorkerMirroredStrategy`, Keras's `model.fit` fails (Keras 3.15).
    The model is compiled. data: a PyDataset, the same on every host; its batches are a multiple of
    the strategy's replicas. Returns the mean loss over all hosts.
    """
    strategy = model.distribute_strategy
    tensorflow = importlib.import_module("tensorflow")
    replicas = strategy.num_replicas_in_sync

    def shares(context):
        """The batches of one host, dealt to its devices."""
        own = replicas // context.num_input_pipelines
        first = own * context.input_pipeline_id
        return tensorflow.data.Dataset.from_generator(
            lambda: (
                tuple(part[place::replicas] for part in data[step])
                for step in range(len(data))
                for place in range(first, first + own)
            ),
            output_signature=tuple(
                tensorflow.TensorSpec((len(part) // replicas, *part.shape[1:]), part.dtype)
                for part in data[0]
            ),
        )

    model.reset_metrics()
    for batch in strategy.distribute_datasets_from_function(shares):
        _train_step(model)(batch)
    return float(model.get_metrics_result()["loss"])


@lru_cache(maxsize=1)
def _train_step(model):
    """The model's own training step on all replicas, compiled once for all epochs."""

    @importlib.import_module("tensorflow").function
    def step(batch):
        model.distribute_strategy.run(model.train_step, args=(batch,))

    return step
