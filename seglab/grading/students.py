"""Who handed in a file, by where it lies and what it is called.

Moodle, Canvas and Gradescope name what they export after the student; elsewhere the folders are
called after students, or the files.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from seglab.grading.cells import NUMBER

# What a folder or a file is called in an export. The platform's words come first, and what a
# student has called a file stands behind them, so the first match is the one that counts.
PLATFORMS = {
    "Moodle": re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_file(?:_|$)"),
    "Canvas": re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_(?P<version>\d{2,18})_."),
    "Gradescope": re.compile(r"(?P<name>submission_(?P<number>\d+))$"),
}


class Student(NamedTuple):
    """Who handed in a file.

    platform: "Moodle", "Canvas", "Gradescope", or else "folder" or "file", by which the student is
    told. number: the student's own there; the path of the folder or file. version: the higher, the
    newer, if the platform says.
    """

    platform: str
    number: str
    name: str
    version: int = 0


def students(paths):
    """Who handed in each of these files, by the layout of all of them: {path: Student}.

    A platform's pattern counts where half of the files have it at the same depth; a single student
    who gives a file such a name does not pass for another.
    """
    parts = {path: path.split("/") for path in paths}
    match = _platform(parts.values())
    notebooks = [names for path, names in parts.items() if is_named_notebook(path)]
    level = _level(notebooks or list(parts.values()))
    return {path: match(names) or _plain(names, level) for path, names in parts.items()}


def is_named_notebook(path):
    """True for a file called .ipynb, or .ipynb.txt, as some browsers save it."""
    return ".ipynb" in path.rpartition("/")[2].lower()


def stem(path):
    """The name of a file without its folders and endings."""
    name = path.rpartition("/")[2]
    return re.sub(r"\.ipynb.*|\.\w{1,5}$", "", name, flags=re.IGNORECASE) or name


def _platform(paths):
    """The function that tells a platform's students from the parts of a path: Student or None."""
    for depth in range(max(map(len, paths), default=0)):
        for platform in PLATFORMS:
            match = _matcher(platform, depth)
            if 2 * sum(match(names) is not None for names in paths) >= len(paths):
                return match
    return lambda names: None


def _matcher(platform, depth):
    def match(names):
        # Canvas exports files alone, Gradescope folders alone, Moodle either.
        place = {"Canvas": len(names) == depth + 1, "Gradescope": len(names) > depth + 1}
        if len(names) <= depth or not place.get(platform, True):
            return None
        found = PLATFORMS[platform].match(names[depth])
        version = found and int(found.groupdict().get("version") or 0)
        return found and Student(platform, found["number"], found["name"], version)

    return match


def _level(paths):
    """How deep the folders lie that are called after students: those of the most different names.

    None without folders, or where the files are the students: one folder holds several, or folders
    of groups hold far more names than there are folders.
    """
    different = defaultdict(set)
    for names in paths:
        for depth, name in enumerate(names[:-1]):
            different[depth].add(name)
    level = max(different, key=lambda depth: (len(different[depth]), -depth), default=None)
    if level is None or len(different[level]) == 1 and len(paths) > 1:
        return None
    own = {stem(names[-1]) for names in paths if not NUMBER.search(names[-1])}
    return None if len(own) > 2 * len(different[level]) else level


def _plain(names, level):
    if level is not None and len(names) > level + 1:
        return Student("folder", "/".join(names[: level + 1]), names[level])
    return Student("file", "/".join(names), stem(names[-1]))
