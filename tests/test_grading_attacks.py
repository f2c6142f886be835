"""Submissions that never end, or that end Python: they cost only themselves."""

import pytest
from attacks import cases, isolated, withstood

from seglab.grading.session import Limits

pytestmark = isolated
BOTH = {"7a": 2, "7c": 1}  # points of what is honest

NEVER = {
    "a loop": "while True: pass",
    "a loop that swallows everything": """
        import signal
        for number in signal.valid_signals():
            tried(signal.signal, number, signal.SIG_IGN)
        while True:
            try:
                while True: pass
            except BaseException: pass
    """,
    "a sleep": "time.sleep(10**6)",
    "a loop in C": "sum(iter(int, 1))",
    "a pattern without end": "import re; re.match('(a*)*b', 'a' * 60)",
    "a number without end": "x = 10**10**9",
    "a deadlock": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "threads that spin on": """
        for _ in range(50): threading.Thread(target=lambda: sum(iter(int, 1))).start()
        def doubled(values): time.sleep(10**6)
    """,
    "a loop in a magic": "%timeit -n 1000000000 -r 1000 sum(range(10**6))",
    "a loop in the shell": "get_ipython().run_cell = lambda *a, **k: sum(iter(int, 1))",
    "a loop that waits for the sun": "import asyncio\nawait asyncio.sleep(10**6)",
    "an error whose text takes for ever": """
        class Error(Exception):
            def __str__(self): return sum(iter(int, 1))
        def doubled(values): raise Error
        raise Error
    """,
    "a full pipe": """
        end, start = os.pipe()
        os.dup2(start, 1), os.dup2(start, 2)
        while True: os.write(1, b"x" * 2**16)
    """,
    "a list that grows for ever": "import itertools; list(itertools.count())",
    "a shell that asks for input": "input('The answer, please? ')",
}
ENDS = {
    "sys.exit": "sys.exit(0)",
    "exit": "exit()\nquit()",
    "an interrupt": "raise KeyboardInterrupt",
    "os._exit": "os._exit(0)",
    "os.abort": "os.abort()",
    "a segmentation fault": "ctypes.string_at(0)",
    "a stack without end": """
        sys.setrecursionlimit(10**9)
        threading.stack_size(2**26)
        def deeper(): return deeper()
        deeper()
        eval('(' * 90 + ')' * 90)
    """,
    "signals to all that can be seen": """
        import signal
        pids = [int(p) for p in os.listdir('/proc') if p.isdigit()]
        for number in signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL:
            for pid in [-1, 0, os.getppid(), *pids, *range(1, 3000)]:
                tried(os.kill, pid, number)
            tried(os.killpg, 0, number)
    """,
    "no descriptors": "os.closerange(0, 65536)",
    "no modules": "sys.modules.clear(); import builtins; vars(builtins).clear()",
    "an exit hook": "import atexit; atexit.register(os._exit, 0); sys.excepthook = os._exit",
    "a trace": "sys.settrace(lambda *a: os._exit(0)); threading.settrace(os._exit)",
    "an alarm": "import signal; signal.setitimer(signal.ITIMER_REAL, 0.05); time.sleep(1)",
}


@pytest.mark.parametrize("name", cases(NEVER, ["a loop that swallows everything"]))
def test_what_never_ends_is_stopped(name):
    withstood(NEVER[name])


@pytest.mark.parametrize("name", cases(ENDS, ["os._exit", "no descriptors"]))
def test_what_ends_python_costs_its_own_question(name):
    withstood(ENDS[name])


@pytest.mark.slow
def test_a_few_cells_that_hang_cost_no_other():
    limits = Limits(cell=1, request=3, submission=40)
    record = withstood(*["while True: pass"] * 3, "half = 2", limits=limits, points=BOTH)
    assert [result.status for result in record.results].count("timed out") == 0


@pytest.mark.slow
def test_a_function_that_hangs_costs_its_own_question():
    record = withstood("half = 2\ndef doubled(values):\n    while True: pass", points=BOTH)
    assert {result.question: result.status for result in record.results}["7b"] == "timed out"


@pytest.mark.slow
@pytest.mark.parametrize("source", ["while True: pass", "os._exit(0)"])
def test_many_cells_that_hang_or_end_python_cost_the_submission_and_no_time(source):
    limits = Limits(cell=1, request=1, submission=6)
    withstood(*[source] * 50, "half = 2", limits=limits, points={})


@pytest.mark.slow
def test_who_clears_the_names_has_none():
    withstood("get_ipython().user_ns.clear(); get_ipython().reset()", points={})
