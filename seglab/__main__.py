"""The command line: it reads arguments, calls one function, and prints."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.errors import InputError
from seglab.recipe import LOSSES, MODELS, MOST_SEED, QUICK, Recipe
from seglab.windows import STRIDE

app = typer.Typer(
    help="The lab of a lecture on semantic segmentation: pages in, one class per pixel out.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
console = Console(stderr=True)

BUNDLED = Path(__file__).parent.parent / "data"
DEFAULT_OUT = Path("comparison")

INTERRUPTED = 130  # the exit status that typer gives a command after Ctrl-C

PagesOption = Annotated[
    Path, typer.Option(help="A folder of labelled pages.", show_default="bundled")
]
HeightOption = Annotated[int, typer.Option(min=1, help="Working height of pages in pixels.")]
EpochsOption = Annotated[int, typer.Option(min=1, help="Passes over the training pages' area.")]
LossOption = Annotated[str, typer.Option(help=f"One of {', '.join(LOSSES)}.")]
RateOption = Annotated[float, typer.Option(help="Adam's learning rate at the start.")]
SeedOption = Annotated[
    int, typer.Option(min=0, max=MOST_SEED, help="First weights and the order of crops.")
]
StrideOption = Annotated[
    int, typer.Option(min=1, help="Pixels between the windows of the sliding window.")
]
EPOCHS, HEIGHT = (f"{getattr(Recipe, name)}, quick {QUICK[name]}" for name in ("epochs", "height"))


@app.command()
def pages(
    count: Annotated[int, typer.Option(min=1, help="How many pages.")],
    out: Annotated[Path, typer.Option(help="The page folder to write.")],
    seed: Annotated[int, typer.Option(min=0, help="Other seeds make other pages.")] = 0,
    height: Annotated[int, typer.Option(help="Height of the pages in pixels.")] = 900,
    fonts: Annotated[Path | None, typer.Option(help="A folder of .ttf and .otf files.")] = None,
):
    """Make labelled pages: `images/NAME.png` and `labels/NAME.png`."""
    from seglab.progress import progress_bar
    from seglab.typesetting import typeset

    written = typeset(out, count, seed, height, fonts)
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


@app.command()
def train(
    model: Annotated[str, typer.Argument(help=f"One of {', '.join(MODELS)}.")],
    out: Annotated[Path, typer.Option(help="The model file to write, NAME.keras.")],
    pages: PagesOption = BUNDLED,
    height: HeightOption = Recipe.height,
    epochs: EpochsOption = Recipe.epochs,
    loss: LossOption = Recipe.loss,
    learning_rate: RateOption = Recipe.learning_rate,
    seed: SeedOption = Recipe.seed,
):
    """Train one model. Interrupted, the same command goes on where it was."""
    start_keras()
    from seglab.runs import is_trained, read_training_pages, train_to_file
    from seglab.training import untrained

    if out.suffix != ".keras":
        raise InputError(f"--out should name a .keras file; yours is {out}.")
    recipe = Recipe(model, height, epochs, loss, learning_rate, seed=seed)
    training_pages = read_training_pages(pages, height)
    if not is_trained(out, recipe, training_pages):
        train_to_file(out, untrained(recipe), recipe, training_pages, console)
    print(f"The trained model is in {out}.")


@app.command()
def predict(
    model: Annotated[Path, typer.Argument(help="A model file, as `seglab train` writes it.")],
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
    classes: Annotated[int, typer.Option(min=2, max=256, help="Number of classes.")] = 3,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
):
    """Score label images against the ground truth, over all pixels and over ink."""
    from seglab import evaluation
    from seglab.reports import evaluation_table, json_text

    scores = evaluation.evaluate(predictions, truth, images, classes)
    if json:
        print(json_text(scores))
    else:
        Console().print(evaluation_table(scores))


@app.command()
def compare(
    out: Annotated[Path, typer.Option(help="The folder for all that is made.")] = DEFAULT_OUT,
    pages: PagesOption = BUNDLED,
    models: Annotated[
        str, typer.Option(help="Which models, with commas.", show_default="all five")
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
    recipes = [
        Recipe(model.strip(), height, epochs, loss, batch=batch, seed=seed)
        for model in models.split(",")
    ]
    most = QUICK if quick else {}
    training_pages = read_training_pages(pages, height, most.get("train_pages"))
    test_pages = read_test_pages(pages, most.get("test_pages"))
    rows, predictions = comparison.compare(
        recipes, training_pages, test_pages, out, stride, console
    )
    about = [
        f"Pages: {len(training_pages.train)} to train on, {len(training_pages.validation)} to "
        f"validate, {len(test_pages)} to test; scored at their own size, all pixels together.",
        f"Training: page height {height} pixels, epochs {epochs}, loss {loss}, seed {seed}.",
        f"Seconds: one page at {height} pixels height, median after a first page; "
        f"sliding window at stride {stride}.",
        "Lecture: the slides' seconds, on hardware and pages that they do not state.",
    ]
    comparison.write(out, rows, test_pages, predictions, about)
    Console().print(reports.comparison_table(rows))
    print(f"Table and picture are in {out}: compare.md, compare.png.")


@app.command()
def dimensions(
    model: Annotated[str, typer.Argument(help=f"One of {', '.join(MODELS)}, or a .keras file.")],
    size: Annotated[str | None, typer.Option(metavar="HxW", help="The page's size.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
):
    """Tabulate a model's layers: shapes, parameters, operations, memory, receptive fields."""
    start_keras()
    from seglab import models
    from seglab.dimensions import notes, odd_sizes, records, table, text
    from seglab.model_files import load_model
    from seglab.reports import json_text

    if model in MODELS:
        built = models.unet() if model == "unet" else getattr(models, model)(3)
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


def main():
    """Run the command line; what the user can mend is told in a sentence, without a traceback."""
    try:
        app()
    except InputError as error:
        console.print(f"seglab: {error}", style="red", highlight=False, markup=False)
        sys.exit(1)
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:
            console.print(
                "seglab: interrupted. train and compare go on where they were, by the same command."
            )
        raise


if __name__ == "__main__":
    main()
