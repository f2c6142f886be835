"""Honest seconds of models."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.recipe import MODELS
from seglab.speed.settings import Settings

from .dimensions import parsed_size
from .options import StrideOption, app, console

DEFAULT_OUT = Path("speed")
DEFAULT_SIZES = ",".join(f"{height}x{width}" for height, width in Settings.sizes)


@app.command()
def time(
    out: Annotated[Path, typer.Option(help="The folder for what is written.")] = DEFAULT_OUT,
    models: Annotated[
        str, typer.Option(help="Names or .keras files, with commas.", show_default="all five")
    ] = ",".join(MODELS),
    sizes: Annotated[
        str, typer.Option(help="Pages, HEIGHTxWIDTH in pixels, with commas.")
    ] = DEFAULT_SIZES,
    stride: StrideOption = Settings.stride,
    variants: Annotated[
        str | None,
        typer.Option(
            help="Of float32, mixed, xla, mixed-xla, with commas.",
            show_default="float32; on a GPU all",
        ),
    ] = None,
    batch: Annotated[
        int, typer.Option(min=0, help="Pages in a call of the network alone; 0: not timed.")
    ] = Settings.batch,
    repetitions: Annotated[
        int, typer.Option(min=1, help="Calls of each kind, after a warm-up.")
    ] = Settings.repetitions,
    memory: Annotated[
        bool, typer.Option(help="Run each model alone, too: its first page, its peak memory.")
    ] = Settings.memory,
    compare: Annotated[
        Path | None, typer.Option(help="A compare.json, to draw seconds against mean IoU.")
    ] = None,
):
    """Time models on pages of several sizes, beside the machine's own peak."""
    # Models that run alone need room on the GPU beside this process.
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    start_keras()
    from seglab.speed import experiment, report

    settings = Settings(
        models=words(models),
        sizes=tuple(dict.fromkeys(parsed_size(size) for size in words(sizes))),
        stride=stride,
        variants=variants and words(variants),
        batch=batch,
        repetitions=repetitions,
        memory=memory,
    )
    mean_ious = report.mean_ious(compare) if compare else {}
    result = experiment.measure(settings, console)
    report.write(result, out, mean_ious)
    Console().print(report.terminal_table(result))
    print(f"Tables and figure are in {out}: time.md, time.png; every call is in time.json.")


def words(text):
    """The words of a list with commas."""
    return tuple(word.strip() for word in text.split(","))
