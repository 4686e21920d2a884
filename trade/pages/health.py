"""Tells whoever watches over the site whether this server answers, and what it lacks to do all its work.

`/healthz` is for balancers and supervisors: a server whose database is away still sends kept pages and files, and
should go on getting readers. `/readyz` is for whoever is to be called: it names each part that is missing.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_safe

from trade.bundles import storage
from trade.models import Release, Worker
from web import deployment_checks


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return _plain("ok", 200)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say "ok", or 503 and a line for each part that is missing.

    While debugging a site without a worker is told of it and is ready: whoever works on pages needs none.
    """
    lines = [f"{name}: {missing}" for name, look in PARTS.items() if (missing := seen(look))]
    if settings.DEBUG and lines == [f"worker: {NONE_RUNS}"]:
        return _plain(f"ok\n{lines[0]}", 200)
    return _plain("\n".join(lines), 503) if lines else _plain("ok", 200)


def _plain(text, status):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)


def seen(look: Callable[[], str]) -> str:
    """Tell what is missing, or "". Whatever goes wrong while looking is missing as well, in words that tell nothing."""
    try:
        return look()
    except Exception as error:  # a part that is broken in a way that nobody thought of is missing, too
        return f"does not answer ({type(error).__name__})"


def _database():
    connection.ensure_connection()
    Release.objects.exists()
    return ""


def _migrations():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} are not applied; run manage.py migrate" if plan else ""


def _static_files():
    has_list = isinstance(storages["staticfiles"], ManifestFilesMixin)
    missing = deployment_checks.missing_static_files() if has_list and not settings.DEBUG else []
    return f"{len(missing)} are not collected, {missing[0]} first; run manage.py collectstatic" if missing else ""


def _cache():
    key = f"readyz:{get_random_string(12)}"
    cache.set(key, "here", 10)
    return "" if cache.get(key) == "here" else "does not keep what it is given"


def _bundles():
    """The newest releases' files are where they should be."""
    missing = [f"{release.dataset_id}/{release.number}" for release in storage.without_files()]
    return f"the files of {', '.join(missing)} are not there" if missing else ""


def _worker():
    """A worker of background tasks gives signs of life; tasks that run at once need none.

    One that ended in order has left no sign, as one that was never started: in both cases uploads would wait.
    """
    if "DatabaseBackend" not in settings.TASKS["default"]["BACKEND"] or Worker.objects.are_alive():
        return ""
    seconds = Worker.objects.seconds_since_sign()
    return NONE_RUNS if seconds is None else f"sent its last heartbeat {seconds:.0f} s ago"


NONE_RUNS = "none is running, so uploads wait; start one with manage.py work"
PARTS = {
    "database": _database,
    "migrations": _migrations,
    "static files": _static_files,
    "cache": _cache,
    "newest bundles": _bundles,
    "worker": _worker,
}
