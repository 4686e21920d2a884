"""What Prometheus is told of the whole site, beside what each server counts: uploads, tasks, releases, disks."""

import platform
from collections.abc import Iterator

import django
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from trade.models import Release, Upload, Worker
from trade.pages.watch import conditions
from web.page_cache import shelf, stamp
from web.unavailable import AWAY


class Site:
    """A collector of prometheus-client: REGISTRY.register(Site()). While the database is away it tells of the rest."""

    def collect(self) -> Iterator[Metric]:
        yield _gauge("yalu_build_info", "The program, by a hash of its texts.", {_build(): 1}, *BUILD)
        yield _gauge("yalu_disk_free_bytes", "Bytes that may be written.", _disks(), "place")
        alerts = {(name,): len(found) for name, found in conditions.by_condition().items()}
        yield _gauge("yalu_alerts", "What needs a person, as manage.py alerts prints it.", alerts, "condition")
        away = stamp.away()
        try:
            families = list(_of_the_database())
        except AWAY:
            connection.close()
            families = []
        yield _gauge("yalu_database_up", "1 while the database answers.", {(): int(bool(families))})
        yield _gauge("yalu_database_away_seconds", "Seconds for which kept pages are as last known.", {(): away})
        yield from families


BUILD = ("program", "python", "django")


def _build():
    return shelf.program()[:12], platform.python_version(), django.get_version()


def _disks():
    return {(place,): conditions.free_bytes(place) for place in conditions.places()}


def _of_the_database():
    now = timezone.now()
    uploads = dict.fromkeys(Upload.State.values, 0)
    uploads |= dict(Upload.objects.order_by().values_list("state").annotate(Count("pk")))
    yield _gauge("yalu_uploads", "Uploads by state.", {(state,): number for state, number in uploads.items()}, "state")
    yield from _tasks(now)
    newest = Release.objects.order_by().values_list("dataset").annotate(Max("created"))
    ages = {(dataset,): (now - at).total_seconds() for dataset, at in newest}
    yield _gauge("yalu_release_age_seconds", "Age of the newest release.", ages, "dataset")
    silent = Worker.objects.seconds_since_sign()
    signs = {} if silent is None else {(): silent}
    yield _gauge("yalu_worker_sign_age_seconds", "Since any worker gave a sign of life; absent if none has.", signs)


def _tasks(now):
    due = DBTaskResult.objects.ready()
    found = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(pk__in=due)), running=Count("pk", filter=Q(status="RUNNING")),
        oldest=Min("enqueued_at", filter=Q(pk__in=due)),
    )  # fmt: skip
    numbers = {("waiting",): found["waiting"], ("running",): found["running"]}
    yield _gauge("yalu_tasks", "Tasks that are due or being done.", numbers, "state")
    waits = (now - found["oldest"]).total_seconds() if found["oldest"] else 0
    yield _gauge("yalu_oldest_task_seconds", "For how long the oldest task that is due has waited.", {(): waits})


def _gauge(name, words, values, *labels):
    """Make a gauge of its values by labels: {("failed",): 1}."""
    family = GaugeMetricFamily(name, words, labels=labels)
    for of, value in values.items():
        family.add_metric(of, value)
    return family
