"""What public pages depend on, as one value: the newest releases and the newest edits of words.

Each process asks the database for it a few times a second, whatever the number of requests, so a release, a
withdrawal or an edit in the admin shows within a second in every process, and nothing is ever told to forget. While
the database is away the value that was last known goes on being used, and says for how long it has.
"""

import threading
import time
from functools import lru_cache
from typing import NamedTuple

from django.apps import apps
from django.db import OperationalError, connection
from simple_history.models import HistoricalChanges

from web.unavailable import AWAY

FRESH = 0.25  # seconds for which a value is used without asking
LEEWAY = 0.05  # more, by which a busy process may ask later
LATEST = 1.0  # seconds after which no request is answered by it, if the database can be asked
NEWEST = 20  # entries of the admin's log: of two editors at once, the earlier number may be committed later


class Seen(NamedTuple):
    """The value, when it was asked for last and when it was last answered, in seconds of a clock of its own.

    `before` is the value that it took the place of at `since`, if that was known until just then.
    """

    value: tuple
    asked: float
    answered: float
    before: tuple | None = None
    since: float = 0.0

    @property
    def is_last_known(self) -> bool:
        """Whether the database did not answer when it was asked last."""
        return self.asked > self.answered

    @property
    def age(self) -> float:
        """For how many seconds it has been last known only; 0 while the database answers."""
        return clock() - self.answered if self.is_last_known else 0.0


_asking = threading.Lock()
_seen: Seen | None = None
clock = time.monotonic


def seen(afresh: bool = False) -> Seen:
    """Return the value that pages made now depend on; `afresh` asks the database in any case.

    One thread asks at a time. The others use what was last seen; where that is too old they wait for the answer, but
    no longer than LATEST, so that a database that keeps silent holds one thread and not the server.
    Raises: AWAY where the database has not answered since the process began.
    """
    last, now = _seen, clock()
    if last and not afresh and now - last.asked < FRESH:
        return last
    may_wait = last is None or (not last.is_last_known and (afresh or now - last.answered > LATEST))
    if not _asking.acquire(timeout=LATEST if may_wait else 0):
        return last or _nothing_seen()
    try:
        return _asked(now, afresh)
    finally:
        _asking.release()


def _followed(last, value, asked):
    """What is seen now after what was seen last."""
    if last is None:
        return Seen(value, asked, asked)
    if last.value == value:  # the same thing is quicker to compare than its equal
        return last._replace(asked=asked, answered=asked)
    before = last.value if asked - last.answered <= FRESH + LEEWAY else None
    return Seen(value, asked, asked, before, asked)


def current() -> tuple | None:
    """Return the value if the database told it just now, without asking again; else None."""
    last = _seen
    return last.value if last and not last.is_last_known and clock() - last.asked < FRESH else None


def _nothing_seen():
    raise OperationalError("The database has not answered yet.")


def _asked(since, afresh):
    """Ask, unless another thread has asked since, and remember the answer, or that there was none."""
    global _seen
    if _seen and _seen.asked >= since and not _seen.is_last_known and not afresh:
        return _seen
    asked = clock()
    try:
        _seen = _followed(_seen, ask(), asked)
    except AWAY:
        connection.close()  # the next one to ask begins with a new connection
        if _seen is None:
            raise
        _seen = _seen._replace(asked=asked)
    return _seen


def away() -> float:
    """For how many seconds the database has been away, as far as kept pages had to ask it; 0 while it answers."""
    return _seen.age if _seen else 0.0


def forget() -> None:
    """Begin as a new process does."""
    global _seen
    _seen = None


def ask() -> tuple:
    """Ask the database, with one query: the newest release of each dataset and the newest edits.

    (("china-provinces", 7, 0, "2026-11-21 …"), ("edit", 812, 0, ""), …, ("faq_historicalquestion", 31, 0, "")):
    of a dataset, the newest release's id, how many were withdrawn, and when it was made.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return tuple(sorted((place, number or 0, *more) for place, number, *more in cursor))


@lru_cache
def _question():
    """Ask for releases, for the end of the admin's log, and for the end of each history of words."""
    models = ("trade.Release", "admin.LogEntry", "trade.Redaction")
    releases, log, redactions = (apps.get_model(name)._meta.db_table for name in models)
    histories = [model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    parts = [
        f"SELECT dataset_id, MAX(id), COUNT(withdrawn), CAST(MAX(created) AS VARCHAR) FROM {releases}"  # noqa: S608
        " GROUP BY dataset_id",
        f"SELECT 'edit', id, 0, '' FROM (SELECT id FROM {log} ORDER BY id DESC LIMIT {NEWEST}) AS newest",  # noqa: S608
        f"SELECT 'redaction', MAX(id), COALESCE(SUM(applied), 0), '' FROM {redactions}",  # noqa: S608
        *(f"SELECT '{table}', MAX(history_id), 0, '' FROM {table}" for table in histories),  # noqa: S608
    ]
    return " UNION ALL ".join(parts)
