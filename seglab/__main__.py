"""The entry of the command line."""

import sys

from seglab.commands import app, console
from seglab.errors import InputError

INTERRUPTED = 130  # the exit status that typer gives a command after Ctrl-C


def main():
    """Run the command line; what the user can mend is told in a sentence, without a traceback."""
    try:
        app()
    except InputError as error:
        console.print(
            f"seglab: {error}", style="red", highlight=False, markup=False, soft_wrap=True
        )
        sys.exit(1)
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:
            console.print(
                "seglab: interrupted. train and compare go on where they were, by the same command."
            )
        raise


if __name__ == "__main__":
    main()
