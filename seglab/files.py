"""Write a file whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from seglab.errors import InputError


def make_folder(path):
    """Make a folder and those above it; InputError where that is not possible."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(
            f"{error.filename} is a file, not a folder; choose another name."
        ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be made: {error.strerror}.") from error


def write_bytes(path, data):
    """Write `data` to `path`, which afterwards holds either all of it or what it held before.

    The bytes go to a hidden file in the same folder first, which then takes the place of the old
    one in a single step. Missing folders are made. Raises InputError where nothing can be written.
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    make_folder(path.parent)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
