"""A submission's own corner of the sandbox, made by the process that has forked for it.

The sandbox is one for many submissions, since Keras is imported in it once. So each gets namespaces
of its own inside: it can reach no process but its own, has a /tmp that ends with it, no network.
It is one process that can start no other, so the limits on it bound the whole submission.
The sandbox's /proc stays, since bubblewrap covers parts of it and Linux then allows no new one; the
nursery's memory is closed to it by `shut`.
"""

import contextlib
import ctypes
import os
import re
import resource
import signal
import sys
from pathlib import Path

from seglab.grading import system_calls
from seglab.grading.sandbox import STAGE

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CAPABILITY_VERSION_3 = 0x20080522

TMP_BYTES = 64 * 2**20
TMP_FILES = 10_000  # an empty file takes no bytes of those, and a thousand of the machine's
MEMORY_BYTES = 2**30  # beyond what Keras has mapped; notebooks 1 to 4 take a tenth of it
THREADS = 1000  # TensorFlow starts a handful, JAX a few for each core


def enter():
    """Fork into namespaces of one's own; returns in the new first process only.

    The process that called it waits, and ends with the new one. SIGTERM ends both, and with them
    all in the namespaces; the new process cannot ward that off, nor reach the one that waits.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    _call(libc.prctl, PR_SET_DUMPABLE, 1, 0, 0, 0)  # or /proc/self still belongs to root
    namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET
    _call(libc.unshare, namespaces)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    # While they are blocked, neither signal is lost, however early it comes.
    signals = {signal.SIGTERM, signal.SIGCHLD}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    first = os.fork()
    if first:
        shut()
        os.closerange(0, 256)
        signal.sigwait(signals)
        os.kill(first, signal.SIGKILL)
        os.waitpid(first, 0)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
    _call(libc.prctl, PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _mount_own(libc)
    _drop(libc)


def shut():
    """Close this process's memory and files in /proc to others of the same user."""
    _call(ctypes.CDLL(None, use_errno=True).prctl, PR_SET_DUMPABLE, 0, 0, 0, 0)


def _mount_own(libc):
    """/tmp, home and /dev/shm of one's own; what lies below the sandbox's /tmp stays readable."""
    size = f"size={TMP_BYTES},nr_inodes={TMP_FILES},mode=1777".encode()
    _call(libc.mount, b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    _call(libc.mount, b"tmpfs", STAGE.encode(), b"tmpfs", 0, size)
    for path in bound_below_tmp():
        place = STAGE + path.removeprefix("/tmp")
        _make_like(path, place)
        _call(libc.mount, path.encode(), place.encode(), None, MS_BIND | MS_REC, None)
    _call(libc.mount, STAGE.encode(), b"/tmp", None, MS_BIND | MS_REC, None)
    _call(libc.mount, b"tmpfs", b"/dev/shm", b"tmpfs", 0, size)
    os.chdir("/tmp")


def bound_below_tmp():
    """What the sandbox shows below /tmp: a checkout or packages that lie there."""
    lines = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    points = [re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), line.split()[4]) for line in lines]
    return sorted(point for point in points if point.startswith("/tmp/"))


def _make_like(path, place):
    """A folder for a folder, a file for a file, on which it can be bound."""
    if os.path.isdir(path):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        Path(place).touch()


def _drop(libc):
    """No capability is left, none can come back; nor calls that no notebook has a use for."""
    _call(libc.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call(libc.capset, header, (ctypes.c_uint32 * 6)())
    system_calls.forbid()


def _call(function, *arguments):
    if function(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}: {os.strerror(number)}")


def limit(isolated):
    """Bounds of the process: memory, threads, files, no core files."""
    most = {
        resource.RLIMIT_FSIZE: TMP_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256,
    }
    if sys.platform == "linux":
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        most[resource.RLIMIT_AS] = mapped + MEMORY_BYTES
    if isolated:  # elsewhere, all of the user's threads would count
        most[resource.RLIMIT_NPROC] = THREADS
        with contextlib.suppress(OSError):  # if memory runs out all the same, this one has to go
            Path("/proc/self/oom_score_adj").write_text("1000")
    for kind, bound in most.items():
        hard = resource.getrlimit(kind)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (bound, bound))
