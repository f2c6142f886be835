"""Segmentation by k-means on local features (Lloyd 1982; k-means++ of Arthur & Vassilvitskii 2007).

Clusters know nothing of labels: which class a cluster is, the labels of its pixels say afterwards.
"""

import numpy as np

from seglab.classical.features import cleared, density, orientation, run_features
from seglab.classical.method import ScoringMethod, balanced_shares, class_counts, sampled


def local_features(image):
    """Ink density, run lengths and orientation of every pixel: (H, W, 1) -> (H, W, 13) float32."""
    image = cleared(image)
    densities = [np.sqrt(density(image, sigma)) for sigma in (2, 6, 16)]
    parts = [orientation(image, 3), orientation(image, 8), run_features(image, 6)]
    return np.concatenate([np.stack(densities, -1), *parts], -1, dtype=np.float32)


class KMeans(ScoringMethod):
    """k-means on `local_features`; scores are the shares of the classes in a pixel's cluster."""

    def __init__(self, clusters=96, pixels_per_page=300, seed=0):
        self.clusters, self.pixels_per_page, self.seed = clusters, pixels_per_page, seed

    def _fit(self, pages):
        from sklearn.cluster import KMeans as Clusters

        features, labels = sampled(pages, local_features, self.pixels_per_page)
        self.mean, self.deviation = features.mean(0), np.maximum(features.std(0), 1e-6)
        features = self._standardised(features)
        clusters = min(self.clusters, len(np.unique(features, axis=0)))
        found = Clusters(clusters, n_init=1, random_state=self.seed).fit(features)
        self.centres = found.cluster_centers_
        counts = class_counts(found.labels_, labels, clusters) + 1e-3
        self.shares = balanced_shares(counts)

    def _scores(self, image):
        features = self._standardised(local_features(image))
        # |f - c|^2 without |f|^2, which is the same for all centres.
        distances = (self.centres**2).sum(1) - 2 * features @ self.centres.T
        return self.shares[distances.argmin(-1)]

    def _standardised(self, features):
        return ((features - self.mean) / self.deviation).astype(np.float32)
