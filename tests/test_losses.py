"""The losses are the slides' formulas, on integer labels, for pixels and for windows."""

import keras
import numpy as np
import pytest
from keras import ops

from seglab import losses

random = np.random.default_rng(0)
LABELS = random.integers(0, 3, (2, 4, 5))
SCORES = np.asarray(ops.softmax(random.normal(size=(2, 4, 5, 3)).astype("float32")))


ALL = (
    losses.CrossEntropy(),
    losses.WeightedCrossEntropy([0.5, 2, 3]),
    losses.SoftDice(),
    losses.Focal(),
    losses.Sum([losses.CrossEntropy(), losses.SoftDice()]),
)
IGNORE = 255
VOID = np.where(random.random(LABELS.shape) < 0.6, IGNORE, LABELS)


def value(loss, labels, scores):
    return float(loss(np.asarray(labels), np.asarray(scores, "float32")))


def test_the_slides_worked_example():
    """Prediction 0.1 0.1 0.1 0.02 0.03 0.5 0.15, target class 6 of 7: 1 log 0.5, with its minus."""
    scores = [[0.1, 0.1, 0.1, 0.02, 0.03, 0.5, 0.15]]
    assert value(losses.CrossEntropy(), [5], scores) == pytest.approx(-np.log(0.5), rel=1e-6)


def test_cross_entropy_is_the_mean_of_a_loop():
    total = 0
    for index in np.ndindex(LABELS.shape):
        for c in range(3):
            total -= (LABELS[index] == c) * np.log(SCORES[(*index, c)])
    assert value(losses.CrossEntropy(), LABELS, SCORES) == pytest.approx(
        total / LABELS.size, rel=1e-5
    )


def test_weighted_cross_entropy_weighs_each_class():
    weights = [0.5, 2, 3]
    total = 0
    for index in np.ndindex(LABELS.shape):
        total -= weights[LABELS[index]] * np.log(SCORES[(*index, LABELS[index])])
    weighted = losses.WeightedCrossEntropy(weights)
    assert value(weighted, LABELS, SCORES) == pytest.approx(total / LABELS.size, rel=1e-5)
    assert value(losses.WeightedCrossEntropy([1, 1, 1]), LABELS, SCORES) == pytest.approx(
        value(losses.CrossEntropy(), LABELS, SCORES), rel=1e-6
    )


def test_soft_dice_is_the_slides_formula():
    per_class = []
    for c in range(3):
        y, p = (c == LABELS).astype(float), SCORES[..., c].astype(float)
        per_class.append(1 - 2 * (y * p).sum() / ((y**2).sum() + (p**2).sum()))
    assert value(losses.SoftDice(), LABELS, SCORES) == pytest.approx(np.mean(per_class), rel=1e-5)


@pytest.mark.parametrize("gamma", [0, 0.5, 2, 5])
def test_focal_is_the_papers_formula(gamma):
    """Equation 4, pixel by pixel; with a gamma of 0 the cross-entropy."""
    total = 0
    for index in np.ndindex(LABELS.shape):
        p = SCORES[(*index, LABELS[index])]
        total -= (1 - p) ** gamma * np.log(p)
    focal = value(losses.Focal(gamma), LABELS, SCORES)
    assert focal == pytest.approx(total / LABELS.size, rel=1e-5)
    if gamma == 0:
        assert focal == pytest.approx(value(losses.CrossEntropy(), LABELS, SCORES), rel=1e-6)


def test_focal_of_a_well_known_pixel_is_a_hundredth():
    """The paper's example: with a gamma of 2, p = 0.9 costs 100 times less than without."""
    known = [[0.1, 0.9]]
    assert value(losses.Focal(2), [1], known) == pytest.approx(
        value(losses.CrossEntropy(), [1], known) / 100, rel=1e-4
    )


@pytest.mark.parametrize("gamma", [0.5, 2])
def test_the_gradient_of_focal_is_finite_where_the_score_is_one_or_zero(gamma):
    image = np.array([[[[50.0], [-50.0]]]], "float32")
    for label in 0, 1:
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((1, 2, 1)), keras.layers.Conv2D(2, 1, activation="softmax")]
        )
        model.compile(keras.optimizers.SGD(0.1), losses.Focal(gamma), jit_compile=False)
        model.train_on_batch(image, np.full((1, 1, 2), label))
        assert all(np.isfinite(weight).all() for weight in model.get_weights())


def test_a_sum_is_the_sum_of_its_parts():
    parts = [losses.CrossEntropy(), losses.SoftDice(), losses.Focal()]
    both = losses.Sum(parts)
    assert value(both, VOID, SCORES) == pytest.approx(
        sum(value(part, VOID, SCORES) for part in parts), rel=1e-5
    )


def test_cross_entropy_is_the_mean_of_a_loop_over_the_scored_pixels():
    scored = [index for index in np.ndindex(VOID.shape) if VOID[index] != IGNORE]
    assert 0 < len(scored) < VOID.size / 2
    total = -sum(np.log(SCORES[(*index, VOID[index])]) for index in scored)
    assert value(losses.CrossEntropy(), VOID, SCORES) == pytest.approx(
        total / len(scored), rel=1e-5
    )


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.name)
def test_pixels_that_are_not_scored_are_not_there(loss):
    """The loss of the others alone, as windows; and what is said of the rest changes nothing."""
    scored = VOID != IGNORE
    alone = value(loss, VOID[scored], SCORES[scored])
    assert value(loss, VOID, SCORES) == pytest.approx(alone, rel=1e-5)
    other = np.where(scored[..., None], SCORES, np.eye(3)[LABELS])
    assert value(loss, VOID, other) == pytest.approx(alone, rel=1e-5)


def one_step(loss, images, labels):
    """The loss and the weights of a pixel classifier after one step of plain gradient descent."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((None, None, 1)), keras.layers.Conv2D(3, 1, activation="softmax")]
    )
    model.compile(keras.optimizers.SGD(1.0), loss, jit_compile=False)
    before = np.concatenate([weight.ravel() for weight in model.get_weights()])
    cost = model.train_on_batch(images, labels)
    return cost, before, np.concatenate([weight.ravel() for weight in model.get_weights()])


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.name)
def test_a_batch_without_a_scored_pixel_teaches_nothing(loss):
    images = random.random((2, 4, 5, 1)).astype("float32")
    cost, before, after = one_step(loss, images, np.full(LABELS.shape, IGNORE))
    assert cost == 0
    np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("loss", ALL, ids=lambda loss: loss.name)
def test_a_crop_without_a_scored_pixel_takes_nothing_from_the_others(loss):
    images = random.random((2, 4, 5, 1)).astype("float32")
    both = one_step(loss, images, np.stack([LABELS[0], np.full_like(LABELS[0], IGNORE)]))
    alone = one_step(loss, images[:1], LABELS[:1])
    assert both[0] == pytest.approx(alone[0], rel=1e-5)
    np.testing.assert_allclose(both[2], alone[2], rtol=1e-4, atol=1e-6)
    assert np.abs(both[1] - both[2]).max() > 1e-3


def test_every_loss_is_zero_for_the_truth_and_large_for_its_opposite():
    truth, opposite = np.eye(3)[LABELS], np.eye(3)[(LABELS + 1) % 3]
    for loss in ALL:
        assert value(loss, LABELS, truth) == pytest.approx(0, abs=1e-5)
        assert value(loss, LABELS, opposite) > 0.99


def test_soft_dice_of_a_class_that_nobody_has_and_nobody_sees_is_zero():
    labels = np.zeros((1, 4, 4), int)
    assert value(losses.SoftDice(), labels, np.eye(3)[labels]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("loss", [losses.CrossEntropy(), losses.SoftDice()])
def test_one_channel_is_the_probability_of_class_one(loss):
    labels, p = LABELS % 2, SCORES[..., :1]
    both = np.concatenate([1 - p, p], axis=-1)
    assert value(loss, labels, p) == pytest.approx(value(loss, labels, both), rel=1e-5)


def test_windows_and_labels_with_a_last_axis_of_one():
    labels, scores = LABELS[0, 0], SCORES[0, 0]
    alone = value(losses.CrossEntropy(), labels, scores)
    assert alone == pytest.approx(-np.log(scores[np.arange(5), labels]).mean(), rel=1e-5)
    assert value(losses.CrossEntropy(), labels[:, None], scores) == pytest.approx(alone)


def test_one_hot_labels_are_refused_with_the_repair():
    with pytest.raises(ValueError, match=r"one axis less.*one-hot.*argmax"):
        losses.CrossEntropy()(np.eye(3)[LABELS], SCORES)


def test_a_pixel_can_be_given_a_weight_of_its_own():
    """Keras's class_weight fails on pixel targets; sample_weight works."""
    weight = np.zeros(LABELS.shape, "float32")
    weight[0, 0, 0] = 1
    expected = -np.log(SCORES[0, 0, 0, LABELS[0, 0, 0]]) / LABELS.size
    loss = losses.CrossEntropy()(LABELS, SCORES, sample_weight=weight)
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_a_wrong_score_of_zero_stays_finite():
    assert np.isfinite(value(losses.CrossEntropy(), [0], [[0.0, 1.0]]))


def test_losses_train_a_keras_model():
    """A pixel classifier learns ink from paper with each loss: `compile` sees the right thing."""
    image = random.integers(0, 2, (4, 8, 8, 1)).astype("float32")
    for loss in *ALL[:1], losses.WeightedCrossEntropy([1, 1]), *ALL[2:]:
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 1, activation="softmax")]
        )
        model.compile(keras.optimizers.Adam(0.3), loss)
        model.fit(image, image[..., 0].astype(int), epochs=20, verbose=0)
        predicted = np.asarray(model.predict_on_batch(image)).argmax(-1)
        np.testing.assert_array_equal(predicted, image[..., 0])


def test_balanced_weights_make_every_class_count_the_same():
    counts = [900, 90, 10, 0]
    weights = losses.balanced_weights(counts)
    shares = [weight * count for weight, count in zip(weights, counts, strict=True)]
    assert shares[:3] == pytest.approx([shares[0]] * 3) and weights[3] == 0
    assert sum(shares) / sum(counts) == pytest.approx(1)


@pytest.mark.parametrize(
    "loss",
    [
        losses.WeightedCrossEntropy([0.2, 1, 5]),
        losses.Focal(3),
        losses.Sum([losses.WeightedCrossEntropy([0.2, 1, 5]), losses.SoftDice()]),
    ],
    ids=lambda loss: loss.name,
)
def test_a_loss_with_settings_survives_saving(loss):
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss))
    assert value(again, LABELS, SCORES) == value(loss, LABELS, SCORES)


def test_a_negative_gamma_is_told():
    with pytest.raises(ValueError, match="gamma should be 0 or more; yours is -1"):
        losses.Focal(-1)


def test_weights_that_are_not_one_a_class_are_told():
    with pytest.raises(ValueError, match="one a class, 3; yours are"):
        losses.WeightedCrossEntropy([1, 2])(LABELS, SCORES)
