"""Score predicted label images against the ground truth: two files, or two folders."""

from dataclasses import replace
from pathlib import Path

from seglab import metrics
from seglab.errors import InputError
from seglab.page_folders import files_in
from seglab.pages import PageFile, page_files, read_label_file, read_labels, read_page
from seglab.region_classes import IGNORE


def evaluate(predictions, truth, images=None, num_classes=3, reading="region"):
    """Score label images against ground truth; the pixels of all pages are counted together.

    predictions, truth: two label images, or two folders whose label images have the same names: a
    folder of label images, a page folder, or (truth) PAGE-XML or ALTO files. images: the page
    image, or a folder of them, for the scores on ink; a folder of pages as truth has its own.
    reading: "region", or "ink" for the ink labels of the truth, of which only ink is scored.
    Every prediction needs its truth; truth that nobody predicted is left out.

    Returns the dict of `metrics.report`, led by pages, truth_pages, num_classes and reading.
    """
    predicted, truths = _pages(predictions), _pages(truth)
    if Path(predictions).is_file() and Path(truth).is_file():  # two files need not have one name
        truths = dict(zip(predicted, truths.values(), strict=True))
    if nameless := [name for name, page in predicted.items() if not page.labels]:
        raise InputError(f"{predictions} has no labels for {nameless[0]}; predict them first.")
    pairs, truth_pages = _pairs(predicted, truths, truth)
    if images:
        pairs = _with_images(pairs, Path(images))
    with_images = all(page.image for _, page in pairs)
    if reading != "region" and not with_images:
        raise InputError(f"The {reading} reading of {truth} needs the page images; give --images.")
    area, ink = sum(_count(predicted, page, num_classes, reading) for predicted, page in pairs)
    return {
        "pages": len(pairs),
        "truth_pages": truth_pages,
        "num_classes": num_classes,
        "reading": reading,
        **metrics.report(area, ink if with_images and reading == "region" else None),
    }


def _pages(source):
    """{name: PageFile} of a label file or a folder; PageFile.image is None for labels alone."""
    source = Path(source)
    if not source.exists():
        raise InputError(f"{source} does not exist; give a label image, or a folder of them.")
    if source.is_file():
        return {source.stem: PageFile(source.stem, None, source)}
    label_images = files_in(source, {".png"})
    if (source / "images").is_dir() or files_in(source, {".xml"}) or not label_images:
        return {page.name: page for page in page_files(source)}
    return {path.stem: PageFile(path.stem, None, path) for path in label_images}


def _pairs(predicted, truth, truth_folder):
    """[(predicted label file, PageFile of the truth)] and how many pages have a truth."""
    missing = [name for name in predicted if name not in truth or not truth[name].labels]
    if missing:
        raise InputError(
            f"{truth_folder} has no labels for {missing[0]} ({len(missing)} of {len(predicted)} "
            "predictions); a prediction and its truth should have the same name."
        )
    return [(page.labels, truth[name]) for name, page in predicted.items()], len(truth)


def _with_images(pairs, images):
    """The pairs, each truth with its page image from `images`, a file or a folder."""
    files = (
        {page.name: page.image for page in page_files(images)}
        if images.is_dir()
        else {page.name: images for _, page in pairs[:1]}
    )
    missing = [page.name for _, page in pairs if page.name not in files]
    if missing:
        raise InputError(f"{images} has no image for {missing[0]}; the names should be the same.")
    return [(predicted, replace(page, image=files[page.name])) for predicted, page in pairs]


def _count(predicted_file, page, num_classes, reading):
    """`metrics.area_and_ink` of one page; without an image, all of it counts as ink."""
    predicted = read_labels(predicted_file, num_classes)
    if page.image:
        truth = read_page(page, reading, num_classes)
        labels, ink = truth.labels, truth.image[..., 0] > 0.5
    else:
        labels, ink = read_label_file(page.labels, predicted.shape, num_classes), None
    if predicted.shape != labels.shape:
        raise InputError(
            f"{predicted_file} and {page.labels} should be of one size; they are "
            f"{predicted.shape} and {labels.shape} (height, width)."
        )
    if (predicted == IGNORE).any():
        raise InputError(
            f"{predicted_file} holds the value {IGNORE}, which only ground truth may have; "
            "a prediction should give every pixel a class."
        )
    return metrics.area_and_ink(labels, predicted, num_classes, ink)
