"""A model's layers in numbers."""

from typing import Annotated

import typer

from seglab.backend import start_keras
from seglab.errors import InputError
from seglab.recipe import NETWORKS

from .options import app

NAMES = ", ".join(NETWORKS)


@app.command()
def dimensions(
    model: Annotated[str, typer.Argument(help=f"One of {NAMES}, or a .keras file.")],
    size: Annotated[str | None, typer.Option(metavar="HxW", help="The page's size.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
):
    """Tabulate a model's layers: shapes, parameters, operations, memory, receptive fields."""
    start_keras()
    from seglab import models
    from seglab.catalogue import BUILDERS
    from seglab.dimensions import notes, odd_sizes, records, table, text
    from seglab.model_files import load_model
    from seglab.reports import json_text

    if model in BUILDERS:
        built = models.unet() if model == "unet" else BUILDERS[model](3)  # the notes': 128x128x3
    else:
        built = load_model(model)
    page = size and parsed_size(size)
    rows = table(built, page)
    if json:
        print(json_text(records(rows)))
        return
    print(text(rows, built.name))  # at its full width: a narrow terminal must not cut numbers
    sentences = [*(odd_sizes(built, page) if page else []), *notes(rows)]
    print(*dict.fromkeys(sentences), sep="\n")  # both name the layer where a size breaks


def parsed_size(text):
    """(H, W) of a text like 601x425."""
    height, _, width = text.partition("x")
    if not (height.isdecimal() and width.isdecimal() and int(height) and int(width)):
        raise InputError(f"--size should be HEIGHTxWIDTH in pixels, as 601x425; yours is {text}.")
    return int(height), int(width)
