"""The questions as tests: of the solutions, or of one notebook.

pytest tests/grading --submission alice.ipynb
"""

import atexit
from functools import lru_cache
from pathlib import Path

import pytest

from seglab.grading.answers import Answers
from seglab.grading.names import LiveNames
from seglab.grading.questions import the_question
from seglab.grading.verdicts import NotAttempted, StudentError, Wrong


def pytest_addoption(parser):
    parser.addoption("--submission", type=Path, help="The notebook to be judged; in a sandbox.")


@pytest.fixture
def answers(request):
    """The answers to the question that a test function asks."""
    function = request.function
    id = function.question.id if hasattr(function, "question") else function.hidden[0]
    submission = request.config.getoption("--submission", default=None)
    if submission is None:
        from planted import names

        return Answers(LiveNames(names(int(id[:-1]), "ada")), "ada", the_question(id))
    names, student, number = _submitted(submission)
    if number != int(id[:-1]):
        pytest.skip(f"the submission is notebook {number}")
    return Answers(names, student, the_question(id))


@lru_cache
def _submitted(submission):
    from seglab.grading import cells, marking
    from seglab.grading.remote import RemoteNames
    from seglab.grading.session import Session

    settings = marking.Settings()
    written = cells.cells(submission.read_bytes())
    session = Session(marking.nursery(settings), marking.to_run(written), settings.limits)
    atexit.register(session.end)
    names = RemoteNames(session.ask)
    return names, marking.student_of(names), cells.notebook_number(written, submission.name)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """A wrong answer fails with its sentence, not with a traceback of the question."""
    try:
        return (yield)
    except NotAttempted as missing:
        pytest.fail(f"not attempted: {missing}", pytrace=False)
    except (Wrong, StudentError) as wrong:
        pytest.fail(f"{wrong.sentence} Yours: {wrong.got}", pytrace=False)
