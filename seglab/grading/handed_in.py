"""The files of a folder or a zip that others filled: listed, and read within bounds.

Nothing is unpacked to disk, and no link is followed, so that no name in a zip and no link in a
folder leads anywhere else.
"""

import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from seglab.errors import InputError
from seglab.grading.cells import UNREAD

LARGEST = 20 * 2**20  # bytes of one file
MOST_BYTES = 200 * 2**20  # of all files


class File(NamedTuple):
    """A file that can be read. path: relative, printable. modified: minutes since whenever."""

    path: str
    size: int
    modified: int
    read: Callable

    @property
    def name(self):
        return self.path.rpartition("/")[2]


@contextmanager
def files(source):
    """The files in a folder or a zip, or one file itself, to be read within the block: [File]."""
    if source.is_dir():
        yield list(_of_folder(source))
    elif not source.is_file():
        raise InputError(f"{source} does not exist.")
    elif source.suffix.lower() != ".zip":
        yield [_of_path(source, source.name)]
    else:
        try:
            archive = zipfile.ZipFile(source)
        except Exception as error:  # a zip may be broken in any way
            raise InputError(f"{source} is no zip, or a broken one; download it again.") from error
        with archive:
            yield list(_of_zip(archive))


def contents(files):
    """The bytes of files: [bytes], in their order.

    Small files come first where not all can be read, so that nobody's flood is another's loss. What
    was not read says so in its content, by which `cells` knows it.
    """
    read, left = {}, MOST_BYTES
    for index in sorted(range(len(files)), key=lambda i: files[i].size):
        file = files[index]
        if file.size > LARGEST:
            read[index] = UNREAD + b"it is larger than %d MB" % (LARGEST >> 20)
        elif file.size > left:
            read[index] = UNREAD + b"all files together are larger than %d MB" % (MOST_BYTES >> 20)
        else:
            left -= file.size
            try:
                read[index] = file.read()
            except Exception:  # encrypted, of an unknown kind, broken, not permitted
                read[index] = UNREAD + b"it cannot be opened or unpacked"
    return [read[index] for index in range(len(files))]


def printable(text):
    """The text without what steers a terminal or a page: controls, directions, halves."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "backslashreplace").decode())
    return "".join("\ufffd" if unicodedata.category(c)[0] == "C" else c for c in text)


def _of_folder(source):
    for folder, folders, names in os.walk(source):
        folders[:] = [name for name in folders if not _ignored(name)]
        for name in names:
            path = Path(folder, name)
            if not _ignored(name) and stat.S_ISREG(path.lstat().st_mode):
                yield _of_path(path, path.relative_to(source).as_posix())


def _of_path(path, name):
    def read():
        with path.open("rb") as file:
            return file.read(LARGEST)

    known = path.stat()
    return File(printable(name), known.st_size, int(known.st_mtime // 60), read)


def _of_zip(archive):
    for info in archive.infolist():
        parts = [p for p in info.filename.replace("\\", "/").split("/") if p not in ("", ".", "..")]
        link = stat.S_ISLNK(info.external_attr >> 16)
        if not parts or info.is_dir() or link or any(map(_ignored, parts)):
            continue

        def read(info=info):
            with archive.open(info) as file:
                return file.read(LARGEST)

        yield File(printable("/".join(parts)), info.file_size, _minutes(info.date_time), read)


def _ignored(name):
    return name.startswith(".") or name == "__MACOSX"


def _minutes(date_time):
    try:
        return int((datetime(*date_time) - datetime(1970, 1, 1)).total_seconds() // 60)
    except ValueError:  # the 31st of February
        return 0
