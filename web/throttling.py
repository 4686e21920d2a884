"""How often one address may ask, and how much is computed at the same time."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

A_MINUTE = 600  # requests from one address
SECONDS = 60


class PerAddress(BaseThrottle):
    """Count requests by the minute in the cache, shared by all threads, and by all servers where the cache is.

    It keeps nothing of a request on itself: threads meet in the cache alone, whose counting is atomic.
    """

    name, most = "api", A_MINUTE

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a request; False when its address had its share of this minute."""
        asker = hashlib.sha256((self.get_ident(request) or "").encode()).hexdigest()[:32]
        key = f"{self.name}:{int(self.clock() // SECONDS)}:{asker}"
        cache.add(key, 0, 2 * SECONDS)
        try:
            count = cache.incr(key)
        except ValueError:  # a full cache let go of it
            return True
        return count is None or count <= self.most  # None: Redis does not answer

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return SECONDS - self.clock() % SECONDS

    def clock(self) -> float:
        return time.time()


class Views(PerAddress):
    """Count the views that were computed for an address: each takes a tenth of a second of a processor."""

    name = "views"

    @property
    def most(self) -> int:
        return settings.UNSEEN_VIEWS_A_MINUTE


class Lane:
    """Computes one thing at a time, for whoever asks, so that what is kept is sent meanwhile.

    Some wait for their turn, in the order in which they came, more or less; who finds too many before them, or
    has waited too long, is refused at once.
    """

    PATIENCE = 8.0  # seconds

    def __init__(self, waiting: int, throttle: PerAddress | None = None):
        self.one, self.gate, self.room = threading.Semaphore(1), threading.Semaphore(1), threading.Semaphore(waiting)
        self.throttle = throttle
        self.waiting = 0  # requests that wait, or are computed, now
        self._counting = threading.Lock()

    @contextmanager
    def turn(self, request: HttpRequest, *, is_counted: bool = True) -> Iterator[tuple[int, int] | None]:
        """Wait for the turn: None when it has come, else why not, and the seconds until it is worth asking again.

        What is not counted, a page that was kept and has to be made again, waits behind one other at the most.
        """
        if not is_counted:
            yield from self._waited(self.one)
        elif self.throttle and not self.throttle.allow_request(request):
            yield 429, int(self.throttle.wait()) + 1
        elif not self.room.acquire(blocking=False):
            yield 503, int(self.PATIENCE)
        else:
            try:
                self._count(1)
                yield from self._waited(self.gate, self.one)
            finally:
                self._count(-1)
                self.room.release()

    def _count(self, more):
        with self._counting:
            self.waiting += more

    def _waited(self, *turns):
        """Wait for one turn after the other."""
        until, taken = time.monotonic() + self.PATIENCE, []
        try:
            for turn in turns:
                if not turn.acquire(timeout=max(0, until - time.monotonic())):
                    yield 503, int(self.PATIENCE)
                    return
                taken.append(turn)
            yield None
        finally:
            for turn in taken:
                turn.release()


COMPUTED = Lane(waiting=24, throttle=Views())  # views of pages that are not kept yet
PROGRAMS = Lane(waiting=16)  # answers of the API, which counts its requests itself
