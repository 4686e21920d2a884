"""Four ready groups. Each is made once: what an operator makes of a group afterwards stays, also when migrations are undone.

Django makes permissions only when all migrations have run. So those of the apps that are named here are made first, by
Django's own function and from the models as they are at this point; what it finds afterwards it leaves alone.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("trade", "faq", "sanctions", "auth", "mfa", "accounts", "django_tasks_database")
ALL = ("add", "change", "delete", "view")

FIGURES = {
    "trade.upload": ("view", "add"),
    **dict.fromkeys(("trade.release", "trade.dataset", "trade.annotation"), ("view",)),
    **dict.fromkeys(("trade.provinceobservation", "trade.commodityobservation"), ("view",)),
    **dict.fromkeys(("trade.province", "trade.section", "trade.chapter", "trade.commodity", "trade.alias"), ("view",)),
}
GROUPS = {
    "Uploader": FIGURES,
    "Publisher": FIGURES
    | {"trade.upload": ("view", "add", "publish"), "trade.dataset": ("view", "change")}
    | {"trade.alias": ALL, "trade.annotation": ALL},
    "Editor of words": {
        **dict.fromkeys(("faq.question", "sanctions.resolution", "sanctions.measure", "trade.annotation"), ALL),
        **dict.fromkeys(("trade.dataset", "trade.province", "trade.section", "trade.chapter"), ("view",)),
    },
    "Administrator": {
        "trade.upload": ("view", "add", "publish"),
        "trade.release": ("view", "delete"),  # which is to withdraw one
        **dict.fromkeys(("trade.provinceobservation", "trade.commodityobservation"), ("view",)),
        **dict.fromkeys(("trade.dataset", "trade.annotation", "trade.alias", "trade.province", "trade.section"), ALL),
        **dict.fromkeys(("trade.chapter", "trade.commodity"), ALL),
        **dict.fromkeys(("faq.question", "sanctions.resolution", "sanctions.measure"), ALL),
        **dict.fromkeys(("auth.user", "auth.group"), ALL),
        "mfa.authenticator": ("view", "delete"),
        "accounts.logentry": ("view",),
        "django_tasks_database.dbtaskresult": ("view",),
    },
}


def make_groups(apps, schema_editor):
    make_permissions(apps, schema_editor.connection.alias)
    for name, rights in GROUPS.items():
        group, is_new = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(permissions(apps, rights))


def make_permissions(apps, alias):
    for label in APPS:
        app = apps.get_app_config(label)
        app.models_module = True  # or Django takes an app without it for one without models
        create_permissions(app, verbosity=0, using=alias, apps=apps)
        app.models_module = None


def permissions(apps, rights):
    """Find the permissions of a group: {"faq.question": ("view", "change")} -> two rows."""
    found = []
    for model, actions in rights.items():
        label, name = model.split(".")
        rows = apps.get_model("auth", "Permission").objects.filter(content_type__app_label=label)
        found += [rows.get(codename=f"{action}_{name}") for action in actions]
    return found


def take_groups_away(apps, schema_editor):
    """Delete the groups that nobody is in and nobody has changed."""
    for name, rights in GROUPS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name, user=None):
            if set(group.permissions.all()) == set(permissions(apps, rights)):
                group.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_first"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_tasks_database", "0001_initial"),
        ("faq", "0002_sanctions_leave"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sanctions", "0001_from_faq"),
        ("trade", "0003_rows_by_release"),
    ]

    operations = [migrations.RunPython(make_groups, take_groups_away)]
