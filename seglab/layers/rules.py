"""What `seglab.dimensions` has to know of these layers: what their cells read, what they multiply.

The pyramids read the whole map; the bilinear layers multiply by no weights of their own.
"""

from seglab.dimensions import WHOLE, Window, multiply_adds, reach
from seglab.dimensions.layers import upsampling_window
from seglab.layers.borders import CropLike, MirrorPadding
from seglab.layers.pooling import BedOfNails, MaxPoolingWithIndices, MaxUnpooling
from seglab.layers.pyramids import AtrousSpatialPyramidPooling, Pyramid, PyramidPooling
from seglab.layers.upsampling import BilinearUpSampling2D


@reach.register
def _(layer: MaxPoolingWithIndices, sizes):
    return tuple(
        Window((tuple(range(pool)),), pool, -(-size // pool))
        for size, pool in zip(sizes, layer.pool_size)
    )


@reach.register
def _(layer: MaxUnpooling, sizes):
    pairs = zip(sizes, layer.pool_size)
    return tuple(upsampling_window(size, factor, "nearest") for size, factor in pairs)


@reach.register
def _(layer: BedOfNails, sizes):
    """Only the first cell of each block has read anything."""
    return tuple(
        Window(((0,), *((),) * (factor - 1)), 1, factor * size)
        for size, factor in zip(sizes, layer.size)
    )


@reach.register
def _(layer: BilinearUpSampling2D, sizes):
    pairs = zip(sizes, layer.size)
    return tuple(upsampling_window(size, factor, "bilinear") for size, factor in pairs)


@reach.register
def _(layer: CropLike, sizes):
    return tuple(Window(((0,),), 1, size) for size in sizes)


@reach.register
def _(layer: MirrorPadding, sizes):
    """As if the page had no border: beyond it, mirrored pixels stand for those that are there."""
    return tuple(Window(((-layer.border,),), 1, size + 2 * layer.border) for size in sizes)


@reach.register
def _(layer: Pyramid, sizes):
    return WHOLE


@multiply_adds.register
def _(layer: PyramidPooling, input_shape, output_shape):
    shapes = ((bins, bins, input_shape[-1]) for bins in layer.bins)
    return sum(map(level_multiply_adds, layer.levels, shapes))


@multiply_adds.register
def _(layer: AtrousSpatialPyramidPooling, input_shape, output_shape):
    concatenated = layer.filters * (len(layer.levels) + 1)
    return (
        sum(level_multiply_adds(level, input_shape) for level in layer.levels)
        + level_multiply_adds(layer.image_level, (1, 1, input_shape[-1]))
        + level_multiply_adds(layer.projection, (*output_shape[:-1], concatenated))
    )


def level_multiply_adds(level, shape):
    """The sum over a level's layers, none of which changes the size of its map."""
    total = 0
    for layer in level.layers:
        made = (*shape[:-1], layer.compute_output_shape((None, None, None, shape[-1]))[-1])
        total += multiply_adds(layer, shape, made)
        shape = made
    return total
