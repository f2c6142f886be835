"""Write a file whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from seglab.errors import InputError


def write_bytes(path, data):
    """Write `data` to `path`, which afterwards holds either all of it or what it held before.

    The bytes go to a hidden file in the same folder first, which then takes the place of the old
    one in a single step. Missing folders are made. Raises InputError where nothing can be written.
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
