"""200 pages of 200 sizes, through `prediction.labels` and through a plain loop of `model.predict`.

The loop pads each page to the model's own multiple and crops its scores. Both see the pages in
turn, page by page; the first page, which traces, is counted.
"""

import time

import numpy as np
from report import page, report

from seglab import models, prediction


def plain_labels(model, image):
    """(H, W) from `model.predict`, as one would write it."""
    height, width, _ = image.shape
    multiple = prediction.size_multiple(model)
    padded = np.pad(image, ((0, -height % multiple), (0, -width % multiple), (0, 0)))
    return prediction.labels_of(model.predict(padded[None], verbose=0)[0, :height, :width])


def rows():
    random = np.random.default_rng(0)
    sizes = [(256 + int(extra), 200 + i) for i, extra in enumerate(random.integers(0, 256, 200))]
    for name in ("fcn", "skip_fcn", "transposed_fcn", "unet"):
        model, same = models.BUILDERS[name](3), models.BUILDERS[name](3)
        same.set_weights(model.get_weights())
        seconds, others = {"plain": 0.0, "seglab": 0.0}, 0
        for size in sizes:
            image, found = page(*size), {}
            for way, of in (("plain", plain_labels), ("seglab", prediction.labels)):
                started = time.perf_counter()
                found[way] = of(model if way == "plain" else same, image)
                seconds[way] += time.perf_counter() - started
            others += int((found["plain"] != found["seglab"]).sum())
        yield {
            "model": name,
            "pages": len(sizes),
            "model.predict, s": seconds["plain"],
            "prediction.labels, s": seconds["seglab"],
            "times faster": seconds["plain"] / seconds["seglab"],
            "other labels": others,
        }


if __name__ == "__main__":
    report("Pages of many sizes", rows())
