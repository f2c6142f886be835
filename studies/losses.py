"""What does each loss do to the rare class? One model, every loss, three seeds.

    python studies/losses.py --out results/losses

Trains into comparison/losses and goes on there after an interruption. Writes losses.json (every
score) and losses.md: for each loss what becomes of the class with the fewest pixels, and of all.
"""

from pathlib import Path
from statistics import mean
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.commands.options import BUNDLED
from seglab.files import write_bytes
from seglab.image_files import CLASSES
from seglab.recipe import LOSSES, Recipe

Out = Annotated[Path, typer.Option(help="Folder for the tables.")]
SUMS = ("cross_entropy+soft_dice", "weighted_cross_entropy+soft_dice", "focal+soft_dice")
SCORES = {
    "IoU": "iou",
    "recall": "recall",
    "precision": "precision",
    "share predicted": "predicted_share",
    "mean IoU": "mean_iou",
    "pixel accuracy": "pixel_accuracy",
}


def main(
    out: Out,
    pages: Path = BUNDLED,
    model: str = "skip_fcn",
    height: int = 224,
    epochs: int = Recipe.epochs,
    seeds: int = 3,
    runs: Path = Path("comparison/losses"),
):
    """Train and score; the folder `runs` keeps the models."""
    start_keras()
    from seglab.comparison import compare
    from seglab.reports import json_text
    from seglab.runs import read_test_pages, read_training_pages

    train, test = read_training_pages(pages, height), read_test_pages(pages)
    truth = counts(test, [page.labels for page in test]).sum(axis=1)
    rare = int(np.argmin(truth))
    scores = []
    for seed in range(seeds):
        for loss in LOSSES + SUMS:
            recipe = Recipe(model, height, epochs, loss, seed=seed)
            _, predictions = compare(
                [recipe], train, test, runs / f"{loss}_{seed}", console=Console()
            )
            confusion = counts(test, predictions[model])
            scores.append({"loss": loss, "seed": seed, **of_class(confusion, rare)})
        about = {"model": model, "height": height, "epochs": epochs, "class": CLASSES[rare]}
        about["share"] = float(truth[rare] / truth.sum())
        write_bytes(out / "losses.json", json_text({**about, "scores": scores}).encode())
        write_bytes(out / "losses.md", table(about, scores).encode())
        print(f"Table of {seed + 1} seeds written to {out}.")


def counts(pages, predictions):
    """One confusion matrix (classes, classes) of all pages."""
    from seglab import metrics

    return sum(
        metrics.confusion_matrix(page.labels, labels, len(CLASSES))
        for page, labels in zip(pages, predictions, strict=True)
    )


def of_class(confusion, one):
    """The scores of SCORES: of one class, then of all."""
    from seglab import metrics

    return {
        "iou": metrics.iou(confusion)[one],
        "recall": metrics.recall(confusion)[one],
        "precision": metrics.precision(confusion)[one],
        "predicted_share": confusion[:, one].sum() / confusion.sum(),
        "mean_iou": metrics.mean_iou(confusion),
        "pixel_accuracy": metrics.pixel_accuracy(confusion),
    }


def table(about, scores):
    """Markdown: a row a loss, means over the seeds, the least and the most of the IoU."""
    lines = [f"| loss | {' | '.join(SCORES)} |", f"| :-- |{' --: |' * len(SCORES)}"]
    for loss in LOSSES + SUMS:
        mine = [score for score in scores if score["loss"] == loss]
        cells = [f"{mean(score[key] for score in mine):.3f}" for key in SCORES.values()]
        ious = [score["iou"] for score in mine]
        if len(ious) > 1:
            cells[0] += f" ({min(ious):.3f} to {max(ious):.3f})"
        lines.append(f"| {loss.replace('+', ' + ').replace('_', ' ')} | {' | '.join(cells)} |")
    seeds = len({score["seed"] for score in scores})
    notes = (
        f"The first four columns are of the class {about['class']}, {about['share']:.1%} of the "
        f"test pages' pixels; the others of all classes. {about['model']}, page height "
        f"{about['height']}, {about['epochs']} epochs; "
        + ("one seed." if seeds == 1 else f"means over {seeds} seeds (least to most).")
    )
    return "\n".join([*lines, "", notes, ""])


if __name__ == "__main__":
    typer.run(main)
