"""The lecture's comparison."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.errors import InputError
from seglab.recipe import CLASSICAL, LITERATURE, MODELS, QUICK, Recipe
from seglab.windows import STRIDE

from .options import (
    BUNDLED,
    LabelsOption,
    LossOption,
    PagesOption,
    SeedOption,
    StrideOption,
    app,
    console,
)

DEFAULT_OUT = Path("comparison")
SLIDES = MODELS + LITERATURE + CLASSICAL  # every system that the slides name
SCORED = {
    "region": "Labels: region; every pixel is learnt and scored, paper in a text region as text.",
    "ink": "Labels: ink; only ink is learnt and scored, so pixel accuracy is ink accuracy.",
}
EPOCHS, HEIGHT = (f"{getattr(Recipe, name)}, quick {QUICK[name]}" for name in ("epochs", "height"))


@app.command()
def compare(
    out: Annotated[Path, typer.Option(help="The folder for all that is made.")] = DEFAULT_OUT,
    pages: PagesOption = BUNDLED,
    reading: LabelsOption = Recipe.reading,
    models: Annotated[
        str,
        typer.Option(
            help="Which models, with commas; all: every system that the slides name.",
            show_default="the lecture's five",
        ),
    ] = ",".join(MODELS),
    epochs: Annotated[
        int | None,
        typer.Option(min=1, help="Passes over the training pages' area.", show_default=EPOCHS),
    ] = None,
    height: Annotated[
        int | None,
        typer.Option(min=1, help="Working height of pages in pixels.", show_default=HEIGHT),
    ] = None,
    loss: LossOption = Recipe.loss,
    seed: SeedOption = Recipe.seed,
    stride: StrideOption = STRIDE,
    quick: Annotated[
        bool, typer.Option("--quick", help="Small pages, few epochs: is everything in place?")
    ] = False,
):
    """Train, score, time and draw the lecture's models. Interrupted, the same command goes on."""
    start_keras()
    from seglab import comparison, reports
    from seglab.runs import read_test_pages, read_training_pages

    epochs = epochs or (QUICK["epochs"] if quick else Recipe.epochs)
    height = height or (QUICK["height"] if quick else Recipe.height)
    batch = QUICK["batch"] if quick else Recipe.batch
    names = SLIDES if models == "all" else [name.strip() for name in models.split(",")]
    recipes = [
        Recipe(name, height, epochs, loss, batch=batch, seed=seed, reading=reading)
        for name in names
        if name not in CLASSICAL
    ]
    methods = [name for name in names if name in CLASSICAL]
    if not recipes:
        raise InputError("A comparison needs a network; add one, as fcn, to --models.")
    most = QUICK if quick else {}
    training_pages = read_training_pages(pages, height, most.get("train_pages"), reading)
    test_pages = read_test_pages(pages, most.get("test_pages"), reading)
    rows, predictions = comparison.compare(
        recipes, training_pages, test_pages, out, stride, console, methods
    )
    about = [
        f"Pages: {len(training_pages.train)} to train on, {len(training_pages.validation)} to "
        f"validate, {len(test_pages)} to test; scored at their own size, all pixels together.",
        SCORED[reading],
        f"Training: page height {height} pixels, epochs {epochs}, loss {loss}, seed {seed}.",
        f"Seconds: one page at {height} pixels height, median after a first page; "
        f"sliding window at stride {stride}.",
        "Lecture: the slides' seconds, on hardware and pages that they do not state.",
    ]
    comparison.write(out, rows, test_pages, predictions, about)
    Console().print(reports.comparison_table(rows))
    print(f"Table and picture are in {out}: compare.md, compare.png, quality.png.")
