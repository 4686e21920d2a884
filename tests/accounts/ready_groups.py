"""The groups that the migrations make, and the apps as they were then."""

import importlib
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

migration = importlib.import_module("accounts.migrations.0002_groups")
# What later migrations add to the groups: (name, what adds, what takes away).
LATER = [
    ("0003_totals", "allow_totals", "disallow_totals"),
    ("0005_events", "allow_events", "disallow_events"),
    ("0007_publishing_words", "allow", "disallow"),
    ("0008_site_texts", "allow", "disallow"),
    ("0009_redactions", "allow", "disallow"),
    ("0011_ledger_of_sanctions", "allow", "disallow"),
]
HERE = SimpleNamespace(connection=connection)  # all that a migration asks of Django's schema editor


def apps_at_that_time(name="0002_groups"):
    return MigrationExecutor(connection).loader.project_state(("accounts", name)).apps


def make_again():
    """Make the groups where tests that empty all tables have taken them away."""
    if Group.objects.filter(name__in=migration.GROUPS).count() < len(migration.GROUPS):
        make()


def make():
    """Make the groups as migrations do, one after the other."""
    migration.make_groups(apps_at_that_time(), HERE)
    for name, add, _take in LATER:
        getattr(importlib.import_module(f"accounts.migrations.{name}"), add)(apps_at_that_time(name), HERE)


def take_away():
    """Undo the migrations, the last one first."""
    for name, _add, take in reversed(LATER):
        getattr(importlib.import_module(f"accounts.migrations.{name}"), take)(apps_at_that_time(name), HERE)
    migration.take_groups_away(apps_at_that_time(), HERE)
