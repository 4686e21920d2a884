"""A real site: granian with the task worker, on SQLite and demonstration data, under production settings.

Only what http on loopback forces is different: no redirect to https.
"""

import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EMPTY = "empty.sqlite3"  # beside the database of a site that was made: as it was before it held a row


@dataclass
class Site:
    """A running site: `Site("http://127.0.0.1:40123", {…}, "editor", "…")`."""

    address: str
    environment: dict
    username: str = "editor"
    password: str = "a-long-password-for-the-tests"

    def manage(self, *arguments: str) -> str:
        """Run manage.py on the site's own database and return what it printed."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        """Run Python with the site's environment, for what must end well, and return what it printed."""
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Make a site in `folder`, with its demonstration data and an editor's login, and serve it."""
    site = made_site(folder)
    with served(site):
        yield site


def made_site(folder: Path) -> Site:
    """Make that site without serving it yet; its static files and its data at the same time."""
    return _made(site_in(folder))


def made_site_on(database: str, folder: Path) -> Site:
    """Make such a site on another database, "postgresql://…"."""
    site = site_in(folder)
    site.environment["DATABASE_URL"] = database
    return _made(site)


def _made(site):
    with ThreadPoolExecutor() as pool:
        for part in [pool.submit(collect_static, site), pool.submit(fill, site)]:
            part.result()
    return site


def site_in(folder: Path) -> Site:
    """The site whose files are in `folder`, at a free port."""
    port = free_port()
    environment = os.environ | {
        "DEBUG": "0",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/yalu.sqlite3",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "SECOND_FACTOR": "0",
        "PORT": str(port),
        "DJANGO_SUPERUSER_PASSWORD": Site.password,
    }
    return Site(f"http://127.0.0.1:{port}", environment)


def collect_static(site: Site) -> None:
    subprocess.run(["npm", "run", "build", "--silent"], cwd=ROOT, check=True)
    site.manage("collectstatic", "--no-input", "--verbosity", "0")


FILL = """
import shutil, sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
connection.close()
if connection.vendor == "sqlite":
    shutil.copy(connection.settings_dict["NAME"], settings.VAR_DIR / sys.argv[1])
call_command("demo", verbosity=0)
call_command("createsuperuser", interactive=False, username=sys.argv[2], email="editor@example.org", verbosity=0)
"""


def fill(site: Site) -> None:
    """Migrate, publish the demonstration data and add the editor, in one process: each takes seconds to start."""
    site.run("-c", FILL, EMPTY, site.username)


def copied(made: Path, folder: Path) -> Site:
    """A copy in `folder` of the site that was made in another: what is done to one does not show in the other."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return site_in(folder)


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
    """A port to listen on: none of those from which connections go out, or one may take it before the server does."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("No free port")
