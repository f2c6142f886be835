"""Grades for spreadsheets, Moodle, Canvas and Gradescope."""

import csv
import io
import json
import random

import pytest
import synthetic_class

from seglab.errors import InputError
from seglab.grading import gradebooks
from seglab.grading.canvas import fill_canvas
from seglab.grading.gradebooks import grades_csv, gradescope_json, moodle_csv
from seglab.grading.records import BUBBLEWRAP, GRADED, Record, Result

QUESTIONS = synthetic_class.questions()
HEADING = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notebook 1 (71),Notebook 2 (72),Final Score\n"
)
POSSIBLE = "    Points Possible,,,,,20,24,(read only)\n"
GRADEBOOK = (
    HEADING
    + POSSIBLE
    + '"Lovelace, Ada",1234,u1,ada01,A,17,,85\n'
    + '"Żuk, Łukasz",1235,u2,luk02,A,,,\n'
    + '"Turing, Alan",1236,u3,alt03,B,,5,\n'
    + '"Turing, Alan",1237,u4,alt04,B,,,\n'
    + '"Student, Test",1299,,,A,,,\n'
)


def record(name, file=None, points=20, student="", notebook=2):
    result = Result(f"{notebook}a", "wrong", points, 24)
    file = file or f"{name}.ipynb"
    return Record(name, file, notebook, student, GRADED, sandbox=BUBBLEWRAP, results=(result,))


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_grades_hold_every_point():
    records = synthetic_class.records()
    found = {row["submission"]: row for row in rows(grades_csv(records))}
    assert list(found) == sorted(found) and len(found) == 30
    for each in records:
        row = found[each.submission]
        assert row["status"] == each.status
        assert (int(row["score"]), int(row["points"])) == (each.score, each.points)
        for result in each.results:
            assert row[result.question] == str(result.points)
    assert list(row)[:5] == ["submission", "status", "score", "points", "2a"]


def test_columns_stand_in_the_order_of_the_questions():
    asked = ["10a", "2b", "2a", "1c"]
    results = tuple(Result(id, "passed", 1, 1) for id in asked)
    row = rows(grades_csv([record("ada")._replace(results=results)]))[0]
    assert list(row)[4:] == ["1c", "2a", "2b", "10a"]


def test_the_same_records_give_the_same_bytes(tmp_path):
    records = synthetic_class.records()
    written = []
    for run in range(2):
        random.Random(run).shuffle(records)
        again = [each._replace(seconds=run) for each in records]
        gradebooks.write(again, tmp_path / str(run), QUESTIONS)
        files = sorted(file for file in (tmp_path / str(run)).rglob("*") if file.is_file())
        written.append({f.relative_to(tmp_path / str(run)): f.read_bytes() for f in files})
    assert written[0] == written[1] and len(written[0]) == 32


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\n="])
def test_no_cell_is_a_formula(sign):
    name = f"{sign}HYPERLINK(1)"
    moodle = f"{name}_12_assignsubmission_file_/x.ipynb"
    for text in grades_csv([record(name)]), moodle_csv([record(name, moodle)]):
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert f"'{name.strip()}" in cells
        assert not [cell for cell in cells if cell.strip().startswith(sign[-1]) and cell != "-"]


def test_moodle_knows_its_participants_and_adds_their_notebooks():
    file = "Ada Lovelace_1234_assignsubmission_file_/0{}_x.ipynb"
    records = [record("Ada Lovelace", file.format(2)), record("Ada Lovelace-2", file.format(1))]
    row, *others = rows(moodle_csv([*records, record("bob")]))
    assert row["Identifier"] == "Participant 1234" and row["Full name"] == "Ada Lovelace"
    assert row["Grade"] == "40" and row["Last modified (grade)"] == "-"
    assert [(other["Identifier"], other["Full name"]) for other in others] == [("", "bob")]


@pytest.fixture
def gradebook(tmp_path):
    file = tmp_path / "gradebook.csv"
    file.write_text(GRADEBOOK, "utf-8-sig")
    return file


def test_canvas_gets_one_column_and_keeps_the_rest(gradebook):
    records = [
        record("lovelaceada", "lovelaceada_LATE_1234_56789_02_x.ipynb", 21),
        record("luk02", points=13),
    ]
    filled = fill_canvas(gradebook, records, "Notebook 2")
    before, after = GRADEBOOK.splitlines(), filled.text.splitlines()
    assert before[:2] == after[:2] and not filled.unmatched
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b for _, b in changed] == [
        '"Lovelace, Ada",1234,u1,ada01,A,17,21,85',
        '"Żuk, Łukasz",1235,u2,luk02,A,,13,',
    ]


@pytest.mark.parametrize("name", ["Łukasz Żuk", "żukłukasz", "LUK02", "u2"])
def test_canvas_finds_logins_and_names(gradebook, name):
    filled = fill_canvas(gradebook, [record(name, points=9)], "Notebook 2 (72)")
    assert rows(filled.text)[2]["Notebook 2 (72)"] == "9"


@pytest.mark.parametrize(
    "record", [record("Alan Turing"), record("nobody"), record("Test", points=1)]
)
def test_canvas_reports_whom_it_does_not_know(gradebook, record):
    filled = fill_canvas(gradebook, [record], "Notebook 2")
    assert filled.text == GRADEBOOK
    assert len(filled.unmatched) == 1 and record.submission in filled.unmatched[0]


def test_canvas_fills_nothing_by_an_id_that_was_typed(gradebook):
    filled = fill_canvas(gradebook, [record("eve", student="ada01")], "Notebook 2")
    assert (
        filled.text == GRADEBOOK and "typed in it is that of Lovelace, Ada" in filled.unmatched[0]
    )


def test_canvas_gives_no_row_to_two(gradebook):
    filled = fill_canvas(gradebook, [record("ada01"), record("Ada Lovelace")], "Notebook 2")
    assert filled.text == GRADEBOOK and len(filled.unmatched) == 2
    two = [record("ada01", f"ada01/0{n}.ipynb", 4) for n in (1, 2)] + [record("x", "luk02/1.ipynb")]
    assert rows(fill_canvas(gradebook, two, "Notebook 2").text)[1]["Notebook 2 (72)"] == "8"


def test_canvas_in_a_land_of_decimal_commas(tmp_path):
    file = tmp_path / "gradebook.csv"
    text = GRADEBOOK.replace(", ", "\0").replace(",", ";").replace("\0", ", ").replace("\n", "\r\n")
    file.write_bytes(text.encode())
    filled = fill_canvas(file, [record("ada01", points=3)], "Notebook 2")
    assert filled.text.replace('"', "") == text.replace('"', "").replace(";17;;85", ";17;3;85")


@pytest.mark.parametrize("column", ["Notebook 9", "ID", "Section", "Student", ""])
def test_canvas_names_the_columns_that_there_are(gradebook, column):
    with pytest.raises(InputError, match=r"Notebook 1 \(71\), Notebook 2 \(72\)"):
        fill_canvas(gradebook, [], column)


def test_what_is_no_gradebook_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00a")
    for name in "a.csv", "b.csv", "c.csv":
        with pytest.raises(InputError, match=name):
            fill_canvas(tmp_path / name, [], "Notebook 2")


def test_gradescope_s_sums_are_the_record_s():
    for each in synthetic_class.records():
        results = json.loads(gradescope_json(each, QUESTIONS))
        assert results["score"] == each.score == sum(t["score"] for t in results["tests"])
        assert each.points == sum(test["max_score"] for test in results["tests"])
        assert each.status in results["output"]
        for test, result in zip(results["tests"], each.results, strict=True):
            assert result.status in test["output"]
            assert not result.got or result.got not in test["output"]
