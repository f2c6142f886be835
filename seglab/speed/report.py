"""What a timing found, for people: a table a page size, a figure, sentences on how it was done."""

import json
from itertools import groupby

import numpy as np
from rich import box
from rich.table import Table

from seglab import plots
from seglab.errors import InputError
from seglab.files import write_bytes
from seglab.reports import TITLES, json_text
from seglab.speed.notes import notes

# The table's columns: {heading: (key of a row, its text)}. Seconds have three digits.
COLUMNS = {
    "model": ("model", lambda model: TITLES.get(model, model)),
    "computes in": ("variant", str),
    "s per page": ("seconds_per_page", lambda s: digits(s, 3)),
    "middle half, s": ("middle_half", lambda half: " to ".join(digits(s, 3) for s in half)),
    "times FCN": ("times_fcn", "{:.2f}".format),
    "lecture, times FCN": ("lecture_times_fcn", "{:.2f}".format),
    "first page, s": ("first_page_seconds", lambda s: digits(s, 2)),
    "memory, MiB": ("memory_bytes", lambda size: f"{size / 2**20:,.0f}"),
    "network alone, s per page": ("network_seconds_per_page", lambda s: digits(s, 3)),
    "network alone, times FCN": ("network_times_fcn", "{:.2f}".format),
    "multiply-adds, G": ("multiply_adds", lambda work: digits(work / 1e9, 3)),
    "multiply-adds per s, G": ("multiply_adds_per_second", lambda rate: f"{rate / 1e9:,.0f}"),
    "share of peak": ("share_of_peak", "{:.0%}".format),
}


def digits(value, count):
    """A positive number with so many leading digits, never as a power of ten: 0.0204, 150."""
    return np.format_float_positional(
        value, precision=count, unique=False, fractional=False, trim="-"
    )


def write(result, out, mean_ious=None):
    """Write `time.json`, `time.md` and `time.png` into the folder `out`.

    result: as `experiment.measure` returns it. mean_ious: {model: mean IoU} for the figure.
    """
    write_bytes(out / "time.json", json_text(result).encode())
    write_bytes(out / "time.md", markdown(result).encode())
    plots.save(plots.times(curves(result, mean_ious or {})), out / "time.png")


def mean_ious(file):
    """{model: mean IoU} of a compare.json, as `seglab compare` writes it."""
    try:
        return {row["model"]: row["mean_iou"] for row in json.loads(file.read_bytes())}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{file} cannot be read as a comparison ({error}); give the compare.json that "
            "`seglab compare` writes."
        ) from error


def markdown(result):
    """A table for each page size, the figure, and what has to be known to read them."""
    shown = _told(result["rows"])
    tables = "\n\n".join(
        f"## Pages of {height}\N{MULTIPLICATION SIGN}{width} pixels\n\n{_table(rows, shown)}"
        for (height, width), rows in _by_size(result["rows"])
    )
    sentences = "\n".join(f"- {sentence}" for sentence in notes(result))
    picture = "![Seconds per page against page size](time.png)"
    return f"# Seconds per page\n\n{tables}\n\n{picture}\n\n{sentences}\n"


def _told(rows):
    """The headings of those columns that have something to tell; one variant needs no column."""
    told = [name for name, (key, _) in COLUMNS.items() if any(row[key] is not None for row in rows)]
    several = len({row["variant"] for row in rows}) > 1
    return [name for name in told if several or name != "computes in"]


def _by_size(rows):
    groups = groupby(rows, lambda row: (row["height"], row["width"]))
    return [(size, list(group)) for size, group in groups]


def _table(rows, headings):
    rule = [":--" if COLUMNS[name][0] in ("model", "variant") else "--:" for name in headings]
    lines = [headings, rule, *([_text(row, name) for name in headings] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(row, heading):
    key, text = COLUMNS[heading]
    return "-" if row[key] is None else text(row[key])


def terminal_table(result):
    """Seconds per page, a column a page size, and the ratios on the largest pages: a rich Table."""
    sizes = _by_size(result["rows"])
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), title="seconds per page")
    table.add_column("model")
    headings = [name for name in ("model", "computes in") if name in _told(result["rows"])]
    ratios = ["times FCN", "lecture, times FCN"]
    for heading in [*(f"{height}x{width}" for (height, width), _ in sizes), *ratios]:
        table.add_column(heading.replace(", ", ",\n"), justify="right", no_wrap=True)
    for cases in zip(*(rows for _, rows in sizes), strict=True):
        name = ", ".join(_text(cases[0], heading) for heading in headings)
        seconds = (_text(case, "s per page") for case in cases)
        table.add_row(name, *seconds, *(_text(cases[-1], ratio) for ratio in ratios))
    return table


def curves(result, mean_ious):
    """The result as `plots.times` draws it: {variant: Curves of all models}."""
    exponents = {(g["model"], g["variant"]): g["exponent"] for g in result["growth"]}
    drawn, rows = {}, sorted(result["rows"], key=lambda row: row["height"] * row["width"])
    for variant in dict.fromkeys(row["variant"] for row in rows):
        of_model = {}
        for row in rows:
            if row["variant"] == variant:
                of_model.setdefault(row["model"], []).append(row)
        drawn[variant] = [
            plots.Curve(
                model=model,
                title=TITLES.get(model, model),
                sizes=[(row["height"], row["width"]) for row in own],
                seconds=[row["seconds_per_page"] for row in own],
                low=[row["middle_half"][0] for row in own],
                high=[row["middle_half"][1] for row in own],
                exponent=exponents.get((model, variant)),
                quality=mean_ious.get(model),
            )
            for model, own in of_model.items()
        ]
    return drawn
