"""The server and the worker of a site, each of which a test kills and starts again, as a supervisor would."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.site import ROOT, Site
from tests.trade import processes
from web import run

# A worker as in production, and one whose signs of life come quicker, so that less is to be waited for.
WORKER = ["manage.py", "work"]
QUICK_WORKER = ["-c", processes.WORKER, "0.5", "3", "", "0", ""]


class Supervised:
    """Both processes of a site, by the names "server" and "worker"; each is killed with all its children."""

    def __init__(self, site: Site, within=(), worker=WORKER, server=()):
        """`within` are the words before each command, by which it runs in a namespace of its own; `server` are more
        words for the server."""
        port = site.environment["PORT"]
        server = ["-m", *(port if part == run.PORT else part for part in run.SERVER), *server]
        self.site, self.within = site, within
        self.commands = {"server": server, "worker": worker}
        self.running, self.logs = {}, tempfile.TemporaryDirectory(prefix="yalu-logs-")

    def start(self, *names: str) -> None:
        """Start processes, and wait until the server answers, if it is one of them."""
        for name in names:
            command = [*self.within, sys.executable, *self.commands[name]]
            with self.log_file(name).open("ab") as log:
                self.running[name] = subprocess.Popen(
                    command, cwd=ROOT, env=self.site.environment, stdout=log, stderr=log, process_group=0
                )
        if "server" in names:
            until(lambda: answers(self.site), 60, lambda: self.log("server"))

    def kill(self, *names: str) -> None:
        """Kill processes without warning."""
        for name in names:
            process = self.running.pop(name)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_a_child_of_the_server(self) -> None:
        """Kill the process that answers; the one that supervises it stays."""
        parent = self.running["server"].pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        os.kill(int(children[-1]), signal.SIGKILL)

    def log_file(self, name):
        return Path(self.logs.name) / f"{name}.log"

    def log(self, name: str) -> str:
        """What a process has logged since it was started first."""
        return self.log_file(name).read_text()

    def manage(self, *arguments: str) -> str:
        """Run manage.py beside the two, and return what it printed; a fault that `verify` finds is an error here."""
        command = [*self.within, sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.site.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


@contextmanager
def supervised(site: Site, **more):
    """Start both, and at the end leave none of them behind."""
    both = Supervised(site, **more)
    try:
        both.start("server", "worker")
        yield both
    finally:
        both.kill(*both.running)
        both.logs.cleanup()


def answers(site: Site) -> bool:
    """Whether the server of a site takes connections and answers."""
    try:
        urllib.request.urlopen(site.address + "/healthz", timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def until(condition, seconds: float, why=lambda: "") -> float:
    """Wait for a state; return how many seconds that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"it did not come to pass in {seconds} s {why()}"
        time.sleep(0.05)
    return time.monotonic() - begun
