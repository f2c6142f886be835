"""The lecture's comparison: train every model, score it, time it, draw it.

All that a comparison makes lies in one folder: `NAME.keras` for each trained model, `compare.json`
(the rows), `compare.md` (the table), `compare.png` (pages and predictions) and `quality.png`
(quality against seconds). An interrupted comparison goes on where it was: finished models are kept,
an unfinished one continues after its last epoch, and scores and seconds are taken for all models
together, in one run. Methods from before deep learning learn in that run, too.
"""

from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console

from seglab import metrics, plots, reports, training
from seglab.contestants import Classic, Network
from seglab.files import write_bytes
from seglab.pages import CLASSES
from seglab.progress import progress_bar
from seglab.region_classes import IGNORE
from seglab.runs import is_trained, train_to_file
from seglab.scaling import scaled_image
from seglab.timing import seconds_per_call
from seglab.weights import untrained
from seglab.windows import STRIDE

# Seconds per page as the slides print them. The FCN's is 0.9 on its own slide and 0.86 on the later
# ones, which belong to the ratios; the notes on the U-Net and the other decks give none.
LECTURE_SECONDS = {
    "sliding_window": 6.0,
    "fcn": 0.86,
    "skip_fcn": 0.91,
    "transposed_fcn": 1.1,
}

POINT = "seconds_per_page", "mean_iou", "parameters"
PAGES_TIMED = 3
PAGES_DRAWN = 4


def compare(recipes, pages, test_pages, out, stride=STRIDE, console=None, methods=()):
    """Train, score and time the models of `recipes`, all of one height, and classical methods.

    pages: `runs.TrainingPages`. test_pages: labelled pages of any size. Both are in the recipes'
    reading. out: the folder for the trained models. stride: pixels between the windows of the
    sliding window, at working height. console: a rich Console that tells how it goes. methods:
    names of `classical.METHODS`.

    Returns the rows, one dict a model, and {model: labels of every test page}.
    """
    console = console or Console(quiet=True)
    files = {recipe: Path(out) / f"{recipe.model}.keras" for recipe in recipes}
    waiting = [recipe for recipe in recipes if not is_trained(files[recipe], recipe, pages)]
    console.print(
        f"{len(pages.train)} pages to train on, {len(pages.validation)} to validate, "
        f"{len(test_pages)} to test; {len(waiting)} of {len(recipes)} models to train."
    )
    _train(waiting, files, pages, console)
    entered = [Network(files[recipe], recipe, stride) for recipe in recipes]
    entered += [_fitted(name, pages, recipes[0].height, console) for name in methods]
    seconds = _seconds(entered, test_pages)
    rows, predictions = [], {}
    for one in entered:
        labels = predictions[one.name] = _predict(one, test_pages, console)
        rows.append(
            {
                "model": one.name,
                "reading": recipes[0].reading,
                "parameters": one.parameters,
                **_scores(test_pages, labels, recipes[0]),
                "train_seconds": one.train_seconds,
                **seconds[one.name],
            }
        )
    return rows, predictions


def _fitted(name, pages, height, console):
    with progress_bar(console) as progress:
        progress.add_task(f"fitting {name}", total=None)
        return Classic(name, pages.train, height)


def _train(recipes, files, pages, console):
    """Train every recipe to its file, having said how long it will take."""
    models = {recipe: untrained(recipe) for recipe in recipes}
    estimate = sum(training.estimated_seconds(models[r], r, pages.train) for r in recipes)
    if recipes:
        console.print(f"Training takes about {duration(estimate)} on this machine.")
    for recipe, model in models.items():
        train_to_file(files[recipe], model, recipe, pages, console)


def _predict(one, pages, console):
    """Labels of every page, at its own size."""
    with progress_bar(console) as progress:
        return [
            one.labels(page.image)
            for page in progress.track(pages, description=f"testing {one.name}")
        ]


def duration(seconds):
    """Seconds as a person says them."""
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"


def _scores(pages, predictions, recipe):
    """`metrics.report` at the pages' own size, over area and ink, or ink alone if that is read."""
    area, ink = sum(
        metrics.area_and_ink(page.labels, labels, recipe.num_classes, page.image[..., 0] > 0.5)
        for page, labels in zip(pages, predictions, strict=True)
    )
    return metrics.report(area, ink if recipe.reading == "region" else None)


def _seconds(entered, pages):
    """For each model the seconds of its first page and the median of later ones, interleaved."""
    pages = pages[:PAGES_TIMED]
    timed = seconds_per_call(
        {
            (one.name, i): partial(one.compute, scaled_image(page.image, one.height))
            for i, page in enumerate(pages)
            for one in entered
        }
    )
    per_page = {
        one.name: median(timed[one.name, i].median for i in range(len(pages))) for one in entered
    }
    fcn = per_page.get("fcn")
    return {
        name: {
            "first_page_seconds": timed[name, 0].first,
            "seconds_per_page": seconds,
            "times_fcn": seconds / fcn if fcn else None,
            "lecture_seconds": (printed := LECTURE_SECONDS.get(name)),
            "lecture_times_fcn": printed and printed / LECTURE_SECONDS["fcn"],
        }
        for name, seconds in per_page.items()
    }


def write(out, rows, pages, predictions, about):
    """Write `compare.json`, `compare.md`, `compare.png` and `quality.png` into the folder `out`.

    The picture shows predictions only where they are scored: on paper, a model that has learnt ink
    says anything.

    rows, predictions: as `compare` returns them. pages: the test pages.
    about: sentences on how the rows came about, for the foot of the table.
    """
    write_bytes(out / "compare.json", reports.json_text(rows).encode())
    write_bytes(out / "compare.md", reports.markdown(rows, about).encode())
    most = max(1, min(PAGES_DRAWN, PAGES_DRAWN * plots.SIDE_BY_SIDE // len(rows)))
    drawn = pages_to_draw(pages, most)
    figure = plots.comparison(
        [pages[i] for i in drawn],
        [[scored(predictions[row["model"]][i], pages[i]) for i in drawn] for row in rows],
        [
            f"{reports.TITLES[row['model']]}\n{row['seconds_per_page']:.2g} s per page"
            for row in rows
        ],
    )
    plots.save(figure, out / "compare.png")
    points = [(reports.TITLES[name := row["model"]], name, *map(row.get, POINT)) for row in rows]
    plots.save(plots.systems(points), out / "quality.png")


def scored(predicted, page):
    """Predicted labels (H, W) where the page's are scored, IGNORE elsewhere."""
    return np.where(page.labels == IGNORE, IGNORE, predicted)


def pages_to_draw(pages, most=PAGES_DRAWN):
    """Indices of at most `most` pages, from many pictures on them to none, in their own order."""
    graphic = [np.mean(page.labels == CLASSES.index("graphic")) for page in pages]
    ranked = np.argsort(graphic, kind="stable")[::-1]
    chosen = np.linspace(0, len(pages) - 1, min(most, len(pages))).round().astype(int)
    return sorted(ranked[chosen].tolist())
