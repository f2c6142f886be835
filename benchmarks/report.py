"""What the benchmarks share: pages of random ink, rows as a table or as JSON."""

import argparse
import json
import os
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def page(height, width):
    """An image (H, W, 1) with ink on a tenth of its pixels; no seconds depend on where it lies."""
    random = np.random.default_rng([height, width])
    image = np.empty((height, width, 1), "float32")
    for row in image:  # a large scan is never held twice
        row[:] = random.random(row.shape, "float32") < 0.1
    return image


def report(title, rows):
    """Print rows (dicts of the same keys); `--json FILE` writes them, too."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--json", type=Path, help="write the rows to this file, too")
    file = parser.parse_args().json
    rows = list(rows)
    table = Table(*rows[0], title=title)
    for row in rows:
        table.add_row(
            *(f"{cell:.3g}" if isinstance(cell, float) else f"{cell}" for cell in row.values())
        )
    Console().print(table)
    if file:
        file.write_text(json.dumps(rows, indent=1) + "\n")
