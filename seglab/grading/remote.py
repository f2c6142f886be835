"""The trusted half's view of a student's process: started, asked, killed, started again."""

import contextlib
import os
import socket
import subprocess
import sys
import time

import numpy as np

from seglab.errors import InputError
from seglab.grading import sandbox, wire
from seglab.grading.plain import plain
from seglab.grading.student_models import Description, Structure
from seglab.grading.verdicts import NotAttempted, StudentError, Wrong

SECONDS_TO_IMPORT = 120  # Keras on a busy machine
LONGEST = 400  # characters of a sentence
FAILURES = OSError, ValueError, wire.Broken  # of a start
NONSENSE = "The answer makes no sense."


class Ended(Exception):
    """The student's process is gone, hangs, or talks nonsense."""

    def __init__(self, timed_out):
        super().__init__("timed out" if timed_out else "ended")
        self.timed_out = timed_out


class Nursery:
    """The process that forks for every submission, in the sandbox or, if asked so, outside."""

    def __init__(self, sandboxed=True):
        if not hasattr(os, "fork"):
            raise InputError(f"Grading forks a process for each submission; {os.name} cannot.")
        if sandboxed and (reason := sandbox.missing()):
            raise InputError(f"There is no sandbox: {reason} --unsandboxed goes on without.")
        self.sandboxed = sandboxed
        self._begin()

    def start(self):
        """A new process, ready for its first request: (connection, process number)."""
        try:
            return self._forked()
        except FAILURES:  # the nursery has ended, for want of memory, say
            self.close()
            self._begin()
        try:
            return self._forked()
        except FAILURES as error:
            raise InputError(f"No process for a submission starts here: {error}") from error

    def kill(self, pid):
        self.control.send(b"kill %d" % pid)

    def close(self):
        self.control.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _begin(self):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        way = "isolated" if self.sandboxed else "plain"
        module = ["-m", "seglab.grading.nursery", str(theirs.fileno()), way]
        command = [sys.executable, *module]
        self.process = subprocess.Popen(
            sandbox.command(command) if self.sandboxed else command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self.control = ours
        self.control.settimeout(SECONDS_TO_IMPORT)
        if self.control.recv(64) != b"ready":
            self.close()
            raise InputError("The process that runs students' code did not start.")

    def _forked(self):
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self.control, [b"start"], [theirs.fileno()])
                pid = int(self.control.recv(64))
            if problem := wire.receive(ours, time.monotonic() + SECONDS_TO_IMPORT):
                raise ValueError(problem)
        except BaseException:
            ours.close()
            raise
        return ours, pid


class Run:
    """One start of a student's process."""

    def __init__(self, nursery):
        self.nursery = nursery
        self.connection, self.pid = nursery.start()
        self.count = 0

    def ask(self, seconds, method, *arguments):
        """The reply to a request: plain data. Raises `Ended` if none comes in time."""
        self.count += 1
        late = time.monotonic() + max(seconds, 0.01)
        try:
            self.connection.settimeout(max(seconds, 0.01))
            wire.send(self.connection, (self.count, method, arguments))
            reply = wire.receive(self.connection, late)
        except TimeoutError as error:
            raise Ended(timed_out=True) from error
        except (wire.Broken, OSError) as error:
            raise Ended(timed_out=False) from error
        if not _is_reply(reply, self.count):
            raise Ended(timed_out=False)
        _, kind, value = reply
        if kind == "not attempted":
            raise NotAttempted(arguments[0])
        if kind == "wrong":
            raise StudentError(_sentence(value))
        try:
            return plain(value)
        except Wrong as wrong:  # the collector would have refused it: what came is forged
            raise StudentError(wrong.sentence) from wrong

    def end(self):
        self.connection.close()
        with contextlib.suppress(OSError):
            self.nursery.kill(self.pid)


class RemoteNames:
    """The names of a student's process; the same methods as `names.LiveNames`."""

    def __init__(self, ask):
        self.ask = ask

    def value(self, name):
        return self.ask("value", name)

    def call(self, name, *arguments):
        return self.ask("call", name, arguments)

    def build(self, name, *arguments):
        reply = self.ask("build", name, arguments)
        config, weights, number = _parts(reply, (str, type(None)), list, int)
        if any(type(weight) is not np.ndarray for weight in weights):
            raise StudentError(NONSENSE)
        if config is None:
            return Description(None, weights, ("probe", number))
        reply = self.ask("rebuild", config, weights)
        number, layers, input_shape = _parts(reply, int, list, (tuple, type(None)))
        layers = [_parts(layer, str, dict) for layer in layers]
        return Description(None, weights, ("probe again", number), Structure(layers, input_shape))

    def probe(self, place, images, weights=None):
        return self.ask(*place, images, weights)


def _is_reply(reply, count):
    """True for (count, a kind of reply, anything). Types first: arrays are equal in other ways."""
    if type(reply) is not tuple or [type(part) for part in reply[:2]] != [int, str]:
        return False
    return len(reply) == 3 and reply[0] == count and reply[1] in ("ok", "wrong", "not attempted")


def _sentence(value):
    """What a student's process says of a failure: some text without signs for terminals."""
    if type(value) is not str:
        return NONSENSE
    return "".join(sign for sign in value[:LONGEST] if sign.isprintable())


def _parts(reply, *kinds):
    """The parts of a reply, if they are what they should be."""
    whole = type(reply) is tuple and len(reply) == len(kinds)
    if not whole or not all(map(isinstance, reply, kinds)):
        raise StudentError(NONSENSE)
    return reply
