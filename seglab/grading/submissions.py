"""Submissions: a folder or a zip of notebooks, one for each student and notebook.

Of several versions of a student's notebook the newest is graded. Whatever else a student handed in
is a submission, too, even if no notebook can be read from it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from typing import NamedTuple

from seglab.errors import InputError
from seglab.grading.cells import NUMBER, cells, notebook_number
from seglab.grading.handed_in import File, contents, files
from seglab.grading.students import is_named_notebook, stem, students

MOST = 5_000  # files
MOST_VERSIONS = 20  # files of a student whom a platform names
RENAMED = ("", ".json", ".txt")  # what a notebook's file may have come to end in
TYPED = re.compile(r"""^STUDENT *= *["'](.+?)["']""", re.MULTILINE)
COPY = re.compile(r"[ _-]*(\(\d+\)|copy ?\d*|\d+)$", re.IGNORECASE)  # ends a copy's name
LONGEST_NAME = 120  # bytes; file systems take 255, and an ending has to follow
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # by Windows


class Submission(NamedTuple):
    """One notebook of one student.

    name: unique, safe as the name of a file. file: where it came from. content: bytes of a
    notebook, or of anything. note: what else the student handed in; a sentence, or nothing.
    """

    name: str
    file: str
    content: bytes
    note: str = ""


class Version(NamedTuple):
    """A file that a student handed in. number: of its notebook. typed: the student id in it."""

    file: File
    content: bytes
    number: int | None
    readable: bool
    typed: str


def submissions(source):
    """All submissions in a folder, in a zip, or the one in a file: [Submission], by name.

    source: Path. Raises InputError where there is none.
    """
    with files(source) as found:
        handed = _by_student(found)
        flat = [file for mine in handed.values() for file in mine]
        read = iter(contents(flat))
    if not flat:
        raise InputError(f"{source} holds no notebook (.ipynb); is it the right folder or zip?")
    names = _names(handed)
    kept = []
    for student, mine in handed.items():
        versions = [_version(file, content) for file, content in zip(mine, read)]
        groups = _groups(versions, student.platform in ("folder", "file"))
        typed = {version.typed for version in versions} - {""}
        shared = len({who for _, who in groups}) > 1 and len(typed) != 1
        for newest, note in _newest(groups):
            name = stem(newest.file.path) if shared else names[student]
            kept.append((name, newest.file.path, newest.content, note))
    kept.sort(key=lambda one: (_natural(one[0]), _natural(one[1])))
    unique = _unique([name for name, *_ in kept])
    return [Submission(name, *rest) for name, (_, *rest) in zip(unique, kept)]


def _by_student(found):
    """The files of each student that may be notebooks, the newest last: {Student: [File]}.

    Where there is none, the newest file of any kind; but what lies beside notebooks in no student's
    folder is left alone.
    """
    who = students([file.path for file in found])
    loose = any(is_named_notebook(p) for p, student in who.items() if student.platform == "file")
    everything = defaultdict(list)
    for file in found:
        everything[who[file.path]._replace(version=0)].append(file)
    handed = {}
    for student, mine in everything.items():
        mine.sort(key=lambda f: (who[f.path].version, f.modified, _natural(stem(f.path))))
        notebooks = [f for f in mine if is_named_notebook(f.path)]
        notebooks = notebooks or [f for f in mine[-MOST_VERSIONS:] if _looks_like_notebook(f)]
        nobody = student.platform == "file" or student.platform == "folder" and loose
        if chosen := notebooks or ([] if nobody else mine[-1:]):
            told = student.platform not in ("folder", "file")
            handed[student] = chosen[-MOST_VERSIONS:] if told else chosen
    count = sum(map(len, handed.values()))
    if count > MOST:
        most = max(handed, key=lambda student: len(handed[student]))
        raise InputError(
            f"There are {count:,} files, {len(handed[most]):,} of them by {most.name}; "
            f"at most {MOST:,} can be graded."
        )
    return handed


def _looks_like_notebook(file):
    if not file.name.lower().endswith(RENAMED[1:]) and "." in file.name:
        return False
    content = contents([file])[0]
    return content.lstrip()[:1] == b"{" and b'"cells"' in content


def _version(file, content):
    try:
        found, readable = cells(content), True
    except InputError:
        found, readable = [], False
    sources = "\n".join(cell.source for cell in found if cell.kind == "code")
    typed = TYPED.search(sources)
    number = notebook_number(found, file.name)
    return Version(file, content, number, readable, typed[1].strip().lower() if typed else "")


def _groups(versions, plain):
    """What a student handed in by notebook: {(number, who): [Version]}, the best one last.

    plain: the folder may be that of several students. Its files are versions of one notebook only
    if nothing speaks against it: neither two ids that were typed nor the files' own names.
    """
    several = len({version.typed for version in versions} - {""}) > 1
    numbered = any(version.number is not None for version in versions)
    groups = defaultdict(list)
    for version in versions:
        who, stray = "", numbered and version.number is None
        if plain and several:
            who = version.typed or version.file.path
        elif plain and not version.typed and not NUMBER.search(version.file.name):
            who = "" if stray and version.readable else COPY.sub("", stem(version.file.path))
        groups[version.number, who].append(version)
    for group in groups.values():
        group.sort(key=lambda version: version.readable)  # of those alike, the newest stays last
    return groups


def _newest(groups):
    """The version of each notebook that is graded, and a note on the others: [(Version, str)]."""
    numbered = {who for number, who in groups if number is not None}
    for (number, who), (*older, newest) in groups.items():
        strays = groups.get((None, who), []) if who in numbered else []
        if strays and number is None:
            continue  # no notebook of ours, beside one that is
        others = [version.file.path for version in [*older, *strays]]
        some = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if others[5:] else "")
        yield newest, f"Also handed in, and not graded: {some}." if others else ""


def _names(found):
    """What to call the students; those of one name also by their number: {Student: str}."""
    count = Counter(student.name.casefold() for student in found)
    return {
        student: f"{student.name} {student.number}"
        if count[student.name.casefold()] > 1 and student.number.isdecimal()
        else student.name
        for student in found
    }


def _unique(names):
    """The names as those of files, no two the same for any file system."""
    taken, unique = set(), []
    for name in map(_safe, names):
        numbered, count = name, 1
        while numbered.casefold() in taken:
            count += 1
            numbered = f"{name}-{count}"
        taken.add(numbered.casefold())
        unique.append(numbered)
    return unique


def _safe(name):
    """The name with nothing but letters, digits, accents, and a few signs, as short as it must."""
    name = unicodedata.normalize("NFC", name)
    kept = (c if unicodedata.category(c)[0] in "LMN" or c in " -_.@'" else "_" for c in name)
    name = " ".join("".join(kept).split()).lstrip(".-'@ ")
    name = name.encode()[:LONGEST_NAME].decode("utf-8", "ignore").rstrip(". ")
    return f"{name}_" if RESERVED.match(name) else name or "unnamed"


def _natural(text):
    """A key that sorts 2 before 10."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(len(part.lstrip("0")) if part.isdecimal() else 0, part) for part in parts], text
