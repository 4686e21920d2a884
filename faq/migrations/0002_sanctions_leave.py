"""Resolutions and measures leave for the app `sanctions`: no table is renamed, no row of theirs is touched.

What else refers to them, by their content types, goes along: permissions, those of groups and users among them, and the
admin's log. That happens before Django makes content types of its own for the new app's models; where it has made them
already, the older ones are merged into them.
"""

from django.conf import settings
from django.db import migrations

MODELS = ["resolution", "historicalresolution", "measure", "historicalmeasure", "measurecode"]


def to_sanctions(apps, schema_editor):
    move_content_types(apps, schema_editor.connection.alias, "faq", "sanctions")


def back_to_faq(apps, schema_editor):
    move_content_types(apps, schema_editor.connection.alias, "sanctions", "faq")


def move_content_types(apps, database, before, after):
    """Give the content types of MODELS another app's label, or what refers to them another content type."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    for old in types.filter(app_label=before, model__in=MODELS):
        new = types.filter(app_label=after, model=old.model).first()
        if new is None:
            old.app_label = after
            old.save(using=database)
            continue
        move_permissions(apps, database, old, new)
        apps.get_model("admin", "LogEntry").objects.using(database).filter(content_type=old).update(content_type=new)
        old.delete(using=database)


def move_permissions(apps, database, old, new):
    """Give permissions another content type; whoever holds one that is there already holds that one afterwards."""
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    for permission in permissions.filter(content_type=old):
        twin = permissions.filter(content_type=new, codename=permission.codename).first()
        if twin is None:
            permission.content_type = new
            permission.save(using=database)
            continue
        for holder in (*permission.group_set.all(), *permission.user_set.all()):
            held = holder.permissions if hasattr(holder, "permissions") else holder.user_permissions
            held.add(twin)
        permission.delete(using=database)


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0001_first"),
        ("sanctions", "0001_from_faq"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("MeasureCode"),
                migrations.DeleteModel("HistoricalMeasure"),
                migrations.DeleteModel("Measure"),
                migrations.DeleteModel("HistoricalResolution"),
                migrations.DeleteModel("Resolution"),
            ]
        ),
        migrations.RunPython(to_sanctions, back_to_faq),
    ]
