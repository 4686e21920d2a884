"""Forks the children of spreadsheets.sandbox from a process that has loaded what they need: a start costs milliseconds.

    python -P -m spreadsheets.sandbox.fork_server FD

FD is the server's end of a Unix socket. A request is one message: "package.module:name FOLDER", with the writing end
of a pipe. The server forks a child for it, which runs that function on the job in FOLDER
(spreadsheets.sandbox.child), and writes the child's process id into the pipe, later its exit code. It opens no file of
any job itself, so no child can see another's. It ends when the other end of its socket is closed, or when nothing was
asked for a while.
"""

import importlib
import os
import selectors
import signal
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from spreadsheets.sandbox import child

IDLE = 300  # seconds without a job, after which the server ends and gives its memory back
LONGEST = 4096  # bytes of a request


def main(channel: socket.socket) -> None:
    """Serve until the other end is closed, or for IDLE seconds after the last child."""
    child.refuse_heavy_imports()
    wakes, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    pipes = {}  # of running children, by their process id
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(wakes, selectors.EVENT_READ)
        while ready := selector.select(None if pipes else IDLE):
            for key, _events in ready:
                if key.fileobj == wakes:
                    os.read(wakes, LONGEST)
                elif not _begin(channel, pipes):
                    return
            _end(pipes)


def _begin(channel, pipes):
    """Take one request and fork its child; False when the other end is closed."""
    message, descriptors, _flags, _address = socket.recv_fds(channel, LONGEST, 1)
    if not message:
        return False
    [pipe] = descriptors
    function, folder = message.decode().split(" ", 1)
    _load(function.partition(":")[0])
    if not (pid := os.fork()):
        _be_child(Path(folder), channel)
    pipes[pid] = pipe
    _tell(pipe, pid)
    return True


def _load(name):
    """Import a module once for all its children, and have it load what it needs later: its `preload()`."""
    if name in sys.modules:
        return
    with suppress(Exception):  # the child says what is wrong with it
        module = importlib.import_module(name)
        getattr(module, "preload", lambda: None)()


def _be_child(folder, channel):
    """Become the leader of a session of its own, with no input, and run the job; never return."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        channel.close()
        errors = os.open(folder / "errors", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (errors, 1), (errors, 2)):
            os.dup2(source, target)
        os.closerange(3, 4096)  # also the pipes of other children
        os.chdir(folder)
        child.main(folder)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _end(pipes):
    """Tell the exit code of each child that has ended, once all that it started is ended, too."""
    for pid in list(pipes):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)  # its id is not given anew before it is waited for
            _pid, status = os.waitpid(pid, 0)
            pipe = pipes.pop(pid)
            _tell(pipe, os.waitstatus_to_exitcode(status))
            os.close(pipe)


def _tell(pipe, number):
    with suppress(BrokenPipeError):
        os.write(pipe, f"{number}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    main(socket.socket(fileno=int(sys.argv[1])))
