"""Honest seconds."""

import time
from collections import defaultdict
from statistics import median
from typing import NamedTuple


class Seconds(NamedTuple):
    """The first call, which traces and compiles, and the median of the calls after it."""

    first: float
    median: float


def seconds_per_call(calls, repetitions=5):
    """Time functions in turn, A B C A B C, so that a drift of the machine hits all alike.

    calls: {name: function without arguments that returns when its work is done}.
    Returns {name: Seconds} of `repetitions` calls after the first one.
    """
    seconds = defaultdict(list)
    for _ in range(1 + repetitions):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - started)
    return {name: Seconds(first, median(later)) for name, (first, *later) in seconds.items()}
