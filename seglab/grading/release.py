"""What students are given: notebooks, what these import of seglab, visible cases, pages.

seglab's modules answer many a question. So a bundle holds those alone that its notebooks and their
cases import, directly or through one another; what no notebook needs stays at home. A module that
leans on one that answers is replaced by another, from `solutions/for_students`; and trained models
are whole files, without the code that builds them. Solutions and hidden cases are in no folder that
is copied.
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
STAND_INS = ROOT / "solutions" / "for_students"  # what takes the place of the checkout's own files
TRAINED = Path("data") / "models"
ENCODER = ROOT / "data" / "weights" / "mobilenet_v3_small.weights.h5"  # Keras's own format
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
        path
        for path in (ROOT / "notebooks", ROOT / "tests" / "grading", STAND_INS)
        if not path.exists()
    ]
    if missing:
        raise InputError(f"A release is made in a checkout of seglab; this lacks {missing[0]}.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        bundle = Path(folder) / "seglab-lab"
        for source, target in contents():
            (bundle / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, bundle / target)
        for name, text in written().items():
            (bundle / name).write_text(text, "utf-8")
        write_models(bundle / TRAINED)
        if out.suffix == ".zip":
            archive = shutil.make_archive(Path(folder) / "bundle", "zip", folder, bundle.name)
            Path(archive).replace(out)
        else:
            bundle.replace(out)


def contents():
    """The files of a bundle: [(file of the checkout, its place in the bundle)]."""
    pages = [f for split in PAGES for f in sorted((ROOT / "data" / split).rglob("*.png"))]
    code = [*visible(), *modules(notebooks(), visible())]
    inside = [*notebooks(), *code, *pages, ENCODER, ROOT / "README.md"]
    return [(as_handed_out(file), file.relative_to(ROOT)) for file in inside]


def as_handed_out(file):
    """What students get in the place of a file of the checkout: mostly the file itself."""
    if file.is_relative_to(ROOT) and (stand_in := STAND_INS / file.relative_to(ROOT)).exists():
        return stand_in
    return file


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


def write_models(folder):
    """The lecture's trained models, as files that need no code of seglab's."""
    from seglab.model_files import save_model  # Keras takes seconds to import
    from seglab.recipe import MODELS as names
    from seglab.shipped_models import shipped_model

    for name in names:
        model, height = shipped_model(name)
        save_model(folder / f"{name}.keras", model, {"training": {"height": height}})


def modules(notebooks, cases, more=()):
    """The files of seglab that notebooks and cases import, and what these import, as handed out.

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
            waiting.append(_imported(as_handed_out(file).read_text("utf-8"), file))
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
