"""Headings and subheadings get a short title; those that are stored get the one of the files in data/, or by the rule."""

import django.db.models.functions.text
from django.db import migrations, models

from trade.reference.goods_names import short_titles_of


def name_what_is_stored(apps, schema_editor):
    commodities = apps.get_model("trade", "Commodity").objects.using(schema_editor.connection.alias)
    rows = list(commodities.all())
    names = short_titles_of({row.code: row.title for row in rows})
    for row in rows:
        row.short_title = names[row.code]
    commodities.bulk_update(rows, ["short_title"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("trade", "0007_second_estimates"),
    ]

    operations = [
        migrations.AddField(
            model_name="commodity",
            name="short_title",
            field=models.CharField(
                blank=True,
                default="",
                help_text="For charts: Crude petroleum. Left blank, it is made of the first words of the title.",
                max_length=40,
                verbose_name="short title",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_what_is_stored, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="commodity",
            constraint=models.UniqueConstraint(
                models.F("chapter"),
                django.db.models.functions.text.Lower("short_title"),
                name="commodity_short_title_once_a_chapter",
                violation_error_message="Another heading or subheading of the chapter has this short title.",
            ),
        ),
    ]
