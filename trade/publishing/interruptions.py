"""Finds the tasks that were cut off, and has each taken up again, once; the second time it is left failed.

A task that a worker has begun names it in its row. It was cut off when neither that worker nor the task's upload has
given a sign of life for a while, or when it failed on the database and its upload is still at work. Publishing may be
done over: what was committed is recognised, what was not left no trace but a folder that `manage.py sweep` takes away.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trade.models import Upload, Worker
from trade.models.worker import LOST, lately
from trade.publishing.uploads import AT_WORK, State

log = logging.getLogger(__name__)

ATTEMPTS = 2


DATABASE_WENT_AWAY = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")


class CutOff(Exception):
    """The worker of a task, or its database, was lost for the second time."""


def take_up(now: datetime | None = None) -> int:
    """Give the tasks that were cut off back to the queue, or up; tell how many there were.

    Several may call it at once: each task is handled by one of them.
    """
    now = now or timezone.now()
    if not any(_is_cut_off(row, now) for row in _suspects(now)):
        return 0
    with transaction.atomic():
        cut_off = [row for row in _suspects(now).select_for_update() if _is_cut_off(row, now)]
        for row in cut_off:
            _take_up(row, now)
        _silent_workers(now).filter(pk__in=[row.worker_ids[-1] for row in cut_off]).delete()
    return len(cut_off)


def _suspects(now):
    failed_lately = Q(exception_class_path__in=DATABASE_WENT_AWAY, finished_at__gt=now - timedelta(hours=1))
    return DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.RUNNING) | Q(status=TaskResultStatus.FAILED) & failed_lately
    )


def _silent_workers(now):
    return Worker.objects.silent(now, LOST)


def _is_cut_off(row, now):
    """Tell whether nobody works on a task that is not done: neither its worker nor its upload was heard of lately."""
    at_work = _upload(row).filter(state__in=AT_WORK)
    if row.status == TaskResultStatus.FAILED:
        return at_work.exists() and not _heard_of_lately(at_work, now)
    lives = Worker.objects.filter(pk=row.worker_ids[-1]).exclude(pk__in=_silent_workers(now)).exists()
    return not lives and not _heard_of_lately(at_work, now)


def _heard_of_lately(uploads, now):
    begin, end = lately(now, LOST)
    return uploads.filter(heartbeat__gt=begin, heartbeat__lte=end).exists()


def _upload(row):
    """Select the upload that a task is about: the first argument of each task of trade/tasks.py."""
    is_ours = row.task_path.startswith("trade.tasks.")
    return Upload.objects.filter(pk__in=row.args_kwargs["args"][:1] if is_ours else [])


def _take_up(row, now):
    worker = _silent_workers(now).filter(pk=row.worker_ids[-1]).first()
    when = row.finished_at or (worker.seen if worker else row.started_at)
    again = len(row.worker_ids) < ATTEMPTS
    log.error(
        "Task %s (%s%s) was cut off at %s; its worker was %s. It is %s.",
        *(row.pk, row.task_path, row.args_kwargs["args"][:1], when, row.worker_ids[-1]),
        "taken up again" if again else "given up",
    )
    if again:
        row.status, row.started_at, row.finished_at = TaskResultStatus.READY, None, None
        row.save(update_fields=["status", "started_at", "finished_at"])
    else:
        row.set_failed(CutOff(f"It was cut off twice, at last at {when}; its worker was {row.worker_ids[-1]}."))
    for upload in _upload(row).filter(state__in=AT_WORK):
        _tell(upload, date_format(timezone.localtime(when), "H:i T"), again, now)


def _tell(upload, time, again, now):
    """Leave the upload for the next worker, or failed, and say on it what happened."""
    is_published = upload.state == State.PUBLISHING
    said = {
        (True, True): _("The worker publishing this upload was interrupted at %s. Publishing was restarted."),
        (True, False): _("The worker reading this upload was interrupted at %s. Reading was restarted."),
        (False, True): _("A second worker publishing this upload was interrupted at %s. Publishing was not restarted."),
        (False, False): _("A second worker reading this upload was interrupted at %s. Reading was not restarted."),
    }
    upload.interruption = said[again, is_published] % time
    upload.progress, upload.heartbeat = "", now
    if not again:
        upload.state = State.FAILED
        upload.progress = _("Nothing was changed. Try again; if this happens again, contact the site operator.")
    elif upload.state == State.READING:
        upload.state = State.WAITING
    upload.save(update_fields=["interruption", "progress", "heartbeat", "state"])
