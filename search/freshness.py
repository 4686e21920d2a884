"""Has the worker keep the entries fresh: it asks every second whether words moved, in a thread of its own.

No reader writes. Between an edit and this, what was taken back is left out by search.finding.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

from search import index

log = logging.getLogger(__name__)

EVERY = 1  # seconds between two looks


@contextmanager
def kept() -> Iterator[None]:
    """Keep the entries fresh until the block ends."""
    ended = threading.Event()
    thread = threading.Thread(target=_look_again_and_again, args=(ended,), name="search entries", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=2)


def _look_again_and_again(ended):
    try:
        while not ended.wait(EVERY):
            _look()
    finally:
        connection.close()


def _look():
    try:
        index.refresh()
    except (DatabaseError, InterfaceError) as error:
        log.debug("the entries of the search were not refreshed: %s", error)
        connection.close()
    except Exception:  # the thread must live on, whatever it was
        log.exception("the entries of the search could not be refreshed")
