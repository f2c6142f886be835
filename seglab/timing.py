"""Honest seconds: calls in turn, the first one apart, median and spread of the later ones."""

import time
from collections import defaultdict
from statistics import median
from typing import NamedTuple

import numpy as np


class Seconds(NamedTuple):
    """The first call, which traces and compiles, and every call after it."""

    first: float
    later: tuple[float, ...]

    @property
    def median(self):
        return median(self.later)

    @property
    def middle_half(self):
        """The lower and the upper quartile: half of the calls took between the two."""
        return tuple(np.quantile(self.later, (0.25, 0.75)).tolist())


def seconds_per_call(calls, repetitions=5, after_call=lambda: None):
    """Time functions in turn, A B C A B C, so that a drift of the machine hits all alike.

    calls: {name: function without arguments}. What a call returns is brought to host memory, so
    that a device has done its work when the clock stops. after_call: called between the calls.
    Returns {name: Seconds} of `repetitions` calls after the first one.
    """
    seconds = defaultdict(list)
    for _ in range(1 + repetitions):
        for name, call in calls.items():
            started = time.perf_counter()
            np.asarray(call())
            seconds[name].append(time.perf_counter() - started)
            after_call()
    return {name: Seconds(first, tuple(later)) for name, (first, *later) in seconds.items()}
