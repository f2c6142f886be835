"""Why a layer cannot take what it is given, in a sentence for a person."""

from seglab.dimensions.layers import CELL, reach, spatial
from seglab.dimensions.symbols import Polynomial


def misfit(layer, inputs, names):
    """The sentence, or None where the sizes fit.

    inputs: the signals that reach the layer; names: of the layers they come from.
    """
    sizes = [spatial(layer, signal.shape) for signal in inputs]
    if len(inputs) > 1 and reach(layer, sizes[0]) == CELL and _apart(sizes):
        brought = ", ".join(f"{name} brings {size_text(size)}" for name, size in zip(names, sizes))
        return f"{brought}: the sizes do not meet."
    spec = getattr(layer, "input_spec", None)
    if spec is None or isinstance(spec, (list, tuple)) or len(inputs) != 1:
        return None
    shape = (None, *inputs[0].shape)
    if spec.ndim is not None and spec.ndim != len(shape):
        return f"{names[0]} gives {len(shape) - 1} axes, {layer.name} reads {spec.ndim - 1}."
    for axis, expected in (spec.axes or {}).items():
        found = shape[axis]
        if None not in (expected, found) and found != expected:
            return f"{names[0]} gives {found:,} values, {layer.name} has weights for {expected:,}."
    return None


def size_text(sizes):
    """601x425, or H/8 x W/8 where a size is symbolic; ? where it is unknown."""
    words = ["?" if size is None else str(size) for size in sizes]
    between = " x " if any(isinstance(size, Polynomial) for size in sizes) else "x"
    return between.join(words)


def _apart(sizes):
    """True if two branches differ along an axis in which neither is 1 (which would be repeated)."""
    return any(
        len({size for size in axis if size not in (None, 1)}) > 1
        for axis in zip(*sizes)
        if len({isinstance(size, Polynomial) for size in axis if size not in (None, 1)}) == 1
    )
