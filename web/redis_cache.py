"""The cache on Redis, without which the site is slower and otherwise the same."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedis(RedisCache):
    """Redis as a cache; while it does not answer, everything is a miss, is logged, and nothing fails."""

    def _tried(self, operation, otherwise, *args, **kwargs):
        try:
            return operation(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            return otherwise

    def get(self, key, default=None, version=None):
        return self._tried(super().get, default, key, default, version)

    def get_many(self, keys, version=None):
        return self._tried(super().get_many, {}, keys, version)

    def has_key(self, key, version=None):
        return self._tried(super().has_key, False, key, version)

    def add(self, key, value, *args, **kwargs):
        return self._tried(super().add, False, key, value, *args, **kwargs)

    def set(self, key, value, *args, **kwargs):
        return self._tried(super().set, None, key, value, *args, **kwargs)

    def set_many(self, data, *args, **kwargs):
        return self._tried(super().set_many, list(data), data, *args, **kwargs)

    def touch(self, key, *args, **kwargs):
        return self._tried(super().touch, False, key, *args, **kwargs)

    def delete(self, key, version=None):
        return self._tried(super().delete, False, key, version)

    def delete_many(self, keys, version=None):
        return self._tried(super().delete_many, None, keys, version)

    def clear(self):
        return self._tried(super().clear, False)

    def incr(self, key, delta=1, version=None):
        """Count up; a cache that does not answer has no such key, which Django tells by a ValueError."""
        try:
            return super().incr(key, delta, version)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            raise ValueError(f"Key {key!r} not found") from error
