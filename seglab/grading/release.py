"""What students are given: notebooks, what these import of seglab, visible cases, pages.

seglab's modules answer many a question. So a bundle holds those alone that its notebooks and their
cases import, directly or through one another; what no notebook needs stays at home. Solutions and
hidden cases are in no folder that is copied.
"""

import ast
import json
import shutil
import tempfile
import tomllib
from pathlib import Path

import seglab
from seglab.errors import InputError
from seglab.grading.questions import files, is_hidden

ROOT = Path(seglab.__file__).parents[1]
README = Path("solutions") / "README_FOR_STUDENTS.md"
PAGES = ("train", "validation", "test")

PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "seglab"
version = "{version}"
requires-python = "{python}"
dependencies = {dependencies}

[tool.setuptools]
packages = {{ find = {{ include = ["seglab*"] }} }}
"""
REQUIREMENTS = """\
--editable .       # the notebooks' own package
tensorflow>=2.18   # the backend of Keras; a GPU: tensorflow[and-cuda]
"""


def release(out):
    """Make the bundle in a new folder, or in a new archive if `out` ends in .zip.

    Raises InputError, and leaves nothing behind, if something of it is there or missing.
    """
    if out.exists():
        raise InputError(f"{out} is there already; name another, or remove it.")
    missing = [
        name for name in ("notebooks", "tests/grading", README) if not (ROOT / name).exists()
    ]
    if missing:
        raise InputError(f"A release is made in a checkout of seglab; {ROOT} lacks {missing[0]}.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        bundle = Path(folder) / "seglab-lab"
        for source, target in contents():
            (bundle / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, bundle / target)
        for name, text in written().items():
            (bundle / name).write_text(text, "utf-8")
        if out.suffix == ".zip":
            archive = shutil.make_archive(Path(folder) / "bundle", "zip", folder, bundle.name)
            Path(archive).replace(out)
        else:
            bundle.replace(out)


def contents():
    """The files of a bundle: [(file of the checkout, its place in the bundle)]."""
    pages = [f for split in PAGES for f in sorted((ROOT / "data" / split).rglob("*.png"))]
    inside = [*notebooks(), *visible(), *modules(notebooks(), visible()), *pages]
    return [(file, file.relative_to(ROOT)) for file in inside] + [(ROOT / README, "README.md")]


def notebooks():
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def visible():
    """The files of the cases that students have."""
    return [file for both in files().values() for file in both if not is_hidden(file)]


def written():
    """The files that a bundle needs in another form than the checkout: {name: text}."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["notebooks"]]
    pyproject = PYPROJECT.format(
        version=seglab.__version__,
        python=project["requires-python"],
        dependencies=json.dumps(needed, indent=4),
    )
    return {"pyproject.toml": pyproject, "requirements.txt": REQUIREMENTS}


def modules(notebooks, cases, more=()):
    """The files of seglab that notebooks and cases import, and what these import in turn.

    more: pieces of code with imports of their own.
    """
    sources = [*more, *(file.read_text("utf-8") for file in cases)]
    for file in notebooks:
        cells = json.loads(file.read_text("utf-8"))["cells"]
        sources += ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    found, waiting = {ROOT / "seglab" / "__init__.py"}, [_imported(text) for text in sources]
    while waiting:
        for file in waiting.pop() - found:
            found.add(file)
            waiting.append(_imported(file.read_text("utf-8"), file))
    return sorted(found)


def _imported(source, file=ROOT / "nowhere.py"):
    """The files of seglab that the code in `file` imports, inside functions, too."""
    names, folders = set(), file.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = folders[: len(folders) + 1 - node.level] if node.level else ()
            module = ".".join([*above, *filter(None, [node.module])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return {file for name in names if name.split(".")[0] == "seglab" for file in _files(name)}


def _files(name):
    """The file of a module, and those of the packages that hold it; none for another name."""
    parts = name.split(".")
    packages = [ROOT.joinpath(*parts[:i], "__init__.py") for i in range(1, len(parts) + 1)]
    return [f for f in [*packages, ROOT.joinpath(*parts).with_suffix(".py")] if f.is_file()]
