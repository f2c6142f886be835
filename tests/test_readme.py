"""What the README says is true: its figures, its commands, its files."""

import re
import shlex
from pathlib import Path

from typer.main import get_command

from seglab.__main__ import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_table_is_the_one_that_the_comparison_wrote():
    written = (ROOT / "results" / "bundled" / "compare.md").read_text()
    table = re.search(r"(\|.*\|\n)+", written)[0]
    assert table.count("\n") == 2 + 5  # heading, rule, five models
    assert table in README


def test_every_link_leads_somewhere():
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert len(targets) >= 5
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_command_and_option_exists():
    commands = get_command(app).commands
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    quoted = re.findall(r"^(?:KERAS_BACKEND=\w+ )?seglab (.*?)(?:   .*)?$", blocks, re.MULTILINE)
    assert {line.split()[0] for line in quoted} == set(commands)
    for line in quoted:
        name, *words = shlex.split(line)
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_python_example_runs(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1], {})
    assert 0 <= float(capsys.readouterr().out) <= 1
