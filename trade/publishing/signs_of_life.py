"""Signs of life: while work goes on, a thread of its own says so every few seconds, however long a step takes.

The thread has a connection of its own and holds no lock: where the database is busy or away, that sign is left out and
the next one tried in its turn. Whoever gives none for `LOST` seconds (trade/models/worker.py) is taken for dead.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import connection
from django.utils import timezone

from trade.models import Upload, Worker
from trade.publishing.uploads import AT_WORK
from web.worker.repeated import repeated

EVERY = 3  # seconds between two signs


def given(sign: Callable[[], object]) -> AbstractContextManager:
    """Call `sign` every few seconds until the block ends, or the process does."""

    def task():
        _wait_a_second_for_a_lock_at_most()
        sign()

    return repeated(task, "signs of life", EVERY)


def _wait_a_second_for_a_lock_at_most():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1000" if connection.vendor == "sqlite" else "SET lock_timeout = '1s'")


def of_upload(upload_id: int):
    """Give the signs of life of an upload while it is read or published: `with of_upload(7): …`."""
    at_work = Upload.objects.filter(pk=upload_id, state__in=AT_WORK)
    return given(lambda: at_work.update(heartbeat=timezone.now()))


def of_worker(worker_id: str, now: datetime | None = None) -> bool:
    """Write that a worker is alive; False where its row was gone, because it was taken for dead or is new."""
    seen = now or timezone.now()
    return not Worker.objects.update_or_create(pk=worker_id, defaults={"seen": seen})[1]
