"""The cells of a notebook that anybody may have written."""

import ast
import json
import re
import warnings
from collections import Counter
from typing import NamedTuple

from nbformat import converter, reader

from seglab.errors import InputError

MOST_PARTS = 1_000_000  # lists and dicts in one file; more would fill the memory of the grader
PURPOSE = re.compile(r"(answer|check)-(\d{1,3}[a-z]{1,2})")
NUMBER = re.compile(r"(?<!\d)(\d{2})_")  # of 02_layer_dimensions.ipynb
UNREAD = b"seglab could not read this file: "  # begins the content of a file that was left closed


class Cell(NamedTuple):
    """One cell, as plain text. question: "2c", and role: "answer" or "check", where it has one."""

    id: str
    kind: str
    source: str
    tags: tuple
    question: str | None
    role: str | None


def cells(content):
    """The code and text cells of a notebook: [Cell].

    content: bytes of a file. Notebooks of any version are read, and those that break the rules of
    their version, as long as there are cells in them. Raises InputError for anything else.
    """
    if not content.strip():
        raise InputError("unreadable: the file is empty")
    if content.startswith(UNREAD):
        raise InputError(f"unreadable: {content[len(UNREAD) :].decode('utf-8', 'replace')}")
    if content.count(b"{") + content.count(b"[") > MOST_PARTS:
        raise InputError(f"unreadable: it has over {MOST_PARTS:,} parts")
    try:
        # Not strict: a line break within a text is what tools leave that edit by hand.
        found = json.loads(_text(content), strict=False)
        found = found if type(found) is dict and "cells" in found else _of_older_version(found)
        return [_cell(cell) for cell in found["cells"] if cell["cell_type"] in ("code", "markdown")]
    except Exception as error:  # strangers' data may be broken in any way
        known = isinstance(error, json.JSONDecodeError)
        where = f" from line {error.lineno} on" if known and error.lineno > 1 else ""
        raise InputError(f"unreadable: the file is no notebook, or broken{where}") from error


def handed_out(folder):
    """The cells for answers in a folder of notebooks as they are handed out: {question: source}."""
    return {
        cell.question: cell.source
        for file in sorted(folder.glob("*.ipynb"))
        for cell in cells(file.read_bytes())
        if cell.role == "answer"
    }


def blanks(source):
    """The names that a cell, as it is handed out, leaves open by `name = ...`."""
    assigned = [s for s in ast.parse(source).body if isinstance(s, ast.Assign)]
    left_open = [s for s in assigned if getattr(s.value, "value", None) is ...]
    targets = [node for s in left_open for target in s.targets for node in ast.walk(target)]
    return [node.id for node in targets if isinstance(node, ast.Name)]


def notebook_number(cells, filename):
    """The number of the notebook, by the questions in it, or else by its file's name, or None."""
    asked = Counter(int(re.match(r"\d+", cell.question)[0]) for cell in cells if cell.question)
    if asked:
        return max(asked, key=lambda number: (asked[number], -number))
    in_name = NUMBER.search(filename.rpartition("/")[2])
    return int(in_name[1]) if in_name else None


def _text(content):
    return content.decode(json.detect_encoding(content))  # UTF-8, or what other editors save


def _of_older_version(found):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about ids, which only the newest version has
        return converter.convert(reader.reads(json.dumps(found)), 4)


def _cell(cell):
    metadata = _dict(cell.get("metadata"))
    id = cell.get("id")
    ids = [id, _dict(metadata.get("nbgrader")).get("grade_id")]
    purposes = [PURPOSE.fullmatch(each) for each in ids if type(each) is str]
    role, question = next((match.groups() for match in purposes if match), (None, None))
    source = cell.get("source", "")
    source = source if type(source) is str else "".join(source)
    tags = metadata.get("tags")
    tags = tuple(t for t in tags if type(t) is str) if type(tags) is list else ()
    id = _whole(id) if type(id) is str else ""
    return Cell(id, cell["cell_type"], _whole(source), tags, question, role)


def _dict(value):
    return value if isinstance(value, dict) else {}


def _whole(text):
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
