"""The table of a model's dimensions: one row a layer, totals, memory."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod

from seglab.dimensions.layers import reach, spatial
from seglab.dimensions.operations import multiply_adds
from seglab.dimensions.symbols import Polynomial
from seglab.dimensions.walk import walk
from seglab.errors import InputError

BYTES = {"float64": 8, "int64": 8, "float16": 2, "bfloat16": 2, "int8": 1, "uint8": 1, "bool": 1}


@dataclass(frozen=True)
class Row:
    """One layer of the table; sizes and counts are numbers, or symbolic where H and W are unknown.

    layer, type: its name and class. kernel: cells of its kernel or pool, or its up-sampling
    factors, along each axis; () for a layer without. reads: names of the layers it reads.
    output_shape: without the batch axis; None where the sizes do not fit (see `problem`).
    parameters: weights, 0 for a layer that shares those of an earlier row; trainable: of these.
    multiply_adds, activation_bytes: for one image; multiply_adds None for an unknown layer.
    fields: per image axis, what each cell sees (`seglab.dimensions.fields`); None from an unknown
    layer on. branches: receptive field of each input, where there are several.
    problem: why the sizes do not fit; this is then the last row. image: the page's (H, W).
    """

    layer: str
    type: str
    output_shape: tuple | None
    parameters: int
    trainable: int
    multiply_adds: object
    activation_bytes: object
    fields: tuple | None
    kernel: tuple = ()
    reads: tuple = ()
    branches: tuple = ()
    problem: str | None = None
    image: tuple = ()

    @property
    def stride(self):
        """Input pixels from one cell to the next, along each axis; None where all see the same."""
        if self.fields is None:
            return None
        return tuple(field.jump if field.shift else None for field in self.fields)

    @property
    def receptive_field(self):
        """Input pixels that a cell sees along each axis: the union of all paths.

        Where up-sampling makes neighbouring cells see differently, that of the one that sees most.
        """
        if self.fields is None:
            return None
        return tuple(
            pixels if field.size == inf else field.size
            for field, pixels in zip(self.fields, self.image)
        )

    @property
    def offset(self):
        """Pixels from the centre of a cell to the centre of what it sees, along each axis.

        The mean of the extremes over all phases; +1/2 looks half a pixel down, or to the right.
        """
        return self._offsets(lambda low, high: Fraction(low + high) / 2)

    @property
    def spread(self):
        """How far single cells deviate from `offset`, in pixels: ±7/2 after nearest up-sampling
        by 8."""
        return self._offsets(lambda low, high: Fraction(high - low) / 2)

    def _offsets(self, summary):
        if self.fields is None:
            return None
        return tuple(
            summary(min(field.offsets()), max(field.offsets()))
            if field.shift and field.offsets()
            else None
            for field in self.fields
        )

    def sees(self, pixel):
        """What the cell above an input pixel (y, x) sees: ((top, bottom), (left, right)).

        Ends are excluded. The interval may reach beyond the page, into the padding.
        """
        if self.fields is None:
            raise InputError(f"What {self.layer} sees is unknown: a layer before it has no rule.")
        cells = (
            int(at / field.jump) if field.shift else 0 for at, field in zip(pixel, self.fields)
        )
        intervals = (field.of(cell) for field, cell in zip(self.fields, cells))
        return tuple(
            (0, pixels) if interval and interval[1] == inf else interval
            for interval, pixels in zip(intervals, self.image)
        )


def table(model, input_shape=None):
    """The dimensions of every layer of a Sequential or functional model, nested ones included.

    input_shape: (H, W) or (H, W, channels); None takes the model's own, with H and W symbolic
    where it leaves them open (sizes then hold for those H and W that come out even).
    A list of `Row`, in the order of computation. Where the sizes do not fit, the last row says so.
    """
    steps = walk(model, input_shape)
    image = steps[0].outputs[0].shape[: len(steps[0].outputs[0].fields)]
    counted = set()
    return [_row(step, steps, image, counted) for step in steps]


def _row(step, steps, image, counted):
    layer = step.layer
    new = layer is not None and id(layer) not in counted
    counted.add(id(layer))
    output = step.outputs[0] if step.outputs else None
    return Row(
        layer=step.name,
        type="Input" if layer is None else type(layer).__name__,
        output_shape=output and output.shape,
        parameters=_weights(layer, "weights") if new else 0,
        trainable=_weights(layer, "trainable_weights") if new else 0,
        multiply_adds=_operations(step),
        activation_bytes=sum(_bytes(output) for output in step.outputs),
        fields=output and output.fields,
        kernel=_kernel(layer),
        reads=tuple(steps[signal.source].name for signal in step.inputs),
        branches=_branches(step),
        problem=step.problem,
        image=image,
    )


def _kernel(layer):
    for name in ("kernel_size", "pool_size", "size"):
        if isinstance(getattr(layer, name, None), tuple):
            return getattr(layer, name)
    return ()


def _weights(layer, kind):
    return sum(prod(weight.shape) for weight in getattr(layer, kind, ()))


def _operations(step):
    if step.layer is None or not step.outputs:
        return 0
    given, made = step.inputs[0].shape, step.outputs[0].shape
    if reach(step.layer, spatial(step.layer, given)) is None or None in (*given, *made):
        return None
    return multiply_adds(step.layer, given, made)


def _bytes(signal):
    if None in signal.shape:
        return 0
    return prod(signal.shape) * BYTES.get(signal.dtype, 4)


def _branches(step):
    if len(step.inputs) < 2 or any(signal.fields is None for signal in step.inputs):
        return ()
    return tuple(tuple(field.size for field in signal.fields) for signal in step.inputs)


@dataclass(frozen=True)
class Totals:
    """Sums over all layers, for one image; `unknown`: layers whose multiply-adds are not known."""

    parameters: int
    trainable: int
    multiply_adds: object
    activation_bytes: object
    unknown: tuple = ()


def totals(rows):
    """The sums over a table."""
    return Totals(
        parameters=sum(row.parameters for row in rows),
        trainable=sum(row.trainable for row in rows),
        multiply_adds=sum(row.multiply_adds or 0 for row in rows),
        activation_bytes=sum(row.activation_bytes for row in rows),
        unknown=tuple(f"{row.layer} ({row.type})" for row in rows if row.multiply_adds is None),
    )


@dataclass(frozen=True)
class Memory:
    """Bytes that a batch needs, at least: the backend's work space comes on top."""

    inference: int
    training: int


def memory(rows, batch=1, optimizer_slots=2):
    """What a batch needs in memory: weights and activations, without the backend's work space.

    Inference: the weights, and those outputs that a later layer still reads, at the layer where
    most are held (a skip connection holds its block until the decoder is there). Training: the
    weights, for each trainable one a gradient and `optimizer_slots` more (Adam 2, plain SGD 0),
    every layer's output, kept for the way back, and the gradient of the largest of them.
    """
    if isinstance(totals(rows).activation_bytes, Polynomial):
        raise InputError("Memory depends on the page's size; give one, input_shape=(H, W).")
    last_use = {row.layer: place for place, row in enumerate(rows)}
    last_use |= {name: place for place, row in enumerate(rows) for name in row.reads}
    last_use[rows[-1].layer] = len(rows)
    held = max(
        sum(row.activation_bytes for row in rows[: place + 1] if last_use[row.layer] >= place)
        for place in range(len(rows))
    )
    sums = totals(rows)
    kept = sums.activation_bytes + max(row.activation_bytes for row in rows)
    weights = 4 * sums.parameters
    return Memory(
        inference=weights + batch * held,
        training=weights + 4 * sums.trainable * (1 + optimizer_slots) + batch * kept,
    )
