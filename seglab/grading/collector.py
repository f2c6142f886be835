"""The untrusted half of the autograder: runs a student's cells and answers with plain data.

Everything here runs in the same process as the student's code, which may change any of it. That can
only change the answers: the judge, in another process, takes nothing from here but plain data.
"""

import random

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from seglab.grading import wire
from seglab.grading.names import LiveNames
from seglab.grading.student_models import rebuilt
from seglab.grading.verdicts import NotAttempted, Wrong


def shell():
    """An IPython shell that keeps no history and writes no file."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    return InteractiveShell.instance(config=config)


def serve(connection, shell):
    """Answer requests until the connection ends."""
    random.seed(0)
    np.random.seed(0)
    serving = Serving(shell)
    while True:
        number, method, arguments = wire.receive(connection)
        try:
            reply = ("ok", getattr(serving, f"on_{method}")(*arguments))
        except NotAttempted:
            reply = ("not attempted", "")
        except Wrong as wrong:
            reply = ("wrong", wrong.sentence)
        try:
            wire.send(connection, (number, *reply))
        except wire.TooLarge:
            wire.send(connection, (number, "wrong", "The answer is far too large."))


class Serving:
    """What the judge may ask for."""

    def __init__(self, shell):
        self.shell = shell
        self.names = LiveNames(shell.user_ns)
        self.models = []

    def on_run(self, source):
        """Run a cell; the name of the exception that it ended in, or None."""
        result = self.shell.run_cell(source, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        return type(error).__name__ if error else None

    def on_value(self, name):
        return self.names.value(name)

    def on_call(self, name, arguments):
        return self.names.call(name, *arguments)

    def on_build(self, name, arguments):
        """(configuration or None, weights, number by which it can be probed)."""
        described = self.names.build(name, *arguments)
        self.models.append(described.model)
        return described.config, described.weights, len(self.models) - 1

    def on_rebuild(self, config, weights):
        """(number by which the model can be probed, its layers, the shape of its input)."""
        described = rebuilt(config, weights)
        self.models.append(described.model)
        return len(self.models) - 1, *described.structure

    def on_probe(self, number, images, weights):
        return self.names.probe(self.models[number], images, weights)
