"""The lecture's losses, the focal loss, and sums of them, for integer labels.

Each is a Keras loss: `model.compile(loss=CrossEntropy())`. They take labels (batch, H, W) of class
numbers and scores (batch, H, W, num_classes) that are probabilities; a window classifier's labels
are (batch,) and its scores (batch, num_classes). One score channel is the probability of class 1.
A label that is no class, as 255 is, has no truth: every loss leaves such pixels out, and is 0 where
there are no others. The slides leave out the minus sign of the cross-entropy; here it stands.
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable("seglab")
class CrossEntropy(keras.losses.Loss):
    """Pixel-wise log loss: -sum_c y_c log p_c at every pixel, averaged over the scored pixels."""

    def call(self, labels, scores):
        """(batch, H, W) losses, one a pixel, so that a per-pixel `sample_weight` works."""
        truth, scores = _truth_and_scores(labels, scores)
        return _averaging_over_scored(-ops.sum(truth * _log(scores), axis=-1), truth)


@keras.saving.register_keras_serializable("seglab")
class WeightedCrossEntropy(keras.losses.Loss):
    """Cross-entropy with a weight per class, for long tails: -sum_c w_c y_c log p_c.

    weights: one number a class. `balanced_weights` makes them from the data.
    """

    def __init__(self, weights, name="weighted_cross_entropy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.weights = [float(weight) for weight in weights]

    def call(self, labels, scores):
        """(batch, H, W) losses, one a pixel."""
        truth, scores = _truth_and_scores(labels, scores)
        if len(self.weights) != scores.shape[-1]:
            raise ValueError(
                f"weights should be one a class, {scores.shape[-1]}; yours are {self.weights}."
            )
        weights = ops.convert_to_tensor(self.weights, scores.dtype)
        losses = -ops.sum(weights * truth * _log(scores), axis=-1)
        return _averaging_over_scored(losses, truth)

    def get_config(self):
        """What `keras.saving` needs to build this loss again."""
        return {**super().get_config(), "weights": self.weights}


@keras.saving.register_keras_serializable("seglab")
class SoftDice(keras.losses.Loss):
    """1 - 2 sum(y p) / (sum(y^2) + sum(p^2)) for every class, averaged over the classes.

    The sums run over all scored pixels of the batch, not of each page. A class that the whole batch
    lacks costs 1 as soon as it is given any score; without truth and score it costs nothing.
    """

    def call(self, labels, scores):
        """One number for the batch."""
        truth, scores = _truth_and_scores(labels, scores)
        scores = scores * ops.sum(truth, axis=-1, keepdims=True)  # 0 where there is no truth
        pixels = tuple(range(len(scores.shape) - 1))
        both = ops.sum(truth * scores, axis=pixels)
        either = ops.sum(truth**2, axis=pixels) + ops.sum(scores**2, axis=pixels)
        epsilon = keras.config.epsilon()  # a class that nobody has is perfect, not 0/0
        return ops.mean(1 - (2 * both + epsilon) / (either + epsilon))


@keras.saving.register_keras_serializable("seglab")
class Focal(keras.losses.Loss):
    """-sum_c y_c (1 - p_c)^gamma log p_c: what is easy, and known, counts hardly any more.

    Lin, Goyal, Girshick, He & Dollar (2017), "Focal Loss for Dense Object Detection", equation 4;
    their gamma is 2. With a gamma of 0 it is the cross-entropy. A pixel whose class has 0.9 counts
    a hundredth of what it does there; so the classes that are rarely right have their say.
    """

    def __init__(self, gamma=2.0, name="focal", **kwargs):
        super().__init__(name=name, **kwargs)
        if gamma < 0:
            raise ValueError(f"gamma should be 0 or more; yours is {gamma}.")
        self.gamma = float(gamma)

    def call(self, labels, scores):
        """(batch, H, W) losses, one a pixel."""
        truth, scores = _truth_and_scores(labels, scores)
        # At a score of 1 a power below 1 has no gradient; the step to 1 - epsilon changes nothing.
        missing = 1 - ops.minimum(scores, 1 - keras.config.epsilon())
        losses = -ops.sum(truth * missing**self.gamma * _log(scores), axis=-1)
        return _averaging_over_scored(losses, truth)

    def get_config(self):
        """What `keras.saving` needs to build this loss again."""
        return {**super().get_config(), "gamma": self.gamma}


@keras.saving.register_keras_serializable("seglab")
class Sum(keras.losses.Loss):
    """Several losses at once: `Sum([CrossEntropy(), SoftDice()])`.

    The cross-entropy's gradient is smooth from the first step, soft Dice looks at each class as a
    whole; their sum is what nnU-Net trains with (Isensee et al. 2021, "Methods").
    """

    def __init__(self, losses, name="sum", **kwargs):
        super().__init__(name=name, **kwargs)
        self.losses = list(losses)

    def call(self, labels, scores):
        """(batch, H, W) losses, or one number if no part has one a pixel."""
        return sum(loss.call(labels, scores) for loss in self.losses)

    def get_config(self):
        """What `keras.saving` needs to build this loss again."""
        parts = [keras.saving.serialize_keras_object(loss) for loss in self.losses]
        return {**super().get_config(), "losses": parts}

    @classmethod
    def from_config(cls, config):
        parts = [keras.saving.deserialize_keras_object(part) for part in config.pop("losses")]
        return cls(parts, **config)


def balanced_weights(class_counts):
    """Weights that let every class count the same: pixels / (num_classes * pixels of the class).

    class_counts: (num_classes,) scored pixels of each class. A class without pixels gets weight 0.
    The mean weight of a pixel is 1, so the learning rate needs no other value.
    """
    counts = [int(count) for count in class_counts]
    present = sum(count > 0 for count in counts)
    return [sum(counts) / (present * count) if count else 0.0 for count in counts]


def _truth_and_scores(labels, scores):
    """One-hot labels and scores, both (..., num_classes); one channel becomes two classes."""
    if len(labels.shape) == len(scores.shape) and labels.shape[-1] == 1:
        labels = ops.squeeze(labels, -1)
    if len(labels.shape) != len(scores.shape) - 1:
        raise ValueError(
            "labels should be class numbers with one axis less than the scores; yours are "
            f"{tuple(labels.shape)} beside scores {tuple(scores.shape)}. "
            "Are they one-hot? Then take labels.argmax(-1)."
        )
    if scores.shape[-1] == 1:
        scores = ops.concatenate([1 - scores, scores], axis=-1)
    return ops.one_hot(ops.cast(labels, "int32"), scores.shape[-1], dtype=scores.dtype), scores


def _averaging_over_scored(losses, truth):
    """Losses (...), 0 where there is no truth, raised so that Keras's mean is over the others."""
    return ops.divide_no_nan(losses, ops.mean(ops.sum(truth, axis=-1)))


def _log(scores):
    return ops.log(ops.maximum(scores, keras.config.epsilon()))  # log 0 would end the training
