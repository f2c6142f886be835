"""A class graded, from files to files: what is written, kept, judged again and survived."""

import contextlib
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future

import pytest
from attacks import isolated, until
from handed_in_notebooks import folder_of
from planted import assigned, names, notebook

from seglab.errors import InputError
from seglab.grading import records
from seglab.grading.cluster import connected
from seglab.grading.grade import grade, judge_all
from seglab.grading.lookalikes import borrowed
from seglab.grading.marking import Settings
from seglab.grading.notebooks import exercise, solution, text
from seglab.grading.questions import questions
from seglab.grading.submissions import Submission, submissions

pytestmark = isolated
SETTINGS = Settings()


class Here(Executor):
    """An executor that works in this thread; in place of the last of `most`, Ctrl-C is pressed."""

    def __init__(self, most=99):
        self.left = most

    def submit(self, function, *arguments):
        self.left -= 1
        future = Future()
        if self.left > 0:
            future.set_result(function(*arguments))
        else:
            future.set_exception(KeyboardInterrupt())
        return future


def handed_in(folder, **sources):
    """A folder with a notebook 2 for each student: {name: how it is made of the solution}."""
    return folder_of(folder, {f"{n}.ipynb": made(n).encode() for n, made in sources.items()})


def solved(name):
    return text(notebook(2, solution)).replace('STUDENT = \\"\\"', f'STUDENT = \\"{name}\\"')


def untouched(name):
    return text(notebook(2, exercise))


def ending(name):
    """A solution in which one cell ends Python."""
    cells = json.loads(solved(name))
    cell = next(c for c in cells["cells"] if "BEGIN SOLUTION" in "".join(c["source"]))
    cell["source"] = "import os\nos._exit(1)"
    return json.dumps(cells)


def broken(name):
    return solved(name)[:500]


CLASS = {"ada": solved, "bob": untouched, "carl": ending, "dora": broken}


def graded(source, out, **options):
    return grade(source, out, SETTINGS, jobs=1, **{"pool": Here(), **options})


def written(out):
    """The bytes of all that was written for people, in which no seconds stand."""
    files = [f for f in out.rglob("*") if f.is_file() and f.parent.name != "records"]
    return {str(f.relative_to(out)): f.read_bytes() for f in files if f.name != "index.html"}


def rows(out):
    with (out / "grades.csv").open(encoding="utf-8") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def a_class(tmp_path_factory):
    """A folder of submissions and a folder with their grades."""
    folder = tmp_path_factory.mktemp("class")
    source, out = handed_in(folder / "handed in", **CLASS), folder / "graded"
    assert graded(source, out).judged == 4
    return source, out


def test_every_student_has_a_grade_a_page_and_results(a_class):
    _, out = a_class
    scores = rows(out)
    assert scores["ada"]["score"] == scores["ada"]["points"]
    assert scores["bob"]["score"] == "0"
    assert 0 < int(scores["carl"]["score"]) < int(scores["ada"]["score"])
    assert scores["dora"]["status"] == "unreadable"
    for name in CLASS:
        assert (out / "students" / f"{name}.html").is_file()
        assert json.loads((out / "gradescope" / f"{name}.json").read_bytes())["tests"] is not None
        assert f"students/{name}.html" in (out / "index.html").read_text("utf-8")


def test_only_what_has_changed_is_judged_again(a_class, tmp_path):
    source, out = (shutil.copytree(folder, tmp_path / folder.name) for folder in a_class)
    before = written(out)
    assert graded(source, out, resume=True).judged == 0
    assert written(out) == before
    handed_in(source, bob=solved)
    again = graded(source, out, resume=True)
    assert again.judged == 1
    (change,) = again.changes
    assert (change.submission, change.before) == ("bob", 0)
    assert all(why.endswith("(another answer)") for why in change.why)
    other = {name: data for name, data in written(out).items() if "bob" not in name}
    same = {name for name, data in other.items() if data == before[name]}
    assert set(other) - same == {"grades.csv", "moodle.csv"}


def test_an_interrupted_run_goes_on_to_the_same_grades(a_class, tmp_path):
    source, out = a_class
    with pytest.raises(KeyboardInterrupt):
        graded(source, tmp_path, pool=Here(most=len(CLASS)), resume=True)
    kept = records.read(tmp_path)
    assert graded(source, tmp_path, resume=True).judged == len(CLASS) - len(kept)
    assert written(tmp_path) == written(out)


def test_grades_are_not_overwritten(a_class):
    source, out = a_class
    before = written(out)
    with pytest.raises(InputError, match="holds grades already; --resume goes on there"):
        graded(source, out)
    assert written(out) == before


def test_an_answer_with_another_students_numbers_is_told(tmp_path):
    id = "2e"
    adas = {name: names(2, "ada")[name] for name in assigned(id) if name != "mine"}
    assert questions(2)[id].numbers and all(type(adas[name]) in (int, float) for name in adas)

    def copied(name):
        cells = json.loads(solved(name))
        cell = next(c for c in cells["cells"] if c["id"] == f"answer-{id}")
        cell["source"] = "\n".join(f"{each} = {value}" for each, value in adas.items())
        return json.dumps(cells)

    source = handed_in(tmp_path / "in", ada=solved, bob=copied)
    (found,) = borrowed(graded(source, tmp_path / "out").records)
    assert found[:3] == ("bob", "ada", id)
    assert "right for another student" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_killed_grader_goes_on_to_the_same_grades(a_class, tmp_path):
    source, out = a_class
    command = [sys.executable, "-m", "seglab", "grade", str(source), "--out", str(tmp_path / "out")]
    process = subprocess.Popen([*command, "--jobs", "1", "--resume"], start_new_session=True)
    until(lambda: list((tmp_path / "out" / "records").glob("*.json")), 200)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "out" / "grades.csv").exists()
    subprocess.run([*command, "--resume"], check=True, capture_output=True, timeout=300)
    assert written(tmp_path / "out") == written(out)


class Deadly(Submission):
    """A submission that brings down whoever reads it."""

    @property
    def content(self):
        os._exit(1)


@pytest.mark.slow
def test_a_dead_judge_is_replaced_and_only_its_submission_pays(tmp_path):
    source = handed_in(tmp_path / "in", **{f"student{i}": untouched for i in range(3)})
    waiting = [Deadly("deadly", "02.ipynb", b""), *submissions(source)]
    keys = {submission.name: "" for submission in waiting}
    found = {r.submission: r.status for r in judge_all(waiting, SETTINGS, tmp_path, 2, keys)}
    assert found == {"deadly": "crashed"} | {f"student{i}": "graded" for i in range(3)}
    assert set(records.read(tmp_path)) == set(found)


@pytest.mark.slow
def test_a_cluster_gives_the_same_grades(a_class, tmp_path):
    distributed = pytest.importorskip("distributed")
    source, out = a_class
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        grading = [sys.executable, "-m", "seglab", "grade", str(source), "--out", str(tmp_path)]
        command = [*grading, "--cluster", cluster.scheduler_address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert written(tmp_path) == written(out)


def test_a_cluster_that_is_not_there_is_told():
    pytest.importorskip("distributed")
    told = pytest.raises(InputError, match="No Dask scheduler answers at tcp://127.0.0.1:9 ")
    with told, connected("tcp://127.0.0.1:9"):
        pass
