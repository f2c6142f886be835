"""Layers that Keras lacks, for the models of `seglab.literature`.

Pooling that remembers where its maxima were, unpooling, bed of nails, bilinear up-sampling for
pages whose size is not known yet, and the two pyramids. Maps are (batch, H, W, channels), and any
H and W go in. `seglab.dimensions` knows what they read and how much they multiply.
"""

from seglab.layers import rules  # noqa: F401  (tells `dimensions`)
from seglab.layers.borders import CropLike, MirrorPadding
from seglab.layers.photographs import Photograph
from seglab.layers.pooling import BedOfNails, MaxPoolingWithIndices, MaxUnpooling
from seglab.layers.pyramids import (
    AtrousSpatialPyramidPooling,
    PyramidPooling,
    SeparableAtrousSpatialPyramidPooling,
)
from seglab.layers.upsampling import Bilinear, BilinearUpSampling2D

__all__ = [
    "AtrousSpatialPyramidPooling",
    "BedOfNails",
    "Bilinear",
    "BilinearUpSampling2D",
    "CropLike",
    "MaxPoolingWithIndices",
    "MaxUnpooling",
    "MirrorPadding",
    "Photograph",
    "PyramidPooling",
    "SeparableAtrousSpatialPyramidPooling",
]
