"""The client of Redis, which leaves a Redis alone for a while that did not answer.

A view asks it five times; of one that is silent each question would wait for a second, and all other views with it.
"""

import time

import redis

PAUSE = 3.0  # seconds
clock = time.monotonic
_silent_until = 0.0  # of all caches: they share one server


class Client(redis.Redis):
    """Asks as its base does; after an answer that did not come it asks nothing more until the pause is over."""

    def execute_command(self, *args, **options):
        """Send a command and return the answer.

        Raises: redis.ConnectionError or redis.TimeoutError where Redis does not answer, or did not a moment ago.
        """
        global _silent_until
        if clock() < _silent_until:
            raise redis.ConnectionError("Redis did not answer a moment ago.")
        try:
            return super().execute_command(*args, **options)
        except (redis.ConnectionError, redis.TimeoutError):
            _silent_until = clock() + PAUSE
            raise
