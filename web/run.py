"""What `make run` starts: the server and the worker of background tasks, which begin and end together.

On a server of your own, let its supervisor run the two commands instead (docs/operators.md).
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

HOST = "127.0.0.1"  # this machine only: what is shown with DEBUG on is for nobody else
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://{HOST}:{PORT}/"

# Most of the threads wait for their turn to have a view computed (web.throttling), while the others send what is kept.
# A process of the server that dies is replaced.
SERVER = ["granian", "--interface", "wsgi", "--host", HOST, "--port", PORT, "--blocking-threads", "48"]
SERVER += ["--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
WORKER = ["manage.py", "work"]


def main() -> None:
    if port_is_taken():
        sys.exit(f"Port {PORT} of {HOST} is in use. Choose another one: PORT=8001 make run")
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):  # a shell may have set the first to be ignored
        signal.signal(asked_to_end, lambda *_: sys.exit(0))
    children = [start(["-m", *SERVER]), start(WORKER)]
    try:
        if has_answered(children):
            say(f"\nYalu    {ADDRESS}\nAdmin   {ADDRESS}admin/\nEnd it with Ctrl-C.")
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        sys.exit("The server or the worker ended by itself, so the other one was ended, too.")
    finally:
        end(children)


def start(arguments: list[str]) -> subprocess.Popen:
    """Start Python in a process group of its own: Ctrl-C then reaches this process alone, which ends the others."""
    return subprocess.Popen([sys.executable, *arguments], process_group=0)  # noqa: S603  (our own words)


def port_is_taken() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, int(PORT))) == 0


def has_answered(children: list[subprocess.Popen], seconds: float = 60) -> bool:
    """Wait until the server answers; False when a child has ended, or the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(child.poll() is None for child in children):
        try:
            urllib.request.urlopen(ADDRESS, timeout=10).close()  # noqa: S310  (our own http address)
            return True
        except urllib.error.HTTPError:
            return True  # an answer, if not a friendly one
        except OSError:
            time.sleep(0.1)
    return False


def end(children: list[subprocess.Popen]) -> None:
    """Ask each to end, then make sure: of a server that was killed, its own children are still there."""
    for child in children:
        child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
