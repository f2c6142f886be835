"""Models as `rewritten` runs them, against the models themselves: the same page in turn."""

from functools import partial

import numpy as np
from report import page, report

from seglab import models
from seglab.prediction import size_multiple
from seglab.rewrites import rewritten
from seglab.timing import seconds_per_call


def rows():
    for height, width in ((448, 320), (900, 640)):
        for name in ("fcn", "skip_fcn", "transposed_fcn", "unet"):
            model = models.BUILDERS[name](3)
            rest = -height % size_multiple(model)
            image = np.pad(page(height, width), ((0, rest), (0, 0), (0, 0)))[None]
            own, new = model.predict_on_batch(image), rewritten(model).predict_on_batch(image)
            calls = {
                "own": partial(model.predict_on_batch, image),
                "new": partial(rewritten(model).predict_on_batch, image),
            }
            seconds = seconds_per_call(calls, repetitions=15)
            yield {
                "model": name,
                "page": f"{height}x{width}",
                "as built, s": seconds["own"].median,
                "rewritten, s": seconds["new"].median,
                "times faster": seconds["own"].median / seconds["new"].median,
                "largest difference": float(np.abs(own - new).max()),
                "other labels": int((own.argmax(-1) != new.argmax(-1)).sum()),
            }


if __name__ == "__main__":
    report("Rewritten models", rows())
