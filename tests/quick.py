"""Which cases of a long list stand for all of them in a quick run."""

import pytest


def slow_but(quick, cases):
    """The cases as parameters, slow if they are none of the quick ones."""
    return [pytest.param(case, marks=() if case in quick else pytest.mark.slow) for case in cases]
