"""Who takes part in a comparison: trained networks, and methods from before deep learning."""

import time

from seglab import prediction
from seglab.classical import METHODS
from seglab.model_files import load_model, read_card
from seglab.pages import Page
from seglab.scaling import scaled_image, scaled_labels


class Network:
    """A trained model, from its file. stride: of a window classifier, at the working height."""

    def __init__(self, file, recipe, stride):
        self.name, self.height, self.stride = recipe.model, recipe.height, stride
        self.model = load_model(file)
        self.parameters = self.model.count_params()
        self.train_seconds = sum(epoch["seconds"] for epoch in read_card(file)["history"])

    def labels(self, image):
        """Labels of an image at its own size: (H, W, 1) -> (H, W)."""
        return prediction.labels(self.model, image, self.height, self.stride)

    def compute(self, image):
        """What is timed: all that is done with an image at the working height."""
        return prediction.scores(self.model, image, self.stride)


class Classic:
    """A classical method, by its name in `classical.METHODS`, fitted to pages at their height."""

    parameters = None  # none that gradients have found

    def __init__(self, name, pages, height):
        started = time.perf_counter()
        self.name, self.height = name, height
        self.method = METHODS[name]().fit(pages)
        self.train_seconds = time.perf_counter() - started

    def labels(self, image):
        """Labels of an image at its own size: (H, W, 1) -> (H, W)."""
        return scaled_labels(self.compute(scaled_image(image, self.height)), image.shape[:2])

    def compute(self, image):
        """What is timed: all that is done with an image at the working height."""
        return self.method.predict(Page("page", image))
