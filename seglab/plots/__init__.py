"""Every picture that seglab draws. This package draws; what it draws is computed elsewhere."""

from seglab.plots.atrous import atrous_kernels, dilated_stack, effective_fields
from seglab.plots.blocks import DARK, LIGHT, architecture
from seglab.plots.classical import borders, clusters, density_histogram, instances
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
from seglab.plots.transfer import learning_curves, running_means, taps
from seglab.plots.unpooling import overhang, remembered
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
    "atrous_kernels",
    "borders",
    "channels",
    "class_scores",
    "class_shares",
    "close_up",
    "clusters",
    "comparison",
    "confusion_table",
    "convolution",
    "density_histogram",
    "descent",
    "dilated_stack",
    "effective_fields",
    "error_maps",
    "feature_maps",
    "halvings",
    "instances",
    "interpolation",
    "iou_and_dice",
    "label_cells",
    "labelled",
    "learning_curves",
    "loss_curves",
    "number_grids",
    "numbered_labels",
    "outcomes",
    "overhang",
    "overlap_tiles",
    "overlay",
    "passed_on",
    "pulls",
    "quality_against_seconds",
    "receptive_fields",
    "remembered",
    "resized_labels",
    "running_means",
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
    "taps",
    "threshold",
    "times",
    "transposed_convolution",
    "u_shape",
    "visit_counts",
    "window_grid",
    "windows_on_page",
]
