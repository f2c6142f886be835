"""Plain data passes; what could pretend, hide or explode does not."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seglab.grading.plain import plain
from seglab.grading.verdicts import Wrong, same

LEAVES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_plain_data_pass_unchanged(value):
    assert repr(plain(value)) == repr(value)


@given(arrays(st.sampled_from(["?", "u1", "i8", "f4", "U3"]), (2, 3)))
def test_arrays_pass_as_copies(array):
    passed = plain(array)
    np.testing.assert_array_equal(passed, array)
    assert passed.dtype == array.dtype and passed is not array


def test_tensors_and_numpy_numbers_pass_as_arrays_and_numbers():
    assert type(plain(np.float32(0.5))) is float
    tensor = plain(keras.ops.ones((2, 1)))
    assert type(tensor) is np.ndarray and tensor.shape == (2, 1)


class Agreeable:
    """Says yes to everything."""

    def __eq__(self, other):
        return True


class AgreeableInt(int):
    __eq__ = Agreeable.__eq__
    __hash__ = int.__hash__


class AgreeableArray(np.ndarray):
    __eq__ = Agreeable.__eq__


def nested(depth):
    return [nested(depth - 1)] if depth else 1


CYCLE = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    "value",
    [
        Agreeable(),
        AgreeableInt(3),
        np.zeros(3).view(AgreeableArray),
        np.array([None, 1], object),
        [1, Agreeable()],
        {"a": Agreeable()},
        CYCLE,
        nested(20),
        lambda: 1,
        10**400,
        np.broadcast_to(np.zeros(1), 2**26),
        range(3),
        1j,
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_refused_by_a_sentence(value):
    with pytest.raises(Wrong, match="should|has|is far") as refused:
        plain(value)
    assert str(refused.value).endswith(".")


def test_same_is_strict():
    assert same([1, 2], np.array([1.0, 2.0])) and same("ab", "ab") and same(0.1 + 0.2, 0.3)
    assert not same([1, 2], [[1, 2]])  # a shape
    assert not same(np.nan, np.nan) and not same("1", 1) and not same([1, 2], [1, 2.1])
    assert not same(Agreeable(), 1)
