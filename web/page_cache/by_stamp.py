"""Remembers what many pages read of the database, and knows of each page what that was.

While a page is made that will be kept, what is read counts for the same stamp as the page (web.page_cache.stamp): it
is read once, however many pages show it. A page of which all queries were such readings can be known to be still right
when the stamp has moved: what it read is read again, and if it is the same, so is the page. An edit of one question
then has one page made again, not all.

Elsewhere (a preview, the API, while the database is away, with the keeping of pages switched off) everything is read
anew, and nothing is remembered.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from importlib import import_module
from typing import NamedTuple

from django.db import connection

from web.page_cache import sending

MOST = 500  # answers of one function


class Reading:
    """What was read of the database while a page was made that will be kept under a stamp, or, with None, not kept."""

    def __init__(self, stamp: tuple | None):
        self.stamp, self.depth = stamp, 0
        self.answers = {}  # {("trade.pages.events:known", ("china-provinces",)): checksum}
        self.is_complete = True  # until a query is none of ours

    def noticed(self, execute, sql, params, many, context):
        """Notice a query (Django's execute_wrapper)."""
        self.is_complete = self.is_complete and self.depth > 0
        return execute(sql, params, many, context)

    @property
    def all_of_it(self) -> dict | None:
        """What was read, by function and arguments; None where not all of it is known."""
        return self.answers if self.is_complete else None


class Answer(NamedTuple):
    """What a function read, under which stamp, when, and its checksum."""

    stamp: tuple
    made: float
    result: object
    checksum: bytes | None


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_remembered: list[dict] = []  # of each function: {arguments: Answer}


@contextmanager
def noted(reading: Reading) -> Iterator[Reading]:
    """Make a page, or a part of it, and note what it reads; without a stamp nothing is remembered."""
    token = _reading.set(reading)
    try:
        with connection.execute_wrapper(reading.noticed) if reading.stamp else nullcontext():
            yield reading
    finally:
        _reading.reset(token)


def once_a_stamp(read: Callable) -> Callable:
    """Decorate a function of a module that reads the database, so that pages made under one stamp read it once.

    Its arguments must be hashable, and nobody may change what it returns.
    """
    kept, name = {}, f"{read.__module__}:{read.__name__}"
    _remembered.append(kept)

    @wraps(read)
    def answer(*arguments):
        reading = _reading.get()
        if reading is None or reading.stamp is None:
            return read(*arguments)
        found = kept.get(arguments)
        if not found or found.stamp != reading.stamp or not sending.is_young(found.made):
            found = _read(reading, read, arguments)
            if len(kept) >= MOST:
                kept.clear()
            kept[arguments] = found
        reading.answers[name, arguments] = found.checksum
        return found.result

    return answer


def _read(reading, read, arguments):
    reading.depth += 1
    try:
        result = read(*arguments)
    finally:
        reading.depth -= 1
    return Answer(reading.stamp, sending.clock(), result, _checksum(result))


def _checksum(result):
    """Tell what was read from anything else; None where that cannot be told, which then equals nothing."""
    try:
        return hashlib.blake2b(pickle.dumps(result), digest_size=16).digest()
    except (pickle.PicklingError, TypeError, AttributeError):
        return None


@contextmanager
def not_shown() -> Iterator[None]:
    """Let what is read within not count: the page does not show it."""
    reading = _reading.get() or Reading(None)
    reading.depth += 1
    try:
        yield
    finally:
        reading.depth -= 1


def still_hold(answers: dict, stamp: tuple) -> bool:
    """Read again, under a newer stamp, what a page has read, and tell whether all of it is the same."""
    with noted(Reading(stamp)) as reading:
        for (name, arguments), checksum in answers.items():
            module, _, function = name.partition(":")
            getattr(import_module(module), function)(*arguments)
            if checksum is None or reading.answers[name, arguments] != checksum:
                return False
    return True


def forget() -> None:
    """Begin as a new process does."""
    for kept in _remembered:
        kept.clear()
