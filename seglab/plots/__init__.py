"""Every picture that seglab draws. This package draws; what it draws is computed elsewhere."""

from seglab.plots.blocks import DARK, LIGHT, architecture
from seglab.plots.descent import descent, overlap_tiles
from seglab.plots.dimensions import (
    convolution,
    halvings,
    passed_on,
    seen_cells,
    transposed_convolution,
    u_shape,
)
from seglab.plots.error_maps import error_maps, quality_against_seconds
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
from seglab.plots.losses import (
    class_scores,
    confusion_table,
    iou_and_dice,
    loss_curves,
    outcomes,
    pulls,
)
from seglab.plots.pages import SIDE_BY_SIDE, comparison, overlay, save
from seglab.plots.receptive_fields import receptive_fields
from seglab.plots.systems import systems
from seglab.plots.times import Curve, times
from seglab.plots.upsampling import interpolation, number_grids, stamped, stamping, stamping_map
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
    "SIDE_BY_SIDE",
    "Curve",
    "agreement",
    "architecture",
    "channels",
    "class_scores",
    "class_shares",
    "close_up",
    "comparison",
    "confusion_table",
    "convolution",
    "descent",
    "error_maps",
    "feature_maps",
    "halvings",
    "interpolation",
    "iou_and_dice",
    "label_cells",
    "labelled",
    "loss_curves",
    "number_grids",
    "numbered_labels",
    "outcomes",
    "overlap_tiles",
    "overlay",
    "passed_on",
    "pulls",
    "quality_against_seconds",
    "receptive_fields",
    "resized_labels",
    "save",
    "scans",
    "scores_by_gap",
    "seen_cells",
    "smoothing",
    "stamped",
    "stamping",
    "stamping_map",
    "strides",
    "systems",
    "threshold",
    "times",
    "transposed_convolution",
    "u_shape",
    "visit_counts",
    "window_grid",
    "windows_on_page",
]
