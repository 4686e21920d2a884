"""Whether this server answers, and what it lacks."""

import shutil
from pathlib import Path

from django.conf import settings as configured
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import storages
from django.db import OperationalError
from django.utils import timezone

from tests.trade import sites
from trade.models import Release, Worker
from trade.pages import health

publish = sites.usual


def test_healthz_asks_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_readyz_is_ok_when_nothing_is_missing_and_asks_little(site, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store" and not response.cookies


def missing(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_a_bundle_that_is_not_on_the_disk_is_named(site, client):
    release = Release.objects.newest_by_dataset().get(dataset="china-provinces")
    folder = Path(storages["bundles"].path(release.bundle))
    folder.rename(away := folder.with_name("away"))
    try:
        assert missing(client) == {"newest bundles": f"the files of china-provinces/{release.number} are not there"}
    finally:
        shutil.move(away, folder)


def test_a_database_that_is_away_is_named_and_says_nothing_of_itself(site, client, monkeypatch):
    def away():
        raise OperationalError("connection to server at 10.1.2.3, user yalu, failed")

    monkeypatch.setitem(health.PARTS, "database", away)
    assert missing(client) == {"database": "does not answer (OperationalError)"}


def test_a_cache_that_forgets_at_once_is_named(site, client, settings):
    settings.CACHES = configured.CACHES | {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert missing(client) == {"cache": "does not keep what it is given"}


def test_migrations_and_static_files_that_are_missing_are_counted(site, client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [("trade", "0002")])
    monkeypatch.setitem(storages._storages, "staticfiles", ManifestStaticFilesStorage())
    monkeypatch.setattr(health.deployment_checks, "missing_static_files", lambda: ["css/site.css"])
    assert missing(client) == {
        "migrations": "1 are not applied; run manage.py migrate",
        "static files": "1 are not collected, css/site.css first; run manage.py collectstatic",
    }


NONE_RUNS = "none is running, so uploads wait; start one with manage.py work"


def test_a_worker_that_is_silent_is_named(site, client, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(type(Worker.objects.all()), "seconds_since_sign", lambda self: 75.0)
    assert missing(client) == {"worker": "sent its last heartbeat 75 s ago"}
    monkeypatch.setattr(type(Worker.objects.all()), "seconds_since_sign", lambda self: 2.0)
    assert client.get("/readyz").status_code == 200


def test_a_worker_that_was_never_started_or_has_ended_is_named_but_while_debugging_no_fault(site, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert missing(client) == {"worker": NONE_RUNS}
    worker = Worker.objects.create(pk="one", seen=timezone.now())
    assert client.get("/readyz").content == b"ok\n"
    worker.delete()
    assert missing(client) == {"worker": NONE_RUNS}
    settings.DEBUG = True
    told = client.get("/readyz")
    assert (told.status_code, told.content.decode()) == (200, f"ok\nworker: {NONE_RUNS}\n")
