"""The house keeps its order: imports run one way, modules are short, requirements have users."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import seglab

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "seglab").rglob("*.py"))

# The picture of the house: a part may import these parts, all of which stand above it.
FLOORS = """
errors
backend: errors
distribution: errors
files: errors
region_classes
metrics: errors region_classes
scaling: errors region_classes
recipe: errors
timing
models
losses
objective: losses metrics region_classes
listings
dimensions: errors
layers: dimensions
literature: layers models
equivalences: dimensions errors
pages: errors files region_classes scaling
typesetting: errors pages
transfer: dimensions errors files layers literature models scaling typesetting
tiles
windows: errors tiles
fragments: dimensions
dense_windows: dimensions errors fragments tiles windows
rewrites: dimensions
prediction: dense_windows dimensions errors rewrites scaling tiles windows
crops: region_classes
model_files: errors files
catalogue: literature models transfer
weights: catalogue errors files literature model_files models recipe
shipped_models: weights
lab_models: model_files shipped_models
checkpoint: errors files
training: checkpoint crops distribution errors objective prediction region_classes timing
staged_training: training transfer
plots: dimensions errors files pages
reports: pages
evaluation: errors metrics pages region_classes
instances: errors metrics region_classes
progress: errors
page_conversion: errors pages progress
runs: errors files model_files pages plots prediction progress staged_training training weights windows
classical: errors metrics pages region_classes
contestants: classical model_files pages prediction scaling
comparison: contestants files metrics pages plots progress region_classes reports runs scaling timing training weights windows
speed: backend catalogue comparison dimensions errors files model_files plots prediction progress recipe reports timing windows
grading: backend errors files model_files pages plots progress recipe shipped_models training
commands: *
__main__: *
__init__: *
"""  # noqa: E501

# The page's own parts; `pages` is what the others know of them.
PAGES = {
    "binarisation",
    "image_files",
    "layout_xml",
    "page_folders",
    "pages",
    "polygons",
}


def part(module):
    """The part of the house that a module of seglab (`seglab.plots.pages`) belongs to."""
    name = module.split(".")[1] if "." in module else "__init__"
    return "pages" if name in PAGES else name


def imported_parts(path):
    """The parts of seglab that a file imports, inside functions, too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            above = module_name(path.parent / "__init__.py").split(".")
            base = above[: len(above) + 1 - node.level] if node.level else []
            source = ".".join([*base, *filter(None, [node.module])])
            if source == "seglab":
                yield from (part(f"seglab.{alias.name}") for alias in node.names)
            elif source.startswith("seglab."):
                yield part(source)
        elif isinstance(node, ast.Import):
            yield from (part(a.name) for a in node.names if a.name.startswith("seglab."))


def module_name(path):
    names = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" and len(names) > 2 else names)


def floors():
    """{part: the parts that it may import}, in the order of the picture."""
    lines = (line.partition(":") for line in FLOORS.strip().split("\n"))
    return {floor: set(above.split()) for floor, _, above in lines}


def test_the_picture_has_no_way_round():
    seen = set()
    for floor, above in floors().items():
        assert above - {"*"} <= seen, f"{floor} stands above what it imports"
        seen.add(floor)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_run_one_way(path):
    allowed = floors()
    own = part(module_name(path))
    assert own in allowed, f"{own} has no place in the picture yet"
    if "*" not in allowed[own]:
        assert set(imported_parts(path)) - {own} <= allowed[own]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_modules_are_short_and_say_what_they_are_for(path):
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "a module says in its docstring what it is for"
    assert len(text.splitlines()) <= 260


def test_the_public_modules_are_pinned():
    assert seglab.__all__ == [
        *("classical", "comparison", "dimensions", "equivalences", "evaluation", "instances"),
        *("layers", "listings", "literature", "losses", "metrics", "models", "pages", "plots"),
        *("prediction", "timing", "training", "transfer", "typesetting", "windows"),
    ]
    for name in seglab.__all__:
        assert getattr(seglab, name).__name__ == f"seglab.{name}"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = seglab.nothing


def test_every_requirement_says_who_needs_it():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    lines += re.search(
        r"dependencies = \[\n(.*?)\n\]", (ROOT / "pyproject.toml").read_text(), re.S
    )[1].splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith("#")]
    assert all(re.search(r"\s# \w", line) for line in wanted), wanted


def test_every_import_is_a_requirement():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    modules = {"pillow": "PIL", "scikit-image": "skimage"}
    modules |= {"scikit-learn": "sklearn", "ipython": "IPython"}

    def known(lines):
        distributions = [re.match(r"[\w-]+", line)[0] for line in lines]
        return {modules.get(name, name) for name in distributions}

    optional = known(line for lines in project["optional-dependencies"].values() for line in lines)
    imported = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module.split(".")[0])
    import sys

    found = imported - set(sys.stdlib_module_names) - {"seglab"}
    assert found - optional == known(project["dependencies"])
