"""Records: what is written is read, what is broken counts as none, and what changed is told."""

import json

import pytest
import synthetic_class
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab.grading import records
from seglab.grading.records import CRASHED, GRADED, STATUSES, Change, Record, Result
from seglab.grading.submissions import Submission

texts = st.text(max_size=30)
results = st.builds(
    Result,
    texts,
    st.sampled_from(STATUSES),
    st.integers(0, 9),
    st.integers(0, 9),
    texts,
    texts,
    texts,
)
some_records = st.builds(
    Record,
    submission=st.just("ada"),
    file=texts,
    notebook=st.none() | st.integers(1, 9),
    student=texts,
    status=st.just(GRADED),
    message=texts,
    sandbox=texts,
    results=st.lists(results, max_size=3).map(tuple),
    reflections=st.dictionaries(texts, texts, max_size=2),
    seconds=st.floats(0, 1e6),
    key=texts,
)


def the_class():
    return {record.submission: record for record in synthetic_class.records()}


@settings(derandomize=True, database=None, deadline=None, max_examples=50)
@given(some_records)
def test_what_is_written_is_read(tmp_path_factory, record):
    folder = tmp_path_factory.mktemp("records")
    records.write(record, folder)
    assert records.read(folder) == {"ada": record}


def test_half_a_character_survives(tmp_path):
    record = Record("ada", "\ud800.ipynb", 2, "", GRADED, "\udfff")
    records.write(record, tmp_path)
    assert records.read(tmp_path) == {"ada": record}


def test_a_class_is_read_as_it_was_written(tmp_path):
    assert records.read(tmp_path) == {}
    for record in the_class().values():
        records.write(record, tmp_path)
    assert records.read(tmp_path) == the_class()
    assert {file.stem for file in (tmp_path / "records").iterdir()} == set(the_class())


def test_all_but_the_seconds_is_the_same_again(tmp_path):
    record = synthetic_class.records()[0]
    texts = []
    for seconds in 1.0, 2.0:
        records.write(record._replace(seconds=seconds), tmp_path)
        texts.append((tmp_path / "records" / f"{record.submission}.json").read_text())
    assert texts[0].replace('"seconds": 1.0', '"seconds": 2.0') == texts[1]


def broken():
    good = synthetic_class.records(1)[0]
    data = json.loads(json.dumps(good._asdict() | {"results": [r._asdict() for r in good.results]}))
    yield good.submission, data, True
    for field, value in {
        "submission": "another",
        "status": "splendid",
        "notebook": "2",
        "seconds": "long",
        "results": [7],
        "reflections": [],
        "student": None,
        "unknown": 1,
    }.items():
        yield good.submission, data | {field: value}, False
    for field, value in {"points": "3", "status": "perfect", "extra": 1, "answer": None}.items():
        changed = [data["results"][0] | {field: value}]
        yield good.submission, data | {"results": changed}, False
    yield good.submission, {k: v for k, v in data.items() if k != "results"}, False
    yield good.submission, [data], False


@pytest.mark.parametrize("name, data, whole", [*broken()])
def test_a_broken_record_counts_as_none(tmp_path, name, data, whole):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / f"{name}.json").write_text(json.dumps(data))
    (tmp_path / "records" / "half.json").write_text(json.dumps(data)[:50])
    (tmp_path / "records" / "deep.json").write_text("[" * 100_000)
    (tmp_path / "records" / "bytes.json").write_bytes(b"\xff\xfe\x00")
    assert list(records.read(tmp_path)) == ([name] if whole else [])


def test_score_and_points_are_sums():
    for record in synthetic_class.records():
        assert record.points == (24 if record.status == GRADED else 0)
        assert record.score == sum(result.points for result in record.results) <= record.points


def test_nothing_changed_is_no_change():
    before = the_class()
    after = {name: record._replace(seconds=9.9, key="x") for name, record in before.items()}
    assert records.changes(before, after) == []
    assert records.changes({}, after) == records.changes(before, {}) == []


def test_changes_tell_who_and_why():
    before = the_class()
    name = next(n for n, r in before.items() if r.results and r.results[0].points == 3)
    record = before[name]
    first, second, *rest = record.results
    another = first._replace(status="wrong", points=1, answer="x = 2")
    judged_anew = second._replace(status="passed", points=0, of=5)
    new = Result("2z", "wrong", 0, 4)
    after = before | {name: record._replace(results=(another, judged_anew, *rest[1:], new))}
    (change,) = records.changes(before, after)
    assert change[:3] == (name, record.score, after[name].score)
    assert len(change.why) == 4
    assert "2a" in change.why[0] and "another answer" in change.why[0]
    assert "2b" in change.why[1] and "the same answer" in change.why[1]
    assert "2z" in change.why[2] and rest[0].question in change.why[3]


def test_a_crash_that_was_mended_is_a_change():
    crashed = records.crashed(Submission("ada", "ada.ipynb", b""), "bubblewrap", "k")
    assert crashed.status == CRASHED and crashed.score == crashed.points == 0
    result = Result("2a", "passed", 3, 3)
    mended = crashed._replace(status=GRADED, results=(result,))
    (change,) = records.changes({"ada": crashed}, {"ada": mended})
    assert change == Change("ada", 0, 3, ("crashed before, graded now", change.why[1]))
