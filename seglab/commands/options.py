"""The application that the commands belong to, and the options that several of them share."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seglab.recipe import LOSSES, MOST_SEED

app = typer.Typer(
    help="The lab of a lecture on semantic segmentation: pages in, one class per pixel out.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
console = Console(stderr=True)

BUNDLED = Path(__file__).parents[2] / "data"

PagesOption = Annotated[
    Path, typer.Option(help="A folder of labelled pages.", show_default="bundled")
]
LabelsOption = Annotated[
    str,
    typer.Option(
        "--labels", help="What is learnt and scored: region (areas, filled) or ink (ink alone)."
    ),
]
EpochsOption = Annotated[int, typer.Option(min=1, help="Passes over the training pages' area.")]
LossOption = Annotated[
    str, typer.Option(help=f"One of {', '.join(LOSSES)}; with + between them, their sum.")
]
RateOption = Annotated[float, typer.Option(help="Adam's learning rate at the start.")]
SeedOption = Annotated[
    int, typer.Option(min=0, max=MOST_SEED, help="First weights and the order of crops.")
]
StrideOption = Annotated[
    int, typer.Option(min=1, help="Pixels between the windows of the sliding window.")
]
