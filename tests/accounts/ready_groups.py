"""The groups that the migration makes, and the apps as they were then."""

import importlib
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

migration = importlib.import_module("accounts.migrations.0002_groups")
HERE = SimpleNamespace(connection=connection)  # all that the migration asks of Django's schema editor


def apps_at_that_time():
    return MigrationExecutor(connection).loader.project_state(("accounts", "0002_groups")).apps


def make_again():
    """Make the groups where tests that empty all tables have taken them away."""
    if Group.objects.filter(name__in=migration.GROUPS).count() < len(migration.GROUPS):
        migration.make_groups(apps_at_that_time(), HERE)
