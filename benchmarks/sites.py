"""Sites that benchmarks measure: production settings, SQLite, a folder of its own each, of this or another checkout."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORES = str(os.cpu_count() or 1)
GRANIAN = ["-m", "granian", "--interface", "wsgi", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]


@dataclass
class MeasuredSite:
    """A site by the checkout that runs it and the environment that names its folder."""

    root: Path
    environment: dict

    def manage(self, *arguments: str) -> None:
        """Run manage.py; it must end well."""
        self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> None:
        """Run Python in the checkout, with the site's environment."""
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=self.root, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def but(self, **more: str) -> "MeasuredSite":
        """The same site with other settings: site.but(KEEP_PAGES="0")."""
        return MeasuredSite(self.root, self.environment | more)


@dataclass
class Server:
    """A server that runs: where it answers, and its process, which has others below it."""

    address: str
    pid: int


def new_site(var: Path, root: Path = ROOT, **more: str) -> MeasuredSite:
    """Make a site with an empty database in a new folder.

    Args: var, the folder; root, the checkout that runs it; more, of its environment.
    """
    var.mkdir(parents=True)
    own = {"VAR_DIR": str(var), "DATABASE_URL": f"sqlite:///{var}/yalu.sqlite3", "REDIS_URL": "", "DEBUG": "0"}
    own |= {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
    own |= {"METRICS_TOKEN": "m" * 40}  # so that requests are counted; each is logged in any case
    site = MeasuredSite(root, os.environ | own | more)
    site.manage("migrate", "--verbosity", "0")
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    return site


@contextmanager
def served(site: MeasuredSite, workers: str = CORES) -> Iterator[Server]:
    """Run granian on a site."""
    with granian(workers, "config.wsgi:application", site.root, site.environment) as server:
        yield server


@contextmanager
def granian(workers: str, application: str, root: Path, environment: dict) -> Iterator[Server]:
    """Run granian on any WSGI application, always with the same flags."""
    port = free_port()
    command = [sys.executable, *GRANIAN, "--workers", workers, "--host", "127.0.0.1", "--port", str(port), application]
    with running(command, port, cwd=root, env=environment) as process:
        yield Server(f"http://127.0.0.1:{port}", process.pid)


@contextmanager
def running(command: list, port: int, cwd: Path = ROOT, **more) -> Iterator[subprocess.Popen]:
    """Run a server that listens on a port; its log is a file, of which errors are shown at the end."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log, **more)
        try:
            wait_for(port, process)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.seek(0)
            sys.stderr.writelines(line for line in log if '"level": "INFO"' not in line)


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 90
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"This did not start: {' '.join(map(str, process.args))}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
