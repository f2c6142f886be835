"""How sure is the ranking? The lecture's comparison with five seeds, in both readings of labels.

    python studies/ranking.py --out results/ranking

Trains into comparison/ranking and goes on there after an interruption. Writes, after every seed,
ranking.json (every score) and ranking.md: mean IoU of each model, mean and range over the seeds,
and in how many of them the lecture's order holds from one model to the next.
"""

from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Annotated

import typer
from rich.console import Console

from seglab.backend import start_keras
from seglab.commands.options import BUNDLED
from seglab.files import write_bytes
from seglab.pages import READINGS
from seglab.recipe import MODELS, Recipe

Out = Annotated[Path, typer.Option(help="Folder for the tables.")]


def main(
    out: Out,
    pages: Path = BUNDLED,
    epochs: int = Recipe.epochs,
    seeds: int = 5,
    runs: Path = Path("comparison/ranking"),
):
    """Train, score and rank; the folder `runs` keeps the models."""
    start_keras()
    from seglab.comparison import compare
    from seglab.reports import json_text
    from seglab.runs import read_test_pages, read_training_pages

    trained = {r: read_training_pages(pages, Recipe.height, reading=r) for r in READINGS}
    tested = {reading: read_test_pages(pages, reading=reading) for reading in READINGS}
    scores = []
    for seed in range(seeds):
        for reading in READINGS:
            recipes = [Recipe(m, epochs=epochs, seed=seed, reading=reading) for m in MODELS]
            folder = runs / f"{reading}_{seed}"
            rows, _ = compare(recipes, trained[reading], tested[reading], folder, console=Console())
            scores += [
                {"reading": reading, "seed": seed, "model": r["model"], "mean_iou": r["mean_iou"]}
                for r in rows
            ]
        write_bytes(out / "ranking.json", json_text(scores).encode())
        write_bytes(out / "ranking.md", table(scores, epochs).encode())
        print(f"Tables of {seed + 1} seeds written to {out}.")


def table(scores, epochs):
    """Markdown: models and readings, then the order from one model to the next."""
    from seglab.reports import TITLES

    lines = ["| model | " + " | ".join(f"mean IoU, {r} labels" for r in READINGS) + " |"]
    lines += ["| :-- | " + " | ".join("--:" for _ in READINGS) + " |"]
    ious = {(s["reading"], s["model"], s["seed"]): s["mean_iou"] for s in scores}
    seeds = sorted({s["seed"] for s in scores})
    for model in MODELS:
        cells = [[ious[reading, model, seed] for seed in seeds] for reading in READINGS]
        texts = [f"{mean(cell):.3f} ({min(cell):.3f} to {max(cell):.3f})" for cell in cells]
        lines.append(f"| {TITLES[model]} | {' | '.join(texts)} |")
    lines += ["", f"Mean over {len(seeds)} seeds (least to most), {epochs} epochs.", ""]
    lines += ["| the lecture's order | " + " | ".join(f"{r} labels" for r in READINGS) + " |"]
    lines += ["| :-- | " + " | ".join("--:" for _ in READINGS) + " |"]
    for worse, better in pairwise(MODELS):
        holds = [
            f"{sum(ious[r, worse, s] < ious[r, better, s] for s in seeds)} of {len(seeds)}"
            for r in READINGS
        ]
        lines.append(f"| {TITLES[worse]} < {TITLES[better]} | {' | '.join(holds)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(main)
