"""Seconds are taken in turn, the first call by itself."""

import pytest

from seglab import timing


def test_calls_take_turns_and_the_first_is_kept_apart(monkeypatch):
    clock, order = [0.0], []
    monkeypatch.setattr(timing.time, "perf_counter", lambda: clock[0])

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
    assert seconds["a"] == (9, pytest.approx(2)) and seconds["b"] == (8, pytest.approx(5))
