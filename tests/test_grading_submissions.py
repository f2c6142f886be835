"""Who handed in what: every layout, every accident, and nobody lost."""

import warnings

import nbformat
import pytest
from handed_in_notebooks import both, folder_of, notebook, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from seglab.errors import InputError
from seglab.grading.cells import cells, notebook_number
from seglab.grading.students import students
from seglab.grading.submissions import submissions

LAYOUTS = {
    "flat": (["ada.ipynb", "bob.ipynb"], ["ada", "bob"]),
    "one folder, flat": (["all/ada.ipynb", "all/bob.ipynb"], ["ada", "bob"]),
    "folders": (["ada/02_x.ipynb", "bob/02_x.ipynb"], ["ada", "bob"]),
    "nbgrader": (["submitted/ada/ps2/02_x.ipynb", "submitted/bob/ps2/02_x.ipynb"], ["ada", "bob"]),
    "homework first": (
        ["hw1/ada/a.ipynb", "hw1/bob/b.ipynb", "hw2/carl/c.ipynb"],
        ["ada", "bob", "carl"],
    ),
    "deep": (["ada/very/deep/down/x.ipynb", "bob/x.ipynb"], ["ada", "bob"]),
    "one student": (["ada/02_x.ipynb"], ["ada"]),
    "Moodle": (
        [
            "Ada Lovelace_123_assignsubmission_file_/02_x.ipynb",
            "Żaneta Nowak_99_assignsubmission_file_/sub/final.ipynb",
        ],
        ["Ada Lovelace", "Żaneta Nowak"],
    ),
    "Moodle without folders": (
        [
            "Ada Lovelace_123_assignsubmission_file_02_x.ipynb",
            "Bob_99_assignsubmission_file_Ada Lovelace_123_assignsubmission_file_02_x.ipynb",
        ],
        ["Ada Lovelace", "Bob"],
    ),
    "Moodle, blind": (
        [
            "Participant_7_assignsubmission_file_/a.ipynb",
            "Participant_8_assignsubmission_file/b.ipynb",
        ],
        ["Participant 7", "Participant 8"],
    ),
    "Canvas": (
        ["lovelaceada_LATE_1234_56789_02_x-1.ipynb", "turingalan_99_56790_02_x.ipynb"],
        ["lovelaceada", "turingalan"],
    ),
    "Gradescope": (
        [
            "assignment_1_export/submission_12345/02_x.ipynb",
            "assignment_1_export/submission_12346/02_x.ipynb",
            "assignment_1_export/submission_metadata.yml",
        ],
        ["submission_12345", "submission_12346"],
    ),
}


@pytest.mark.parametrize("paths, names", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(tmp_path, paths, names):
    found = both(tmp_path, {path: notebook(text=path) for path in paths})
    assert [one.name for one in found] == names
    assert all(one.content == notebook(text=one.file) and not one.note for one in found)


def test_one_file_is_one_submission(tmp_path):
    folder_of(tmp_path, {"alice.ipynb": notebook()})
    assert submissions(tmp_path / "alice.ipynb") == [("alice", "alice.ipynb", notebook(), "")]


def test_clutter_is_no_submission(tmp_path):
    clutter = [
        "ada/.ipynb_checkpoints/02_x-checkpoint.ipynb",
        "__MACOSX/ada/._02_x.ipynb",
        ".git/x.ipynb",
        "ada/.hidden.ipynb",
        "grades.csv",
        "README.md",
    ]
    files = dict.fromkeys([*clutter, "ada/02_x.ipynb", "bob/02_x.ipynb"], notebook())
    assert [one.name for one in both(tmp_path, files)] == ["ada", "bob"]


def test_whatever_a_student_hands_in_is_a_submission(tmp_path):
    files = {
        "ada/02_x.ipynb": b"",
        "bob/02_x.ipynb.txt": notebook(),
        "carl/homework.json": notebook(),
        "dora/02_x.pdf": b"%PDF",
        "emil/02_x.IPYNB": notebook()[:200],
        "fay/02_x.ipynb": bytes(range(256)),
    }
    found = {one.name: one for one in both(tmp_path, files)}
    assert list(found) == ["ada", "bob", "carl", "dora", "emil", "fay"]
    for name, one in found.items():
        if name in ("bob", "carl"):
            assert notebook_number(cells(one.content), one.file) == 2
        else:
            with pytest.raises(InputError, match="^unreadable: "):
                cells(one.content)


def test_the_newest_version_wins_and_says_so(tmp_path):
    old = {"ada/02_x.ipynb": notebook(text="old"), "bob/02_x.ipynb": notebook()}
    folder_of(tmp_path, old, minute=5)
    folder_of(tmp_path, {"ada/02_a.ipynb": notebook(text="new")}, minute=9)
    ada, bob = submissions(tmp_path)
    assert ada.content == notebook(text="new")
    assert "02_x.ipynb" in ada.note and not bob.note


@pytest.mark.parametrize("copies", [["02_x (9)", "02_x (10)"], ["02_x-2", "02_x-10"]])
def test_of_one_age_the_last_name_wins(tmp_path, copies):
    files = {f"ada/{name}.ipynb": notebook(text=name) for name in ["02_x", *copies]}
    ada, _ = both(tmp_path, files | {"bob/02_x.ipynb": notebook()})
    assert ada.file == f"ada/{copies[-1]}.ipynb" and "ada/02_x.ipynb" in ada.note


def test_a_version_that_can_be_read_wins(tmp_path):
    moodle = "Ada_1_assignsubmission_file_"
    folder_of(
        tmp_path, {f"{moodle}/02_x.ipynb": notebook(), "Bob_2_assignsubmission_file_/y": b"?"}
    )
    folder_of(tmp_path, {f"{moodle}/02_x (1).ipynb": notebook()[:99]}, minute=9)
    assert submissions(tmp_path)[0].content == notebook()


def test_canvas_tells_the_newer_one_by_its_number(tmp_path):
    paths = ["adaada_7_100_02_x.ipynb", "adaada_7_99_02_x-2.ipynb", "bobbob_8_98_02_x.ipynb"]
    ada, bob = both(tmp_path, {path: notebook(text=path) for path in paths})
    assert ada.file == paths[0] and paths[1] in ada.note and bob.file == paths[2]


def test_several_notebooks_of_a_student_are_several_submissions(tmp_path):
    files = {f"{who}/0{n}_x.ipynb": notebook(n) for n in (1, 2) for who in ("ada", "bob")}
    found = both(
        tmp_path,
        files | {"ada/scratch.ipynb": nbformat.writes(nbformat.v4.new_notebook()).encode()},
    )
    assert [one.name for one in found] == ["ada", "ada-2", "bob", "bob-2"]
    assert "scratch" in found[0].note


def test_nobody_is_lost_in_a_group_s_folder(tmp_path):
    typed = {f"{g}/{w}.ipynb": notebook(typed=w) for g, w in zip("xxy", ("ada", "bob", "carl"))}
    assert [one.name for one in both(tmp_path / "typed", typed)] == ["ada", "bob", "y"]
    blank = {path: notebook() for path in typed}
    assert [one.name for one in both(tmp_path / "blank", blank)] == ["ada", "bob", "y"]
    many = {f"{'xy'[i % 2]}/student {i}.ipynb": notebook() for i in range(20)}
    names = [one.name for one in both(tmp_path / "many", many)]
    assert names == [f"student {i}" for i in range(20)]


def test_nobody_passes_for_another(tmp_path):
    files = {
        "eve/ada_1_999999_02_x.ipynb": notebook(text="eve"),
        "eve/Ada_1_assignsubmission_file_/02_x.ipynb": notebook(text="eve"),
        "ada/02_x.ipynb": notebook(text="ada"),
        "bob/02_x.ipynb": notebook(text="bob"),
        "carl/02_x.ipynb": notebook(text="carl"),
    }
    found = {one.name: one for one in both(tmp_path, files)}
    assert found["ada"].content == notebook(text="ada")
    assert {"ada", "bob", "carl"} <= set(found)
    assert {student.platform for student in students(files).values()} == {"folder"}


def test_names_are_unique_and_safe_for_every_file_system(tmp_path):
    stems = ["a/x/../x", "A", "a", "SS", "ß", "=1+1", "CON", "\u202eevil", "ÅÖ ñ 李", "C:\\q"]
    paths = [f"{stem}.ipynb" for stem in [*stems, "x" * 300]]
    found = submissions(zip_of(tmp_path / "all.zip", {p: notebook(text=p) for p in paths}))
    names = [one.name for one in found]
    assert len({name.casefold() for name in names}) == len(names) == len(paths)
    assert "ÅÖ ñ 李" in names
    for name in names:
        file = tmp_path / "names" / f"{name}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
        assert file.parent == tmp_path / "names" and name.isprintable()
        assert not name.startswith(("=", "+", "-", "@", ".")) and name != "CON"


@settings(derandomize=True, database=None, deadline=None, max_examples=50)
@given(st.dictionaries(st.text(min_size=1, max_size=40), st.binary(max_size=60), min_size=1))
def test_any_zip_gives_submissions_or_a_sentence(tmp_path_factory, files):
    path = tmp_path_factory.mktemp("any") / "all.zip"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there twice
        zip_of(path, {f"{name}.ipynb": content for name, content in files.items()})
    try:
        found = submissions(path)
    except InputError:
        return
    assert len({one.name for one in found}) == len(found) <= len(files)


@given(st.lists(st.text("ab/_12.", min_size=1, max_size=30), max_size=8))
def test_every_path_has_a_student(paths):
    assert set(students(paths)) == set(paths)
