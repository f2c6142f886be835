"""The process in the sandbox that imports Keras once and forks for every submission.

    python -m seglab.grading.nursery CONTROL isolated|plain

CONTROL is the number of a socket. On it comes "start" with a connection to the judge, and goes the
number of the process that serves it; or "kill" and such a number. When it closes, all ends.

No operation of TensorFlow may run here: after one, a forked child would hang for ever.
"""

import contextlib
import gc
import os
import signal
import socket
import sys

# The first line is what notebooks import, so that no submission waits for it.
import matplotlib.pyplot  # noqa: F401
import scipy.ndimage  # noqa: F401

import seglab.plots
import seglab.training  # noqa: F401
from seglab.grading import collector, isolation, wire
from seglab.grading.sandbox import become_nobody


def main(control, isolated):
    """Serve the control socket until it closes."""
    if isolated:
        become_nobody()
        isolation.shut()
    shell = _warm(collector.shell())
    gc.freeze()  # nothing of this is looked at again: a child's collections copy no page of it
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        _bury()
        if not message:
            return
        if message == b"start":
            control.send(str(_child(control, descriptors[0], shell, isolated)).encode())
            os.close(descriptors[0])
        else:
            _kill(int(message.split()[1]), isolated)


def _warm(shell):
    """The shell, with all done once that every submission would have to do again."""
    for source in "%time 1", "1 / 0":  # magics and tracebacks import their modules when needed
        shell.run_cell(source, store_history=False, silent=True)
    return shell


def _child(control, descriptor, shell, isolated):
    """Fork a process that serves a connection; its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        control.close()
        connection = socket.socket(fileno=descriptor)
        _to_nowhere()
        os.setsid()
        problem = _confined(isolated)
        wire.send(connection, problem)
        if problem is None:
            collector.serve(connection, shell)
    finally:  # not one frame of the nursery may be reached
        os._exit(0)


def _confined(isolated):
    """Why the process could not be confined; None if it is."""
    try:
        if isolated:
            isolation.enter()
        isolation.limit(isolated)
    except OSError as error:
        return str(error)


def _to_nowhere():
    """What students print goes nowhere: nobody reads it, and nothing can fill up."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)


def _kill(pid, isolated):
    """End a child and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        if isolated:
            os.kill(pid, signal.SIGTERM)  # see `isolation.enter`
        else:
            os.killpg(pid, signal.SIGKILL)


def _bury():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2] == "isolated")
