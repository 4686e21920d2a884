"""What a migration does to PostgreSQL, as SQL, and what of that the code of the version before does not bear.

While a new version is put in place both run on the new tables. No server of PostgreSQL is asked: its SQL is written as
if no constraint had a name to be looked up.
"""

import re
from contextlib import nullcontext
from itertools import groupby

from django.db.migrations import Migration
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler
from django_migration_linter.sql_analyser import PostgresqlAnalyser
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType
from psycopg.sql import Literal

CHANGES = re.compile(r'(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX \S+ ON) ("\S+")')
VERSION = 16_00_00  # of PostgreSQL, for which the SQL is written


class Analyser(PostgresqlAnalyser):
    """The linter, which also refuses a new rule that rows of the version before may break."""

    migration_checks = [
        *PostgresqlAnalyser.migration_checks,
        Check(
            code="ADD_CHECK",
            fn=lambda sql, **_: re.search("ADD CONSTRAINT .* (CHECK|EXCLUDE)", sql),
            message="ADDING a check constraint",
            mode=CheckMode.ONE_LINER,
            type=CheckType.ERROR,
        ),
    ]


def refused(migration: Migration, before: ProjectState) -> list[str]:
    """Say what the version before does not bear: ["DROPPING columns"]; [] where it goes on working.

    `before` is the state of all models as the migration finds it.
    """
    messages = []
    for statements in _by_operation(_of_old_tables(_sql(migration, before))):
        analyser = Analyser([])
        analyser.analyse(statements)
        messages += [issue.message for issue in analyser.errors]
    return messages


def _sql(migration, before):
    with _postgres().schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(before.clone(), editor, collect_sql=True)
    return editor.collected_sql


def _of_old_tables(lines):
    """Leave out what is done to tables that the migration makes itself: the version before knows none of them."""
    made = {match[1] for line in lines if (match := re.match(r'CREATE TABLE ("\S+")', line))}
    return [line for line in lines if not ((match := CHANGES.match(line)) and match[1] in made)]


def _by_operation(lines):
    """Take the statements of each operation apart: a default in one does not excuse a column of another."""
    return [list(group) for is_comment, group in groupby(lines, lambda line: line.startswith("--")) if not is_comment]


def _postgres():
    connection = ConnectionHandler({"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "none"}})["default"]
    connection.pg_version = VERSION
    connection.cursor = nullcontext
    connection.ops.compose_sql = lambda sql, values: sql % tuple(Literal(value).as_string() for value in values or ())
    connection.introspection.get_constraints = lambda cursor, table: {}
    return connection
