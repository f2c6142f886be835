"""Follow an image through a model, layer by layer, nested models included.

Keras says which shapes come out; the rules of `layers` say what is seen and give the sizes that
Keras leaves as None.
"""

from contextlib import suppress
from dataclasses import dataclass

import keras
from keras import KerasTensor, tree

from seglab.dimensions.fields import Field, union
from seglab.dimensions.layers import CELL, WHOLE, reach, spatial
from seglab.dimensions.misfit import misfit
from seglab.dimensions.symbols import Polynomial, symbol
from seglab.errors import InputError

# Names of the spatial axes by their number.
AXES = {0: "", 1: "W", 2: "HW", 3: "DHW"}


@dataclass(frozen=True)
class Signal:
    """What a layer hands on: its shape without batch, and a Field for each axis of the image.

    shape: numbers, symbolic sizes, or None where nothing is known.
    fields: None from an unknown layer on. source: number of the step that made it.
    """

    shape: tuple
    dtype: str
    fields: tuple | None
    source: int = 0


@dataclass(frozen=True)
class Step:
    """One layer at work: its name (with its parents'), what it reads, what it gives.

    outputs is empty, and `problem` says why, where the sizes do not fit: the walk ends there.
    """

    name: str
    layer: object
    inputs: tuple
    outputs: tuple
    problem: str | None = None


def walk(model, input_shape=None):
    """The steps of a model, inputs first, in the order of computation.

    model: Sequential or functional. input_shape: (H, W) or (H, W, channels), or a list of such
    shapes where the model has several inputs; None: the model's own, with symbols for None.
    """
    if not is_graph(model):
        raise InputError(
            f"{type(model).__name__} is no Sequential or functional Keras model; "
            "dimensions can only follow those, so build it with keras.Model(inputs, outputs)."
        )
    return _Walk().run(_built(model, input_shape), input_shape)


def _shapes(model, input_shape):
    """(Keras's input tensor, shape without batch) for every input of the model."""
    own = [tuple(tensor.shape[1:]) for tensor in model.inputs]
    given = own if input_shape is None else input_shape
    if not given or not isinstance(given[0], (tuple, list)):
        given = [given]
    if len(given) != len(own):
        raise InputError(
            f"{model.name} has {len(own)} inputs and got {len(given)} shapes; give a list of "
            f"{len(own)} shapes, such as {own}."
        )
    full = []
    for shape, expected in zip(given, own):
        shape = tuple(shape) + expected[len(shape) :] if len(shape) == len(expected) - 1 else shape
        whole = all(size is None or (isinstance(size, int) and size > 0) for size in shape)
        if len(shape) != len(expected) or not whole:
            raise InputError(
                f"{model.name} takes images of shape {expected}, with any positive sizes in place "
                f"of the first {len(expected) - 1}; you gave {tuple(shape)}."
            )
        full.append(tuple(shape))
    return list(zip(model.inputs, full))


def is_graph(layer):
    """True for a Sequential or functional model, whose layers can be followed one by one."""
    return isinstance(layer, keras.Sequential) or hasattr(layer, "_run_through_graph")


def _built(model, input_shape):
    """A Sequential model without an Input gets one; the given model stays as it is."""
    if model.built:
        return model
    if input_shape is None or len(input_shape) != 3:
        raise InputError(
            f"{model.name} does not know its input yet; begin it with keras.Input, or call "
            "seglab.dimensions.table(model, (H, W, channels))."
        )
    copy = keras.Sequential([keras.Input(input_shape)], name=model.name)
    for layer in model.layers:
        copy.add(layer.__class__.from_config(layer.get_config()))
    return copy


class _Stop(Exception):
    """The sizes do not fit from here on."""


class _Walk:
    """The steps so far, and which Signal each of Keras's symbolic tensors carries."""

    def __init__(self):
        self.steps = []
        self.signals = {}
        self.uses = {}
        self.pixels = ()

    def run(self, model, input_shape):
        tensors = [self._image(tensor, shape) for tensor, shape in _shapes(model, input_shape)]
        with suppress(_Stop):
            self._model(model, tensors, prefix="")
        return self.steps

    def _image(self, reference, shape):
        """The symbolic tensor for one input, and the step that stands for it."""
        names = AXES.get(len(shape) - 1, "")
        known = [symbol(name) if size is None else size for name, size in zip(names, shape)]
        fields = tuple(Field() for _ in names)
        self.pixels = self.pixels or tuple(known)
        signal = Signal((*known, *shape[len(names) :]), reference.dtype, fields, len(self.steps))
        name = reference.name
        name = "input" if name.startswith(("keras_tensor", "input_layer")) else name
        self.steps.append(Step(name, None, (), (signal,)))
        return self._tensor(signal)

    def _tensor(self, signal):
        known = (None if isinstance(size, Polynomial) else size for size in signal.shape)
        tensor = KerasTensor((None, *known), dtype=signal.dtype)
        # The tensor is kept with its signal, because only a living object has an id of its own.
        self.signals[id(tensor)] = tensor, signal
        return tensor

    def _model(self, model, tensors, prefix):
        if not isinstance(model, keras.Sequential):
            return model._run_through_graph(
                tensors, operation_fn=lambda operation: self._following(operation, prefix)
            )
        (tensor,) = tensors
        for layer in model.layers:
            tensor = self._following(layer, prefix)(tensor)
        return tensor

    def _following(self, operation, prefix):
        """The operation as a function that takes and gives symbolic tensors, and notes the step."""

        def follow(*args, **kwargs):
            tensors = [x for x in tree.flatten((args, kwargs)) if isinstance(x, KerasTensor)]
            if is_graph(operation):
                return self._model(operation, tensors, f"{prefix}{operation.name}/")
            inputs = tuple(self.signals[id(tensor)][1] for tensor in tensors)
            name = self._unique(prefix + operation.name)
            problem = misfit(operation, inputs, [self.steps[i.source].name for i in inputs])
            if problem is None:
                try:
                    spec = operation.compute_output_spec(*args, **kwargs)
                except (ValueError, TypeError) as error:
                    problem = str(error).strip().splitlines()[0]
            if problem is not None:
                self.steps.append(Step(name, operation, inputs, (), problem))
                raise _Stop
            return self._noted(name, operation, inputs, spec)

        return follow

    def _unique(self, name):
        """The name, or "name (2)" for the second use of a shared layer."""
        uses = self.uses[name] = self.uses.get(name, 0) + 1
        return name if uses == 1 else f"{name} ({uses})"

    def _noted(self, name, operation, inputs, spec):
        source = len(self.steps)
        outputs = [self._signal(operation, inputs, out, source) for out in tree.flatten(spec)]
        self.steps.append(Step(name, operation, inputs, tuple(outputs)))
        return tree.pack_sequence_as(spec, [self._tensor(output) for output in outputs])

    def _signal(self, layer, inputs, tensor, source):
        """What comes out: Keras's shape, our sizes where it has None, and what is seen."""
        first = inputs[0]
        windows = reach(layer, spatial(layer, first.shape))
        shape = list(tensor.shape[1:])
        if isinstance(windows, tuple):
            sizes = [window.size for window in windows]
            begin = 1 if getattr(layer, "data_format", "") == "channels_first" else 0
            shape[begin : begin + len(sizes)] = [
                ours if keras_size is None else keras_size
                for ours, keras_size in zip(sizes, shape[begin:])
            ]
        elif windows in (CELL, WHOLE) and len(shape) == len(first.shape):
            shape = [old if size is None else size for old, size in zip(first.shape, shape)]
        return Signal(tuple(shape), tensor.dtype, self._fields(layer, windows, inputs), source)

    def _fields(self, layer, windows, inputs):
        if windows is None or any(signal.fields is None for signal in inputs):
            return None
        merged = inputs[0].fields
        if len(inputs) > 1:
            merged = tuple(
                union(branches, pixels)
                for branches, pixels in zip(zip(*(i.fields for i in inputs)), self.pixels)
            )
            if None in merged:
                return None
        if windows == CELL:
            return merged
        if windows == WHOLE:
            cells = spatial(layer, inputs[0].shape)
            if not cells:
                return merged
            return tuple(
                field.whole(size, pixels) for field, size, pixels in zip(merged, cells, self.pixels)
            )
        return tuple(field.through(window) for field, window in zip(merged, windows))
