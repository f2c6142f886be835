"""The map of the lecture leads to questions, parts and tests that are there."""

import importlib
import re

import pytest
from planted import ROOT, SCRIPTS, every_question

MAP = (ROOT / "notebooks" / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?![:*]|The lecture)(.+) \| (.+) \|$", MAP, re.MULTILINE)
PLACE = re.compile(r"`[^`]+`|\*[^*]+\*, \d+")
PLACES = [place for _, where in ROWS for place in PLACE.findall(where)]


def headings(number):
    """The parts of a notebook, without the number and points of a question."""
    return re.findall(r"^# ## (.+?)(?: \(.*)?$", SCRIPTS[number].read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("place", sorted(set(PLACES)))
def test_a_place_is_there(place):
    if part := re.fullmatch(r"\*(.+)\*, (\d+)", place):
        assert part[1] in headings(int(part[2]))
    elif test := re.fullmatch(r"`tests/(\w+)\.py(?:::(\w+))?`", place):
        assert not test[2] or hasattr(importlib.import_module(test[1]), test[2])
        assert (ROOT / "tests" / f"{test[1]}.py").exists()
    else:
        assert place.strip("`") in {question.id for question in every_question()}


def test_every_claim_has_a_place_and_every_question_a_claim():
    assert len(ROWS) > 35
    assert [where for _, where in ROWS if PLACE.sub("", where).strip(",; ")] == []
    placed = {place.strip("`") for place in PLACES}
    # Those ask for the craft: stitching, ink, a record, a front.
    craft = {"3c", "3e", "3g", "3h", "4g", "6g", "7g", "7h", "8c", "8e", "11c", "11d"}
    assert {question.id for question in every_question()} - placed == craft
