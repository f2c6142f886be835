"""Submissions that want more than their part: other processes, memory, disk, descriptors, rank."""

import pytest
from attacks import QUICK, cases, isolated, said, withstood

from seglab.grading.session import Limits

pytestmark = isolated
REFUSED = "PermissionError"

# What an attack tries, and what it then says of itself.
PROCESSES = {
    "a fork bomb": (
        """
        word = str({tried(os.fork) for _ in range(100)})
        while True: os.fork()
        """,
        "{'PermissionError'}",
    ),
    "a daemon": (
        """
        word = str(tried(os.fork))
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True: time.sleep(1)
        """,
        REFUSED,
    ),
    "an orphan that its parent's death does not touch": (
        """
        import signal, seglab.grading.wire
        tried(os.setsid)
        for number in signal.valid_signals(): tried(signal.signal, number, signal.SIG_IGN)
        word = str(libc.prctl(1, 0, 0, 0, 0))  # PR_SET_PDEATHSIG
        receive = seglab.grading.wire.receive
        def immortal(*arguments):
            try: return receive(*arguments)
            except BaseException:
                while True: time.sleep(1)
        seglab.grading.wire.receive = immortal
        """,
        "0",
    ),
    "programs": (
        """
        import subprocess, multiprocessing
        word = str([
            tried(subprocess.run, ["/bin/sleep", "1000"]),
            tried(os.posix_spawn, "/bin/sleep", ["sleep", "1000"], {}),
            tried(os.execv, "/bin/sleep", ["sleep", "1000"]),
            tried(multiprocessing.get_context("fork").Process(target=print).start),
            os.system("sleep 1000") != 0,
        ])
        """,
        str([REFUSED] * 4 + [True]),
    ),
    "system calls by number": (
        """
        calls = 57, 58, 56, 435, 59  # fork, vfork, clone, clone3, execve
        word = str([(libc.syscall(n, 0, 0, 0, 0, 0), ctypes.get_errno()) for n in calls])
        """,
        str([(-1, 1), (-1, 1), (-1, 1), (-1, 38), (-1, 1)]),
    ),
    "a flood of threads": (
        """
        threading.stack_size(2**16)
        started = 0
        try:
            while True:
                threading.Thread(target=time.sleep, args=(1000,)).start()
                started += 1
        except RuntimeError as error: word = str(started <= 1000)
        """,
        "True",
    ),
}
SPACE = {
    "bytes": (
        """
        kept = []
        try:
            while True: kept.append(bytearray(2**25))
        except MemoryError: word = str(len(kept) <= 32)
        """,
        "True",
    ),
    "an array": ("word = str(tried(np.ones, 2**30))", "MemoryError"),
    "a tensor": ("word = str(tried(keras.ops.ones, (2**20, 2**10)))", "ResourceExhaustedError"),
    "shared memory": (
        """
        import mmap
        def mapped():
            kept = [mmap.mmap(-1, 2**30) for _ in range(4)]
        calls = 319, 29, 68, 240  # memfd_create, shmget, msgget, mq_open
        said = [(libc.syscall(n, 0, 2**30, 0o1600), ctypes.get_errno()) for n in calls]
        word = str([tried(mapped), tried(os.memfd_create, "x"), said])
        """,
        str(["OSError", REFUSED, [(-1, 1)] * 4]),
    ),
    "files": (
        """
        written = 0
        for folder in "/tmp", "/dev/shm":
            try:
                for number in range(100):
                    with open(f"{folder}/{number}", "wb") as file:
                        for _ in range(16): written += file.write(bytes(2**20))
            except OSError: pass
        word = str(written <= 2 * 2**26)
        """,
        "True",
    ),
    "one long file": (
        """
        with open("/tmp/long", "wb") as file: word = str(tried(file.truncate, 2**40))
        """,
        "OSError",
    ),
    "empty files": (
        """
        made = 0
        try:
            while True: made += open(f"/tmp/{made}", "w").close() is None
        except OSError: word = str(made <= 10_000)
        """,
        "True",
    ),
    "descriptors": (
        """
        kept = []
        try:
            while True: kept += os.pipe()
        except OSError: word = str(len(kept) <= 256)
        """,
        "True",
    ),
    "output": (
        """
        from IPython.display import display
        for _ in range(200):
            print("x" * 2**20); print("x" * 2**20, file=sys.stderr); os.write(1, b"x" * 2**20)
        display("x" * 2**26)
        word = "said"
        """,
        "said",
    ),
    "compiled nesting": ("eval('-' * 10**6 + '1')", None),
}
RANK = {
    "a better rank": (
        """
        import resource
        sched = os.sched_param(50)
        word = str([
            tried(os.nice, -20), tried(os.setpriority, os.PRIO_USER, 0, -20),
            tried(os.sched_setscheduler, 0, os.SCHED_FIFO, sched),
        ])
        """,
        str([REFUSED] * 3),
    ),
    "no limits": (
        """
        import resource
        endless = (resource.RLIM_INFINITY,) * 2
        kinds = resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE
        word = str([tried(resource.setrlimit, kind, endless) for kind in kinds])
        """,
        str(["ValueError"] * 3),
    ),
    "another user": (
        """
        word = str([tried(os.setuid, 0), tried(os.setgid, 0), tried(os.setgroups, [0])])
        """,
        str(["OSError", "OSError", REFUSED]),
    ),
    "capabilities": (
        """
        names = "CapInh:", "CapPrm:", "CapEff:", "CapAmb:", "NoNewPrivs:", "Seccomp:"
        lines = [line.split() for line in open("/proc/self/status")]
        word = str([int(words[1], 16) for words in lines if words and words[0] in names])
        """,
        str([0, 0, 0, 0, 1, 2]),
    ),
    "namespaces and mounts": (
        """
        # unshare, setns, mount, umount2, pivot_root, open_tree, fsopen, chroot
        calls = 272, 308, 165, 166, 155, 428, 430, 161
        word = str([(libc.syscall(n, 0x10000000, 0, 0, 0, 0), ctypes.get_errno()) for n in calls])
        """,
        str([(-1, 1)] * 7 + [(-1, 14)]),
    ),
}
ATTACKS = PROCESSES | SPACE | RANK
SHOWN = ["a fork bomb", "an orphan that its parent's death does not touch", "bytes", "empty files"]


@pytest.mark.parametrize("name", cases(ATTACKS, SHOWN))
def test_a_submission_has_its_part_and_no_more(name):
    source, outcome = ATTACKS[name]
    limits = Limits(cell=20, request=3, submission=60) if name in SPACE else QUICK
    assert said(withstood(source, limits=limits)) == outcome
