"""Submissions that look for what they should not see, call out, or leave something behind."""

from pathlib import Path

import pytest
from attacks import cases, isolated, said, withstood

import seglab
from seglab.grading import sandbox

pytestmark = isolated
ROOT = Path(seglab.__file__).parents[1]
REFUSED, MISSING = "PermissionError", "FileNotFoundError"
KNOWN = {*sandbox.ENVIRONMENT, "HOME", "TMPDIR", "KERAS_BACKEND", "PWD"}

SEEING = {
    "hidden cases, solutions and planted answers": (
        f"""
        root, found = {str(ROOT)!r}, []
        for folder, folders, names in os.walk(root):
            folders[:] = [f for f in folders if os.path.join(folder, f) != sys.prefix]
            found += [n for n in names if "hidden" in n or "answers_" in n]
            if folder == root:
                found += {{*folders, *names}} - {{"data", "seglab", "tests"}}
        word = str(found)
        """,
        "[]",
    ),
    "the judge's modules": (
        """
        import importlib
        word = str([tried(importlib.import_module, f"seglab.grading.{name}") for name in (
            "marking", "grade", "session", "remote", "records", "submissions", "gradebooks"
        )])
        """,
        str(["ModuleNotFoundError"] * 7),
    ),
    "other folders": (
        """
        folders = "/home", "/root", "/var", "/mnt", "/srv", "/opt", "/run", "/sys", "/boot", "/etc"
        found = [f"{folder}/{name}" for folder in folders if os.path.isdir(folder)
                 for name in os.listdir(folder)]
        given = SITE, sys.prefix, sys.base_prefix, ROOT
        known = "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime"
        word = str([f for f in found if f not in known and not any(g.startswith(f) for g in given)])
        """,
        "[]",
    ),
    "passwords": (
        "word = str([tried(open, f) for f in ('/etc/passwd', '/etc/shadow')])",
        str([MISSING] * 2),
    ),
    "the environment": (
        f"""
        names = [line.split("=")[0] for line in open("/proc/self/environ").read().split("\\0")]
        word = str({{*names, ""}} ^ {KNOWN | {""}})
        """,
        "set()",
    ),
    "the nursery's memory and files": (
        """
        own, seen = os.readlink("/proc/self"), []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            for part in ("mem", "environ", "maps", "auxv", "stack", "syscall", "io", "map_files",
                         "fd", "fdinfo", "root", "cwd", "exe", "ns", "root/tmp", "cwd/tmp"):
                path = f"/proc/{pid}/{part}"
                for look in os.listdir, os.readlink, lambda path: open(path, "rb").read(1):
                    found = tried(look, path)
                    # Nothing at all can be read of a process that is about to be gone.
                    if pid != own and found and "Error" not in found: seen.append(path)
        word = str(seen)
        """,
        "[]",
    ),
    "the nursery's memory, written": (
        """
        own = os.readlink("/proc/self")
        others = [p for p in os.listdir("/proc") if p.isdigit() and p != own]
        files = [f"/proc/{p}/{name}" for p in others for name in ("mem", "oom_score_adj", "comm")]
        word = str({tried(open, file, "r+b") for file in files})
        """,
        str({REFUSED}),
    ),
    "other processes' memory": (
        """
        pids = [int(p) for p in os.listdir("/proc") if p.isdigit()] + [1, os.getppid()]
        # ptrace (attach), process_vm_readv, process_vm_writev, kcmp, pidfd_getfd
        said = {(libc.syscall(n, 16, pid, 0, 0, 0, 0), ctypes.get_errno())
                for n in (101, 310, 311, 312, 438) for pid in pids}
        word = str([said, tried(os.kill, int(os.readlink("/proc/self")), 0)])
        """,
        str([{(-1, 1)}, "ProcessLookupError"]),
    ),
    "the nursery's own connection": (
        """
        import gc, socket
        gc.unfreeze()
        found = [s for s in gc.get_objects() if isinstance(s, socket.socket) and s.fileno() >= 0]
        files = [tried(os.readlink, f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")]
        word = str([len(found), sum("socket" in file for file in files)])  # the judge's
        """,
        "[1, 1]",
    ),
    "hidden inputs in memory": (
        """
        import re
        secret, seen = re.compile(b"[h]ush-hus[h]"), 0  # the pattern itself is not like that
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
            for line in maps:
                start, end = (int(each, 16) for each in line.split()[0].split("-"))
                tried(memory.seek, start)
                data = tried(memory.read, min(end - start, 2**24)) if "rw" in line else ""
                seen += type(data) is bytes and secret.search(data) is not None
        word = str(seen)
        """,
        "0",
    ),
    "the kernel's log and its keys": (
        """
        # syslog (read all), add_key, request_key, keyctl, bpf, perf_event_open, io_uring_setup
        calls = 103, 248, 249, 250, 321, 298, 425
        word = str({(libc.syscall(n, 3, 0, 0, 0, 0), ctypes.get_errno()) for n in calls})
        """,
        str({(-1, 1)}),
    ),
}
CALLING = {
    "sockets of all kinds": (
        """
        import socket
        kinds = [(family, kind) for family in (1, 2, 10, 16, 17, 38, 40) for kind in (1, 2, 3)]
        word = str({tried(socket.socket, *each) for each in kinds})
        """,
        str({REFUSED}),
    ),
    "the network": (
        """
        import socket, urllib.request
        word = str([
            tried(socket.create_connection, ("127.0.0.1", 22), 1),
            tried(socket.create_connection, ("1.1.1.1", 53), 1),
            tried(socket.getaddrinfo, "example.org", 80),
            tried(urllib.request.urlopen, "http://127.0.0.1"),
            tried(keras.utils.get_file, "x", "https://example.org/x"),
        ])
        """,
        str([REFUSED, REFUSED, "gaierror", "URLError", "Exception"]),
    ),
    "a pair of sockets, which asyncio needs": (
        """
        import socket
        one, other = socket.socketpair()
        one.send(b"hello")
        word = other.recv(9).decode()
        """,
        "hello",
    ),
}
LEAVING = {
    "files": (
        """
        from pathlib import Path
        left = []
        for folder in "/tmp", "/dev/shm", "~", "/var/tmp", "/run", "/dev", "/", ROOT, SITE:
            file = Path(folder).expanduser() / "left_for_you"
            if tried(file.write_text, "hello") == 5: left.append(folder)
        word = str([place for place in left if place[:5] != "/tmp/"])  # which is one's own, too
        """,
        str(["/tmp", "/dev/shm", "~"]),
        """
        from pathlib import Path
        places = "/tmp", "/dev/shm", "~", ROOT, SITE
        word = str([p for p in places if (Path(p).expanduser() / "left_for_you").exists()])
        """,
        "[]",
    ),
    "changes of modules": (
        """
        import seglab.grading.wire, builtins
        np.left = keras.left = builtins.left = seglab.left = os.environ["left"] = "hello"
        keras.config.set_floatx("float16")
        seglab.grading.wire.send = print
        keras.Sequential = None
        sys.path.insert(0, ROOT)
        """,
        None,
        """
        import seglab, builtins
        word = str([hasattr(m, "left") for m in (np, keras, builtins, seglab)] + [
            "left" in os.environ, keras.config.floatx(), keras.Sequential is None, ROOT in sys.path
        ])
        """,
        str([False] * 5 + ["float32", False, False]),
    ),
    "a program of other students' start": (
        """
        from pathlib import Path
        left = []
        for name in (".ipython/profile_default/startup/x.py", ".config/matplotlib/matplotlibrc",
                     ".keras/keras.json", ".local/lib/python3/site-packages/x.pth"):
            file = Path("~").expanduser() / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("import left_for_you")
        word = str(len(list(Path("~").expanduser().rglob("*.*"))) > 4)
        """,
        "True",
        "word = str([name for name in os.listdir(os.path.expanduser('~')) if name[0] == '.'])",
        "[]",
    ),
    "names in shared memory": (
        """
        from multiprocessing import shared_memory
        word = tried(shared_memory.SharedMemory, "left_for_you", True, 10) and "made"
        """,
        "made",
        """
        from multiprocessing import shared_memory
        word = str(tried(shared_memory.SharedMemory, "left_for_you"))
        """,
        "FileNotFoundError",
    ),
}
PLACES = f"ROOT, SITE = {str(ROOT)!r}, np.__path__[0]\n"


@pytest.mark.parametrize(
    "name", cases(SEEING | CALLING, ["hidden cases, solutions and planted answers", "the network"])
)
def test_a_submission_sees_and_reaches_nothing_but_itself(name):
    source, outcome = (SEEING | CALLING)[name]
    assert said(withstood(PLACES, source)) == outcome


@pytest.mark.parametrize("name", cases(LEAVING, ["files"]))
def test_nothing_is_left_for_the_next_submission(name):
    leaving, left, looking, found = LEAVING[name]
    assert said(withstood(PLACES, leaving)) == left
    assert said(withstood(PLACES, looking)) == found
