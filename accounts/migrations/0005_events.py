"""Events are words: of the ready groups, whoever may add, change, delete or view a measure may do so to an event.

An operator may have changed what a group may do to measures; its rights to events follow that.
"""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("accounts.migrations.0002_groups").make_permissions
GROUPS = ("Editor of words", "Administrator")


def allow_events(apps, schema_editor):
    make_permissions(apps, schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="sanctions")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        held = permissions.filter(group=group, codename__endswith="_measure").values_list("codename", flat=True)
        wanted = [codename.replace("_measure", "_event") for codename in held]
        group.permissions.add(*permissions.filter(codename__in=wanted))


def disallow_events(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        permissions = group.permissions.filter(content_type__app_label="sanctions", codename__endswith="_event")
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_encrypted_secrets"),
        ("sanctions", "0002_events"),
    ]

    operations = [migrations.RunPython(allow_events, disallow_events)]
