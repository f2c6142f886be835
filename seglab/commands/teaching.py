"""The notebooks: made from their source, handed out."""

from pathlib import Path
from typing import Annotated

import typer

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
