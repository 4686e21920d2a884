"""Who may withdraw a release may redact texts: the group “Administrator”."""

from importlib import import_module

from django.db import migrations

first = import_module("accounts.migrations.0002_groups")
RIGHTS = {"trade.redaction": ("view", "add")}


def allow(apps, schema_editor):
    first.make_permissions(apps, schema_editor.connection.alias)
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrator"):
        group.permissions.add(*first.permissions(apps, RIGHTS))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrator"):
        group.permissions.remove(*first.permissions(apps, RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_site_texts"), ("trade", "0014_redaction_applied")]

    operations = [migrations.RunPython(allow, disallow)]
