"""Ends, inserts and rewrites observations set-wise, by the quickest way each database has.

Only publishing.releases, publishing.removing.withdrawal and publishing.removing.redacted_texts call it.

Whatever can be done without the lock is done before it: the values are laid out as plain columns, in the order of the
index that keeps them unique, and travel to a temporary table that only this connection sees. Under the lock the
database copies from there by itself, which on SQLite takes a third of the time of inserting from Python. There, where
a writer holds up all others, the temporary table has the rules of the real one, so that the copied rows need not be
held against them again: that would take half of the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _
from pandas import DataFrame

from trade import frames
from trade.models import Dataset, Observation, ProvinceObservation, TotalObservation
from trade.publishing.uploads import Refused

ARRIVING, ENDING, REWRITTEN = "arriving_rows", "ending_rows", "rewritten_rows"
PAGES_KIB = 65_536  # some 100,000 rows and their indexes
# What may be rewritten of a row: when it ended, whether it is withdrawn, and its note.
NEW = {fact: f"new_{fact}" for fact in frames.FACTS}
REWRITABLE = {"until_id": "bigint", "withdrawn": "boolean", "note": "varchar(500)"}


class ReleaseChanges:
    """The rows that a release ends and adds, waiting in temporary tables."""

    def __init__(self, model: type[Observation], columns: dict, ids: list[int]):
        self.table = connection.ops.quote_name(model._meta.db_table)
        self.names = ", ".join(connection.ops.quote_name(name) for name in columns)
        self.ended, self.added = len(ids), len(next(iter(columns.values())))
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {ENDING} (id bigint PRIMARY KEY)")
            cursor.execute(f"CREATE TEMPORARY TABLE {ARRIVING} {_definition(model, self.names)}")
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
            with _rules_checked_already():
                cursor.execute(arriving, [release_id])
            return (ended, cursor.rowcount) == (self.ended, self.added)


def _definition(model, names):
    """What follows the name of the table of arriving rows: on SQLite all columns, and the rules that rows must keep."""
    if connection.vendor != "sqlite":
        return f"AS SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)} LIMIT 0"  # noqa: S608
    fields, editor = model._meta.concrete_fields, connection.schema_editor()
    columns = [f"{connection.ops.quote_name(field.column)} {field.db_type(connection)}" for field in fields]
    checks = (rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint))
    rules = [check.constraint_sql(model, editor) for check in checks]
    rules += [f"CHECK ({check})" for field in fields if (check := field.db_check(connection))]
    return f"({', '.join(columns + rules)})"


@contextmanager
def _rules_checked_already():
    """Have SQLite copy rows without checking each again; foreign keys and unique indexes are kept all the same."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@contextmanager
def _room_for_pages():
    """Give SQLite memory for all pages of a publish: else it writes some of them again and again, under the lock."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{PAGES_KIB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def releases_of(dataset: Dataset) -> list[tuple]:
    """Tell what the releases of a dataset are, to see later that nothing else was done: [(id, folder, withdrawn)]."""
    return list(dataset.releases.order_by("pk").values_list("pk", "bundle", "withdrawn"))


def lock(dataset: Dataset, seen: list[tuple]) -> None:
    """Lock a dataset whose history is to be rewritten, if its releases are still those that were `seen`.

    Raises: Refused.
    """
    Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
    if releases_of(dataset) != seen:
        raise Refused(_("Another release was made or withdrawn meanwhile. Nothing was changed. Try again."))


def rewrite(model: type[Observation], changed: DataFrame, made: DataFrame, dataset_id: str) -> bool:
    """Rewrite rows, each found by its id, and add those that were made; tell whether every row was found.

    Both are frames of frames.HISTORY_COLUMNS. The caller holds the lock, in a transaction.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        typed = ", ".join(f"{name} {kind}" for name, kind in REWRITABLE.items())
        cursor.execute(f"CREATE TEMPORARY TABLE {REWRITTEN} (id bigint PRIMARY KEY, {typed})")
        try:
            _fill(cursor, REWRITTEN, ["id", *REWRITABLE], [_plain(changed[name]) for name in ("id", *REWRITABLE)])
            parts = ", ".join(f"{name} = {REWRITTEN}.{name}" for name in REWRITABLE)
            cursor.execute(f"UPDATE {table} SET {parts} FROM {REWRITTEN} WHERE {table}.id = {REWRITTEN}.id")  # noqa: S608
            found = cursor.rowcount
            if len(made):
                columns = _columns(model, made.rename(columns=NEW), dataset_id)
                columns |= {name: _plain(made[name]) for name in ("since_id", "until_id")}
                _insert(cursor, table, columns)
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {REWRITTEN}")
    return found == len(changed)


def _insert(cursor, table, columns):
    listed = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", zip(*columns.values(), strict=True))  # noqa: S608


@contextmanager
def waiting(model: type[Observation], changes, dataset_id: str) -> Iterator[ReleaseChanges]:
    """Lay a frame of CHANGE_COLUMNS ready in temporary tables, and drop these in the end."""
    written = changes[changes["kind"] != "removed"].sort_values(frames.KEY)
    columns, ended = _columns(model, written, dataset_id), sorted(int(i) for i in changes["id"].dropna())
    try:
        with _room_for_pages():
            yield ReleaseChanges(model, columns, ended)
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
