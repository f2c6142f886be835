"""What is frozen stays to the last bit, what is not learns; phases, interruption, command line."""

from dataclasses import replace

import keras
import numpy as np
import pytest
from pages_of_ink import striped_page
from test_training import Interruption

from seglab import staged_training, training, transfer, weights
from seglab.errors import InputError
from seglab.recipe import Recipe
from seglab.transfer.freezing import STAGES, encoder_of, stages_of

TRAIN = [striped_page(name, seed=seed) for seed, name in enumerate("ab")]
VALIDATION = [striped_page("d", seed=9)]
RECIPE = Recipe("unet_mobilenet_v3", height=48, epochs=3, frozen_epochs=1, batch=2)


@pytest.fixture(autouse=True)
def small_crops(monkeypatch):
    """And no graphs: TensorFlow needs half a minute for that of a MobileNet in training."""
    monkeypatch.setattr(training, "CROP", 32)
    compile_ = training.compile_for_training

    def compile_for_few_steps(model, *arguments, **options):
        compile_(model, *arguments, **options)
        model.run_eagerly = True

    monkeypatch.setattr(training, "compile_for_training", compile_for_few_steps)


def model(name="unet_mobilenet_v3"):
    return transfer.BUILDERS[name](3, width=2)


def values(layers):
    """{layer: its arrays} of the layers that have any."""
    return {layer.name: layer.get_weights() for layer in layers if layer.weights}


def moved(before, after):
    """The names of the layers any of whose arrays is not the same to the last bit."""
    return {
        name
        for name in before
        if any((a != b).any() for a, b in zip(before[name], after[name], strict=True))
    }


def step(model):
    """Some steps of training on noise, which moves whatever can move."""
    rng = np.random.default_rng(0)
    images = (rng.random((2, 64, 64, 1)) < 0.3).astype("float32")
    labels = rng.integers(0, 3, (2, 64, 64))
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(1e-2), loss, run_eagerly=True)
    model.fit(images, labels, epochs=2, verbose=0)


def trained_layers(model):
    """Which layers of encoder and of decoder a few steps have moved."""
    inside, outside = encoder_of(model).layers, [x for x in model.layers if x.name != "encoder"]
    before = values(inside), values(outside)
    step(model)
    return moved(before[0], values(inside)), moved(before[1], values(outside))


def is_normalization(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def test_a_frozen_encoder_is_the_same_to_the_last_bit():
    """Weights and the statistics of batch normalisation; of the decoder, everything has moved."""
    frozen = model()
    transfer.freeze(frozen)
    inside, outside = trained_layers(frozen)
    assert inside == set()
    assert outside == {x.name for x in frozen.layers if x.weights and x.name != "encoder"}


@pytest.mark.slow
def test_unless_it_is_frozen_an_encoder_moves():
    """The test above is none of a model that could not learn: statistics move, too."""
    inside, _ = trained_layers(some := model())
    assert {x.name for x in encoder_of(some).layers if is_normalization(x)} <= inside


@pytest.mark.slow
def test_unfreezing_changes_the_named_stages_and_no_normalisation():
    """In stages 5 and 4 of 5 every convolution moves, and nothing else in the encoder."""
    some = model()
    names = transfer.unfreeze(some, 2)
    inside, _ = trained_layers(some)
    deepest = [layer for stage in stages_of(encoder_of(some))[-2:] for layer in stage]
    learning = {layer.name for layer in deepest if layer.weights and not is_normalization(layer)}
    assert inside == learning == set(names)


@pytest.mark.parametrize("name", transfer.BUILDERS)
@pytest.mark.slow
def test_stages_add_up_to_the_encoder(name):
    some = model(name)
    encoder = encoder_of(some)
    stages = stages_of(encoder)
    assert len(stages) == STAGES and sum(stages, []) == list(encoder.layers)
    learning = [set(transfer.unfreeze(some, count)) for count in range(STAGES + 1)]
    for fewer, more in zip(learning, learning[1:]):
        assert fewer < more or (name.endswith("vgg16") and more == set())  # a pool alone
    every = {x.name for x in encoder.layers if x.weights and not is_normalization(x)}
    assert learning[0] == set() and learning[-1] == every
    assert some.get_layer("encoder").trainable and some.trainable


def test_what_cannot_be_frozen_is_told():
    plain = weights.untrained(Recipe("fcn"))
    with pytest.raises(InputError, match="fcn has no encoder that could be frozen; choose a model"):
        transfer.freeze(plain)
    with pytest.raises(InputError, match="stages 1 to 5; 6 cannot be unfrozen"):
        transfer.unfreeze(model(), 6)
    with pytest.raises(InputError, match="fcn has no encoder that could be frozen; choose one of"):
        Recipe("fcn", frozen_epochs=1)
    with pytest.raises(InputError, match="frozen_epochs should lie in 0 .. epochs, 3; yours is 4"):
        replace(RECIPE, frozen_epochs=4)
    with pytest.raises(InputError, match="fcn has no encoder to be trained before; choose one of"):
        weights.untrained(Recipe("fcn"), "imagenet")


@pytest.mark.parametrize("epochs", [1, 2, 3, 6, 9])
@pytest.mark.parametrize("frozen", [0, 1, 2, 5, 9])
def test_phases_spend_the_epochs_with_more_stages_at_lower_rates(epochs, frozen):
    if frozen > epochs:
        return
    phases = transfer.phases(replace(RECIPE, epochs=epochs, frozen_epochs=frozen))
    assert sum(phase.epochs for phase in phases) == epochs
    assert all(phase.epochs > 0 for phase in phases)
    if not frozen:
        assert phases == [(None, epochs, RECIPE.learning_rate)]
        return
    assert phases[0] == (0, frozen, RECIPE.learning_rate)
    for one, other in zip(phases, phases[1:]):
        assert one.stages < other.stages and one.learning_rate > other.learning_rate


@pytest.mark.slow
def test_a_training_in_stages_freezes_first_and_keeps_the_statistics(monkeypatch):
    """In the first epochs the encoder stays; afterwards it moves, its normalisation never."""
    some, seen = weights.untrained(RECIPE), []
    encoder = encoder_of(some)
    before = values(encoder.layers)
    look = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: seen.append((epoch, moved(before, values(encoder.layers))))
    )
    history = staged_training.train(some, TRAIN, VALIDATION, RECIPE, callbacks=[look])
    assert [epoch for epoch, _ in seen] == [0, 1, 2] and len(history) == 3
    assert seen[0][1] == set() and seen[1][1] != set()
    normalizing = {layer.name for layer in encoder.layers if is_normalization(layer)}
    assert not normalizing & (seen[1][1] | seen[2][1])
    assert seen[1][1] < seen[2][1]


@pytest.mark.slow
def test_the_best_epoch_of_all_phases_is_kept(monkeypatch):
    scores = iter([0.9, 0.2, 0.5])
    monkeypatch.setattr(training.objective.metrics, "mean_iou", lambda confusion: next(scores))
    some = weights.untrained(RECIPE)
    before = values(encoder_of(some).layers)
    staged_training.train(some, TRAIN, VALIDATION, RECIPE)
    assert moved(before, values(encoder_of(some).layers)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("epoch", [0, 1, 2])
def test_an_interrupted_training_in_stages_ends_as_an_uninterrupted_one(epoch, tmp_path):
    straight = weights.untrained(RECIPE)
    history = staged_training.train(straight, TRAIN, VALIDATION, RECIPE)
    file = tmp_path / "state.npz"
    with pytest.raises(KeyboardInterrupt):
        staged_training.train(
            weights.untrained(RECIPE),
            *(TRAIN, VALIDATION, RECIPE, file),
            callbacks=[Interruption(epoch)],
        )
    resumed = weights.untrained(RECIPE)
    resumed_history = staged_training.train(resumed, TRAIN, VALIDATION, RECIPE, file)
    for one, other in zip(history, resumed_history, strict=True):
        assert one["loss"] == pytest.approx(other["loss"], rel=1e-4)
    for one, other in zip(straight.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)
    assert [path.name for path in tmp_path.iterdir()] == ["state.npz"]


def test_another_encoder_or_plan_is_another_training():
    """Files from before there were frozen epochs are still known."""
    plain = Recipe("unet_mobilenet_v3", height=48)
    known = training.settings(plain, TRAIN, VALIDATION)
    assert "frozen_epochs" not in known
    assert training.settings(RECIPE, TRAIN, VALIDATION)["frozen_epochs"] == 1
    random, other = weights.untrained(plain), weights.untrained(plain)
    assert weights.fingerprint(random) == weights.fingerprint(other)
    encoder = encoder_of(other)
    encoder.set_weights([array + 1 for array in encoder.get_weights()])
    assert weights.fingerprint(random) != weights.fingerprint(other)
