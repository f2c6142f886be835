"""The state of an unfinished training, in one file that is always whole."""

import io
import json
from pathlib import Path

import numpy as np

from seglab.errors import InputError
from seglab.files import write_bytes


class Checkpoint:
    """What a training has reached: history, best weights, and all that the next epoch needs.

    settings: a dict that tells this training from others. path: where to keep the state after
    every epoch, or None for nowhere. If a file is there, its state is
    put into the compiled `model`: weights, optimizer and the random state of dropout. The file
    holds plain arrays and JSON, nothing that could run.
    """

    def __init__(self, path, model, settings):
        self.path = path and Path(path)
        self.model, self.settings = model, settings
        self.history = []
        self.best_weights = model.get_weights()
        if self.path and self.path.exists():
            self._restore()

    def add(self, **epoch):
        """Record a finished epoch; the weights of the highest `mean_iou` so far are the best."""
        if all(epoch["mean_iou"] > earlier["mean_iou"] for earlier in self.history):
            self.best_weights = self.model.get_weights()
        self.history.append(epoch)
        if self.path:
            self._write()

    def _variables(self):
        return [*self.model.variables, *self.model.optimizer.variables]

    def _write(self):
        about = {"settings": self.settings, "history": self.history}
        state = {f"variable_{i}": np.asarray(v) for i, v in enumerate(self._variables())}
        best = {f"best_{i}": weight for i, weight in enumerate(self.best_weights)}
        file = io.BytesIO()
        np.savez(file, about=json.dumps(about), **state, **best)
        write_bytes(self.path, file.getvalue())

    def _restore(self):
        try:
            with np.load(self.path, allow_pickle=False) as file:
                arrays = dict(file)
            about = json.loads(str(arrays["about"]))
            started, history = dict(about["settings"]), list(about["history"])
        except Exception as error:  # NumPy, zip and JSON fail on broken data in many ways
            raise self._unusable(error) from error
        self._refuse_other(started)
        try:
            variables = [arrays[f"variable_{i}"] for i in range(len(self._variables()))]
            best_weights = [arrays[f"best_{i}"] for i in range(len(self.best_weights))]
        except (KeyError, ValueError) as error:
            raise self._unusable(error) from error
        for variable, value in zip(self._variables(), variables, strict=True):
            variable.assign(value)
        self.history, self.best_weights = history, best_weights

    def _refuse_other(self, started):
        differing = [
            f"{key} {started.get(key)} instead of {asked}"
            for key, asked in self.settings.items()
            if started.get(key) != asked
        ]
        if differing:
            raise InputError(
                f"{self.path} holds an unfinished training with {', '.join(differing)}; "
                "give it the same options and pages to go on, or delete it to start anew."
            )

    def _unusable(self, error):
        return InputError(
            f"{self.path} is not a training that can go on ({error}); delete it to start anew."
        )
