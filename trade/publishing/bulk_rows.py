"""Ends and inserts observations set-wise, by the quickest way each database has; only publishing.releases calls it.

Whatever can be done without the lock is done before it: the values are laid out as plain columns, in the order of the
index that keeps them unique, and travel to a temporary table that only this connection sees. Under the lock the
database copies from there by itself, which on SQLite takes a third of the time of inserting from Python.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from trade import frames
from trade.models import Observation, ProvinceObservation, TotalObservation

ARRIVING, ENDING = "arriving_rows", "ending_rows"


class ReleaseChanges:
    """The rows that a release ends and adds, waiting in temporary tables."""

    def __init__(self, model: type[Observation], columns: dict, ids: list[int]):
        self.table = connection.ops.quote_name(model._meta.db_table)
        self.names = ", ".join(connection.ops.quote_name(name) for name in columns)
        self.ended, self.added = len(ids), len(next(iter(columns.values())))
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {ENDING} (id bigint PRIMARY KEY)")
            cursor.execute(f"CREATE TEMPORARY TABLE {ARRIVING} AS SELECT {self.names} FROM {self.table} LIMIT 0")  # noqa: S608
            _fill(cursor, ENDING, ["id"], [ids])
            _fill(cursor, ARRIVING, list(columns), list(columns.values()))

    def apply(self, release_id: int) -> bool:
        """End and add the rows, from the given release on; tell whether every row was found.

        The caller holds the lock, in a transaction.
        """
        with connection.cursor() as cursor:
            ending = f"UPDATE {self.table} SET until_id = %s WHERE until_id IS NULL AND id IN (SELECT id FROM {ENDING})"  # noqa: S608
            cursor.execute(ending, [release_id])
            ended = cursor.rowcount
            arriving = f"INSERT INTO {self.table} (since_id, {self.names}) SELECT %s, {self.names} FROM {ARRIVING}"  # noqa: S608
            cursor.execute(arriving, [release_id])
            return (ended, cursor.rowcount) == (self.ended, self.added)


@contextmanager
def waiting(model: type[Observation], changes, dataset_id: str) -> Iterator[ReleaseChanges]:
    """Lay a frame of CHANGE_COLUMNS ready in temporary tables, and drop these in the end."""
    written = changes[changes["kind"] != "removed"].sort_values(frames.KEY)
    try:
        yield ReleaseChanges(
            model, _columns(model, written, dataset_id), sorted(int(i) for i in changes["id"].dropna())
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {ARRIVING}")
            cursor.execute(f"DROP TABLE IF EXISTS {ENDING}")


def _fill(cursor, table, names, columns):
    rows, listed = zip(*columns, strict=True), ", ".join(names)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {table}")
        return
    marks = ", ".join(["%s"] * len(names))
    cursor.execute("SAVEPOINT filling")  # not a transaction of Django's, which would lock the whole file
    try:
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)  # noqa: S608
    finally:
        cursor.execute("RELEASE filling")


def _columns(model, changes, dataset_id):
    """Lay the frame out as the table's columns: {"dataset_id": [...], "flow": [...], …} of plain Python values."""
    size = len(changes)
    columns = {name: _plain(changes[name]) for name in ("flow", "year", "month", "component")}
    columns |= {name: _plain(changes[f"new_{name}"]) for name in ("value_usd", "status")}
    columns["note"] = [note or "" for note in _plain(changes["new_note"])]
    columns["dataset_id"] = [dataset_id] * size
    if model is ProvinceObservation:
        return columns | {"province_id": _plain(changes["key"])}
    if model is TotalObservation:
        texts = {name: [text or "" for text in _plain(changes[f"new_{name}"])] for name in ("publisher", "source")}
        return columns | texts | {"precision_usd": _plain(changes["new_precision_usd"])}
    return columns | {
        "code": _plain(changes["key"]),
        "chapter_id": _plain(changes["key"].str[:2]),
        "quantity": _plain(changes["new_quantity"]),
        "quantity_unit": [unit or "" for unit in _plain(changes["new_quantity_unit"])],
    }


def _plain(series):
    return series.astype(object).where(series.notna(), None).tolist()
