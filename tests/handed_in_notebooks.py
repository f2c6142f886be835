"""Notebooks as students hand them in, in folders and zips."""

import os
import zipfile

import nbformat

from seglab.grading.submissions import submissions


def notebook(number=2, typed="", text=""):
    """The bytes of a notebook with one question."""
    source = f'STUDENT = "{typed}"\n{text}'
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Layers", id="cell-000"),
            nbformat.v4.new_code_cell(source, id=f"answer-{number}a"),
            nbformat.v4.new_code_cell(f'check("{number}a")', id=f"check-{number}a"),
        ]
    )
    return nbformat.writes(made).encode()


def folder_of(root, files, minute=0):
    """Write {path: bytes} below root, all of one age."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (60 * minute, 60 * minute))
    return root


def zip_of(path, files, modified=(2025, 1, 1, 0, 0, 0)):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, modified), content)
    return path


def both(tmp_path, files):
    """What is found in a folder and what is found in a zip with the same files."""
    in_folder = submissions(folder_of(tmp_path / "folder", files))
    in_zip = submissions(zip_of(tmp_path / "all.zip", files))
    assert in_folder == in_zip
    return in_folder
