"""Plain data as bytes and back, between two processes that do not trust each other.

A message is two lengths, a JSON text, and behind it the bytes of its arrays, in their order. Every
container is tagged, so nothing in the text can name a class or a function. Nothing is unpickled,
nothing evaluated; and what comes is never much larger than what was sent.
"""

import json
import math
import struct
import sys
import time

import numpy as np

LENGTH = struct.Struct(">QQ")  # bytes of the text, bytes of the arrays
MOST_TEXT = 2**26
MOST_BYTES = 2**28
MOST_PARTS = 2**21  # an empty list is two bytes of text, and a hundred in memory
MOST_KEYS = 256  # of a dict: numbers can be chosen so that finding each takes as long as all others


class Broken(Exception):
    """The other side is gone, or has sent what is no message."""


class TooLarge(ValueError):
    """What should be sent, or is about to come, is more than a message may hold."""


def packed(value):
    """Plain data (see `seglab.grading.plain`) as bytes."""
    arrays = []
    text = json.dumps(_tagged(value, arrays)).encode()
    _bound(len(text), sum(array.nbytes for array in arrays), _parts(text))
    data = b"".join(array.tobytes() for array in arrays)
    return LENGTH.pack(len(text), len(data)) + text + data


def send(connection, value):
    """Send plain data through a socket."""
    connection.sendall(packed(value))


def receive(connection, late=math.inf):
    """The next message of a socket.

    late: the `time.monotonic` at which it has to be there whole, or TimeoutError is raised, however
    slowly it drips in. Raises `Broken` at the end of the connection and for what is no message.
    """
    text_length, data_length = LENGTH.unpack(_exactly(connection, LENGTH.size, late))
    try:
        _bound(text_length, data_length)
        text = _exactly(connection, text_length, late)
        arrays = _Arrays(_exactly(connection, data_length, late))
        _bound(text_length, data_length, _parts(text))
        return _untagged(json.loads(text), arrays)
    except (Broken, OSError):
        raise
    except Exception as error:  # strangers' bytes may be wrong in any way
        raise Broken(f"a message makes no sense: {type(error).__name__}") from error


def _bound(text_length, data_length, parts=0):
    if text_length > MOST_TEXT or data_length > MOST_BYTES or parts > MOST_PARTS:
        raise TooLarge("a message is too large")


def _parts(text):
    """At least as many lists, dicts and values as there are in a JSON text."""
    return sum(map(text.count, (b"[", b"{", b",")))


def _exactly(connection, count, late):
    data = bytearray()
    while len(data) < count:
        if late < math.inf:
            connection.settimeout(max(late - time.monotonic(), 1e-3))
        part = connection.recv(min(count - len(data), 1 << 20))
        if not part:
            raise Broken("the connection ended")
        data += part
    return data


def _tagged(value, arrays):
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"a": [value.dtype.str, list(value.shape)]}
    if isinstance(value, tuple):
        return {"t": [_tagged(part, arrays) for part in value]}
    if isinstance(value, list):
        return {"l": [_tagged(part, arrays) for part in value]}
    if isinstance(value, dict):
        return {"d": [[_tagged(k, arrays), _tagged(v, arrays)] for k, v in value.items()]}
    return value


def _untagged(value, arrays):
    if not isinstance(value, dict):
        if isinstance(value, list):
            raise ValueError("a list without a tag")
        return value
    ((tag, parts),) = value.items()
    if type(parts) is not list:
        raise ValueError("no list behind a tag")
    if tag == "a":
        return arrays.next(*parts)
    if tag == "d":
        if len(parts) > MOST_KEYS:
            raise ValueError("a dict is too large")
        return {_untagged(k, arrays): _untagged(v, arrays) for k, v in parts}
    return {"t": tuple, "l": list}[tag](_untagged(part, arrays) for part in parts)


class _Arrays:
    """The arrays of a message, one behind the other: each has bytes that no other one has."""

    def __init__(self, data):
        self.data, self.read = data, 0

    def next(self, kind, shape):
        dtype = np.dtype(str(kind))
        if dtype.kind not in "biufU" or dtype.str != kind or not dtype.itemsize:
            raise ValueError("no plain array")
        if len(shape) > 32 or any(type(n) is not int or not 0 <= n <= MOST_BYTES for n in shape):
            raise ValueError("no shape")
        start, count = self.read, math.prod(shape)
        self.read += count * dtype.itemsize
        if not count:
            return np.zeros(shape, dtype)
        array = np.frombuffer(self.data, dtype, count, start)
        if dtype.kind == "b" and array.view("u1").max() > 1:
            raise ValueError("a truth value besides 0 and 1")
        if dtype.kind == "U" and array.view(f"{dtype.byteorder}u4").max() > sys.maxunicode:
            raise ValueError("text of what is no character")
        return array.reshape(shape).copy()
