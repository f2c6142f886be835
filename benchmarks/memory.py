"""The most memory that labels of a 10,000 x 8,000 scan take, all of Python and Keras included.

Every model has a process of its own. The windows of the sliding window lie 64 pixels apart.
"""

import json
import resource
import subprocess
import sys
import time

from report import page, report

HEIGHT, WIDTH = 10_000, 8_000


def predicted(name):
    """Label the scan with an untrained model; print the peak and the seconds as JSON."""
    from seglab import models, prediction

    model, image = models.BUILDERS[name](3), page(HEIGHT, WIDTH)
    before, started = peak(), time.perf_counter()
    prediction.labels(model, image, stride=64)
    seconds = time.perf_counter() - started
    print(json.dumps({"start": before, "peak": peak(), "seconds": seconds}))


def peak():
    """GiB that this process has had in memory at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def rows():
    for name in ("sliding_window", "fcn", "skip_fcn", "transposed_fcn", "unet"):
        process = subprocess.run(
            [sys.executable, __file__, "--model", name], capture_output=True, check=True, text=True
        )
        found = json.loads(process.stdout.splitlines()[-1])
        yield {
            "model": name,
            "with the scan alone, GiB": found["start"],
            "peak, GiB": found["peak"],
            "s": found["seconds"],
        }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--model"]:
        predicted(sys.argv[2])
    else:
        report(f"Labels of a {HEIGHT:,} x {WIDTH:,} scan", rows())
