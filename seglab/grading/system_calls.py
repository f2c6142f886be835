"""What a submission may not ask of Linux: a filter that the kernel runs before each system call.

No other process: then the limits of the one there is are those of the submission. No memory that
these limits do not count; no namespaces, mounts or sockets of its own; no look into other
processes, none at what the kernel tells its owner. What is asked for fails like what is not
permitted; all else, threads among it, works as ever.
"""

import ctypes
import errno
import platform

# The numbers of the calls: x86_64's, then those of aarch64 (None: it never had that one). From
# Linux's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
FORBIDDEN = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "syslog": (103, 116),
}
CLONE, CLONE3 = (56, 220), (435, 435)
CLONE_THREAD = 0x00010000
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # as the kernel calls them: AUDIT_ARCH_...
X32 = 0x40000000  # x86_64 has its calls a second time from here on

# The filter's instructions, and what it reads and answers: linux/bpf_common.h, linux/seccomp.h.
LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16
KILL, ERROR, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
PR_SET_SECCOMP, FILTER = 22, 2


class Instruction(ctypes.Structure):
    """If the answer is yes, `yes` instructions are left out, else `no` of them."""

    _fields_ = [
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(Instruction))]


def forbid():
    """Forbid the calls above to this process, for good."""
    lines = instructions(platform.machine())
    program = Program(len(lines), (Instruction * len(lines))(*lines))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


def instructions(machine):
    """The filter for a machine ("x86_64"): [(code, yes, no, value)]."""
    mine = list(MACHINES).index(machine)
    denied = [
        line
        for numbers in FORBIDDEN.values()
        if numbers[mine] is not None
        for line in ((EQUAL, 0, 1, numbers[mine]), (ANSWER, 0, 0, ERROR | errno.EPERM))
    ]
    return [
        (LOAD, 0, 0, MACHINE),
        (EQUAL, 1, 0, MACHINES[machine]),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (ANSWER, 0, 0, ERROR | errno.EPERM),
        *denied,
        (EQUAL, 0, 1, CLONE3[mine]),  # its flags lie in memory; glibc takes `clone` instead
        (ANSWER, 0, 0, ERROR | errno.ENOSYS),
        (EQUAL, 0, 3, CLONE[mine]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 1, 0, CLONE_THREAD),
        (ANSWER, 0, 0, ERROR | errno.EPERM),
        (ANSWER, 0, 0, ALLOW),
    ]
