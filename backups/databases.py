"""Dumps the configured database at one moment while the site runs, and loads such a dump in its place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from psycopg.conninfo import make_conninfo

from backups import programs
from backups.manifest import BackupError

CLIENT = "Install PostgreSQL’s client programs of the server’s version (Debian: postgresql-client) or add their folder."


@contextmanager
def dumped(path: Path) -> Iterator[str]:
    """Write the database to a file, and give the alias of a connection that sees exactly what the file holds.

    Raises: BackupError where PostgreSQL's client programs are not installed, or fail.
    """
    with _dumped_sqlite(path) if connection.vendor == "sqlite" else _dumped_postgresql(path) as alias:
        yield alias


@contextmanager
def _dumped_sqlite(path):
    """SQLite's own backup copies a state that no writer is in the middle of."""
    connection.ensure_connection()
    with closing(_opened(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    with another("backup", connection.settings_dict | {"NAME": str(path), "OPTIONS": {}}) as alias:
        yield alias


@contextmanager
def another(alias: str, database: dict) -> Iterator[str]:
    """Connect to one more database for a while, under an alias."""
    connections.databases[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: database})[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


@contextmanager
def _dumped_postgresql(path):
    """One transaction exports what it sees to pg_dump, and goes on seeing it."""
    program = programs.find("pg_dump", CLIENT)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _on_postgresql([*command, f"--file={path}"], "The database could not be dumped")
        yield DEFAULT_DB_ALIAS


def _on_postgresql(command, failure):
    """Run a client program on the configured database; its password is no argument that others could list.

    It is told what was configured alone: of a connection psycopg also tells what its own library, which may be newer
    than the program, has chosen, and a program refuses what it does not know (PostgreSQL 15: sslcertmode).
    """
    connection.ensure_connection()
    info = connection.connection.info
    asked = {*connection.get_connection_params(), "host", "port", "user", "dbname"} - {"password"}
    told = {name: value for name, value in info.get_parameters().items() if name in asked}
    programs.run([*command, f"--dbname={make_conninfo(**told)}"], failure, PGPASSWORD=info.password)


def check(path: Path) -> None:
    """Make sure that a dump can be loaded, before anything is written.

    Raises: BackupError where it is damaged, or a client program is missing.
    """
    if connection.vendor == "sqlite":
        _check_sqlite(path)
    else:
        programs.find("psql", CLIENT)
        _script(path)


def _check_sqlite(path):
    try:
        with closing(_opened(path)) as source:
            [[verdict]] = source.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        verdict = error
    if verdict != "ok":
        raise BackupError(f"The database in this backup is damaged: {verdict}. Nothing was written.")


def _script(path):
    """Turn a dump of PostgreSQL into the statements that fill an empty database."""
    restore, script = programs.find("pg_restore", CLIENT), path.with_name("filling.sql")
    failure = "The database in this backup cannot be read. Nothing was written"
    programs.run([restore, "--no-owner", "--no-privileges", f"--file={script}", str(path)], failure)
    return script


def load(path: Path) -> None:
    """Put a dump in the place of all that the configured database holds, in one step.

    Raises: BackupError where that fails; the database is then as it was.
    """
    (_load_sqlite if connection.vendor == "sqlite" else _load_postgresql)(path)
    connections.close_all()


def _load_sqlite(path):
    connections.close_all()
    try:
        with closing(_opened(path)) as source, closing(_opened(connection.settings_dict["NAME"])) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be put in place: {error}.") from None


def _opened(path):
    return sqlite3.connect(path, timeout=20)


def _load_postgresql(path):
    """Drop what is there and load the dump in one transaction: readers see the one or the other."""
    emptying, filling = path.with_name("emptying.sql"), _script(path)
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    emptying.write_text(f"DROP TABLE {', '.join(tables)} CASCADE;\n" if tables else "")
    command = [programs.find("psql", CLIENT), "--no-psqlrc", "--quiet", "--single-transaction"]
    command += ["--set=ON_ERROR_STOP=1", f"--file={emptying}", f"--file={filling}"]
    _on_postgresql(command, "The database could not be put in place, and is as it was")
