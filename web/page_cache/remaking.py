"""Makes each page once for all who ask for it, and makes kept pages again beside the requests.

For a moment after this process has seen that something was edited or released, readers get the version before, while
threads make the new one: otherwise all of them would wait at once, for all pages. The moment is short enough for an
edit to show within a second. Pages that turn out to be right still go before those that have to be made.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TakesTooLong
from contextlib import contextmanager

from django.db import close_old_connections

from web import throttling
from web.worker.repeated import once

MOMENT = 0.7  # seconds; with the quarter of one after which the database is asked (stamp.FRESH)

_lock = threading.Lock()
_under_way: dict[str, Future] = {}  # by the key of a page
_threads = ThreadPoolExecutor(2, "remaking")  # one waits for the renderer while the other makes a page here


@contextmanager
def made_once(key: str | None) -> Iterator[None]:
    """Make a page, or wait until another request has made it: what is kept then tells whether it was."""
    other, mine = _claim(key)
    if other:
        _wait(other)
    try:
        yield
    finally:
        _release(key, mine)


def begin(key: str, *steps: Callable[[], object]) -> None:
    """Have a page made beside the requests, unless it is being made already.

    If the first step gives nothing the next is taken, when the first steps of other pages have been.
    """
    other, mine = _claim(key)
    if not other:
        _threads.submit(_taken, key, mine, steps)


def _claim(key):
    """The making of a page by another, or else that which begins here."""
    with _lock:
        other = _under_way.get(key)
        if other or key is None:
            return other, None
        mine = _under_way[key] = Future()
        return None, mine


def _release(key, mine):
    if mine:
        with _lock:
            _under_way.pop(key, None)
        mine.set_result(None)


def _wait(other):
    try:
        other.result(timeout=throttling.COMPUTED.PATIENCE)
    except TakesTooLong:
        return


def _taken(key, mine, steps):
    first, *others = steps
    gave = []
    close_old_connections()
    once(lambda: gave.append(first()), "a page to be made again")
    close_old_connections()
    if gave == [None] and others:
        _threads.submit(_taken, key, mine, others)
    else:
        _release(key, mine)
