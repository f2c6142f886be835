"""Many pages: read ahead, done in turn, and a bad one does not stop the others."""

import threading

import pytest
from rich.console import Console

from seglab.errors import InputError
from seglab.progress import each_page, progress_bar

QUIET = Console(quiet=True)


def test_every_page_is_done_in_turn_and_bad_ones_are_told(capsys):
    def read(page):
        if page < 0:
            raise InputError(f"{page} is below 0.")
        return 10 * page

    worked = []
    pages = {"a": 1, "b": -2, "c": 3, "d": -4}
    done = each_page(read, lambda *both: worked.append(both), pages, "working", Console())
    assert worked == [("a", 10), ("c", 30)]
    assert done == (["a", "c"], ["b", "d"])
    assert "-2 is below 0." in capsys.readouterr().out


def test_the_next_page_is_read_while_one_is_worked_on():
    began = {name: threading.Event() for name in "abc"}

    def read(name):
        began[name].set()
        return name

    def work(name, _):
        following = began.get(chr(ord(name) + 1))
        assert following is None or following.wait(5), "the next page waits for this one"
        after_next = began.get(chr(ord(name) + 2))
        assert after_next is None or not after_next.is_set(), "no more than one page waits"

    assert each_page(read, work, {name: name for name in "abc"}, "working", QUIET)[0] == [*"abc"]


def test_no_pages_are_no_error():
    assert each_page(int, print, {}, "working", QUIET) == ([], [])


def test_other_errors_are_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        each_page(lambda page: 1 / page, print, {"a": 0}, "working", QUIET)


def test_the_bar_tells_the_speed():
    with progress_bar(Console(quiet=True)) as progress:
        task = progress.add_task("working", total=2)
        speed = progress.columns[3]
        assert speed.render(progress.tasks[task]) == ""
        progress.tasks[task].finished_speed = 12.34
        assert speed.render(progress.tasks[task]) == "12.3 a second"
