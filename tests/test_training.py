"""A training learns, keeps its best, and goes on after an interruption as if nothing had been."""

import json
from dataclasses import replace

import keras
import numpy as np
import pytest
from pages_of_ink import striped_page
from quick import slow_but

from seglab import models, objective, training
from seglab.errors import InputError
from seglab.pages import IGNORE, ink_reading
from seglab.recipe import LOSSES, MODELS, Recipe
from seglab.weights import untrained

TRAIN = [striped_page(name, seed=seed) for seed, name in enumerate("abc")]
VALIDATION = [striped_page("d", seed=9)]
SOME_LOSSES = slow_but(["cross_entropy"], [*LOSSES, "cross_entropy+soft_dice"])
INK_TRAIN, INK_VALIDATION = ([ink_reading(page) for page in part] for part in (TRAIN, VALIDATION))


class Interruption(keras.callbacks.Callback):
    """Stops a training as Ctrl-C does, in the middle of an epoch."""

    def __init__(self, epoch):
        super().__init__()
        self.interrupted_epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.interrupted_epoch:
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def small_crops(monkeypatch):
    monkeypatch.setattr(training, "CROP", 32)
    monkeypatch.setattr(training, "WINDOWS", 8)


@pytest.mark.parametrize("name", slow_but(["sliding_window", "fcn"], MODELS))
def test_an_interrupted_training_ends_as_an_uninterrupted_one(name, tmp_path):
    """The sliding window's dropout is random, too: its state has to survive."""
    recipe = Recipe(name, height=48, epochs=3)
    straight = untrained(recipe)
    history = training.train(straight, TRAIN, VALIDATION, recipe)

    checkpoint = tmp_path / "state.npz"
    with pytest.raises(KeyboardInterrupt):
        training.train(
            untrained(recipe),
            *(TRAIN, VALIDATION, recipe, checkpoint),
            callbacks=[Interruption(epoch=2)],
        )
    resumed = untrained(Recipe(name, height=48, epochs=3, seed=99))
    resumed_history = training.train(resumed, TRAIN, VALIDATION, recipe, checkpoint)
    for epoch, resumed_epoch in zip(history, resumed_history, strict=True):
        assert epoch["loss"] == pytest.approx(resumed_epoch["loss"], rel=1e-5)
    for weight, resumed_weight in zip(straight.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(weight, resumed_weight, atol=1e-6)


def test_the_same_seed_trains_the_same_model_and_another_does_not():
    def trained(seed):
        recipe = Recipe("fcn", height=48, epochs=1, seed=seed)
        model = untrained(recipe)
        training.train(model, TRAIN, VALIDATION, recipe)
        return model.get_weights()[0]

    np.testing.assert_allclose(trained(1), trained(1), atol=1e-6)
    assert np.abs(trained(1) - trained(2)).max() > 1e-3


@pytest.mark.parametrize("loss", SOME_LOSSES)
def test_every_loss_learns_stripes_from_black(loss):
    recipe = Recipe("fcn", height=48, epochs=12, loss=loss, learning_rate=3e-3, batch=2)
    history = training.train(untrained(recipe), TRAIN, VALIDATION, recipe)
    assert history[-1]["loss"] < history[0]["loss"]
    assert max(epoch["mean_iou"] for epoch in history) > 0.6


@pytest.mark.parametrize("name", slow_but(["sliding_window", "fcn"], MODELS))
def test_every_model_trains_on_either_reading(name):
    recipe = Recipe(name, height=48, epochs=2, reading="ink", batch=2)
    model = untrained(recipe)
    for epoch in training.train(model, INK_TRAIN, INK_VALIDATION, recipe):
        assert np.isfinite([epoch["loss"], epoch["mean_iou"]]).all()
        assert 0 <= epoch["mean_iou"] <= epoch["pixel_accuracy"] <= 1
    _, labels = training.validation_set(model, INK_VALIDATION, recipe)
    assert set(np.unique(labels)) <= ({0, 1, 2} if name == "sliding_window" else {0, 1, 2, IGNORE})


@pytest.mark.parametrize("loss", SOME_LOSSES)
def test_every_loss_learns_ink(loss):
    """Lines from black, by what stands around the ink; what is said of paper costs nothing."""
    recipe = Recipe("skip_fcn", 48, 12, loss, learning_rate=3e-3, batch=2, reading="ink")
    model = untrained(recipe)
    history = training.train(model, INK_TRAIN, INK_VALIDATION, recipe)
    assert history[-1]["loss"] < history[0]["loss"]
    assert max(epoch["pixel_accuracy"] for epoch in history) > 0.85


def test_a_split_without_ink_is_told():
    white = replace(INK_TRAIN[0], name="white", labels=np.full_like(INK_TRAIN[0].labels, IGNORE))
    recipe = Recipe("fcn", height=48, epochs=1, reading="ink")
    for pages, validation in ([white], INK_VALIDATION), (INK_TRAIN, [white]):
        with pytest.raises(
            InputError, match="ink reading needs ink, but page white and the others"
        ):
            training.train(untrained(recipe), pages, validation, recipe)


def test_the_best_epochs_weights_are_kept(monkeypatch):
    """Whatever the last epochs did, the model is the one that validated best."""
    scores = iter([0.2, 0.9, 0.5])
    monkeypatch.setattr(objective.metrics, "mean_iou", lambda confusion: next(scores))
    recipe = Recipe("fcn", height=48, epochs=3)
    model, seen = untrained(recipe), []
    remember = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: seen.append(model.get_weights()[0].copy())
    )
    training.train(model, TRAIN, VALIDATION, recipe, callbacks=[remember])
    np.testing.assert_array_equal(model.get_weights()[0], seen[1])
    assert np.abs(seen[1] - seen[2]).max() > 0


def test_class_weights_come_from_the_pages():
    loss = objective.loss(Recipe("fcn", loss="weighted_cross_entropy"), TRAIN)
    counts = sum(np.bincount(page.labels.ravel(), minlength=3) for page in TRAIN)
    np.testing.assert_allclose(np.array(loss.weights) * counts, counts.sum() / 3)
    loss = objective.loss(Recipe("fcn", loss="weighted_cross_entropy", reading="ink"), INK_TRAIN)
    counts = sum(np.bincount(page.labels.ravel(), minlength=256)[:3] for page in INK_TRAIN)
    np.testing.assert_allclose(np.array(loss.weights) * counts, counts.sum() / 3)


def test_a_checkpoint_of_another_training_is_refused(tmp_path):
    checkpoint = tmp_path / "state.npz"
    recipe = Recipe("fcn", height=48, epochs=1)
    training.train(untrained(recipe), TRAIN, VALIDATION, recipe, checkpoint)
    other = Recipe("fcn", height=48, epochs=2)
    with pytest.raises(InputError, match="unfinished training with epochs 1 instead of 2"):
        training.train(untrained(other), TRAIN, VALIDATION, other, checkpoint)


def test_a_checkpoint_of_other_pages_is_refused(tmp_path):
    checkpoint, recipe = tmp_path / "state.npz", Recipe("fcn", height=48, epochs=1)
    training.train(untrained(recipe), TRAIN, VALIDATION, recipe, checkpoint)
    for pages, validation in (TRAIN[:2], VALIDATION), (TRAIN[:2], [*TRAIN[2:], *VALIDATION]):
        with pytest.raises(InputError, match="unfinished training with pages .* instead of"):
            training.train(untrained(recipe), pages, validation, recipe, checkpoint)


class Evil:
    """Leaves a trace if anybody unpickles it."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return open, (str(self.trace), "w")


def test_a_broken_checkpoint_is_told_and_never_unpickled(tmp_path):
    recipe = Recipe("fcn", height=48, epochs=1)
    checkpoint = tmp_path / "state.npz"
    model = untrained(recipe)
    settings = training.settings(recipe, TRAIN, VALIDATION)
    sound = json.dumps({"settings": settings, "history": []})
    broken = [
        lambda: checkpoint.write_bytes(b"no archive"),
        lambda: checkpoint.write_bytes(b""),
        lambda: np.savez(checkpoint, about="[]"),
        lambda: np.savez(checkpoint, about="{}"),
        lambda: np.savez(checkpoint, about=sound),
        lambda: np.savez(checkpoint, about=sound, evil=np.array([Evil(tmp_path / "trace")])),
    ]
    for write in broken:
        write()
        before = checkpoint.read_bytes()
        with pytest.raises(InputError, match="not a training that can go on.*delete it"):
            training.train(model, TRAIN, VALIDATION, recipe, checkpoint)
        assert checkpoint.read_bytes() == before and not (tmp_path / "trace").exists()


def test_a_loss_that_explodes_is_told():
    recipe = Recipe("fcn", height=48, epochs=3, learning_rate=1e30)
    with pytest.raises(
        InputError, match="fcn ran off to infinity in epoch .; give a learning rate below 1e\\+30"
    ):
        training.train(untrained(recipe), TRAIN, VALIDATION, recipe)


def test_the_estimate_does_not_touch_the_model():
    recipe = Recipe("fcn", height=48, epochs=5)
    model = untrained(recipe)
    before = model.get_weights()
    assert training.estimated_seconds(model, recipe, TRAIN) > 0
    for weight, now in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, now)


def test_a_model_of_a_fixed_size_trains_on_crops_of_that_size():
    recipe = Recipe("unet", height=48, epochs=1)
    model = models.unet(3, size=16, channels=1)
    assert np.isfinite(training.train(model, TRAIN, VALIDATION, recipe)[0]["loss"])


def test_a_loss_of_ones_own_takes_the_place_of_the_recipes():
    def nothing_to_learn(labels, scores):
        return 0 * scores[..., 0]

    model = untrained(Recipe("fcn"))
    before = model.get_weights()
    recipe = Recipe("fcn", height=48, epochs=1)
    history = training.train(model, TRAIN, VALIDATION, recipe, loss=nothing_to_learn)
    assert history[0]["loss"] == 0
    for weight, now in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, now)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"model": "vgg"}, "no model 'vgg'; choose one of sliding_window, fcn"),
        ({"model": "fcn", "loss": "mse"}, "no loss 'mse'; choose one of cross_entropy"),
        ({"model": "fcn", "height": 0}, "height should be above 0; yours is 0"),
        ({"model": "fcn", "epochs": -1}, "epochs should be above 0; yours is -1"),
        ({"model": "fcn", "learning_rate": float("nan")}, "learning_rate should be above 0"),
        ({"model": "fcn", "seed": -1}, r"seed should lie in 0 .. 4294967295; yours is -1"),
        ({"model": "fcn", "seed": 2**32}, "seed should lie in"),
        ({"model": "fcn", "learning_rate": float("inf")}, "learning_rate should be above 0"),
    ],
)
def test_bad_recipes_are_told(options, sentence):
    with pytest.raises(InputError, match=sentence):
        Recipe(**options)


def test_a_checkpoint_of_another_start_is_refused(tmp_path):
    checkpoint = tmp_path / "state.npz"
    recipe = Recipe("fcn", height=48, epochs=1)
    training.train(untrained(recipe), TRAIN, VALIDATION, recipe, checkpoint)
    tuned = replace(recipe, start="0123456789abcdef")
    with pytest.raises(InputError, match="with start None instead of 0123456789abcdef"):
        training.train(untrained(tuned), TRAIN, VALIDATION, tuned, checkpoint)
