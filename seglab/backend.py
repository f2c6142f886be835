"""Start Keras for a person at a terminal: quietly, and with one sentence where it cannot start."""

import logging
import os
import sys
from contextlib import contextmanager

from seglab.errors import InputError


@contextmanager
def silent_stderr():
    """Nothing reaches file descriptor 2, not even what compiled code writes there."""
    sys.stderr.flush()
    stderr = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


def import_quietly():
    """Import Keras without TensorFlow's talk of devices and retracing; runs no operation."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # failures come as exceptions, too
    # A filter: in a kernel, TensorFlow sets its logger's level itself.
    logging.getLogger("tensorflow").addFilter(lambda record: record.levelno >= logging.ERROR)
    with silent_stderr():
        import keras  # noqa: F401


def start_keras():
    """Import Keras and wake its device, quietly.

    This runs an operation; a process that will fork must not have run one.
    """
    try:
        import_quietly()
        import keras

        if "TF_CONFIG" not in os.environ:  # several hosts meet before any operation
            with silent_stderr():
                keras.ops.zeros(1)
    except Exception as error:  # each backend fails in its own way, for want of a package or device
        raise InputError(
            f"Keras cannot start its backend ({error}); install it, "
            "or choose another one: KERAS_BACKEND=jax, torch or tensorflow."
        ) from error
    if keras.backend.backend() not in ("tensorflow", "jax", "torch"):
        raise InputError(
            f"Keras's backend {keras.backend.backend()} cannot train; "
            "choose another one: KERAS_BACKEND=jax, torch or tensorflow."
        )
