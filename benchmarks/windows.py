"""Shared work against single windows: every pixel of a 448x320 page, windows of 28 and 36 pixels.

The windows are cut and classified for 32 rows of the page, and their seconds multiplied by 14.
"""

from functools import partial

import numpy as np
from report import page, report

from seglab import models
from seglab.dense_windows import dense_scores
from seglab.timing import seconds_per_call
from seglab.windows import window_scores

HEIGHT, WIDTH, ROWS = 448, 320, 32


def rows():
    image = page(HEIGHT, WIDTH)
    for window in (28, 36):
        model = models.valid_sliding_window(3, window)
        calls = {"windows": partial(window_scores, model, image[:ROWS], stride=1)}
        calls |= {stride: partial(dense_scores, model, image, stride) for stride in (1, 2, 4, 8)}
        seconds = {name: s.median for name, s in seconds_per_call(calls, repetitions=9).items()}
        cut = seconds.pop("windows") * HEIGHT / ROWS
        part = page(60, 50)
        for stride, shared in seconds.items():
            difference = dense_scores(model, part, stride) - window_scores(model, part, stride)
            yield {
                "window": window,
                "stride": stride,
                "windows at every pixel, s": cut,
                "shared, s": shared,
                "times faster": cut / shared,
                "largest difference": float(np.abs(difference).max()),
            }


if __name__ == "__main__":
    report("Sliding windows on a 448x320 page", rows())
