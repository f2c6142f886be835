"""Where students' code runs: bubblewrap's namespaces around a process, as an ordinary user.

The system is read-only; home, other submissions, solutions, hidden cases and those modules of
seglab that answer questions are not there; there is no network, and nothing outside can be seen.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path

from seglab.grading import release, system_calls

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
NEEDED = ("/etc/alternatives", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime")
STAGE = "/stage"  # the home of the nursery, and of each submission its own
NOBODY = 65534  # the user and the group without rights, on every Linux
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # Submissions share the machine, and every thread has its part of a submission's memory.
    "TF_NUM_INTRAOP_THREADS": "2",
    "TF_NUM_INTEROP_THREADS": "2",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "2",
    "MALLOC_ARENA_MAX": "2",
}
# What `isolation` needs on top of bubblewrap, tried as the user that it will be.
NESTED = f"""
import ctypes, os
os.getuid() or os.setresuid({NOBODY}, {NOBODY}, {NOBODY})
if ctypes.CDLL(None, use_errno=True).unshare(0x10000000):  # CLONE_NEWUSER
    raise SystemExit("no namespaces within namespaces: " + os.strerror(ctypes.get_errno()))
"""


@lru_cache
def missing():
    """Why there can be no sandbox here, in one sentence; None where there can."""
    if sys.platform != "linux":
        return f"bubblewrap needs Linux; this is {sys.platform}."
    if platform.machine() not in system_calls.MACHINES:
        known = " and ".join(system_calls.MACHINES)
        return f"its system calls are known for {known}; this is {platform.machine()}."
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)."
    if seen := [path for path in readable() if release.ROOT.is_relative_to(path)]:
        return f"{release.ROOT} lies in {seen[0]}, which students may read; move the checkout."
    probe = subprocess.run(
        command([sys.executable, "-c", NESTED]), capture_output=True, text=True, check=False
    )
    if probe.returncode:
        said = probe.stderr.strip().splitlines() or [f"exit status {probe.returncode}"]
        return f"bubblewrap cannot make its namespaces here: {said[-1]}"
    return None


def command(arguments):
    """The command line that runs another one in the sandbox.

    No --die-with-parent: it watches the thread that started bubblewrap, which may end earlier.
    The sandboxed process ends when its end of the connection does, and as it is the first of its
    namespace, all that it has started ends with it.
    """
    # Root can bind what an ordinary user may not even look at; the process inside drops to nobody.
    root = ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    user = root if is_root() else ("--unshare-user",)
    paths = readable()
    above = {parent for path in paths for parent in Path(path).parents} - {Path("/"), Path("/tmp")}
    outside = [folder for folder in sorted(above) if not any(map(folder.is_relative_to, paths))]
    folders = [word for path in outside for word in ("--perms", "0755", "--dir", str(path))]
    given = [str(release.as_handed_out(Path(path))) for path in paths]
    binds = [word for pair in zip(given, paths, strict=True) for word in ("--ro-bind-try", *pair)]
    environment = ENVIRONMENT | {
        "HOME": STAGE,
        "TMPDIR": STAGE,
        "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
    }
    variables = [word for name in environment for word in ("--setenv", name, environment[name])]
    return [
        *("bwrap", "--as-pid-1", "--new-session", "--cap-drop", "ALL", *user),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
        *("--unshare-cgroup-try", "--clearenv", *variables),
        *("--perms", "1777", "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"),
        *folders,
        *binds,
        *("--perms", "1777", "--tmpfs", STAGE),
        *("--remount-ro", "/dev", "--remount-ro", "/tmp", "--remount-ro", "/"),
        *("--chdir", "/tmp", "--"),
        *arguments,
    ]


@lru_cache
def readable():
    """The paths that sandboxed code may read: system, Python, packages, what students have."""
    python = [sys.prefix, sys.base_prefix, sysconfig.get_path("purelib")]
    paths = sorted({*SYSTEM, *NEEDED, *python, *map(str, handed_out())})
    return [p for p in paths if not any(Path(p).is_relative_to(q) for q in paths if q != p)]


def handed_out():
    """What students have of the checkout: their modules, visible cases, pages; and the nursery."""
    nursery = ["import seglab.grading.nursery"]
    pages = [release.ROOT / "data" / split for split in release.PAGES]
    cases = release.visible()
    return [*release.modules(release.notebooks(), cases, nursery), *cases, *pages]


def is_root():
    return os.name == "posix" and os.geteuid() == 0


def become_nobody():
    """Leave root's rights behind, for good."""
    if is_root():
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
