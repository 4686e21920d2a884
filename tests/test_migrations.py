"""The migrations of a new version leave the code of the version before working, so that an upgrade needs no pause.

pyproject.toml names the last migration of each app that sites have (`deployed`). Those after it are held to the rule,
or named there with the reason why the version before bears them (`borne`): it may have left a column alone long ago.
"""

import tomllib
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests import migration_sql
from tests.test_structure import APPS

SAID = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text())["tool"]["yalu"][
    "migrations"
]


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None)


def of_new_versions(loader):
    """The migrations of our apps that come after the last one deployed."""
    ours = sorted(key for key in loader.disk_migrations if key[0] in APPS)
    return [(app, name) for app, name in ours if name > SAID["deployed"].get(app, "")]


def test_the_version_before_bears_every_new_migration(loader):
    refused = {}
    for app, name in of_new_versions(loader):
        before = loader.project_state((app, name), at_end=False)
        if messages := migration_sql.refused(loader.disk_migrations[app, name], before):
            refused[f"{app}.{name}"] = messages
    assert {name: messages for name, messages in refused.items() if name not in SAID["borne"]} == {}
    assert set(SAID["borne"]) <= set(refused), "an exception that is no longer one"


def test_what_is_named_as_deployed_exists_for_each_app_that_has_migrations(loader):
    assert {(app, name) for app, name in SAID["deployed"].items()} <= set(loader.disk_migrations)
    assert set(SAID["deployed"]) == {app for app, _name in loader.disk_migrations if app in APPS}


def judged(*operations):
    """What is refused of a migration of two models."""
    key = ("id", models.BigAutoField(primary_key=True))
    of_upload = [key, ("mode", models.CharField(max_length=10)), ("form", models.CharField(max_length=200))]
    before = ProjectState()
    before.add_model(ModelState("trade", "Upload", [*of_upload, ("state", models.CharField(max_length=12))]))
    before.add_model(ModelState("trade", "Worker", [key]))
    migration = migrations.Migration("9999_next", "trade")
    migration.operations = list(operations)
    return migration_sql.refused(migration, before)


SHORT, NUMBER = models.CharField(max_length=9), models.IntegerField
BAD = {
    "DROPPING columns": migrations.RemoveField("upload", "mode"),
    "RENAMING columns": migrations.RenameField("upload", "mode", "manner"),
    "RENAMING tables": migrations.RenameModel("Worker", "Labourer"),
    "DROPPING table": migrations.DeleteModel("Worker"),
    "NOT NULL constraint on columns": migrations.AddField("upload", "size", NUMBER(default=0)),
    "ADDING unique constraint": migrations.AlterField("upload", "form", models.CharField(max_length=200, unique=True)),
    "ADDING a check constraint": migrations.AddConstraint(
        "upload", models.CheckConstraint(condition=models.Q(mode="amend"), name="upload_amends")
    ),
}


@pytest.mark.parametrize("message", BAD)
def test_a_migration_that_breaks_the_version_before_is_refused(message):
    assert judged(BAD[message]) == [message]


def test_a_column_that_loses_characters_is_refused():
    assert judged(migrations.AlterField("upload", "form", SHORT)) != []


def test_a_default_of_one_column_does_not_excuse_another():
    good = migrations.AddField("upload", "one", NUMBER(default=0, db_default=0))
    bad = migrations.AddField("upload", "two", NUMBER(default=0))
    assert judged(good, bad) == judged(bad, good) == ["NOT NULL constraint on columns"]


def test_what_the_version_before_does_not_notice_is_not_refused():
    operations = [
        migrations.AddField("upload", "blank", NUMBER(null=True)),
        migrations.AddField("upload", "with_default", NUMBER(default=0, db_default=0)),
        migrations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True)), ("name", SHORT)]),
        migrations.AddField("fresh", "size", NUMBER(default=0)),
        migrations.AddConstraint("fresh", models.UniqueConstraint(fields=["name"], name="fresh_names")),
        migrations.AddIndex("upload", models.Index(fields=["state"], name="upload_by_state")),
        migrations.AlterField("upload", "mode", models.CharField("way", max_length=10)),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ]
    assert judged(*operations) == []
