"""The walls of the sandbox: what it lets through, when there is none, and that it ends with us."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from attacks import HONEST, HONEST_POINTS, QUICK, SETUP, children, isolated, marked, reached, until

from seglab.errors import InputError
from seglab.grading import marking, release, sandbox, system_calls
from seglab.grading.remote import Ended, Nursery, Run

HEADERS = {
    "x86_64": (Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), 0),
    "aarch64": (Path("/usr/include/asm-generic/unistd.h"), 1),
}


def answered(machine, number, first_argument=0, arch=None):
    """What a machine's filter answers a system call: Linux's way of running it, line by line."""
    arch = system_calls.MACHINES[machine] if arch is None else arch
    words = {
        system_calls.NUMBER: number,
        system_calls.MACHINE: arch,
        system_calls.FIRST_ARGUMENT: first_argument,
    }
    lines, place, value = system_calls.instructions(machine), 0, None
    while True:
        code, yes, no, operand = lines[place]
        place += 1
        if code == system_calls.LOAD:
            value = words[operand]
        elif code == system_calls.ANSWER:
            return operand
        else:
            true = {
                system_calls.EQUAL: value == operand,
                system_calls.AT_LEAST: value >= operand,
                system_calls.ANY_BIT: value & operand != 0,
            }[code]
            place += yes if true else no


def refused(number):
    return system_calls.ERROR | number


@pytest.mark.parametrize("machine", system_calls.MACHINES)
def test_the_filter_refuses_what_is_forbidden_and_nothing_else(machine):
    mine = list(system_calls.MACHINES).index(machine)
    forbidden = {numbers[mine] for numbers in system_calls.FORBIDDEN.values()}
    process, newer = system_calls.CLONE[mine], system_calls.CLONE3[mine]
    for number in range(600):
        expected = system_calls.ALLOW
        if number in forbidden or number == process:
            expected = refused(errno.EPERM)
        if number == newer:
            expected = refused(errno.ENOSYS)
        assert answered(machine, number) == expected, number
    thread = system_calls.CLONE_THREAD | 0x3D0F00  # with the flags of glibc's threads
    assert answered(machine, process, thread) == system_calls.ALLOW


@pytest.mark.parametrize("machine", system_calls.MACHINES)
def test_no_other_set_of_system_calls_leads_past_the_filter(machine):
    assert answered(machine, 0, arch=0x40000003) == system_calls.KILL  # 32 bits
    for number in system_calls.X32, system_calls.X32 + 57, 2**32 - 1:
        assert answered(machine, number) == refused(errno.EPERM)


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_those_of_the_systems_headers(machine):
    header, mine = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not there")
    known = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text()))
    calls = system_calls.FORBIDDEN | {"clone": system_calls.CLONE, "clone3": system_calls.CLONE3}
    named = {name: numbers[mine] for name, numbers in calls.items() if name in known}
    assert len(named) > 20
    assert named == {name: int(known[name]) for name in named}


@pytest.fixture
def probed_anew():
    sandbox.missing.cache_clear()
    yield
    sandbox.missing.cache_clear()


def test_where_there_can_be_no_sandbox_the_reason_is_told(probed_anew, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sandbox.sys, "platform", "darwin")
        assert "darwin" in sandbox.missing()
    sandbox.missing.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(sandbox.platform, "machine", lambda: "riscv64")
        assert "riscv64" in sandbox.missing()
    sandbox.missing.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(sandbox.shutil, "which", lambda name: None)
        assert "apt install bubblewrap" in sandbox.missing()


@isolated
def test_a_checkout_that_students_could_read_is_told(probed_anew, monkeypatch):
    monkeypatch.setattr(sandbox.release, "ROOT", Path("/usr/src/lab"))
    assert "move the checkout" in sandbox.missing()


@isolated
def test_a_kernel_that_refuses_nested_namespaces_is_told(probed_anew, monkeypatch):
    monkeypatch.setattr(sandbox, "NESTED", sandbox.NESTED.replace("0x10000000", "0x7"))
    assert "no namespaces within namespaces: Invalid argument" in sandbox.missing()


def test_without_a_sandbox_nothing_is_graded_unless_asked_for(monkeypatch):
    monkeypatch.setattr(sandbox, "missing", lambda: "This is a raft.")
    with pytest.raises(InputError, match="This is a raft. --unsandboxed"):
        Nursery()


def test_what_students_do_not_have_is_not_bound():
    given = [Path(path) for path in sandbox.readable()]
    for pattern in "tests/**/*_hidden*", "tests/**/answers_*", "solutions/*", "tests/*.py", ".git":
        for file in release.ROOT.glob(pattern):
            assert not any(file.is_relative_to(path) for path in given), file


def test_nothing_of_our_environment_comes_along(monkeypatch):
    monkeypatch.setenv("SECRET", "hush-hush")
    command = sandbox.command(["true"])
    assert "--clearenv" in command and not any("hush" in word for word in command)
    for namespace in "ipc", "pid", "net", "uts":
        assert f"--unshare-{namespace}" in command


@pytest.fixture
def nursery():
    made = Nursery()
    yield made
    made.close()


@isolated
@pytest.mark.slow
def test_a_nursery_that_was_killed_is_replaced(nursery):
    run = Run(nursery)
    before = nursery.process.pid
    os.kill(children(before)[0], signal.SIGKILL)
    assert until(lambda: not children(before))
    with pytest.raises(Ended):
        run.ask(60, "run", "x = 1")
    run.end()
    run = Run(nursery)
    run.ask(60, "run", "x = 2")
    assert run.ask(60, "value", "x") == 2 and nursery.process.pid != before
    run.end()


@isolated
@pytest.mark.slow
def test_what_runs_ends_with_the_nursery(nursery):
    run = Run(nursery)
    with pytest.raises(Ended):
        run.ask(0.5, "run", "while True: pass")
    inner = children(nursery.process.pid)
    assert children(inner[0])
    nursery.close()
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in inner))
    run.connection.close()


@isolated
@pytest.mark.slow
def test_what_runs_ends_with_a_judge_that_is_killed():
    source = """
import sys, time
from seglab.grading.remote import Nursery, Run
nursery = Nursery()
run = Run(nursery)
try: run.ask(0.5, "run", "while True: pass")
except Exception: print(nursery.process.pid, flush=True)
time.sleep(1000)
"""
    judge = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    with judge:
        outer = int(judge.stdout.readline())
        inner = children(outer)
        judge.kill()
    assert inner
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in [outer, *inner]))


@isolated
def test_a_process_that_cannot_be_confined_runs_nothing(monkeypatch):
    nursery = Nursery.__new__(Nursery)  # whose children always fail
    begun = []
    monkeypatch.setattr(nursery, "_begin", lambda: begun.append(1), raising=False)
    monkeypatch.setattr(nursery, "close", lambda: None, raising=False)

    def failing():
        raise ValueError("unshare: Operation not permitted")

    monkeypatch.setattr(nursery, "_forked", failing, raising=False)
    with pytest.raises(InputError, match="No process .* unshare: Operation not permitted"):
        nursery.start()
    assert begun == [1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no fork here")
def test_without_the_sandbox_submissions_are_graded_and_stopped_all_the_same(monkeypatch):
    monkeypatch.setattr(marking, "_here", threading.local())  # or the sandboxed nursery is kept
    plain = marking.Settings(sandboxed=False, limits=QUICK)
    try:
        for source in "os._exit(0)", "while True: pass", "os.closerange(0, 65536)":
            assert reached(marked(SETUP, source, settings=plain)) == {"7c": 1}
        assert reached(marked(SETUP, HONEST, settings=plain)) == HONEST_POINTS
        assert until(lambda: not children(marking.nursery(plain).process.pid))
    finally:
        marking.nursery(plain).close()
