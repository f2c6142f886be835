"""Every solution notebook, run as a student would run it: no error, no complaint, full marks."""

import nbclient
import pytest
from planted import SCRIPTS

from seglab.grading.notebooks import solution
from seglab.grading.questions import questions

TRAIN = (3, 4, 6, 7, 8, 9, 10, 11, 12)  # for a minute or more
NUMBERS = [pytest.param(n, marks=pytest.mark.long) if n in TRAIN else n for n in SCRIPTS]


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_a_solved_notebook_runs_and_has_full_marks(number, tmp_path):
    notebook = solution(SCRIPTS[number].read_text("utf-8"), SCRIPTS[number].stem)
    where = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=600, resources=where).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    cards = [o.data["text/plain"] for o in outputs if "seglab-card" in str(o.get("data", {}))]
    for question in questions(number).values():
        assert any(f"{question.id} passed: {question.points} point" in card for card in cards)
    total = sum(question.points for question in questions(number).values())
    assert f"{total} of {total} points visible so far" in cards[-1]
