"""Files from strangers: links, floods and broken archives stay their own sender's trouble."""

import io
import os
import stat
import zipfile

import pytest
from handed_in_notebooks import both, folder_of, notebook, zip_of

from seglab.errors import InputError
from seglab.grading import handed_in
from seglab.grading.cells import cells
from seglab.grading.submissions import submissions


def test_links_lead_nowhere(tmp_path):
    (tmp_path / "secret").write_bytes(notebook(text="secret"))
    folder_of(tmp_path / "in", {"ada.ipynb": notebook()})
    (tmp_path / "in" / "bob.ipynb").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "all").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe.ipynb")
    assert [one.name for one in submissions(tmp_path / "in")] == ["ada"]
    link = zipfile.ZipInfo("bob.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../etc/ada.ipynb", notebook())
    (ada,) = submissions(tmp_path / "in.zip")
    assert ada.name in ("ada", "etc") and ".." not in ada.file


def test_a_flood_is_nobody_else_s_loss(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "LARGEST", 10_000)
    monkeypatch.setattr(handed_in, "MOST_BYTES", 10_000)
    files = {
        "ada/02_x.ipynb": notebook(),
        "bomb/02_x.ipynb": b" " * 10_000_000,
        "eve/02_x.ipynb": b" " * 9_500,
        "eve/02_y.ipynb": b" " * 9_600,
    }
    found = {one.name: one for one in both(tmp_path, files)}
    assert found["ada"].content == notebook()
    with pytest.raises(InputError, match="larger than 0 MB"):
        cells(found["bomb"].content)
    assert sum(len(one.content) for one in found.values()) < 12_000


def test_a_broken_entry_is_one_student_s(tmp_path):
    path = zip_of(tmp_path / "all.zip", {"ada.ipynb": notebook(), "bob.ipynb": b"x" * 5_000})
    data = bytearray(path.read_bytes())
    at = data.index(b"bob.ipynb") + len(b"bob.ipynb")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    ada, bob = submissions(path)
    assert ada.content == notebook()
    with pytest.raises(InputError, match="cannot be opened"):
        cells(bob.content)


def test_what_is_no_source_is_said_in_a_sentence(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(
        zip_of(tmp_path / "a.zip", {"a": b"b" * 999}).read_bytes()[:60]
    )
    for name, said in ("empty", "no notebook"), ("broken.zip", "broken one"), ("none", "not exist"):
        with pytest.raises(InputError, match=said):
            submissions(tmp_path / name)


def test_an_encrypted_zip_is_told(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ada.ipynb", notebook())
    data = bytearray(buffer.getvalue())
    data[6] |= 1  # the flag of encryption, in the entry and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(InputError, match="cannot be opened"):
        cells(submissions(tmp_path / "all.zip")[0].content)
