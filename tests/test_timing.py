"""Seconds are taken in turn, the first call by itself, until the result is in host memory."""

import numpy as np
import pytest

from seglab import timing


@pytest.fixture
def clock(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(timing.time, "perf_counter", lambda: clock[0])
    return clock


def test_calls_take_turns_and_the_first_is_kept_apart(clock):
    order = []

    def call(name, durations):
        durations = iter(durations)

        def run():
            order.append(name)
            clock[0] += next(durations)

        return run

    seconds = timing.seconds_per_call(
        {"a": call("a", [9, 1, 2, 30]), "b": call("b", [8, 5, 5, 6])}, repetitions=3
    )
    assert order == list("abababab")
    assert seconds["a"].first == 9 and seconds["b"].first == 8
    assert seconds["a"].later == pytest.approx((1, 2, 30))
    assert seconds["a"].median == pytest.approx(2) and seconds["b"].median == pytest.approx(5)


def test_a_result_on_its_way_from_the_device_is_waited_for(clock):
    class Unfinished:
        def __array__(self, dtype=None, copy=None):
            clock[0] += 3
            return np.zeros(1)

    seconds = timing.seconds_per_call({"a": Unfinished}, repetitions=1)
    assert seconds["a"] == (3, (3,))


def test_what_happens_between_the_calls_is_not_timed(clock):
    def between():
        clock[0] += 100

    seconds = timing.seconds_per_call({"a": lambda: None}, 2, between)
    assert seconds["a"] == (0, (0, 0)) and clock[0] == 300


def test_half_of_the_calls_lie_in_the_middle_half():
    low, high = timing.Seconds(9.0, (1.0, 2.0, 3.0, 4.0, 50.0, 6.0, 7.0, 8.0)).middle_half
    assert sum(low <= s <= high for s in (1, 2, 3, 4, 50, 6, 7, 8)) == 4
    assert timing.Seconds(9.0, (5.0,)).middle_half == (5, 5)
