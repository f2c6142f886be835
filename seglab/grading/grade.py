"""A class graded: every submission judged, in as many processes as asked for, and reports written.

What has been judged lies in `records/` at once, so that nothing is lost by an interruption; with
`resume`, only what has changed in submission, questions or settings is judged again.
"""

import hashlib
import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from seglab.errors import InputError
from seglab.grading import gradebooks, lookalikes, records, release, report_pages, sandbox
from seglab.grading.cells import handed_out
from seglab.grading.marking import mark
from seglab.grading.questions import FOLDER, files, questions
from seglab.grading.submissions import submissions
from seglab.progress import progress_bar


class Summary(NamedTuple):
    """What came of grading a class. judged: how many anew. changes: against the run before."""

    records: list
    judged: int
    changes: list


def grade(source, out, settings, jobs, resume=False, pool=None, console=None):
    """Grade all submissions in a folder or zip and write records, grade books and pages into `out`.

    resume: keep the records in `out` whose submission, questions and settings are as they were.
    pool: see `judge_all`. Raises InputError before anything is written.
    """
    console = console or Console(quiet=True)
    found = submissions(source)
    before = records.read(out)
    if before and not resume:
        raise InputError(f"{out} holds grades already; --resume goes on there, or name another.")
    if settings.sandboxed and (reason := sandbox.missing()):
        raise InputError(f"There is no sandbox: {reason} --unsandboxed goes on without.")
    keys = {submission.name: key(submission, settings) for submission in found}
    kept = {s.name: before[s.name] for s in found if s.name in before}
    kept = {name: record for name, record in kept.items() if record.key == keys[name]}
    waiting = [submission for submission in found if submission.name not in kept]
    judged = {}
    with progress_bar(console) as progress:
        task = progress.add_task("grading", total=len(found), completed=len(kept))
        for record in judge_all(waiting, settings, out, jobs, keys, pool):
            judged[record.submission] = record
            progress.advance(task)
    graded = [(kept | judged)[submission.name] for submission in found]
    write_reports(graded, out)
    return Summary(graded, len(judged), records.changes(before, judged))


def write_reports(graded, out):
    """Grade books and pages of all records; the same records give the same files."""
    asked = {id: q for number in files() for id, q in questions(number).items()}
    alike = lookalikes.alike(graded, handed_out(release.ROOT / "notebooks"))
    gradebooks.write(graded, out, asked)
    report_pages.write(graded, asked, out, lookalikes.borrowed(graded), alike)


def judge_all(waiting, settings, out, jobs, keys, pool=None):
    """Judge submissions and yield each `records.Record` when it is written.

    pool: a `concurrent.futures.Executor`, for example a Dask cluster's; None: processes here.
    """
    if pool is not None:
        yield from _judged(pool, waiting, settings, out, keys, None)
        return
    with tempfile.TemporaryDirectory() as folder:
        at_work = Path(folder)
        done = set()
        try:
            with _processes(jobs) as pool:
                for record in _judged(pool, waiting, settings, out, keys, at_work):
                    done.add(record.submission)
                    yield record
            return
        except BrokenProcessPool:
            suspects = {file.read_text("utf-8") for file in at_work.iterdir()}
        left = [submission for submission in waiting if submission.name not in done]
        for submission in [s for s in left if s.name in suspects]:
            yield _alone(submission, settings, out, keys)
        rest = [submission for submission in left if submission.name not in suspects]
        if rest:
            yield from judge_all(rest, settings, out, jobs, keys)


def _processes(jobs):
    # Spawned: a process that has run TensorFlow must not fork.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _judged(pool, waiting, settings, out, keys, at_work):
    futures = [
        pool.submit(_mark_and_mark_the_place, s, settings, keys[s.name], at_work) for s in waiting
    ]
    for future in as_completed(futures):
        record = future.result()
        records.write(record, out)
        yield record


def _mark_and_mark_the_place(submission, settings, key, at_work):
    """`mark`, with a file that tells who was at work if this process dies."""
    if at_work is None:
        return mark(submission, settings, key)
    place = at_work / hashlib.sha256(submission.name.encode()).hexdigest()
    place.write_text(submission.name, "utf-8")
    record = mark(submission, settings, key)
    place.unlink()
    return record


def _alone(submission, settings, out, keys):
    """Judge a submission in a process of its own, which may die of it."""
    key = keys[submission.name]
    try:
        with _processes(1) as pool:
            record = pool.submit(mark, submission, settings, key).result()
    except BrokenProcessPool:
        record = records.crashed(submission, settings.sandbox, key)
    records.write(record, out)
    return record


def key(submission, settings):
    """What a record was made from: the submission, all questions, the settings."""
    digest = hashlib.sha256(repr(settings).encode())
    for file in sorted(FOLDER.glob("test_*.py")):
        digest.update(file.read_bytes())
    digest.update(submission.file.encode() + submission.note.encode() + submission.content)
    return digest.hexdigest()[:32]
