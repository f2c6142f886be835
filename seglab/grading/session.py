"""A student's cells, run in the sandbox; what hangs or kills is left out, the rest run again."""

import time
from typing import NamedTuple

from seglab.grading.remote import Ended, Run
from seglab.grading.verdicts import NotAttempted, StudentError, TimedOut, Wrong

# What is asked of a model that is made again, and what the process is asked then.
OF_MODELS = {"rebuild": "rebuild", "probe again": "probe"}


class Limits(NamedTuple):
    """Seconds for a cell, for one request of a question, for a submission; and new starts."""

    cell: float = 20
    request: float = 10
    submission: float = 120
    starts: int = 8


class Session:
    """The process of one submission, replaced when it ends too early.

    Models are made again in a second process, in which no code of the student's runs.
    cells: [(id, source)]. left_out: {id of a cell: "timed out" or "ended"}, cells that are not run
    any more.
    """

    def __init__(self, nursery, cells, limits):
        self.nursery, self.cells, self.limits = nursery, cells, limits
        self.late = time.monotonic() + limits.submission
        self.left_out, self.starts, self.runs = {}, 0, {}
        self._start()

    def ask(self, method, *arguments):
        """The reply to a question's request; the process is new after one that it did not survive.

        Raises `TimedOut` or `StudentError` then, and at once when there are no more new starts.
        """
        purpose = "models" if method in OF_MODELS else "cells"
        run = self.runs.get(purpose) or (self._new(purpose) if purpose == "models" else None)
        if run is None:
            raise TimedOut("The submission took too long, or ended too often.")
        try:
            seconds = self._seconds(self.limits.request)
            return run.ask(seconds, OF_MODELS.get(method, method), *arguments)
        except Ended as ended:
            self._end(purpose)
            if purpose == "cells":
                self._start()
            if ended.timed_out:
                raise TimedOut("Your code takes too long here.") from ended
            raise StudentError("Your code ends Python here.") from ended

    def end(self):
        for purpose in tuple(self.runs):
            self._end(purpose)

    def _start(self):
        """Run all cells in a new process, as often as it takes to find those that it survives."""
        while (run := self._new("cells")) is not None and not self._survives(run):
            self._end("cells")

    def _new(self, purpose):
        """A new process; None if there were too many, or there is no time left."""
        if self.starts == self.limits.starts or self._seconds(1) <= 0:
            return None
        self.starts += 1
        self.runs[purpose] = Run(self.nursery)
        return self.runs[purpose]

    def _end(self, purpose):
        self.runs.pop(purpose).end()

    def _survives(self, run):
        """True if the process survives all cells; one that it does not is left out from now on."""
        for id, source in self.cells:
            if id not in self.left_out:
                try:
                    run.ask(self._seconds(self.limits.cell), "run", source)
                except Ended as ended:
                    self.left_out[id] = "timed out" if ended.timed_out else "ended"
                    return False
                except (NotAttempted, Wrong):  # nothing that the collector says of a cell
                    continue
        return True

    def _seconds(self, most):
        return min(most, max(self.late - time.monotonic(), 0))
