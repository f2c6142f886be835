"""The messages between judge and sandbox: they come whole, or not at all, and are never large."""

import contextlib
import json
import socket
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from seglab.grading import wire

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats()
    | st.text()
    | arrays(st.sampled_from(["?", "u1", "<i8", ">i4", "<f4", "<f2", "<U3", ">U2"]), array_shapes())
)
PLAIN = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.tuples(st.integers()), inner)
    ),
    max_leaves=20,
)

calm = settings(deadline=None, derandomize=True, database=None, max_examples=100)


def received(data, late=60):
    """What a judge makes of these bytes, after which the connection ends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        writer = threading.Thread(target=written, args=(theirs, data))
        writer.start()
        try:
            return wire.receive(ours, time.monotonic() + late)
        finally:
            ours.close()
            writer.join()


def written(connection, data):
    with contextlib.suppress(OSError):  # the judge may have heard enough
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)


def message(text, data=b""):
    text = text if type(text) is bytes else json.dumps(text).encode()
    return wire.LENGTH.pack(len(text), len(data)) + text + data


def same(a, b):
    """True if two plain values are of the same types and values through and through."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    return a == b or a != a and b != b


@calm
@given(PLAIN)
def test_plain_data_come_as_they_were_sent(value):
    assert same(received(wire.packed(value)), value)


@calm
@given(PLAIN, st.floats(0, 1))
def test_a_message_that_is_cut_short_is_broken(value, part):
    data = wire.packed(value)
    with pytest.raises(wire.Broken):
        received(data[: int(part * (len(data) - 1))])


@calm
@given(PLAIN, st.integers(0, 10**6), st.integers(1, 255))
def test_a_message_with_a_changed_byte_is_broken_or_plain(value, place, change):
    data = bytearray(wire.packed(value))
    data[place % len(data)] ^= change
    with contextlib.suppress(wire.Broken):
        wire.packed(received(bytes(data)))  # plain data again


@calm
@given(st.binary(max_size=300))
def test_hostile_bytes_are_broken(data):
    with pytest.raises(wire.Broken):
        received(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "|u1", "<f8"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("atlde"), inner, max_size=2)
    ),
)


@calm
@given(JSON, st.binary(max_size=16))
def test_hostile_text_is_broken_or_plain(text, data):
    with contextlib.suppress(wire.Broken):
        wire.packed(received(message(text, data)))


def array(kind, shape):
    return {"a": [kind, shape]}


def list_of(parts):
    return {"l": parts}


def colliding_keys(count):
    """Numbers that a dict finds at one and the same place."""
    return {"d": [[number * (2**61 - 1), 0] for number in range(1, count)]}


NONSENSE = {
    "no tag": [1],
    "two tags": {"l": [], "t": []},
    "no such tag": {"x": []},
    "a class": {"o": ["os", "system"]},
    "a dict for a list": list_of({"a": 1}),
    "text for a list": list_of("abc"),
    "text for an array": {"a": "abc"},
    "objects": array("|O", [1]),
    "a pickle": array("|O8", [1]),
    "bytes": array("|S8", [1]),
    "times": array("<M8[s]", [1]),
    "a record": array("f8,f8", [1]),
    "a shape in the type": array("(3,)u1", [1]),
    "an old type": array("a8", [1]),
    "a type by name": array("float64", [1]),
    "no type": array(None, [1]),
    "text without letters": array("<U0", [8]),
    "a negative side": array("|u1", [-8]),
    "a side that is true": array("|u1", [True]),
    "half a side": array("|u1", [1.5]),
    "a huge side": array("|u1", [10**4000]),
    "a huge empty side": array("|u1", [0, 10**30]),
    "a huge empty array": array("|u1", [0] + [2**27] * 20),
    "many sides": array("|u1", [1] * 40),
    "a side that is text": array("|u1", "8"),
    "more than was sent": array("|u1", [9]),
    "the same bytes again": list_of([array("|u1", [8])] * 2),
    "a truth value of 255": array("|b1", [8]),
    "what is no character": array("<U1", [2]),
    "a key that is a list": {"d": [[list_of([]), 0]]},
    "a key that is an array": {"d": [[array("|u1", [8]), 0]]},
    "a key alone": {"d": [[1]]},
    "keys that collide": colliding_keys(1000),
    "deep nesting": b'{"l":[' * 100_000 + b"]}" * 100_000,
    "deep lists": b"[" * 10**6,
    "long numbers": b"9" * 10**6,
    "no JSON": b"None",
    "no Unicode": b'"\xff"',
    "nothing": b"",
    "many parts": b'{"l":[' + b"[]," * 10**6 + b"0]}",
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_what_makes_no_sense_is_broken_at_once(text):
    started = time.monotonic()
    with pytest.raises(wire.Broken):
        received(message(text, b"\xff" * 8))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("lengths", [(2**63, 0), (0, 2**63), (2**64 - 1, 2**64 - 1), (2**27, 8)])
def test_a_forged_length_is_broken_before_anything_is_read(lengths):
    with pytest.raises(wire.Broken, match="TooLarge"):
        received(wire.LENGTH.pack(*lengths))


@pytest.mark.parametrize("value", ["x" * 2**27, [0] * 2**22, np.zeros(2**29, "u1")], ids="tla")
def test_too_large_a_message_is_not_sent(value):
    with pytest.raises(wire.TooLarge):
        wire.packed(value)


def test_a_large_message_comes_in_time():
    answer = {"page": np.zeros((4000, 4000), "u1"), "rows": [[0.5] * 1000] * 1000}
    started = time.monotonic()
    assert same(received(wire.packed(answer)), answer)
    assert time.monotonic() - started < 20


def test_a_message_that_drips_in_is_given_up_in_time():
    ours, theirs = socket.socketpair()
    ended = threading.Event()

    def drip():
        for byte in wire.packed("x" * 1000):
            if ended.wait(0.05):
                return
            theirs.send(bytes([byte]))

    writer = threading.Thread(target=drip)
    with ours, theirs:
        writer.start()
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            wire.receive(ours, started + 0.5)
        assert time.monotonic() - started < 5
        ended.set()
        writer.join()


def test_arrays_are_the_receivers_own():
    first, second = received(wire.packed([np.zeros(3), np.zeros(3)]))
    first[:] = 7
    assert second.sum() == 0
