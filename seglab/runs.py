"""From files to files: pages to a trained model, a model and pages to label images."""

from dataclasses import dataclass

import keras
import numpy as np

from seglab import plots, prediction, staged_training, training
from seglab.errors import InputError
from seglab.files import make_folder
from seglab.image_files import CLASSES, write_picture
from seglab.model_files import read_card, save_model
from seglab.pages import (
    PageFile,
    page_files,
    read_image,
    read_page,
    scaled,
    splits,
    write_labels,
)
from seglab.progress import each_page, progress_bar
from seglab.weights import trained
from seglab.windows import STRIDE


@dataclass(frozen=True)
class TrainingPages:
    """Labelled pages at working height."""

    train: list
    validation: list


def read_training_pages(folder, height, most=None, reading="region"):
    """Read the train (at most `most` pages) and validation splits of a folder, scaled.

    How a folder is split stands in `seglab.pages.splits`, what is read in `seglab.pages.read_page`.
    """
    files = splits(folder)
    return TrainingPages(
        train=[scaled(read_page(file, reading), height) for file in evenly(files["train"], most)],
        validation=[scaled(read_page(file, reading), height) for file in files["validation"]],
    )


def read_test_pages(folder, most=None, reading="region"):
    """Read the test split (at most `most` pages) of a folder, pages at their own size."""
    return [read_page(file, reading) for file in evenly(splits(folder)["test"], most)]


def evenly(items, most):
    """At most `most` of the items, evenly spread over their order; None: all."""
    if most is None or len(items) <= most:
        return items
    return [items[round(i)] for i in np.linspace(0, len(items) - 1, most)]


def is_trained(file, recipe, pages):
    """True if the model file is there, trained by this recipe on these pages.

    Raises InputError if it is there but was trained otherwise: it is not ours to overwrite.
    """
    if not file.exists():
        return False
    if read_card(file).get("training") == training.settings(recipe, pages.train, pages.validation):
        return True
    raise InputError(
        f"{file} is there already, trained with other options or on other pages; "
        "choose another --out, or delete it."
    )


def train_to_file(file, model, recipe, pages, console):
    """Train and save; after an interruption, the same call goes on from the last finished epoch."""
    make_folder(file.parent)
    checkpoint = file.with_suffix(".unfinished.npz")
    with progress_bar(console) as progress:
        steps = len(training.batches(model, pages.train, recipe)) * recipe.epochs
        task = progress.add_task(f"training {recipe.model}", total=steps)
        bar = keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: progress.update(
                task, completed=steps * epoch // recipe.epochs
            ),
            on_train_batch_end=lambda batch, logs: progress.advance(task),
        )
        history = staged_training.train(
            model, pages.train, pages.validation, recipe, checkpoint, callbacks=[bar]
        )
        progress.update(task, completed=steps)
    best = max(epoch["mean_iou"] for epoch in history)
    console.print(f"{recipe.model}: mean IoU {best:.3f} on the validation pages")
    card = {
        "training": training.settings(recipe, pages.train, pages.validation),
        "pages": {"train": len(pages.train), "validation": len(pages.validation)},
        "keras": keras.__version__,
        "history": history,
    }
    save_model(file, model, card)
    checkpoint.unlink()


def predict_to_folder(
    model_source, sources, out, console, height=None, stride=STRIDE, overlay=False
):
    """Write the labels of pages into a folder: `out/NAME.png`, of the page's own size.

    model_source: a .keras file, or the name of a model whose weights come with seglab.
    sources: page images, or folders of pages, with or without labels. height: the working height,
    None for the model's own. overlay: also write `out/overlays/NAME.png`, the page in colour. A
    page that cannot be read is reported and left out.

    Returns the names of the pages written and of those left out.
    """
    model, card = trained(model_source)
    if prediction.num_classes(model) > len(CLASSES):
        raise InputError(
            f"{model_source} tells {prediction.num_classes(model)} classes apart, but label images "
            f"here have {len(CLASSES)}: {', '.join(CLASSES)}."
        )
    height = height or card.get("training", {}).get("height")
    images = dict(_images(sources))
    for name, image in images.items():
        if image.resolve() == (out / f"{name}.png").resolve():
            raise InputError(
                f"--out {out} would overwrite the page {image}; choose another folder."
            )

    def predict(name, image):
        labels = prediction.labels(model, image, height, stride)
        write_labels(out / f"{name}.png", labels)
        if overlay:
            write_picture(out / "overlays" / f"{name}.png", plots.overlay(image, labels))

    return each_page(read_image, predict, images, "predicting", console)


def _images(sources):
    """(name, image file) of every page; InputError where two would write one file."""
    images = []
    for source in sources:
        if (source / "images").is_dir():
            source = source / "images"  # here a page folder need not have labels for every page
        pages = page_files(source) if source.is_dir() else [PageFile(source.stem, source)]
        images += [(page.name, page.image) for page in pages]
    names = [name for name, _ in images]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"Two pages are named {twice}; predict them into different folders.")
    return images
