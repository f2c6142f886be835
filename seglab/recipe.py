"""How a model is trained, as plain data: what the command line asks and a model file remembers."""

import math
from dataclasses import dataclass

from seglab.errors import InputError

MODELS = ("sliding_window", "fcn", "skip_fcn", "transposed_fcn", "unet")
# Those that the slides name beside the lecture's own: `seglab.literature`.
LITERATURE = (
    *("fcn32", "fcn16", "fcn8", "deconvnet", "segnet", "pspnet"),
    *("deeplab", "deeplab_v3", "deeplab_v3_plus", "unet_2015"),
)
# A decoder on an encoder of `keras.applications`: `seglab.transfer`.
TRANSFER = (
    *("unet_vgg16", "unet_resnet50", "unet_mobilenet_v3"),
    *("fcn_vgg16", "fcn_resnet50", "fcn_mobilenet_v3"),
    *("deeplab_vgg16", "deeplab_resnet50", "deeplab_mobilenet_v3"),
)
NETWORKS = MODELS + LITERATURE + TRANSFER
# Methods from before deep learning: `seglab.classical`.
CLASSICAL = (
    *("threshold", "histogram", "k_means", "edges", "run_length_smoothing"),
    *("superpixels", "random_forest", "crf"),
)
LOSSES = ("cross_entropy", "weighted_cross_entropy", "soft_dice", "focal")

# `compare --quick`: all five models within 90 seconds on two cores, regions already sensible.
QUICK = {"height": 224, "epochs": 3, "batch": 2, "train_pages": 40, "test_pages": 8}

MOST_SEED = 2**32 - 1  # what NumPy, and so Keras, takes


@dataclass(frozen=True)
class Recipe:
    """One training, all but its pages.

    model: a name of NETWORKS. height: the working height, to which pages are scaled, in pixels.
    epochs: passes over the area of the training pages. loss: a name of LOSSES, or several with a +
    between them, their sum; the weights of weighted_cross_entropy come from the class shares of the
    pages. learning_rate: Adam's first.
    batch: crops of a batch; few and small crops teach more in a given time than many or large ones.
    reading: a name of `pages.READINGS`, what of the pages' labels is learnt.
    start: the `weights.fingerprint` of the weights that a fine-tuning starts from, or of those
    with a trained encoder; None: random.
    frozen_epochs: how many of the epochs, the first ones, train the decoder alone; the encoder then
    joins in stages (`transfer.phases`). 0: everything learns from the first.
    """

    model: str
    height: int = 320
    epochs: int = 6
    loss: str = "cross_entropy"
    learning_rate: float = 1e-3
    batch: int = 4
    seed: int = 0
    num_classes: int = 3
    reading: str = "region"
    start: str | None = None
    frozen_epochs: int = 0

    def __post_init__(self):
        parts = [(part, LOSSES, "loss") for part in self.loss.split("+")]
        for value, names, kind in (self.model, NETWORKS, "model"), *parts:
            if value not in names:
                raise InputError(f"There is no {kind} '{value}'; choose one of {', '.join(names)}.")
        for name in ("height", "epochs", "learning_rate", "batch"):
            if not 0 < getattr(self, name) < math.inf:
                raise InputError(f"{name} should be above 0; yours is {getattr(self, name)}.")
        if not 0 <= self.frozen_epochs <= self.epochs:
            raise InputError(
                f"frozen_epochs should lie in 0 .. epochs, {self.epochs}; "
                f"yours is {self.frozen_epochs}."
            )
        if self.frozen_epochs and self.model not in TRANSFER:
            raise InputError(
                f"{self.model} has no encoder that could be frozen; choose one of "
                f"{', '.join(TRANSFER)}, or leave frozen_epochs at 0."
            )
        if not 0 <= self.seed <= MOST_SEED:
            raise InputError(f"seed should lie in 0 .. {MOST_SEED}; yours is {self.seed}.")
