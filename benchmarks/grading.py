"""A mixed class through `seglab grade`, and a few of its notebooks through nbgrader beside it.

The class: notebook 2 by students of every skill, with solutions, stubs and planted mistakes; one in
33 attacks its grader. What both graders get in turn is harmless: nbgrader has no sandbox. Memory is
the proportional share of all processes, looked up twice a second.
"""

import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from report import report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from planted import SCRIPTS, notebook, planted

from seglab.grading.notebooks import exercise, solution, text

STUDENTS, IN_TURN = 300, 6
NAME = SCRIPTS[2].stem
HOSTILE = (
    "while True:\n    pass",
    "import os\nos._exit(1)",
    "import ctypes\nctypes.string_at(0)",
    "import sys\nsys.exit()",
    "while True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass",
    "taken = [bytearray(10**9) for _ in range(50)]",
    "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "print('x' * 10**8)",
    "import time\ntime.sleep(10**6)",
)


def student(index, hostile):
    """The notebook of one student, whose skill decides how many answers are right."""
    chance = random.Random(index)
    made, stubs, skill = (
        copy.deepcopy(notebook(2, solution)),
        notebook(2, exercise),
        chance.random(),
    )
    mistakes = [answer for answer in planted() if answer.question.startswith("2")]
    answers = []
    for cell, stub in zip(made.cells, stubs.cells, strict=True):
        cell.source = cell.source.replace('STUDENT = ""', f'STUDENT = "{name(index)}"')
        if id := cell.metadata.pop("answer", None):
            answers.append(cell)
            luck = chance.random()
            if luck > skill + 0.3:
                cell.source = stub.source
            elif luck > skill - 0.1:
                cell.source = chance.choice([m.code for m in mistakes if m.question == id])
    if hostile and index % 33 == 5:
        chance.choice(answers).source = HOSTILE[index // 33 % len(HOSTILE)]
    return text(made)


def name(index):
    return f"student{index:03d}"


def seglab_grade(folder, count, hostile, jobs):
    """Seconds and GiB of `seglab grade` for so many students."""
    for index in range(count):
        file = folder / "handed in" / f"{name(index)}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(student(index, hostile), "utf-8")
    command = [sys.executable, "-m", "seglab", "grade", str(folder / "handed in")]
    return measured([*command, "--out", str(folder / "graded"), "--jobs", str(jobs)])


def nbgrader_autograde(folder, count):
    """Seconds and GiB of `nbgrader autograde` for so many students."""
    source = folder / "source" / "lab" / f"{NAME}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(text(notebook(2, solution)), "utf-8")
    nbgrader = [sys.executable, "-m", "nbgrader"]
    course = [f"--CourseDirectory.root={folder}"]
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    options = {"cwd": folder, "env": os.environ | {"PATH": tools}}
    subprocess.run([*nbgrader, "generate_assignment", "lab", *course], check=True, **options)
    for index in range(count):
        file = folder / "submitted" / name(index) / "lab" / f"{NAME}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(student(index, hostile=False), "utf-8")
    return measured([*nbgrader, "autograde", "lab", *course], **options)


def measured(command, **options):
    """Seconds of a command, and its most memory in GiB."""
    started, most, over = time.perf_counter(), 0.0, threading.Event()
    process = subprocess.Popen(command, **options)

    def watch():
        nonlocal most
        while not over.wait(0.5):
            most = max(most, share(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    over.set()
    watcher.join()
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}.")
    return time.perf_counter() - started, most


def share(pid):
    """The proportional memory of a process and all that it has started, in GiB."""
    try:
        folder = Path("/proc") / str(pid)
        lines = (folder / "smaps_rollup").read_text().splitlines()
        kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        children = (folder / "task" / str(pid) / "children").read_text().split()
        threads = [t / "children" for t in (folder / "task").iterdir() if t.name != str(pid)]
        children += [child for thread in threads for child in thread.read_text().split()]
        return kilobytes / 2**20 + sum(map(share, children))
    except OSError:  # ended meanwhile
        return 0.0


def rows():
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "seglab grade, one process": lambda at: seglab_grade(at, IN_TURN, False, 1),
            "nbgrader autograde": lambda at: nbgrader_autograde(at, IN_TURN),
        }
        for number, (way, of) in enumerate(ways.items()):
            yield row(way, IN_TURN, *of(Path(folder) / str(number)))
        at = Path(folder) / "class"
        found = seglab_grade(at, STUDENTS, True, 2)
        yield row("seglab grade, two processes, some hostile", STUDENTS, *found)
        shutil.rmtree(at)


def row(way, count, seconds, memory):
    return {
        "grader": way,
        "submissions": count,
        "seconds": seconds,
        "seconds each": seconds / count,
        "most memory, GiB": memory,
    }


if __name__ == "__main__":
    report("Grading notebook 2", rows())
