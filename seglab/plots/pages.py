"""Pages and their labels, one fixed colour a class."""

import io

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from seglab.files import write_bytes
from seglab.pages import CLASSES, COLOURS, IGNORE
from seglab.plots.axes import bare

# The colours of ink and of paper by their label; what is not scored is grey on white.
INK = np.full((IGNORE + 1, 3), 150, "uint8")
PAPER = np.full((IGNORE + 1, 3), 255.0)
INK[: len(CLASSES)] = [(40, 40, 40), (0, 72, 122), (160, 52, 0)]  # the class colours, darker
SIDE_BY_SIDE = 6  # models in one row of pictures
PAPER[: len(CLASSES)] = np.array(COLOURS) * 0.45 + 255 * 0.55  # the class colours, as tints


def overlay(image, labels):
    """The page with every class in its colour: paper tinted, ink dark; IGNORE has none.

    image: (H, W, 1), ink 1.0. labels: (H, W). Returns (H, W, 3) uint8.
    """
    return (image * INK[labels] + (1 - image) * PAPER[labels]).round().astype("uint8")


def comparison(pages, predictions, titles):
    """The slides' picture: a page a row; input, ground truth and every model's prediction.

    pages: labelled pages. predictions: for each model a list of labels (H, W), one a page.
    titles: for each model what stands above its column. More than fit side by side go on below.
    Returns a matplotlib Figure.
    """
    given = [
        ("Input", [np.repeat(1 - page.image, 3, axis=-1) for page in pages]),
        ("Ground truth", [overlay(page.image, page.labels) for page in pages]),
    ]
    models = [
        (title, [overlay(page.image, labels) for page, labels in zip(pages, column, strict=True)])
        for title, column in zip(titles, predictions, strict=True)
    ]
    starts = range(0, max(len(models), 1), SIDE_BY_SIDE)
    bands = [given + models[start : start + SIDE_BY_SIDE] for start in starts]
    heights = [min(page.image.shape[0] / page.image.shape[1], 3) for page in pages]
    size = 1.7 * len(bands[0]), len(bands) * (1.7 * sum(heights) + 0.3) + 0.5
    figure = Figure(figsize=size, layout="constrained")
    rows = len(bands) * len(pages)
    grid = figure.subplots(rows, len(bands[0]), squeeze=False, height_ratios=heights * len(bands))
    for row, axes in enumerate(grid):
        band, page = divmod(row, len(pages))
        for axis in axes[len(bands[band]) :]:
            axis.remove()
        for (title, pictures), axis in zip(bands[band], axes):
            axis.imshow(pictures[page], interpolation="antialiased")
            bare(axis)
            if page == 0:
                axis.set_title(title, fontsize=10)
    figure.legend(
        handles=[
            Patch(facecolor=PAPER[i] / 255, edgecolor=INK[i] / 255, label=name)
            for i, name in enumerate(CLASSES)
        ],
        loc="outside lower center",
        ncols=len(CLASSES),
        frameon=False,
    )
    return figure


def save(figure, path, dots_per_inch=200):
    """Write a figure, whole or not at all; the suffix of `path` (.png, .svg) is the format."""
    file = io.BytesIO()
    figure.savefig(file, format=path.suffix[1:], dpi=dots_per_inch)
    write_bytes(path, file.getvalue())
