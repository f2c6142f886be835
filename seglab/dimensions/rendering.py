"""A table of dimensions for the eye (rich, plain text) and for programs (JSON)."""

import io
from fractions import Fraction

from rich.console import Console
from rich.table import Table

from seglab.dimensions.misfit import size_text
from seglab.dimensions.symbols import Polynomial
from seglab.dimensions.table import memory, totals

COLUMNS = {
    "Layer": "left",
    "Type": "left",
    "Output": "right",
    "Parameters": "right",
    "Multiply-adds": "right",
    "Memory": "right",
    "Stride": "right",
    "Sees": "right",
    "Centre": "right",
}


def rich_table(rows, title=None):
    """The table for a terminal, one line a layer, the totals below: a rich Table."""
    drawn = Table(title=title, title_justify="left", show_footer=True, box=None, pad_edge=False)
    sums = totals(rows)
    footers = {
        "Layer": "Total",
        "Parameters": f"{sums.parameters:,}",
        "Multiply-adds": count_text(sums.multiply_adds),
        "Memory": bytes_text(sums.activation_bytes),
    }
    for name, justify in COLUMNS.items():
        drawn.add_column(name, footers.get(name, ""), justify=justify, no_wrap=True)
    for row in rows:
        drawn.add_row(*_cells(row), style="red" if row.problem else None)
    return drawn


def text(rows, title=None):
    """The same as plain text."""
    page = io.StringIO()
    Console(file=page, width=200, color_system=None).print(rich_table(rows, title))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def notes(rows, batch=1):
    """Sentences to stand below the table: memory of a batch, unknown layers, how to read it."""
    sentences = []
    sums = totals(rows)
    if rows[-1].problem is not None:
        sentences.append(f"{rows[-1].layer} fails: {rows[-1].problem}")
    elif not isinstance(sums.activation_bytes, Polynomial):
        need = memory(rows, batch)
        sentences.append(
            f"A batch of {batch} needs at least {bytes_text(need.inference)} to predict and "
            f"{bytes_text(need.training)} to train with Adam."
        )
    if sums.unknown:
        sentences.append(
            f"Unknown: {', '.join(sums.unknown)}. Their multiply-adds are missing from the total, "
            "and what the layers behind them see is not guessed."
        )
    sentences.append(
        "Sees: pixels in the receptive field. Centre: where its centre lies, in pixels below and "
        "right of the cell's own; ± where up-sampling makes cells differ."
    )
    return sentences


def records(rows):
    """The table as a list of dicts for JSON: numbers where they are known, "H/8" where symbolic.

    Pairs (stride, receptive_field, offset, spread) are lists, one value an axis of the image;
    null: the layer sees everything (no stride), or nothing is known.
    """
    return [
        {
            "layer": row.layer,
            "type": row.type,
            "kernel": list(row.kernel),
            "output_shape": _plain(row.output_shape),
            "parameters": row.parameters,
            "trainable": row.trainable,
            "multiply_adds": _plain(row.multiply_adds),
            "activation_bytes": _plain(row.activation_bytes),
            "stride": _plain(row.stride),
            "receptive_field": _plain(row.receptive_field),
            "offset": _plain(row.offset),
            "spread": _plain(row.spread),
            "reads": list(row.reads),
            "branches": _plain(row.branches),
            "problem": row.problem,
        }
        for row in rows
    ]


def count_text(value):
    """12,345 or 360·H·W; ? for None."""
    if value is None:
        return "?"
    return f"{value:,}" if isinstance(value, int) else str(value)


def bytes_text(value):
    """4.2 MB; symbolic sizes in bytes."""
    if not isinstance(value, int):
        return f"{value} B"
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.4g} {unit}"
        value /= 1000
    return f"{value:.4g} GB"


def _cells(row):
    return (
        row.layer,
        f"{row.type} {size_text(row.kernel)}".rstrip(),
        "fails" if row.output_shape is None else size_text(row.output_shape),
        count_text(row.parameters),
        count_text(row.multiply_adds),
        bytes_text(row.activation_bytes),
        _pair_text(row.stride, "all"),
        _pair_text(row.receptive_field),
        _centre_text(row),
    )


def _pair_text(pair, instead="?"):
    """8 where both axes agree, 8x4 where they do not."""
    if pair is None:
        return "?"
    words = [instead if value is None else str(value) for value in pair]
    return words[0] if len(set(words)) == 1 else size_text(words)


def _centre_text(row):
    if row.offset is None:
        return "?"
    words = [
        "" if offset is None else _signed(offset) + (f" ±{float(spread):g}" if spread else "")
        for offset, spread in zip(row.offset, row.spread)
    ]
    return words[0] if len(set(words)) == 1 else ", ".join(words)


def _signed(offset):
    return f"{float(offset):+g}" if offset else "0"


def _plain(value):
    """Tuples as lists, whole fractions as int, others as float, symbols as text."""
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return str(value) if isinstance(value, Polynomial) else value
