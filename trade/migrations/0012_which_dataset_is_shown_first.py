from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trade", "0011_releases_as_editorial_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="is_default",
            field=models.BooleanField(
                default=False,
                help_text="The charts page of this kind opens with this dataset. Only one dataset of a kind can be first.",
                verbose_name="shown first",
            ),
        ),
        migrations.AlterField(
            model_name="dataset",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Order in lists of datasets, lowest first.", verbose_name="position"
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("kind",), name="dataset_one_default_of_a_kind"
            ),
        ),
    ]
