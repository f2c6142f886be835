"""The commands: each reads arguments, calls one function, and prints."""

from . import pages, models, comparison, timing, dimensions, teaching  # noqa: I001 - the order of `seglab --help`
from .options import app, console

__all__ = ["app", "comparison", "console", "dimensions", "models", "pages", "teaching", "timing"]
