"""The notebooks: made from their source, handed out."""

import os
from pathlib import Path
from typing import Annotated

import typer

from seglab.errors import InputError
from seglab.files import write_bytes

from .options import app, console


@app.command()
def notebooks(
    solutions: Annotated[Path, typer.Argument(help="The folder of percent scripts.")],
    out: Annotated[Path, typer.Option(help="The folder for the notebooks.")],
):
    """Make the students' notebooks from their scripts: solutions out, stubs in."""
    from seglab.grading.notebooks import write

    for file in write(solutions, out):
        console.print(f"{file}", soft_wrap=True)


@app.command()
def release(
    out: Annotated[Path, typer.Option(help="A new folder, or a new file that ends in .zip.")],
):
    """Make the bundle that students get: notebooks, their package, pages, no solution."""
    from seglab.grading.release import release

    release(out)
    console.print(f"The students' bundle is in {out}.", soft_wrap=True)


@app.command()
def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder of notebooks or of students, or an exported zip.")
    ],
    out: Annotated[Path, typer.Option(help="The folder for records, grade books and pages.")],
    jobs: Annotated[int, typer.Option(min=1, help="Processes that judge.")] = os.cpu_count() or 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on in OUT; judge again only what has changed.")
    ] = False,
    unsandboxed: Annotated[
        bool, typer.Option("--unsandboxed", help="Run students' code without a sandbox.")
    ] = False,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786.")
    ] = None,
    canvas: Annotated[
        Path | None, typer.Option(help="A grade book exported from Canvas, to be filled.")
    ] = None,
    assignment: Annotated[
        str | None, typer.Option(help="The heading of the column to be filled in it.")
    ] = None,
):
    """Grade a class: run every notebook in a sandbox, judge it, write grade books and pages."""
    from seglab.grading.canvas import fill_canvas
    from seglab.grading.cluster import connected
    from seglab.grading.grade import grade
    from seglab.grading.marking import Settings

    if (canvas is None) != (assignment is None):
        raise InputError("--canvas and --assignment belong together: the file, and its column.")
    with connected(cluster) as pool:
        graded = grade(
            submissions, out, Settings(not unsandboxed), jobs, resume, pool, console=console
        )
    for change in graded.changes:
        why = "; ".join(change.why)
        console.print(f"{change.submission}: {change.before} -> {change.after} ({why})")
    if canvas:
        filled = fill_canvas(canvas, graded.records, assignment)
        write_bytes(out / "canvas.csv", filled.text.encode())
        for sentence in filled.unmatched:
            console.print(sentence, markup=False)
    count, kept = len(graded.records), len(graded.records) - graded.judged
    print(f"{count} submissions graded ({kept} kept from before): {out / 'index.html'}.")
