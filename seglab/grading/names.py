"""The names that a student's code has made, in this process.

The autograder reaches the names of another process by the same four methods. All of them give plain
data; all of them raise `NotAttempted` where the stub is still there.
"""

from seglab.grading import student_models
from seglab.grading.plain import plain
from seglab.grading.verdicts import NotAttempted, StudentError, Wrong, said


class LiveNames:
    """The names of a notebook that runs, as a dict."""

    def __init__(self, namespace):
        self.namespace = namespace

    def value(self, name):
        """The value of a variable."""
        value = self._named(name)
        if value is ... or value is None:
            raise NotAttempted(name)
        return plain(value, name)

    def call(self, name, *arguments):
        """What a function gives for these arguments, which it cannot change for others."""
        return plain(self._called(name, arguments), f"{name}(...)")

    def build(self, name, *arguments):
        """The model that a function gives, as `student_models.Description`."""
        return student_models.description(self._called(name, arguments), name)

    def probe(self, model, images, weights=None):
        """Scores of a model that `build` found to be subclassed."""
        return plain(student_models.probed(model, images, weights), "the model's scores")

    def _named(self, name):
        if name not in self.namespace:
            raise NotAttempted(name)
        return self.namespace[name]

    def _called(self, name, arguments):
        function = self._named(name)
        if function is ...:
            raise NotAttempted(name)
        if not callable(function):
            raise Wrong(f"{name} should be a function; did a later cell give the name away?")
        try:
            return function(*(plain(argument) for argument in arguments))
        except NotImplementedError as stub:
            raise NotAttempted(name) from stub
        except Exception as error:  # the student's code may fail in any way
            raise StudentError(f"{name} raised {said(error)}") from error
