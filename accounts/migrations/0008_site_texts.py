"""Who may change words may change the texts of the site: the groups “Editor of words” and “Administrator”."""

from importlib import import_module

from django.contrib.auth.management import create_permissions
from django.db import migrations

first = import_module("accounts.migrations.0002_groups")
RIGHTS = {"site_texts.sitetext": ("view", "change")}
GROUPS = ("Editor of words", "Administrator")


def allow(apps, schema_editor):
    app = apps.get_app_config("site_texts")
    app.models_module = True  # or Django takes an app without it for one without models
    create_permissions(app, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    app.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*first.permissions(apps, RIGHTS))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*first.permissions(apps, RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_publishing_words"), ("site_texts", "0002_a_row_for_each_text")]

    operations = [migrations.RunPython(allow, disallow)]
