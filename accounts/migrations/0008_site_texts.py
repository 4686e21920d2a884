"""Who may publish questions may change the texts of the site; an operator may take that away."""

from importlib import import_module

from django.contrib.auth.management import create_permissions
from django.db import migrations

first = import_module("accounts.migrations.0002_groups")
RIGHTS = {"site_texts.sitetext": ("view", "change")}
QUESTIONS = {"faq.question": ("publish",)}


def allow(apps, schema_editor):
    app = apps.get_app_config("site_texts")
    app.models_module = True  # or Django takes an app without it for one without models
    create_permissions(app, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    app.models_module = None
    [publish], rights = first.permissions(apps, QUESTIONS), first.permissions(apps, RIGHTS)
    for group in apps.get_model("auth", "Group").objects.filter(permissions=publish):
        group.permissions.add(*rights)
    for user in apps.get_model("auth", "User").objects.filter(user_permissions=publish):
        user.user_permissions.add(*rights)


def disallow(apps, schema_editor):
    for permission in first.permissions(apps, RIGHTS):
        permission.group_set.clear()
        permission.user_set.clear()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_publishing_words"), ("site_texts", "0002_a_row_for_each_text")]

    operations = [migrations.RunPython(allow, disallow)]
