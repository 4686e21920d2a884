"""What every test stands on: production's settings, in a place of their own, on SQLite or on PostgreSQL.

The settings are read from the environment when Django loads, so the environment is set here, before that. For
the same reason pyproject.toml does not name DJANGO_SETTINGS_MODULE: pytest-django would load Django first.
"""

import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction

if settings.configured:
    pytest.exit("Unset DJANGO_SETTINGS_MODULE: tests/conftest.py loads the settings itself.")

PLACE, ASKED = pytest.StashKey[int](), pytest.StashKey[set]()
ROOT = Path(__file__).resolve().parent.parent
VAR = tempfile.TemporaryDirectory(prefix="yalu-tests-")  # each pytest-xdist worker makes its own
MIGRATED = Path(VAR.name) / "migrated.sqlite3"

os.environ.update(
    DJANGO_SETTINGS_MODULE="config.settings",
    VAR_DIR=VAR.name,
    DEBUG="0",
    SECRET_KEY="only-for-tests-" + "x" * 40,
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    SECURE_SSL_REDIRECT="0",  # the test client speaks plain http
    SECOND_FACTOR="0",  # tests/accounts asks for it; everywhere else a test logs in by name
    REDIS_URL="",
)
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ["DATABASE_URL"] = f"sqlite:///{VAR.name}/yalu.sqlite3"

# The modules and the tests that are collected live to the end, and Python's garbage collector would walk through them
# again and again: that was a fifth of the time that all tests take.
gc.set_threshold(50_000, 20, 20)

# What a property draws: the same examples every time, or (--hypothesis-profile=soak) others in every run and more of
# them. A property with a count of its own names it by tests.samples. No example is hurried: machines are shared.
FIXTURES = [hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("test", deadline=None, derandomize=True, suppress_health_check=FIXTURES)
hypothesis.settings.register_profile(
    "soak", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=FIXTURES
)
hypothesis.settings.load_profile("test")


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A task runs at once and in this process; the real worker is at work in tests/browser.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    # Every answer is rendered, so that a test sees its context; tests/web/test_page_cache.py keeps them again.
    settings.KEEP_PAGES = False
    settings.UNSEEN_VIEWS_A_MINUTE = 1_000_000
    settings.RENDERER = False  # tests look at what a view does, and patch it
    # Without collectstatic there is no manifest of hashed names; tests/browser serves the real files.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: in memory there is no WAL and no second connection that waits for a lock.
        database["TEST"] = {"NAME": f"{VAR.name}/test.sqlite3"}


def pytest_collection_finish():
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    """Print what tests had to tell (`record_property("told", …)`), also those that a process of pytest-xdist ran."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties if report.when == "call" else ():
            if name == "told":
                terminalreporter.write_line(text)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    # A worker inherits the environment, and must come to this file, too, before it loads Django.
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_unconfigure():
    VAR.cleanup()


@pytest.fixture(scope="session", autouse=True)
def pages_are_compressed_quickly():
    """Brotli takes as long to compress a page well as Django to make it, and no test asks how small it becomes."""
    from web.page_cache import sending  # Django loads after this file

    sending.BEST = 4


@pytest.fixture
def var_dir() -> Path:
    """The folder that holds this process's uploads, bundles and SQLite file; gone when the tests end."""
    return Path(VAR.name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep a copy of the tests' database as the migrations leave it, if it is of SQLite: see `migrated`."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(MIGRATED)) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)


@pytest.fixture(scope="session")
def migrated(django_db_setup) -> Path:
    """A database of SQLite that was migrated and holds no row of ours, to be copied."""
    if not MIGRATED.exists():  # the tests run on PostgreSQL
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{MIGRATED}"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    return MIGRATED


@contextmanager
def undone(blocker):
    """Let a fixture of a module write to the database: its tests see it, and at its end all of it is undone."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def load_words():
    """Provinces, nomenclature, aliases, questions and sanctions."""
    from faq import seed as questions  # Django loads after this file
    from sanctions import seed as sanctions
    from trade.reference import seed as reference

    reference.load()
    sanctions.load()
    questions.load()


def load_places():
    """Provinces, nomenclature and aliases, and the datasets without a value."""
    from trade import demonstration, models  # Django loads after this file
    from trade.reference import seed as reference

    reference.load()
    for facts in demonstration.DATASETS:
        models.Dataset.objects.create(**facts)


SHARED = {"loaded_words": load_words, "loaded_places": load_places}  # by the fixture that asks for it


class Standing:
    """What stands in the database now, made by one function; modules that ask for the same share it."""

    def __init__(self):
        self.make, self.ends = None, ExitStack()

    def let_stand(self, make, blocker):
        if self.make is not make or connection.needs_rollback:
            self.take_away()
            self.ends.enter_context(undone(blocker))
            make()
            self.make = make

    def take_away(self):
        self.make = None
        self.ends.close()


STANDING = Standing()


def asked_for(item):
    """Which function makes what a test stands on: its module's own, that of a fixture of all modules, or none."""
    if "published" in item.fixturenames:
        return item.module.publish
    return next((make for name, make in SHARED.items() if name in item.fixturenames), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Bring the tests that stand on the same together, so that it is made once."""
    first = {}
    for place, item in enumerate(items):
        make = asked_for(item)
        item.stash[PLACE] = first.setdefault(make, place) if make else place
        if make:
            item.getparent(pytest.Module).stash.setdefault(ASKED, set()).add(make)
    items.sort(key=lambda item: item.stash[PLACE])


@pytest.fixture(scope="module", autouse=True)
def what_others_need_taken_away(request):
    if STANDING.make not in request.node.stash.get(ASKED, ()):
        STANDING.take_away()


@pytest.fixture(scope="session")
def taken_away_at_the_end(django_db_setup):
    yield
    STANDING.take_away()


@pytest.fixture(scope="module")
def loaded_words(taken_away_at_the_end, django_db_blocker):
    STANDING.let_stand(load_words, django_db_blocker)


@pytest.fixture(scope="module")
def loaded_places(taken_away_at_the_end, django_db_blocker):
    STANDING.let_stand(load_places, django_db_blocker)


@pytest.fixture
def words(loaded_words, db):
    """Provinces, nomenclature, aliases, questions and sanctions."""


@pytest.fixture
def places(loaded_places, db):
    """Provinces, chapters, spellings and the datasets, without a value."""


@pytest.fixture(scope="module")
def published(request, taken_away_at_the_end, django_db_blocker):
    STANDING.let_stand(request.module.publish, django_db_blocker)


@pytest.fixture
def site(published, db):
    """The site that the module's `publish` makes; what a test changes of it is undone after the test."""


@pytest.fixture
def get(client, words, db):
    def fetch(address):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        return response

    return fetch
