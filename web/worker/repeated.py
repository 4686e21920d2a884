"""Repeats something every few seconds in a thread of its own, beside the tasks of a worker."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

log = logging.getLogger(__name__)


@contextmanager
def repeated(task: Callable[[], object], name: str, every: float) -> Iterator[None]:
    """Call `task` every so many seconds until the block ends, or the process does.

    A database that is away makes it wait for the next turn; whatever else goes wrong is logged, and it goes on.
    """
    ended = threading.Event()
    thread = threading.Thread(target=_again_and_again, args=(task, name, every, ended), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=2)  # one that waits for the database does not hold up what has ended


def _again_and_again(task, name, every, ended):
    try:
        while not ended.wait(every):
            once(task, name)
    finally:
        connection.close()


def once(task: Callable[[], object], name: str) -> None:
    """Call it once, and let nothing that goes wrong end the thread."""
    try:
        task()
    except (DatabaseError, InterfaceError) as error:
        log.debug("%s: left out, because the database did not answer: %s", name, error)
        connection.close()
    except Exception:
        log.exception("%s: failed", name)
