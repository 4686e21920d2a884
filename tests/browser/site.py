"""A real site: granian with the task worker, on demonstration data, under production settings.

Only what http on loopback forces is different: no redirect to https.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Site:
    """A running site: `Site("http://127.0.0.1:40123", {…}, "editor", "…")`."""

    address: str
    environment: dict
    username: str = "editor"
    password: str = "a-long-password-for-the-tests"

    def manage(self, *arguments: str) -> str:
        """Run manage.py on the site's own database and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Make a site in `folder`, with its demonstration data and an editor's login, and serve it."""
    with made_site(folder) as site, served(site):
        yield site


@contextmanager
def made_site(folder: Path, *, demo: bool = True) -> Iterator[Site]:
    """Make that site, or one on which nothing was ever released, without serving it yet."""
    port = free_port()
    with database(folder) as address:
        environment = os.environ | {
            "DEBUG": "0",
            "VAR_DIR": str(folder),
            "DATABASE_URL": address,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "0",
            "PORT": str(port),
        }
        site = Site(f"http://127.0.0.1:{port}", environment)
        site.manage("migrate", "--verbosity", "0")
        subprocess.run(["npm", "run", "build", "--silent"], cwd=ROOT, check=True)
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        if demo:
            site.manage("demo")
        site.environment["DJANGO_SUPERUSER_PASSWORD"] = site.password
        site.manage("createsuperuser", "--no-input", "--username", site.username, "--email", "editor@example.org")
        yield site


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the address of a new database: a SQLite file, or one on the PostgreSQL server of DATABASE_URL."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder}/yalu.sqlite3"
        return
    name = f"browser_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(site: Site) -> Iterator[None]:
    """Run the server and the worker; whatever they log as an exception is an error here."""
    log = Path(site.environment["VAR_DIR"]) / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "web.run"]
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=output, stderr=output)
        try:
            wait_until_served(site, process, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_until_served(site: Site, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            return urllib.request.urlopen(site.address, timeout=10).close()
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The site did not answer:\n{log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
