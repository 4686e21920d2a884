"""How often one address may ask."""

import hashlib
import time

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
