"""FCN in stages: the finer model begins where the coarser one stands."""

import numpy as np
import pytest

from seglab import weights
from seglab.errors import InputError
from seglab.literature import fcn8, fcn16, fcn32, start_from

RANDOM = np.random.default_rng(0)


def logits(model, image):
    """What goes into the softmax, up to a number that all classes share."""
    scores = np.log(np.asarray(model(image)))
    return scores - scores.mean(-1, keepdims=True)


def learnt(model):
    """The model with scores that are no longer 0."""
    for name in "score_fr", "score_pool4", "score_pool3":
        if name in [layer.name for layer in model.layers]:
            layer = model.get_layer(name)
            layer.set_weights([RANDOM.normal(size=x.shape) for x in layer.get_weights()])
    return model


def test_an_untrained_fcn_knows_nothing():
    scores = np.asarray(fcn8(4, width=2)(RANDOM.random((1, 40, 50, 1), "float32")))
    np.testing.assert_allclose(scores, 1 / 4)


@pytest.mark.parametrize(
    ("coarse", "fine", "new"),
    [
        (fcn32, fcn16, {"score_pool4", "upscore2"}),
        (fcn16, fcn8, {"score_pool3", "upscore_pool4"}),
    ],
)
def test_the_finer_model_begins_where_the_coarser_stands(coarse, fine, new):
    """Two bilinear steps are nearly one; the border, where zeros come in, is left out."""
    coarser, finer = learnt(coarse(3, width=2)), fine(3, width=2)
    assert set(start_from(finer, coarser)) == new
    image = (RANDOM.random((1, 224, 256, 1)) < 0.2).astype("float32")
    inside = (slice(None), slice(32, -32), slice(32, -32))
    begun, stands = (logits(model, image)[inside] for model in (finer, coarser))
    assert np.ptp(stands) > 0
    assert np.corrcoef(begun.ravel(), stands.ravel())[0, 1] > 0.99


def test_constant_scores_stay_exactly_the_same():
    """Away from the border the same bias comes out of one up-sampling and out of three."""
    models = [build(3, width=1) for build in (fcn32, fcn16, fcn8)]
    kernel, _ = models[0].get_layer("score_fr").get_weights()
    models[0].get_layer("score_fr").set_weights([kernel, np.array([1.0, 2.0, -3.0])])
    start_from(models[1], models[0])
    start_from(models[2], models[1])
    image = np.zeros((1, 128, 160, 1), "float32")
    for model in models:
        np.testing.assert_allclose(logits(model, image)[0, 64, 80], [1, 2, -3], atol=1e-5)


def test_models_of_another_width_are_told():
    with pytest.raises(ValueError, match="same width and classes"):
        start_from(fcn16(3, width=1), fcn32(3, width=2))


def test_training_goes_on_from_the_coarser_model():
    coarse, fine = fcn32(3, width=2), fcn16(3, width=2)
    weights.start(fine, coarse, "fcn32.keras")
    learnt = coarse.get_layer("conv1_1").get_weights()[0]
    np.testing.assert_array_equal(fine.get_layer("conv1_1").get_weights()[0], learnt)
    with pytest.raises(InputError, match="The weights in fcn16.keras are not those of fcn32"):
        weights.start(coarse, fine, "fcn16.keras")
