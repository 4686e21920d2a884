"""manage.py work: do the tasks that wait in the database, one after the other, until it is told to end.

The library's worker ends when the database is away; this one waits until it is back. While it runs it writes that it is
alive, has the tasks of workers that were lost taken up again, publishes drafts of words at their hour, and keeps the
search up to date.
"""

import logging
import os
import signal
import socket
import sys
import time

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

from drafts import hours
from trade import providers, tasks
from trade.models import Worker
from trade.publishing import interruptions, signs_of_life
from web.unavailable import AWAY

log = logging.getLogger(__name__)

PAUSE = 0.25  # seconds between two looks for a task: an editor waits for half of it at the mean; a look takes 2 ms
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10  # seconds between two looks for a database that is away
TRUSTED = 3  # signs in a row that came through in time, before a worker judges others by theirs


class Command(BaseCommand):
    help = "Do the tasks that wait in the database: read uploads, publish releases. Start at least one."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=PAUSE, metavar="SECONDS", help="between looks for a task")

    def handle(self, *args, **options):
        self.worker, self.away_since, self.pause = None, None, FIRST_PAUSE
        for told_to_end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_end, self.end)
        while self.worker is None or self.worker.running:
            try:
                self.work(options["interval"])
                return
            except AWAY as error:
                self.wait_for_the_database(error)

    def work(self, interval):
        """Do tasks until told to end; a worker begun anew has a new name, so what the last one left is lost.

        Raises: OperationalError or InterfaceError when the database is away.
        """
        self.worker = new_worker(interval)
        signs = Signs(self.worker)
        signs.write()
        DBTaskResult.objects.ready().exists()
        if self.away_since is not None:
            log.warning("The database answers again after %.0f s; the worker goes on.", self.seconds_away())
            self.away_since, self.pause = None, FIRST_PAUSE
        try:
            with signs_of_life.given(signs), hours.kept(), providers.search().kept_fresh():
                self.worker.run()
        finally:
            if not self.worker.running_task:
                forget(self.worker)

    def wait_for_the_database(self, error):
        """Say once that the database is away, then wait a little longer each time."""
        connections.close_all()
        if self.away_since is None:
            self.away_since = time.monotonic()
            log.error("The database does not answer; the worker waits for it. %s", error)
        time.sleep(self.pause)
        self.pause = min(2 * self.pause, LONGEST_PAUSE)

    def seconds_away(self):
        return time.monotonic() - self.away_since

    def end(self, number, frame):
        """End at once; with a task in hand end after it, or at once if told again: another worker takes it up."""
        if self.worker is None or not self.worker.running_task:
            sys.exit(0)
        if not self.worker.running:
            os._exit(1)
        self.worker.running = False


class Signs:
    """Writes the signs of life of a worker, and looks after the others: one call every few seconds."""

    def __init__(self, worker: LibraryWorker):
        self.worker, self.last, self.in_time = worker, time.monotonic(), 0
        self.ahead = time.time() - self.last

    def __call__(self):
        now = time.monotonic()
        ahead = time.time() - now
        is_set = abs(ahead - self.ahead) > signs_of_life.EVERY
        self.in_time = 0 if is_set or now - self.last >= 2 * signs_of_life.EVERY else self.in_time + 1
        if not self.write() and self.worker.running_task:
            log.error("This worker was taken for lost, and its task given to another one. It ends.")
            os._exit(1)
        self.last, self.ahead = now, ahead
        # Where its own signs are late the database was away, and those of others are late for the same reason. Where
        # the clock was set, those of others are from before.
        if self.in_time >= TRUSTED:
            interruptions.take_up()
        tasks.begin_what_is_due()

    def write(self):
        return signs_of_life.of_worker(self.worker.worker_id)


def new_worker(interval: float) -> LibraryWorker:
    """Make a worker of the library under a name that says where it runs: "server-1.4711.k3F9x2Qa"."""
    name = f"{socket.gethostname()[:40]}.{os.getpid()}.{get_random_string(8)}"
    return LibraryWorker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        interval=interval,
        batch=False,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )


def forget(worker: LibraryWorker) -> None:
    """Take the name of a worker that ends out of the list; that of one whose database is away goes later."""
    try:
        Worker.objects.filter(pk=worker.worker_id).delete()
    except AWAY:
        log.debug("worker %s stays in the list", worker.worker_id)
