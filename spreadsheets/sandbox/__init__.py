"""Runs one function in a child process with limits, so that no file can hurt the server: the one way to open a file.

A file that crashes a library, fills the memory, never ends or writes too much ends the child and becomes one fault.
The child is forked from a server that has loaded what it needs (spreadsheets.sandbox.fork_server). It runs in a session
of its own with a bare environment, a private folder and no input; whatever happens, its whole process group is ended.
"""

import contextlib
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from spreadsheets.sheet import Fault, Stop

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",  # each thread would take address space from the limit
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve more address space than there is
    "LC_ALL": "C.UTF-8",
}
SMALLER = (
    "Copy only the data to a new workbook or .csv file, without empty rows, pictures or formatting, and upload that "
    "file."
)


def run(function: str, job: dict, folder: Path, limits: dict) -> dict:
    """Run `function`, named "package.module:name", as name(job, folder) in a child, and return what it returns.

    Both `job` and the result are of what JSON can hold; larger results lie as files in `folder`, an empty one.
    Raises: Stop, with one fault that says how the child ended, if it did not return.
    """
    Path(folder, "job.json").write_text(json.dumps({"function": function, "job": job, "limits": limits}))
    end = _run_child(function, Path(folder).resolve(), limits)
    file = Path(folder, "result.json")
    result = json.loads(file.read_text()) if end == 0 and file.exists() else {"end": end}
    if result["end"] != "returned":
        errors = Path(folder, "errors")
        errors = errors.read_bytes()[-2000:].decode("utf-8", "replace") if errors.exists() else ""
        log.warning("%s ended with %s: %s %s", function, result["end"], result.get("error", ""), errors)
        raise Stop(_failure(result["end"], limits))
    return result["result"]


def check_sizes(files: list[tuple[str, Path]], limits: dict) -> None:
    """Refuse no file, too many files, or too large ones before a child is started: [("a.xlsx", Path("/tmp/0"))].

    Raises: Stop.
    """
    if not files:
        raise Stop(Fault("empty", "Choose a file.", found="no file", expected="at least one file"))
    if len(files) > limits["files"]:
        expected = f"at most {limits['files']:,}"
        raise Stop(Fault("files", "Upload fewer files at once.", found=f"{len(files):,} files", expected=expected))
    expected = f"at most {limits['bytes'] / 2**20:,.4g} MiB"
    too_large = [
        Fault("bytes", SMALLER, name, found=f"{size / 2**20:,.4g} MiB", expected=expected)
        for name, path in files
        if (size := Path(path).stat().st_size) > limits["bytes"]
    ]
    if too_large:
        raise Stop(*too_large)


class _Server:
    """The server of this process that forks children (spreadsheets.sandbox.fork_server), started when it is needed.

    A process that was forked from this one starts a server of its own.
    """

    def __init__(self):
        self.lock, self.owner, self.channel, self.process = threading.Lock(), 0, None, None

    def ask(self, request: str, pipe: int) -> None:
        """Have a child forked that tells its process id and its end through a pipe."""
        with self.lock:
            if self.owner == os.getpid():
                with contextlib.suppress(OSError):  # it has ended, for nothing was asked for long
                    return socket.send_fds(self.channel, [request.encode()], [pipe])
                self.process.wait()
            self._start()
            return socket.send_fds(self.channel, [request.encode()], [pipe])

    def _start(self):
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  (our own module)
                [sys.executable, "-P", "-m", "spreadsheets.sandbox.fork_server", str(theirs.fileno())],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.owner = os.getpid()


_server = _Server()


def _run_child(function, folder, limits):
    """Run the child to its end or to the end of its time: its exit code, "time", or "lost" with its server."""
    end = _forked(function, folder, limits)
    # A server that ended for want of work may take a request with it; then no child was forked yet.
    return _forked(function, folder, limits) if end == "lost before" else end


def _forked(function, folder, limits):
    ours, theirs = os.pipe()
    with open(ours) as told:
        try:
            _server.ask(f"{function} {folder}", theirs)
        finally:
            os.close(theirs)
        if not (pid := told.readline()):
            return "lost before"
        ended, _, _ = select.select([ours], [], [], limits["wall_seconds"])
        if not ended:
            _kill_group(int(pid))
        code = told.readline()
        return "time" if not ended else int(code) if code else "lost"


def _kill_group(pid):
    """End the whole process group of the child, which leads it; the server ends what is left of it in any case."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _failure(end, limits):
    """Make the fault that tells an editor why the file could not be read."""
    if end in ("time", -signal.SIGXCPU, -signal.SIGALRM) or end == -signal.SIGKILL:
        bound = f"a file that can be read within {limits['wall_seconds']} seconds"
        return Fault("too-slow", SMALLER, found="a file that takes too long to read", expected=bound)
    if end == "output":
        bound = f"at most {limits['output_bytes'] // 2**20:,} MiB of data"
        return Fault("output", "Upload the data in several files.", found="more data", expected=bound)
    if end in ("memory", -signal.SIGABRT):
        bound = f"a file that can be read with {limits['memory_bytes'] // 2**20:,} MiB of memory"
        return Fault("too-large", SMALLER, found="a file that takes too much memory to read", expected=bound)
    return Fault("crash", SMALLER, found="a file that cannot be read", expected="an undamaged file")
