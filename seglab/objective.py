"""What a training minimises, and the scores by which it knows its best epoch."""

import numpy as np

from seglab import losses, metrics
from seglab.region_classes import IGNORE

PLAIN = {
    "cross_entropy": losses.CrossEntropy,
    "soft_dice": losses.SoftDice,
    "focal": losses.Focal,
}


def loss(recipe, pages):
    """The Keras loss that the recipe names: one, or the sum of those with a + between them."""
    parts = [_loss(name, recipe, pages) for name in recipe.loss.split("+")]
    return losses.Sum(parts) if len(parts) > 1 else parts[0]


def _loss(name, recipe, pages):
    """One loss, weighted by the pages' class counts if it asks so."""
    if name == "weighted_cross_entropy":
        counts = sum(
            np.bincount(page.labels[page.labels != IGNORE], minlength=recipe.num_classes)
            for page in pages
        )
        return losses.WeightedCrossEntropy(losses.balanced_weights(counts))
    return PLAIN[name]()


def scores(labels, predicted, num_classes):
    """Mean IoU and pixel accuracy of label images of one shape: {"mean_iou", "pixel_accuracy"}.

    Pixels labelled IGNORE do not count.
    """
    confusion = metrics.confusion_matrix(labels, predicted, num_classes)
    return {
        "mean_iou": float(metrics.mean_iou(confusion)),
        "pixel_accuracy": float(metrics.pixel_accuracy(confusion)),
    }
