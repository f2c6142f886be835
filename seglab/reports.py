"""Scores as people read them: tables for the terminal, Markdown and JSON."""

import json
import math
import os
import platform

from rich import box
from rich.table import Table

from seglab.image_files import CLASSES

TITLES = {
    "sliding_window": "Sliding window",
    "fcn": "FCN",
    "skip_fcn": "Skip-FCN",
    "transposed_fcn": "Transposed skip-FCN",
    "unet": "U-Net",
    "fcn32": "FCN-32",
    "fcn16": "FCN-16",
    "fcn8": "FCN-8",
    "deconvnet": "DeconvNet",
    "segnet": "SegNet",
    "pspnet": "PSPNet",
    "deeplab": "DeepLab",
    "deeplab_v3": "DeepLab v3",
    "deeplab_v3_plus": "DeepLab v3+",
    "unet_2015": "U-Net of 2015",
    "unet_vgg16": "U-Net on VGG-16",
    "unet_resnet50": "U-Net on ResNet-50",
    "unet_mobilenet_v3": "U-Net on MobileNetV3",
    "fcn_vgg16": "FCN on VGG-16",
    "fcn_resnet50": "FCN on ResNet-50",
    "fcn_mobilenet_v3": "FCN on MobileNetV3",
    "deeplab_vgg16": "DeepLab on VGG-16",
    "deeplab_resnet50": "DeepLab on ResNet-50",
    "deeplab_mobilenet_v3": "DeepLab on MobileNetV3",
    "threshold": "Thresholds",
    "histogram": "Histogram",
    "k_means": "k-means",
    "edges": "Edges",
    "run_length_smoothing": "Run-length smoothing",
    "superpixels": "Superpixels",
    "random_forest": "Random forest",
    "crf": "Random forest + CRF",
}
# What fits a terminal of 80 columns: {heading of the full table: its short form}.
TERMINAL = {
    "model": "model",
    "parameters": "parameters",
    "pixel accuracy": "pixel\nacc.",
    "ink accuracy": "ink\nacc.",
    "mean IoU": "mean\nIoU",
    "mean Dice": "mean\nDice",
    "s per page": "s per\npage",
    "times FCN": "times\nFCN",
    "lecture, times FCN": "lecture,\ntimes FCN",
}


def columns(rows):
    """The table of a comparison by columns: {heading: [text of each row]}.

    The ink reading has no column "ink accuracy": there it is the pixel accuracy.
    """
    formats = {
        "model": ("model", TITLES.get),
        "parameters": ("parameters", "{:,}".format),
        "pixel accuracy": ("pixel_accuracy", score),
        "ink accuracy": ("ink_accuracy", score),
        "mean IoU": ("mean_iou", score),
        "mean Dice": ("mean_dice", score),
        "IoU per class": ("iou", lambda iou: " ".join(score(one, 2) for one in iou)),
        "training, s": ("train_seconds", "{:.0f}".format),
        "first page, s": ("first_page_seconds", "{:.2f}".format),
        "s per page": ("seconds_per_page", "{:.3f}".format),
        "times FCN": ("times_fcn", "{:.2f}".format),
        "lecture, s per page": ("lecture_seconds", "{:g}".format),
        "lecture, times FCN": ("lecture_times_fcn", "{:.2f}".format),
    }
    return {
        heading: ["-" if row[key] is None else text(row[key]) for row in rows]
        for heading, (key, text) in formats.items()
        if key in rows[0]
    }


def score(value, digits=3):
    """A score as text; "-" where there was nothing to score."""
    return "-" if math.isnan(value) else f"{value:.{digits}f}"


def comparison_table(rows):
    """The rows as a rich Table that fits a terminal of 80 columns."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    cells = columns(rows)
    shown = [heading for heading in TERMINAL if heading in cells]
    for heading in shown:
        if heading == "model":
            table.add_column(TERMINAL[heading])
        else:
            table.add_column(TERMINAL[heading], justify="right", no_wrap=True)
    for line in zip(*(cells[heading] for heading in shown), strict=True):
        table.add_row(*line)
    return table


def markdown(rows, about):
    """The rows as a Markdown page with the picture, and what has to be known about them below."""
    cells = columns(rows)
    lines = [list(cells), [":--", *["--:"] * (len(cells) - 1)], *zip(*cells.values(), strict=True)]
    page = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    notes = "\n".join(f"- {sentence}" for sentence in [*about, machine()])
    pictures = "![Pages and predictions](compare.png)\n\n![Mean IoU against seconds](quality.png)"
    return f"# The comparison\n\n{page}\n\n{pictures}\n\n{notes}\n"


def machine():
    """Where the seconds were taken, in a sentence."""
    import keras  # here, so that scoring label images needs no Keras

    devices = keras.distribution.list_devices()
    return (
        f"Measured on {', '.join(devices)} ({os.cpu_count()} cores, {platform.machine()}) "
        f"with Keras {keras.__version__} on {keras.backend.backend()}, "
        f"Python {platform.python_version()}."
    )


def evaluation_table(scores):
    """The dict of `seglab.evaluation.evaluate` as a rich Table: area beside ink, or ink alone."""
    names = CLASSES if scores["num_classes"] == len(CLASSES) else range(scores["num_classes"])
    ink = "ink_accuracy" in scores
    table = Table(title=f"{scores['pages']} of {scores['truth_pages']} pages")
    headings = ["area", "ink"] if ink else ["area" if scores["reading"] == "region" else "ink"]
    for heading in ("", *headings):
        table.add_column(heading, justify="right" if heading else "left")

    def add(label, area, on_ink):
        values = [area, on_ink] if ink else [area]
        table.add_row(label, *(score(value, 4) for value in values))

    add("pixel accuracy", scores["pixel_accuracy"], scores.get("ink_accuracy"))
    for measure in "iou", "dice":
        mean, title = f"mean_{measure}", {"iou": "IoU", "dice": "Dice"}[measure]
        add(f"mean {title}", scores[mean], scores.get(f"ink_{mean}"))
        for i, name in enumerate(names):
            add(f"{title}, {name}", scores[measure][i], ink and scores[f"ink_{measure}"][i])
    return table


def json_text(value):
    """JSON that every reader takes: NaN (a class that nobody has) becomes null."""
    return json.dumps(_without_nan(value), indent=2, allow_nan=False)


def _without_nan(value):
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value
