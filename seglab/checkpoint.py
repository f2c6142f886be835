"""The state of an unfinished training, in one file that is always whole."""

import io
import json
from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from seglab.errors import InputError
from seglab.files import write_bytes


class Checkpoint:
    """What a training has reached: history, best weights, and all that the next epoch needs.

    path: where to keep it after every epoch, or None for nowhere. If a file is there, its state is
    put into the compiled `model`: weights, optimizer and the random state of dropout. The file
    holds plain arrays and JSON, nothing that could run.
    """

    def __init__(self, path, model, recipe):
        self.path = path and Path(path)
        self.model, self.recipe = model, recipe
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
        about = {"recipe": asdict(self.recipe), "history": self.history}
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
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise InputError(
                f"{self.path} is not a training that can go on ({error}); delete it to start anew."
            ) from error
        if about["recipe"] != asdict(self.recipe):
            started, asked = about["recipe"], asdict(self.recipe)
            differing = ", ".join(
                f"{key} {started.get(key)} instead of {asked[key]}"
                for key in asked
                if started.get(key) != asked[key]
            )
            raise InputError(
                f"{self.path} holds an unfinished training with {differing}; "
                "give it the same options to go on, or delete it to start anew."
            )
        self.history = about["history"]
        self.best_weights = [arrays[f"best_{i}"] for i in range(len(self.best_weights))]
        for i, variable in enumerate(self._variables()):
            variable.assign(arrays[f"variable_{i}"])
