"""Two devices, or two hosts, train as one does. Each backend runs in processes of its own."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seglab import distribution
from seglab.errors import InputError

# Three epochs on two virtual CPU devices; prints what a test wants to know, as JSON.
TRAINING = """
import json, os, sys, tempfile
backend, devices, loop = os.environ["KERAS_BACKEND"], int(sys.argv[1]), sys.argv[2]
if backend == "tensorflow":
    import tensorflow as tf
    if loop != "hosts":
        two = [tf.config.LogicalDeviceConfiguration()] * 2
        tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], two)
import keras
from pages_of_ink import striped_page
from seglab import distribution, objective, prediction, training, weights
from seglab.recipe import Recipe

training.CROP = 32
pages = [striped_page(str(i), (96, 80), i) for i in range(4)]
recipe = Recipe("fcn", height=96, epochs=3)
with (
    distribution.hosts(recipe.batch),
    distribution.data_parallel(devices, recipe.batch),
    tempfile.TemporaryDirectory() as folder,
):
    model = weights.untrained(recipe)
    if loop != "loop":
        history = training.train(model, pages, pages[:2], recipe, os.path.join(folder, "state"))
        losses = [epoch["loss"] for epoch in history]
    else:
        data = training.batches(model, pages, recipe)
        loss = objective.loss(recipe, pages)
        training.compile_for_training(model, loss, recipe, steps=3 * len(data))
        losses = []
        for data.epoch in range(3):
            losses.append(distribution.fit_epoch(model, data))
if backend == "jax":
    replicas = len(model.weights[0].value.sharding.device_set)
else:
    replicas = model.distribute_strategy.num_replicas_in_sync
labels = prediction.labels(model, pages[0].image)  # outside, the model is one like any other
print(json.dumps({"losses": losses, "replicas": replicas, "labels": labels.tolist()}))
"""


def started(backend, devices=1, loop="fit", **environment):
    return subprocess.Popen(
        [sys.executable, "-c", TRAINING, str(devices), loop],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "KERAS_BACKEND": backend,
            "PYTHONPATH": str(Path(__file__).parent),
            "XLA_FLAGS": "--xla_force_host_platform_device_count=2",
            **environment,
        },
    )


def result(process):
    try:
        out, error = process.communicate(timeout=600)
    finally:
        process.kill()  # one that waits for another host would wait forever
    assert process.returncode == 0, error
    return json.loads(out.splitlines()[-1])


@pytest.fixture(scope="module")
def on_one_device():
    """{backend: what one device finds}, each found once."""
    found = {}

    def on(backend):
        if backend not in found:
            found[backend] = result(started(backend))
        return found[backend]

    return on


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_two_devices_train_as_one_does(backend, on_one_device):
    if not importlib.util.find_spec(backend):
        pytest.skip(f"{backend} is not installed")
    one, two = on_one_device(backend), result(started(backend, 2))
    assert (one["replicas"], two["replicas"]) == (1, 2)
    assert two["losses"] == pytest.approx(one["losses"], rel=1e-4)
    assert np.mean(np.equal(two["labels"], one["labels"])) > 0.99


@pytest.mark.slow
@pytest.mark.parametrize("devices", [1, 2])
def test_our_loop_over_replicas_trains_as_keras_fit_does(devices, on_one_device):
    found = result(started("tensorflow", devices, "loop"))
    assert found["replicas"] == devices
    assert found["losses"] == pytest.approx(on_one_device("tensorflow")["losses"], rel=1e-4)


@pytest.mark.slow
def test_two_hosts_train_as_one_does(on_one_device):
    with socket.socket() as first, socket.socket() as second:
        for free in first, second:
            free.bind(("127.0.0.1", 0))
        hosts = [f"127.0.0.1:{free.getsockname()[1]}" for free in (first, second)]
    tasks = [
        {"cluster": {"worker": hosts}, "task": {"type": "worker", "index": i}} for i in range(2)
    ]
    processes = [started("tensorflow", 1, "hosts", TF_CONFIG=json.dumps(task)) for task in tasks]
    one, found = on_one_device("tensorflow"), [result(process) for process in processes]
    for host in found:
        assert host["replicas"] == 2
        assert host["losses"] == pytest.approx(one["losses"], rel=1e-4)
    assert found[0]["labels"] == found[1]["labels"]  # the very same weights


@pytest.mark.parametrize(
    ("devices", "batch", "sentence"),
    [(3, 6, "Keras sees only cpu:0, cpu:1; choose 1 to 2"), (2, 5, "cannot share a batch of 5")],
)
def test_what_cannot_be_shared_is_refused(devices, batch, sentence, monkeypatch):
    monkeypatch.setattr(distribution.keras.distribution, "list_devices", lambda: ["cpu:0", "cpu:1"])
    with pytest.raises(InputError, match=sentence), distribution.data_parallel(devices, batch):
        pass


def test_a_backend_that_cannot_share_says_so(monkeypatch):
    monkeypatch.setattr(distribution.keras.distribution, "list_devices", lambda: ["a", "b"])
    monkeypatch.setattr(distribution.keras.backend, "backend", lambda: "torch")
    with pytest.raises(InputError, match="on torch cannot"), distribution.data_parallel(2, 4):
        pass


def test_hosts_need_tensorflow_and_an_even_share(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", "{}")
    monkeypatch.setattr(distribution.keras.backend, "backend", lambda: "jax")
    with pytest.raises(InputError, match="KERAS_BACKEND=tensorflow"), distribution.hosts(4):
        pass
    with pytest.raises(InputError, match="3 devices cannot share a batch of 4"):
        distribution.refuse_uneven(4, 3)


def test_without_hosts_nothing_changes(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with distribution.hosts(4):
        assert not distribution.spans_hosts(distribution.keras.Sequential())
