"""What do typeset pages teach of real ones? Models scored on the test pages of a folder of scans.

    python studies/real_pages.py shipped DIR --out results/real
    python studies/real_pages.py ablation DIR --material material/train --out results/real
    python studies/real_pages.py fine-tuning DIR --out results/real
    python studies/real_pages.py systems DIR --out results/real

`shipped` scores the five models whose weights come with seglab; `ablation` trains U-Nets on typeset
pages that lack one thing at a time; `fine-tuning` goes on from the shipped weights with more and
more pages of the training split of DIR, beside training on them alone; `systems` takes all that
`seglab compare --models all --out comparison/all` has trained, and its scores. Each writes
NAME.json and NAME.md.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from seglab.backend import start_keras
from seglab.commands.options import BUNDLED
from seglab.files import write_bytes
from seglab.recipe import CLASSICAL, MODELS, Recipe

app = typer.Typer(add_completion=False)
Out = Annotated[Path, typer.Option(help="Folder for the tables.")]
Material = Annotated[Path, typer.Option(help="What `make material` collects.")]
RATES = {"shipped weights": 1e-4, "random weights": 1e-3}  # 1e-3 forgets what was learnt
SEED = 700  # of the typeset pages: no seed of the bundled ones


@app.command()
def shipped(real: Path, out: Out):
    """Score the shipped weights of all five models."""
    start_keras()
    from seglab.reports import TITLES
    from seglab.weights import pretrained

    rows = [{"model": TITLES[name]} | scores(pretrained(name), real) for name in MODELS]
    write(out, "shipped", rows, "Trained on typeset pages alone, scored on real ones.")


@app.command()
def ablation(real: Path, material: Material, out: Out, count: int = 150, epochs: int = 5):
    """Train on typeset pages without types, pictures, newspapers, marks, surround, scan."""
    start_keras()
    from seglab.pages import scaled
    from seglab.typesetting import PARTS, page

    rows = []
    for without in (None, *PARTS):
        parts = () if without is None else (without,)
        pages = [
            scaled(page((SEED, i), material=material, without=parts), Recipe.height)
            for i in track(range(count), f"typesetting without {without or 'nothing'}")
        ]
        about = {"pages": f"all but {without}" if without else "everything"}
        rows.append(about | trained_scores(pages, real, {"epochs": epochs}))
    write(out, "ablation", rows, f"U-Net, {count} typeset pages, {epochs} epochs, one seed.")


@app.command()
def fine_tuning(real: Path, out: Out, epochs: int = 10):
    """Train on 10, 30 and 60 real pages, from the shipped weights and from scratch."""
    start_keras()
    from seglab.runs import evenly, read_training_pages
    from seglab.weights import trained

    rows = [{"start": "shipped weights", "real pages": 0} | scores(trained("unet")[0], real)]
    pages = read_training_pages(real, Recipe.height).train
    for count in (10, 30, 60):
        for start, rate in RATES.items():
            model = trained("unet")[0] if start == "shipped weights" else None
            options = {"epochs": epochs * 60 // count, "learning_rate": rate}
            result = trained_scores(evenly(pages, count), real, options, model)
            rows.append({"start": start, "real pages": count} | result)
    about = (
        f"U-Net, as many steps for every count (those of {epochs} epochs of 60 pages), one seed; "
        f"learning rate {RATES['shipped weights']:g} from the shipped weights, "
        f"{RATES['random weights']:g} from random ones."
    )
    write(out, "fine_tuning", rows, about)


@app.command()
def systems(real: Path, out: Out, runs: Path = Path("comparison/all")):
    """Score every system that the slides name, trained on the bundled pages, beside those."""
    start_keras()
    from seglab.comparison import compare
    from seglab.reports import TITLES
    from seglab.runs import read_test_pages, read_training_pages

    bundled = json.loads((runs / "compare.json").read_text("utf-8"))
    names = [row["model"] for row in bundled]
    recipes = [Recipe(name) for name in names if name not in CLASSICAL]
    methods = [name for name in names if name in CLASSICAL]
    pages, test = read_training_pages(BUNDLED, Recipe.height), read_test_pages(real)
    scored, _ = compare(recipes, pages, test, runs, console=Console(), methods=methods)
    rows = [
        {
            "system": TITLES[here["model"]],
            "parameters": here["parameters"] or "-",
            "s per page": here["seconds_per_page"],
            "mean IoU": here["mean_iou"],
            "ink accuracy": here["ink_accuracy"],
            "mean IoU, real": there["mean_iou"],
            "ink accuracy, real": there["ink_accuracy"],
        }
        for here, there in zip(bundled, scored, strict=True)
    ]
    about = (
        f"Learnt on {len(pages.train)} bundled pages, {Recipe.epochs} epochs at {Recipe.height} "
        f"pixels height; scored on the bundled test pages and on {len(test)} real ones."
    )
    write(out, "systems", sorted(rows, key=lambda row: -row["mean IoU"]), about)


def trained_scores(pages, real, options, model=None):
    """Train a U-Net on pages at working height and score it on the real test pages."""
    from seglab import training
    from seglab.runs import read_training_pages
    from seglab.weights import untrained

    recipe = Recipe("unet", **options)
    model = model or untrained(recipe)
    validation = read_training_pages(BUNDLED, recipe.height, most=1).validation
    training.train(model, pages, validation, recipe, verbose=2)
    return scores(model, real)


def scores(model, real):
    """Mean IoU over area, IoU of each class, and ink accuracy on the test split of a folder."""
    from seglab import metrics, prediction
    from seglab.runs import read_test_pages

    area, ink = sum(
        metrics.area_and_ink(
            page.labels,
            prediction.labels(model, page.image, Recipe.height),
            3,
            page.image[..., 0] > 0.5,
        )
        for page in read_test_pages(real)
    )
    report = metrics.report(area, ink)
    return {name: report[name] for name in ("mean_iou", "iou", "ink_accuracy")}


def write(out, name, rows, about):
    """The rows as JSON and as a Markdown table with a sentence below."""
    from seglab.reports import json_text

    head = list(rows[0])
    lines = [
        head,
        [":--", *["--:"] * (len(head) - 1)],
        *([shown(row[k]) for k in head] for row in rows),
    ]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    write_bytes(out / f"{name}.json", json_text(rows).encode())
    write_bytes(out / f"{name}.md", f"{text.replace('_', ' ')}\n\n{about}\n".encode())
    Console().print(text)


def shown(value):
    """A cell of the table."""
    if isinstance(value, list):
        return " ".join(map(shown, value))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    app()
