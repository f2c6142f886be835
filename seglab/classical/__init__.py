"""Page segmentation before deep learning: the methods that the lecture names.

Every method has one interface:

    method = METHODS["run_length_smoothing"]().fit(pages)  # labelled pages at the working height
    labels = method.predict(page)                          # (H, W) uint8

The same pages, in any order, give the same labels. Those that tell how sure they are
(`method.scores(page)`, (H, W, 3)) can be followed by `refine`, the CRF, as can a network.
"""

from seglab.classical.crf import RefinedForest, refine
from seglab.classical.edges import Edges
from seglab.classical.histogram import Histogram
from seglab.classical.k_means import KMeans
from seglab.classical.random_forest import RandomForest
from seglab.classical.run_length_smoothing import RunLengthSmoothing
from seglab.classical.superpixels import Superpixels, superpixels
from seglab.classical.threshold import Threshold

# Every method by its name, in the order of the lecture.
METHODS = {
    "threshold": Threshold,
    "histogram": Histogram,
    "k_means": KMeans,
    "edges": Edges,
    "run_length_smoothing": RunLengthSmoothing,
    "superpixels": Superpixels,
    "random_forest": RandomForest,
    "crf": RefinedForest,
}

__all__ = ["METHODS", "refine", "superpixels"]
