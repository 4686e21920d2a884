"""Each text of the catalogue has a row, so that the admin lists them all; an empty one shows the catalogue’s words."""

from django.db import migrations

from site_texts.catalogue import TEXTS


def add(apps, schema_editor):
    texts = apps.get_model("site_texts", "SiteText").objects.using(schema_editor.connection.alias)
    texts.bulk_create([texts.model(key=key, text="") for key in TEXTS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("site_texts", "0001_first")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
