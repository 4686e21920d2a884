"""The conditions that need a person: a full disk, a failed upload, a task that nobody does, a part that is missing.

`manage.py alerts` prints and mails what they find; whatever else tells operators about the site reads this list too.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trade.models import Upload
from trade.pages import health

MOST = 20  # alerts of one condition: who has twenty failed uploads needs no list of all
INODES_FREE = 0.02  # of all; without one a disk takes no file, however much room it has
WAITS = timedelta(minutes=10)  # a task that is due and has not begun; with a worker it begins within seconds
RUNS = timedelta(minutes=30)  # a million rows are published in two
LATELY = timedelta(days=1)


def found() -> dict[str, str]:
    """Look at every condition: {"upload 7": "failed: https://…", "worker": "none is running, …"}; {} where all is well.

    Each alert has a name of its own, which stays while its words change. A database that is away is said once, not by
    everything that would ask it.
    """
    return {name: words for alerts in by_condition().values() for name, words in alerts.items()}


def by_condition() -> dict[str, dict[str, str]]:
    """Look at every condition, and keep apart what each finds: {"disk": {}, "failed uploads": {"upload 7": "…"}, …}."""
    alerts = {}
    for name, look in CONDITIONS.items():
        if not alerts.get("database") or name in WITHOUT_DATABASE:
            alerts[name] = _looked(name, look)
    return alerts


def _looked(name, look):
    try:
        return look()
    except Exception as error:  # what cannot be looked at needs a person as well
        return {name: f"could not be looked at ({type(error).__name__})"}


def _part(name):
    """A part of /readyz as a condition; what is missing has the name of the part."""

    def look():
        missing = health.seen(health.PARTS[name])
        return {name: missing} if missing else {}

    return look


def low_disks() -> dict[str, str]:
    """Find the disks that are nearly full or can be read only: {"disk /srv/yalu/var": "1.2 GB free; …"}."""
    said = {f"disk {place}": _lack_of(place) for place in places()}
    return {name: words for name, words in said.items() if words}


def places() -> list[str]:
    """List the folders whose disks the site fills, one for each disk: ["/srv/yalu/var"]."""
    by_disk = {}
    for place in (str(settings.VAR_DIR), tempfile.gettempdir()):
        by_disk.setdefault(os.stat(place).st_dev, place)
    return list(by_disk.values())


def free_bytes(place: str) -> int:
    """Tell how many bytes the site may still write to the disk of a folder: 81_604_378_624."""
    return shutil.disk_usage(place).free


def _lack_of(place):
    disk = os.statvfs(place)
    if disk.f_flag & os.ST_RDONLY:
        return "can be read only"
    if (free := free_bytes(place)) < settings.ALERT_DISK_FREE:
        return f"{free / 1e9:.1f} GB free; at least {settings.ALERT_DISK_FREE / 1e9:.1f} GB is needed"
    if disk.f_files and disk.f_favail < INODES_FREE * disk.f_files:
        return f"room for {disk.f_favail} more files (inodes); at least {INODES_FREE:.0%} of {disk.f_files} is needed"
    return ""


def failed_uploads() -> dict[str, str]:
    """Find the uploads that failed by a fault of the site, until somebody tries them again or discards them."""
    failed = Upload.objects.filter(state=Upload.State.FAILED).order_by("-pk")[:MOST]
    return {f"upload {upload.pk}": f"failed, of {upload.dataset_id}: {_address(upload)}" for upload in failed}


def failed_tasks() -> dict[str, str]:
    """Find other tasks that ended in an error within a day; that of an upload is told by the upload."""
    since = timezone.now() - LATELY
    rows = DBTaskResult.objects.failed().filter(finished_at__gt=since).exclude(task_path__startswith="trade.tasks.")
    return {f"task {row.pk}": f"failed: {row.task_path} ({row.exception_class_path})" for row in rows[:MOST]}


def stuck_tasks() -> dict[str, str]:
    """Find the tasks that are due and were not begun, or have not ended, for longer than any task should take."""
    alerts = {}
    for row in _stuck(timezone.now()).order_by("enqueued_at")[:MOST]:
        runs = row.status == TaskResultStatus.RUNNING
        word, since = ("running", row.started_at) if runs else ("waiting", row.enqueued_at)
        alerts[f"task {row.pk}"] = f"{row.task_path} has been {word} since {since:%Y-%m-%d %H:%M} UTC"
    return alerts


def _stuck(now):
    due_lately = Q(run_after__gt=now - WAITS, run_after__lte=now)
    waits = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WAITS).exclude(due_lately)
    return waits | DBTaskResult.objects.running().filter(started_at__lt=now - RUNS)


def overdue_uploads() -> dict[str, str]:
    """Find the uploads whose hour has passed and that were not published."""
    late = Upload.objects.filter(state=Upload.State.SCHEDULED, publish_at__lt=timezone.now() - WAITS)[:MOST]
    return {
        f"upload {upload.pk}": f"was to be published at {upload.publish_at:%Y-%m-%d %H:%M} UTC: {_address(upload)}"
        for upload in late
    }


def _address(upload):
    return settings.SITE_URL.rstrip("/") + reverse("admin:trade_upload_change", args=[upload.pk])


# What each finds is looked for in this order; the database comes before what asks it.
CONDITIONS: dict[str, Callable[[], dict[str, str]]] = {
    **{name: _part(name) for name in health.PARTS},
    "disk": low_disks,
    "failed uploads": failed_uploads,
    "failed tasks": failed_tasks,
    "stuck tasks": stuck_tasks,
    "overdue uploads": overdue_uploads,
}
WITHOUT_DATABASE = ("static files", "cache", "disk")
