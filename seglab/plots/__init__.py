"""Every picture that seglab draws. This package draws; what it draws is computed elsewhere."""

from seglab.plots.blocks import DARK, LIGHT, architecture
from seglab.plots.pages import comparison, overlay, save
from seglab.plots.receptive_fields import receptive_fields
from seglab.plots.times import Curve, times

__all__ = [
    "DARK",
    "LIGHT",
    "Curve",
    "architecture",
    "comparison",
    "overlay",
    "receptive_fields",
    "save",
    "times",
]
