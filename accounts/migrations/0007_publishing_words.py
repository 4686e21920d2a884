"""Who may change words may publish them, as before; the group “Writer of words” may write drafts and no more.

Until now every change was public at once. So each group and account that may change a kind of words gets the permission
to publish it; an operator may take that away. The group is made once, like the four before it.
"""

from importlib import import_module

from django.db import migrations

first = import_module("accounts.migrations.0002_groups")
WORDS = (
    *(("faq", "question"), ("sanctions", "resolution"), ("sanctions", "measure"), ("sanctions", "event")),
    ("trade", "annotation"),
)
WRITER = "Writer of words"
RIGHTS = {
    **{f"{app}.{model}": ("view", "add", "change") for app, model in WORDS},
    **dict.fromkeys(("trade.dataset", "trade.province", "trade.section", "trade.chapter"), ("view",)),
}


def allow(apps, schema_editor):
    first.make_permissions(apps, schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects
    for app, model in WORDS:
        change, publish = (
            permissions.get(content_type__app_label=app, content_type__model=model, codename=f"{action}_{model}")
            for action in ("change", "publish")
        )
        for group in apps.get_model("auth", "Group").objects.filter(permissions=change).exclude(name=WRITER):
            group.permissions.add(publish)
        for user in apps.get_model("auth", "User").objects.filter(user_permissions=change):
            user.user_permissions.add(publish)
    group, is_new = apps.get_model("auth", "Group").objects.get_or_create(name=WRITER)
    if is_new:
        group.permissions.set(first.permissions(apps, RIGHTS))


def disallow(apps, schema_editor):
    """Take the permissions from all, and the group away where nobody is in it and it is as it was made."""
    for app, model in WORDS:
        given = apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label=app, content_type__model=model, codename=f"publish_{model}"
        )
        for permission in given:
            permission.group_set.clear()
            permission.user_set.clear()
    made = set(first.permissions(apps, RIGHTS))
    group = apps.get_model("auth", "Group").objects.filter(name=WRITER).first()
    if group and not group.user_set.exists() and set(group.permissions.all()) == made:
        group.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_plainer_labels"),
        ("faq", "0004_publish_permission_and_length"),
        ("sanctions", "0004_ends_of_measures"),
        ("trade", "0013_history_of_annotations"),
    ]

    operations = [migrations.RunPython(allow, disallow)]
