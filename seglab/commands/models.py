"""One model: trained, packed, used, scored."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.errors import InputError
from seglab.recipe import MODELS, NETWORKS, TRANSFER, Recipe
from seglab.windows import STRIDE

from .options import (
    BUNDLED,
    EpochsOption,
    LabelsOption,
    LossOption,
    PagesOption,
    RateOption,
    SeedOption,
    StrideOption,
    app,
    console,
)

TRAINED = f"One of {', '.join(MODELS)}, whose weights come with seglab, or a .keras file."


@app.command()
def train(
    model: Annotated[str, typer.Argument(help=f"One of {', '.join(NETWORKS)}.")],
    out: Annotated[Path, typer.Option(help="The model file to write, NAME.keras.")],
    pages: PagesOption = BUNDLED,
    reading: LabelsOption = Recipe.reading,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Start from trained weights: a model's name or a .keras file."),
    ] = None,
    height: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Working height of pages in pixels.",
            show_default=f"{Recipe.height}; that of --from",
        ),
    ] = None,
    epochs: EpochsOption = Recipe.epochs,
    loss: LossOption = Recipe.loss,
    learning_rate: RateOption = Recipe.learning_rate,
    seed: SeedOption = Recipe.seed,
    encoder: Annotated[
        str | None,
        typer.Option(
            help=f"Trained weights for the encoder of a model such as {TRANSFER[2]}: pages (they "
            "come with seglab), imagenet (Keras fetches them), or an .h5 file."
        ),
    ] = None,
    frozen_epochs: Annotated[
        int,
        typer.Option(min=0, help="Epochs, the first ones, in which the encoder stays as it is."),
    ] = Recipe.frozen_epochs,
    devices: Annotated[
        int, typer.Option(min=1, help="GPUs of this machine that share every batch.")
    ] = 1,
):
    """Train one model. Interrupted, the same command goes on where it was."""
    start_keras()
    from seglab import weights
    from seglab.distribution import data_parallel, hosts
    from seglab.runs import is_trained, read_training_pages, train_to_file

    if out.suffix != ".keras":
        raise InputError(f"--out should name a .keras file; yours is {out}.")
    if start and encoder:
        raise InputError(f"Give --from {start} or --encoder {encoder}, not both.")
    with hosts(Recipe.batch), data_parallel(devices, Recipe.batch):
        source, card = weights.trained(start) if start else (None, {})
        height = height or card.get("training", {}).get("height", Recipe.height)
        recipe = Recipe(
            *(model, height, epochs, loss, learning_rate),
            seed=seed,
            reading=reading,
            frozen_epochs=frozen_epochs,
        )
        first = weights.untrained(recipe, encoder)
        if source:
            weights.start(first, source, start)
        if start or encoder:
            recipe = replace(recipe, start=weights.fingerprint(first))
        training_pages = read_training_pages(pages, height, reading=reading)
        if not is_trained(out, recipe, training_pages):
            train_to_file(out, first, recipe, training_pages, console)
    print(f"The trained model is in {out}.")


@app.command()
def pack(
    models: Annotated[
        list[Path], typer.Argument(help="Model files, as `seglab train` writes them.")
    ],
    out: Annotated[Path, typer.Option(help="The folder for NAME.npz and weights.json.")],
    about: Annotated[str, typer.Option(help="What the training pages were.")] = "",
):
    """Pack trained weights, halved to float16, as those that come with seglab."""
    start_keras()
    from seglab import weights

    weights.pack(models, out, about)
    print(f"Weights packed into {out}: {len(models)}.")


@app.command()
def predict(
    model: Annotated[str, typer.Argument(help=TRAINED)],
    pages: Annotated[list[Path], typer.Argument(help="Page images, or folders of pages.")],
    out: Annotated[Path, typer.Option(help="The folder for NAME.png, one label image a page.")],
    overlay: Annotated[
        bool, typer.Option("--overlay", help="Also draw each page with its classes in colour.")
    ] = False,
    height: Annotated[
        int | None, typer.Option(min=1, help="Working height; a trained model knows its own.")
    ] = None,
    stride: StrideOption = STRIDE,
):
    """Segment pages: one palette PNG each, of the page's own size."""
    start_keras()
    from seglab.progress import tell
    from seglab.runs import predict_to_folder

    tell(*predict_to_folder(model, pages, out, console, height, stride, overlay), out)


@app.command()
def evaluate(
    predictions: Annotated[Path, typer.Argument(help="A label image, or a folder of them.")],
    truth: Annotated[
        Path, typer.Argument(help="Its ground truth: label image or folder of pages.")
    ],
    images: Annotated[
        Path | None, typer.Option(help="The page images, for the scores on ink.")
    ] = None,
    classes: Annotated[int, typer.Option(min=2, max=255, help="Number of classes.")] = 3,
    reading: LabelsOption = Recipe.reading,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
):
    """Score label images against the ground truth, over area and over ink, but where it is 255."""
    from seglab import evaluation
    from seglab.reports import evaluation_table, json_text

    scores = evaluation.evaluate(predictions, truth, images, classes, reading)
    if json:
        print(json_text(scores))
    else:
        Console().print(evaluation_table(scores))
