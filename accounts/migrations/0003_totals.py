"""Totals are figures: of the ready groups, whoever may view the figures by province may view them."""

from importlib import import_module

from django.db import migrations

groups = import_module("accounts.migrations.0002_groups")


def allow_totals(apps, schema_editor):
    groups.make_permissions(apps, schema_editor.connection.alias)
    [view] = groups.permissions(apps, {"trade.totalobservation": ("view",)})
    for group in apps.get_model("auth", "Group").objects.filter(name__in=groups.GROUPS):
        if group.permissions.filter(content_type__app_label="trade", codename="view_provinceobservation").exists():
            group.permissions.add(view)


def disallow_totals(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=groups.GROUPS):
        group.permissions.remove(*groups.permissions(apps, {"trade.totalobservation": ("view",)}))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_groups"), ("trade", "0006_totals")]

    operations = [migrations.RunPython(allow_totals, disallow_totals)]
