"""A model alone in a process: the seconds of its first page, and its peak memory.

The process runs `python -m seglab.speed.alone`. It builds the model, notes what it holds, predicts
a page twice and prints how many bytes more it held at most: on a CPU of resident memory, as Linux
counts it; on other devices by the backend's own account.
"""

import importlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path


def alone(source, size, variant, stride):
    """{"first_page_seconds": ..., "memory_bytes": None where nobody counts}.

    source: a model's name or .keras file. size: the page's (H, W). memory_bytes: beyond Keras and
    the model itself. Raises RuntimeError with the process's last words if it failed.
    """
    task = {"source": source, "size": size, "variant": variant, "stride": stride}
    command = [sys.executable, "-m", "seglab.speed.alone", json.dumps(task)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    if process.returncode:
        words = process.stderr.strip().splitlines() or [f"exit status {process.returncode}"]
        raise RuntimeError(words[-1])
    return json.loads(process.stdout.splitlines()[-1])


def main(source, size, variant, stride):
    """What the process does."""
    from seglab.backend import start_keras

    start_keras()
    from seglab.prediction import scores
    from seglab.speed.subjects import built, page
    from seglab.speed.variants import Variant, in_variant

    model, image = in_variant(built(source), Variant(*variant)), page(size)
    before = most_bytes()
    started = time.perf_counter()
    scores(model, image, stride)
    first_page_seconds = time.perf_counter() - started
    scores(model, image, stride)  # later pages may hold more, when memory is kept for them
    memory_bytes = before and most_bytes() - before
    print(json.dumps({"first_page_seconds": first_page_seconds, "memory_bytes": memory_bytes}))


def most_bytes():
    """The most that this process has held so far on its device; None where nobody counts."""
    import keras

    from seglab.speed.variants import on_gpu

    if not on_gpu():
        return _resident()
    return {"jax": _jax, "tensorflow": _tensorflow}.get(keras.backend.backend(), lambda: None)()


def _resident():
    """Linux's high-water mark of this process; `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1])


def _jax():
    counted = importlib.import_module("jax").local_devices()[0].memory_stats()
    return counted and counted["peak_bytes_in_use"]


def _tensorflow():
    experimental = importlib.import_module("tensorflow").config.experimental
    return experimental.get_memory_info("GPU:0")["peak"]


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
