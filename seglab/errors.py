"""The one exception that the command line turns into a sentence."""


class InputError(ValueError):
    """What the user gave cannot be used.

    The message is one sentence for a person: what came, what was expected, how to mend it. The
    command line prints it without a traceback and exits with 1.
    """
