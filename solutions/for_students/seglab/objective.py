"""What a training minimises, and the scores by which it knows its best epoch: Keras's own.

A loss of your own: `training.train(…, loss=my_loss)`, a function of labels and scores.
"""

import keras
import numpy as np

from seglab.errors import InputError
from seglab.region_classes import IGNORE


def loss(recipe, pages):
    """The cross-entropy of every pixel that has a class, averaged."""
    if recipe.loss != "cross_entropy":
        raise InputError(f"There is no {recipe.loss} here; write it, and give it as loss=…")
    return keras.losses.SparseCategoricalCrossentropy(ignore_class=IGNORE)


def scores(labels, predicted, num_classes):
    """Mean IoU and pixel accuracy of label images of one shape: {"mean_iou", "pixel_accuracy"}.

    Pixels labelled IGNORE do not count.
    """
    known = labels != IGNORE
    mean_iou = keras.metrics.MeanIoU(num_classes)
    mean_iou.update_state(labels[known], predicted[known])
    return {
        "mean_iou": float(mean_iou.result()),
        "pixel_accuracy": float(np.mean(labels[known] == predicted[known])),
    }
