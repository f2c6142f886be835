"""How a model may compute: in which numbers, compiled by XLA or not."""

from typing import NamedTuple

import keras

from seglab.errors import InputError


class Variant(NamedTuple):
    """precision: a Keras dtype policy. xla: one compiled program instead of one kernel a layer."""

    precision: str
    xla: bool

    def __str__(self):
        return f"{self.precision}, XLA" if self.xla else self.precision


def on_gpu():
    return not keras.distribution.list_devices()[0].startswith("cpu")


def available():
    """{name: Variant} of this backend and device; JAX compiles by XLA, whatever one asks."""
    mixed = "mixed_float16" if on_gpu() else "mixed_bfloat16"
    always_xla = keras.backend.backend() == "jax"
    plain = {"float32": Variant("float32", always_xla), "mixed": Variant(mixed, always_xla)}
    if keras.backend.backend() != "tensorflow":
        return plain
    return plain | {"xla": Variant("float32", True), "mixed-xla": Variant(mixed, True)}


def variants(names=None):
    """The variants of the names; None: float32 on a CPU, on a GPU all that the backend has."""
    known = available()
    names = names or (list(known) if on_gpu() else ["float32"])
    if unknown := set(names) - set(known):
        raise InputError(
            f"There is no variant {', '.join(sorted(unknown))} on {keras.backend.backend()}; "
            f"choose of {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)]


def in_variant(model, variant):
    """A copy of the model, with the same weights, that computes so."""

    def in_precision(layer):
        return type(layer).from_config({**layer.get_config(), "dtype": variant.precision})

    copy = keras.models.clone_model(model, clone_function=in_precision)
    copy.set_weights(model.get_weights())
    copy.compile(jit_compile=variant.xla)
    return copy
