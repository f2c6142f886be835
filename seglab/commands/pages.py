"""Pages made and converted."""

from pathlib import Path
from typing import Annotated

import typer

from .options import app, console


@app.command()
def pages(
    count: Annotated[int, typer.Option(min=1, help="How many pages.")],
    out: Annotated[Path, typer.Option(help="The page folder to write.")],
    seed: Annotated[int, typer.Option(min=0, help="Other seeds make other pages.")] = 0,
    height: Annotated[int, typer.Option(help="Height of the pages in pixels.")] = 900,
    material: Annotated[
        Path | None,
        typer.Option(help="A folder of fonts, ornaments and pictures: `make material`."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="What to leave out, as `marks`; may be given again.")
    ] = None,
):
    """Make labelled pages: `images/NAME.png`, `labels/NAME.png`, `ink_labels/NAME.png`."""
    from seglab.progress import progress_bar
    from seglab.typesetting import typeset

    written = typeset(out, count, seed, height, material, without or ())
    with progress_bar(console) as progress:
        for _ in progress.track(written, total=count, description="typesetting"):
            pass
    print(f"Pages written to {out}: {count}.")


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="A folder of pages, PAGE-XML or ALTO files.")],
    out: Annotated[Path, typer.Option(help="The page folder to write.")],
    height: Annotated[
        int | None, typer.Option(min=1, help="Scale to this height in pixels.")
    ] = None,
):
    """Turn PAGE-XML, ALTO or any scans into a page folder."""
    from seglab.page_conversion import convert_to_folder
    from seglab.progress import tell

    tell(*convert_to_folder(source, out, console, height), out)
