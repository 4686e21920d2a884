"""Keeps pages for all processes and servers, where there is Redis: each version by itself, under its stamp."""

import hashlib

from django.core.cache import caches

A_DAY = 24 * 3600  # for which a page is still at hand if the database is away


def digest(*known_by) -> str:
    """Make a key of what a page is known by."""
    return hashlib.sha256(repr(known_by).encode()).hexdigest()


def share(found: dict) -> None:
    """Keep a page, {"key": …, "stamp": …, "bodies": …}, for other processes too."""
    caches["pages"].set(digest(found["key"], found["stamp"]), found, A_DAY)


def shared(key: str, stamp: tuple) -> dict | None:
    """What another process keeps under a key and a stamp."""
    return caches["pages"].get(digest(key, stamp))


def forget() -> None:
    caches["pages"].clear()
