"""A piece of code under the lens, and what comes of running code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """A piece of code under the lens.

    code, repair: Python, each complete in itself. raises: name of the exception that `code` ends
    in, and message: a part of what it says (both None where it runs). found, repaired: what `code`
    and `repair` leave in the name `found` (None where nothing is left). why: for a student.
    """

    name: str
    title: str
    code: str
    why: str
    repair: str
    raises: str | None = None
    message: str | None = None
    found: object = None
    repaired: object = None


@dataclass(frozen=True)
class Outcome:
    """What came of running code: an exception's name and message, or the value of `found`."""

    raises: str | None = None
    message: str | None = None
    found: object = None


def outcome(code):
    """Run trusted code (a listing, a repair that its reader typed) and say what came of it."""
    names = {}
    try:
        exec(compile(code, "<listing>", "exec"), names)
    except Exception as error:
        return Outcome(type(error).__name__, str(error))
    return Outcome(found=names.get("found"))
