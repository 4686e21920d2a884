"""Caps and China's announcements are parts of the list of sanctions: whoever may change measures may change these.

So each group and account has the same rights to them as to measures; an operator may take them away.
"""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("accounts.migrations.0002_groups").make_permissions
NEW = ("announcement", "cap")


def allow(apps, schema_editor):
    make_permissions(apps, schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="sanctions")
    for held in permissions.filter(content_type__model="measure"):
        names = [held.codename.replace("_measure", f"_{model}") for model in NEW]
        wanted = list(permissions.filter(codename__in=names))
        for group in apps.get_model("auth", "Group").objects.filter(permissions=held):
            group.permissions.add(*wanted)
        for user in apps.get_model("auth", "User").objects.filter(user_permissions=held):
            user.user_permissions.add(*wanted)


def disallow(apps, schema_editor):
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="sanctions", content_type__model__in=NEW
    )
    for permission in given:
        permission.group_set.clear()
        permission.user_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_without_mails"),
        ("sanctions", "0005_ledger"),
    ]

    operations = [migrations.RunPython(allow, disallow)]
