"""A random forest that labels every pixel by a filter bank around it.

Random forests: Breiman (2001). On textons, for segmentation: Shotton, Johnson & Cipolla, "Semantic
texton forests for image categorization and segmentation" (2008).
"""

import numpy as np

from seglab.classical.features import filter_bank
from seglab.classical.method import ScoringMethod, class_weights, forest_scores, sampled
from seglab.pages import CLASSES


class RandomForest(ScoringMethod):
    """A random forest on `features.filter_bank`; the same seed grows the same trees."""

    def __init__(self, trees=40, pixels_per_page=400, seed=0):
        self.trees, self.pixels_per_page, self.seed = trees, pixels_per_page, seed

    def _fit(self, pages):
        from sklearn.ensemble import RandomForestClassifier

        features, labels = sampled(pages, filter_bank, self.pixels_per_page)
        weights = class_weights(np.bincount(labels, minlength=len(CLASSES)))
        self.forest = RandomForestClassifier(
            self.trees, min_samples_leaf=5, max_features=0.2, random_state=self.seed
        ).fit(features, labels, sample_weight=weights[labels])

    def _scores(self, image):
        features = filter_bank(image)
        scores = forest_scores(self.forest, features.reshape(-1, features.shape[-1]))
        return scores.reshape(*image.shape[:2], len(CLASSES))
