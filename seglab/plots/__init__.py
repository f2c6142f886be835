"""Every picture that seglab draws. This package draws; what it draws is computed elsewhere."""

from seglab.plots.blocks import DARK, LIGHT, architecture
from seglab.plots.dimensions import (
    convolution,
    halvings,
    passed_on,
    seen_cells,
    transposed_convolution,
    u_shape,
)
from seglab.plots.features import close_up, feature_maps
from seglab.plots.labels import (
    channels,
    class_shares,
    labelled,
    numbered_labels,
    resized_labels,
    scans,
    scores_by_gap,
    smoothing,
    threshold,
)
from seglab.plots.pages import comparison, overlay, save
from seglab.plots.receptive_fields import receptive_fields
from seglab.plots.times import Curve, times
from seglab.plots.windows import (
    agreement,
    label_cells,
    strides,
    visit_counts,
    window_grid,
    windows_on_page,
)

__all__ = [
    "DARK",
    "LIGHT",
    "Curve",
    "agreement",
    "architecture",
    "channels",
    "class_shares",
    "close_up",
    "comparison",
    "convolution",
    "feature_maps",
    "halvings",
    "label_cells",
    "labelled",
    "numbered_labels",
    "overlay",
    "passed_on",
    "receptive_fields",
    "resized_labels",
    "save",
    "scans",
    "scores_by_gap",
    "seen_cells",
    "smoothing",
    "strides",
    "threshold",
    "times",
    "transposed_convolution",
    "u_shape",
    "visit_counts",
    "window_grid",
    "windows_on_page",
]
