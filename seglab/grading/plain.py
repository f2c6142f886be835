"""Plain data: what may leave a student's code. Everything else is refused, never compared.

Numbers, text, truth values, None, arrays of these, and lists, tuples and dicts of all this. Types
are exact: a class of the student's own could say of itself that it is equal to everything.
"""

import re

import numpy as np

from seglab.grading.verdicts import Wrong
from seglab.grading.wire import MOST_KEYS

LARGEST = 2**25  # values in one answer: a page of 4,000 x 4,000 with two channels
DEEPEST = 8  # lists within lists
HALF = re.compile(r"[\ud800-\udfff]")  # surrogates: UTF-16 has characters in two halves


def plain(value, what="The answer", depth=0):
    """The value as plain data, tensors and NumPy's numbers turned into arrays and numbers.

    what: names the value in the sentence of `Wrong`, which is raised for anything else.
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        if kind is str and len(value) > LARGEST or kind is int and value.bit_length() > 256:
            raise Wrong(f"{what} is far too large.")
        if kind is str and HALF.search(value):
            raise Wrong(f"{what} has half a character, which no file can hold.")
        return value
    if depth > DEEPEST:
        raise Wrong(f"{what} has lists within lists, more than {DEEPEST} deep.")
    if kind in (list, tuple):
        if len(value) > LARGEST >> 5:
            raise Wrong(f"{what} has {len(value):,} parts, far too many; an array would do.")
        return kind(plain(part, what, depth + 1) for part in value)
    if kind is dict:
        if len(value) > MOST_KEYS:
            raise Wrong(f"{what} has {len(value):,} keys, far too many.")
        return {plain(k, what, depth + 1): plain(v, what, depth + 1) for k, v in value.items()}
    if isinstance(value, np.generic) and kind.__module__ == "numpy" or kind is np.ndarray:
        return _array(value, what)
    if kind.__module__.split(".")[0] in ("keras", "tensorflow", "jax", "jaxlib", "torch"):
        return _array(_of_tensor(value, what), what)
    raise Wrong(f"{what} should be a number, text, an array or a list; yours is {_named(kind)}.")


def _array(value, what):
    if value.dtype.kind not in "biufU":
        raise Wrong(f"{what} should hold numbers; yours holds {value.dtype}.")
    if value.size > LARGEST:
        raise Wrong(f"{what} has {value.size:,} values, far too many.")
    return value.item() if isinstance(value, np.generic) else value.copy()


def _of_tensor(value, what):
    import keras

    if not keras.ops.is_tensor(value):
        raise Wrong(f"{what} should be an array; yours is {_named(type(value))}.")
    return np.asarray(keras.ops.convert_to_numpy(value))


def _named(kind):
    name = kind.__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
