"""Copies every table of a SQLite database into the configured PostgreSQL database, keys and all, and compares them."""

import hashlib
import json
from datetime import date, datetime, time
from pathlib import Path

from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from backups import contents, databases, restoring
from backups.manifest import BackupError

PIECE = 5_000  # rows that are Python objects at one time
SUM = 1 << 256


def copy(path: Path) -> dict[str, int]:
    """Copy the tables of a SQLite file: {"trade.Release": 4, …}. All of it is committed, or nothing.

    Raises: BackupError, with nothing copied, for a target that is not an empty and migrated PostgreSQL, a source that
    lacks migrations, and a table that came out otherwise.
    """
    _refuse_target()
    if not path.is_file():
        raise BackupError(f"There is no SQLite file {path}.")
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {"timeout": 20}}
    with databases.another("source", database) as source:
        _refuse_source(source)
        with transaction.atomic(using=source), transaction.atomic():  # one state of the source, all or nothing
            return _copy_all(source)


def _refuse_target():
    if connection.vendor != "postgresql":
        raise BackupError("Set DATABASE_URL to the PostgreSQL database into which to copy.")
    if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
        raise BackupError("The PostgreSQL database has not all migrations. Run `manage.py migrate` on it first.")
    if found := [words for words in restoring.in_place() if "files in" not in words]:
        raise BackupError(f"The PostgreSQL database is not empty: it has {', '.join(found)}. Nothing was copied.")


def _refuse_source(alias):
    try:
        theirs, ours = contents.migrations(alias), contents.migrations("default")
    except DatabaseError as error:
        raise BackupError(f"The SQLite file cannot be read: {error}.") from None
    if theirs != ours:
        others = {(app, name) for app in {*theirs, *ours} for name in {*theirs.get(app, ())} ^ {*ours.get(app, ())}}
        listed = ", ".join(sorted(f"{app}.{name}" for app, name in others))
        raise BackupError(f"The two databases differ in their migrations: {listed}. Run `manage.py migrate` on both.")


def _copy_all(source):
    models = contents.models()
    with connection.cursor() as cursor:
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        cursor.execute(f"TRUNCATE {tables}")  # what migrations put there, with other keys
        copied = {model._meta.label: _copy_table(cursor, model, source) for model in models}
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()
    return copied


def _copy_table(cursor, model, source):
    """Copy one table by COPY; then read both and compare the number and the sum of their rows."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    try:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
            for row in _rows(model, source):
                prepared = zip(fields, row, strict=True)
                target.write_row([field.get_db_prep_save(value, connection) for field, value in prepared])
    except (DatabaseError, ValueError) as error:
        raise BackupError(f"{model._meta.label} could not be copied: {error}. Nothing was copied.") from None
    theirs, ours = measured(model, source), measured(model, "default")
    if theirs != ours:
        raise BackupError(f"{model._meta.label} came out otherwise: {theirs} there, {ours} here. Nothing was copied.")
    return ours[0]


def _rows(model, alias):
    names = [field.attname for field in model._meta.local_concrete_fields]
    return model._base_manager.using(alias).order_by().values_list(*names).iterator(PIECE)


def measured(model, alias: str) -> tuple[int, str]:
    """Count the rows of a table and sum them up, in whatever order they come: (4, "9f86d081884c…")."""
    number = total = 0
    for row in _rows(model, alias):
        number += 1
        total += int.from_bytes(hashlib.sha256(_as_text(row).encode()).digest())
    return number, f"{total % SUM:064x}"


def _as_text(row):
    """Write a row so that the same values give the same text, whichever database they come from."""
    return json.dumps([_plain(value) for value in row], sort_keys=True)


def _plain(value):
    """Of the whole numbers in JSON, PostgreSQL does not remember how they were written."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)
