import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteText",
            fields=[
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("name", "Name of the site"),
                            ("tagline", "Line beside the name"),
                            ("summary", "Summary for search engines"),
                            ("about", "About this site, at the foot of each page"),
                            ("contact", "Contact: a mail address, or the address of a page"),
                            ("home", "Introduction of the home page"),
                            ("way_totals", "Home page, about Totals"),
                            ("way_provinces", "Home page, about Provinces"),
                            ("way_commodities", "Home page, about Goods"),
                            ("way_sanctions", "Home page, about Sanctions"),
                            ("way_questions", "Home page, about Questions"),
                            ("way_data", "Home page, about Data"),
                            ("data", "Introduction of Data"),
                            ("questions", "Introduction of Questions"),
                            ("sanctions", "Introduction of Sanctions, below its first sentence"),
                            ("sanctions_disclaimer", "Disclaimer of Sanctions"),
                            ("demonstration", "Disclaimer of demonstration data"),
                        ],
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="text",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="words")),
            ],
            options={
                "verbose_name": "site text",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSiteText",
            fields=[
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("name", "Name of the site"),
                            ("tagline", "Line beside the name"),
                            ("summary", "Summary for search engines"),
                            ("about", "About this site, at the foot of each page"),
                            ("contact", "Contact: a mail address, or the address of a page"),
                            ("home", "Introduction of the home page"),
                            ("way_totals", "Home page, about Totals"),
                            ("way_provinces", "Home page, about Provinces"),
                            ("way_commodities", "Home page, about Goods"),
                            ("way_sanctions", "Home page, about Sanctions"),
                            ("way_questions", "Home page, about Questions"),
                            ("way_data", "Home page, about Data"),
                            ("data", "Introduction of Data"),
                            ("questions", "Introduction of Questions"),
                            ("sanctions", "Introduction of Sanctions, below its first sentence"),
                            ("sanctions_disclaimer", "Disclaimer of Sanctions"),
                            ("demonstration", "Disclaimer of demonstration data"),
                        ],
                        db_index=True,
                        max_length=40,
                        verbose_name="text",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="words")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical site text",
                "verbose_name_plural": "historical site texts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
