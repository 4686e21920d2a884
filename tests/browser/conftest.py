"""A real site and a real browser: granian with the task worker, on demonstration data, under production settings.

Only what http on loopback forces is different: no redirect to https.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parent.parent.parent
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Site:
    """A running site: `Site("http://127.0.0.1:40123", {…}, "editor", "…")`."""

    address: str
    environment: dict
    username: str = "editor"
    password: str = "a-long-password-for-the-tests"

    def manage(self, *arguments):
        """Run manage.py on the site's own database and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with database(tmp_path_factory.mktemp("site")) as environment:
        port = free_port()
        site = Site(f"http://127.0.0.1:{port}", environment | {"PORT": str(port)})
        site.manage("migrate", "--verbosity", "0")
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        site.manage("demo")
        site.environment["DJANGO_SUPERUSER_PASSWORD"] = site.password
        site.manage("createsuperuser", "--no-input", "--username", site.username, "--email", "editor@example.org")
        with served(site):
            yield site


@contextmanager
def database(folder):
    """Yield the environment of a site whose database is new: a SQLite file, or a database in DATABASE_URL's server."""
    environment = {
        **os.environ,
        "DEBUG": "0",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/yalu.sqlite3",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
    }
    server = os.environ["DATABASE_URL"]
    if not server.startswith("postgres"):
        yield environment
        return
    name = f"browser_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield environment | {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(site):
    log = Path(site.environment["VAR_DIR"]) / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.serve"], cwd=ROOT, env=site.environment, stdout=output, stderr=output
        )
        try:
            wait_until_served(site, process, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_until_served(site, process, log):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(site.address, timeout=10).close()
            return
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                break
            time.sleep(0.1)
    pytest.fail(f"The site did not answer:\n{log.read_text()}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def browser():
    executable = find_chromium()
    assert executable, "No Chromium: set CHROMIUM to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, site):
    """Open pages with options of their own: `new_page(viewport=PHONE, color_scheme="dark")`.

    A console message, an uncaught error, a CSP report or an answer of 500 in any of them fails the test.
    """
    contexts, complaints = [], []

    def new_page(**options) -> Page:
        context = browser.new_context(base_url=site.address, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(f"console: {message.text} ({message.page.url})"))
        context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
        context.on("response", lambda response: complain_about(response, complaints))
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()
    assert complaints == []


def complain_about(response, complaints):
    if response.status >= 500:
        complaints.append(f"{response.status}: {response.url}")


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def editor(site, page) -> Page:
    """A page of the admin, logged in."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page
