"""Signs of life: while work goes on, a thread of its own says so every few seconds, however long a step takes.

The thread has a connection of its own and holds no lock: where the database is busy or away, that sign is left out and
the next one tried in its turn. Whoever gives none for `LOST` seconds (trade/models/worker.py) is taken for dead.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from trade.models import Upload, Worker
from trade.publishing.uploads import AT_WORK

log = logging.getLogger(__name__)

EVERY = 3  # seconds between two signs


@contextmanager
def given(sign: Callable[[], object]) -> Iterator[None]:
    """Call `sign` every few seconds until the block ends, or the process does."""
    ended = threading.Event()
    thread = threading.Thread(target=_repeat, args=(sign, ended), name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=2)  # one that waits for the database does not hold up what has ended


def _repeat(sign, ended):
    try:
        while not ended.wait(EVERY):
            _try(sign)
    finally:
        connection.close()


def _try(sign):
    try:
        _wait_a_second_for_a_lock_at_most()
        sign()
    except (DatabaseError, InterfaceError) as error:
        log.debug("a sign of life was left out: %s", error)
        connection.close()
    except Exception:  # the thread must live on, whatever it was
        log.exception("a sign of life could not be given")


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
