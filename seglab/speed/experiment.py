"""The experiment: every model, variant and page size in turn, many times over."""

from dataclasses import asdict
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np
from rich.console import Console

from seglab.comparison import duration
from seglab.prediction import is_window_classifier, scores
from seglab.progress import progress_bar
from seglab.speed.alone import alone
from seglab.speed.convolution import CHANNELS, LONG_ENOUGH, large_convolutions
from seglab.speed.machine import machine
from seglab.speed.rows import best, growth, peaks, row
from seglab.speed.subjects import built, multiply_adds, named, network_call, page
from seglab.speed.variants import Variant, in_variant, variants
from seglab.timing import seconds_per_call

SECONDS_TO_START = 5  # Python with Keras and TensorFlow, on two cores


class Case(NamedTuple):
    """One row of the result: a model, how it computes, the page's (H, W)."""

    model: str
    variant: Variant
    size: tuple


def measure(settings, console=None):
    """Time the models: a dict for JSON with machine, settings, peaks, rows, growth.

    settings: `settings.Settings`. console: a rich Console that tells how it goes.
    """
    console = console or Console(quiet=True)
    facts, sources = machine(), named(settings.models)
    ways = variants(settings.variants)
    models = {(n, way): in_variant(built(sources[n]), way) for n, way in product(sources, ways)}
    cases = [Case(n, way, size) for size, n, way in product(settings.sizes, sources, ways)]
    pages = {
        case: partial(scores, models[case[:2]], page(case.size), settings.stride) for case in cases
    }
    _say_how_long(cases, pages, settings, console)
    apart = _alone(cases, sources, settings.stride, console) if settings.memory else {}
    convolutions = {(way, n): c for way in ways for n, c in large_convolutions(way).items()}
    seconds = _seconds(
        pages
        | _network_calls(models, cases, settings)
        | {key: convolution.call for key, convolution in convolutions.items()},
        settings.repetitions,
        console,
    )
    found = peaks(convolutions, seconds)
    rows = [
        row(
            case,
            seconds,
            settings.batch,
            multiply_adds(models[case[:2]], case.size, settings.stride),
            best(found, case.variant.precision),
            apart.get(case, {}),
        )
        for case in cases
    ]
    return {
        "machine": facts,
        "settings": asdict(settings),
        "windows": {n: m.input_shape[1] for (n, _), m in models.items() if is_window_classifier(m)},
        "peaks": found,
        "rows": rows,
        "growth": growth(rows),
    }


def _network_calls(models, cases, settings):
    """{(case, "network"): the network alone}, where it can be timed alone."""
    calls = {
        (case, "network"): network_call(
            models[case[:2]], case.size, settings.batch, settings.stride
        )
        for case in cases
        if settings.batch
    }
    return {key: call for key, call in calls.items() if call}


def _say_how_long(cases, pages, settings, console):
    """Try the smallest pages and say how long all will take, which grows with the pixels."""
    smallest = min(settings.sizes, key=np.prod)
    tried = seconds_per_call({c: pages[c] for c in cases if c.size == smallest}, repetitions=1)
    rounds, ways = 1 + settings.repetitions, len({case.variant for case in cases})
    total = rounds * ways * len(CHANNELS) * LONG_ENOUGH
    for case in cases:
        seconds = tried[case._replace(size=smallest)].median
        seconds *= np.prod(case.size) / np.prod(smallest)
        total += rounds * seconds * (1 + settings.batch)
        total += settings.memory * (SECONDS_TO_START + 2 * seconds)
    console.print(f"Timing {len(cases)} cases takes about {duration(total)} on this machine.")


def _alone(cases, sources, stride, console):
    """{case: what `alone` measures}; a process that fails is told of, and the rest goes on."""
    apart = {}
    with progress_bar(console) as progress:
        for case in progress.track(cases, description="models alone"):
            try:
                apart[case] = alone(sources[case.model], case.size, case.variant, stride)
            except RuntimeError as error:
                console.print(f"{case.model} alone failed: {error}", markup=False)
    return apart


def _seconds(calls, repetitions, console):
    with progress_bar(console) as progress:
        progress.live.auto_refresh = False  # no second thread while the clock runs
        task = progress.add_task("timing, in turn", total=len(calls) * (1 + repetitions))
        return seconds_per_call(
            calls, repetitions, lambda: progress.update(task, advance=1, refresh=True)
        )
