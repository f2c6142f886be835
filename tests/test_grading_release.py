"""A students' bundle: complete enough to run, and without a line that answers."""

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from planted import SCRIPTS, assigned, every_question, names

from seglab import lab_models, objective, shipped_models
from seglab.errors import InputError
from seglab.grading.notebooks import SOLUTION
from seglab.grading.release import STAND_INS, release
from seglab.recipe import MODELS, Recipe
from seglab.weights import untrained

ANSWERS = (
    *("models", "listings", "equivalences", "weights", "comparison", "commands"),
    *("losses", "metrics", "evaluation"),
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release") / "lab.zip"
    release(folder)
    with zipfile.ZipFile(folder) as archive:
        archive.extractall(folder.parent)
    return folder.parent / "seglab-lab"


def texts(bundle):
    return {file: file.read_text("utf-8") for file in bundle.rglob("*") if is_text(file)}


def is_text(file):
    return file.suffix in (".py", ".ipynb", ".md", ".txt", ".toml", ".csv", ".json")


def test_the_bundle_holds_what_students_need(bundle):
    assert {f.name for f in bundle.iterdir()} == {
        *("README.md", "requirements.txt", "pyproject.toml"),
        *("notebooks", "seglab", "tests", "data"),
    }
    assert len(list((bundle / "notebooks").glob("*.ipynb"))) == len(SCRIPTS)
    assert (bundle / "data" / "train" / "images").is_dir()


def test_no_hidden_case_and_no_module_that_answers_is_inside(bundle):
    cases = sorted(file.name for file in (bundle / "tests").rglob("*.py"))
    assert {int(name.split("_")[1]) for name in cases} == set(SCRIPTS)
    assert not any("hidden" in name or "answers" in name for name in cases)
    assert not (bundle / "solutions").exists()
    for name in ANSWERS:
        assert not (bundle / "seglab" / f"{name}.py").exists()
        assert not (bundle / "seglab" / name).exists()


def test_no_line_of_a_solution_is_inside(bundle):
    everything = "\n".join(texts(bundle).values())
    lines = {
        line.strip()
        for script in SCRIPTS.values()
        for solved in SOLUTION.findall(script.read_text("utf-8"))
        for line in solved.splitlines()
    }
    # Shorter ones are everybody's: height, width, _ = image.shape.
    telling = [line for line in lines if len(line) > 36 and not line.startswith("#")]
    assert len(telling) > 20
    assert [line for line in telling if line in everything] == []


def test_no_expected_number_is_inside(bundle):
    for question in every_question():
        number = int(question.id[:-1])
        files = bundle.glob(f"tests/grading/test_{number:02d}_*.py")
        cases, solved = "\n".join(file.read_text("utf-8") for file in files), names(number, "")
        for name in assigned(question.id):
            told = re.findall(r"(?<![\d.])\d{3,}", str(solved[name]))
            for telling in set(told) - {"255"}:  # IGNORE
                assert not re.search(rf"\b{telling}\b", cases), (question.id, telling)


def stand_in(name):
    """A module that students get in the place of the checkout's."""
    spec = importlib.util.spec_from_file_location(
        f"students_{name}", STAND_INS / f"seglab/{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_students_train_by_says_the_same():
    theirs, random = stand_in("objective"), np.random.default_rng(7)
    labels = random.choice([0, 1, 2, 255], (3, 8, 9))
    scores = random.dirichlet([1, 1, 1], (3, 8, 9)).astype("float32")
    recipe = Recipe("fcn")
    losses = [float(here.loss(recipe, [])(labels, scores)) for here in (theirs, objective)]
    np.testing.assert_allclose(*losses, rtol=1e-5)
    predicted = scores.argmax(-1)
    assert theirs.scores(labels, predicted, 4) == pytest.approx(
        objective.scores(labels, predicted, 4), abs=1e-6
    )
    with pytest.raises(InputError, match="There is no soft_dice here; write it"):
        theirs.loss(Recipe("fcn", loss="soft_dice"), [])


def test_the_trained_models_of_the_bundle_are_the_shipped_ones(bundle, monkeypatch):
    theirs = stand_in("shipped_models")
    monkeypatch.setattr(theirs, "FOLDER", bundle / "data" / "models")
    for name in MODELS:
        (model, height), (shipped, same_height) = (
            theirs.shipped_model(name),
            shipped_models.shipped_model(name),
        )
        assert height == same_height
        for weight, other in zip(model.get_weights(), shipped.get_weights(), strict=True):
            np.testing.assert_array_equal(weight, other)
    with pytest.raises(InputError, match="no trained model 'vgg'; those of the lab are fcn, skip"):
        theirs.shipped_model("vgg")


def test_a_kept_model_comes_before_a_shipped_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    recipe = Recipe("fcn", height=64)
    assert lab_models.load("fcn")[1:] == (320, "shipped")
    model = untrained(recipe)
    lab_models.keep("fcn", model, recipe)
    kept, height, whose = lab_models.load("fcn")
    assert (height, whose) == (64, "yours")
    np.testing.assert_array_equal(kept.get_weights()[0], model.get_weights()[0])


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(InputError, match="is there already"):
        release(tmp_path / "there")


@pytest.mark.slow
@pytest.mark.parametrize("name", [file.stem for file in SCRIPTS.values()])
def test_every_notebook_of_the_bundle_runs_to_its_stubs(bundle, name):
    python = environment(bundle)
    execute = [python, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors"]
    notebook = bundle / "notebooks" / f"{name}.ipynb"
    done = bundle / f"{name}.done.ipynb"
    quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*execute, "--output", str(done), str(notebook)]
    process = subprocess.run(command, capture_output=True, text=True, env=quiet, check=False)
    assert process.returncode == 0, process.stderr[-2000:]
    outputs = [o for c in nbformat.read(done, 4).cells for o in c.get("outputs", [])]
    errors = {o.ename for o in outputs if o.output_type == "error"}
    assert errors <= {"NotImplementedError"}, errors
    shown = [o.data["text/plain"] for o in outputs if o.output_type == "display_data"]
    assert sum("not attempted" in text for text in shown) == len(
        [q for q in every_question() if int(q.id[:-1]) == int(name[:2])]
    )


def environment(bundle):
    """The python of an environment in which seglab is the bundle's, installed by its own files."""
    folder = bundle / ".venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        # What both need is taken from this environment; its own seglab is not, since a path in a
        # .pth file does not read the .pth files there.
        (packages,) = (folder / "lib").glob("python*/site-packages")
        (packages / "around.pth").write_text(sysconfig.get_path("purelib"))
        install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
        subprocess.run([*install, "--editable", bundle], check=True)
        where = [python, "-c", "import seglab; print(seglab.__file__)"]
        found = subprocess.run(where, capture_output=True, text=True, check=True, cwd=folder)
        assert Path(found.stdout.strip()) == bundle / "seglab" / "__init__.py"
    return python
