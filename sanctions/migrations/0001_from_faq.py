"""The app `sanctions` takes resolutions and measures over from `faq`; their tables stay as they are."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sanctions.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("faq", "0001_first"),
        ("trade", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Resolution",
                    fields=[
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                primary_key=True,
                                serialize=False,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9999),
                                ],
                                verbose_name="number",
                            ),
                        ),
                        ("adopted", models.DateField(verbose_name="adopted")),
                        (
                            "title",
                            models.CharField(
                                help_text="As in “Resolution 2371 (2017)”.", max_length=120, verbose_name="title"
                            ),
                        ),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                help_text="The document at the United Nations.",
                                verbose_name="address of the text",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="A sentence or two for readers.",
                                max_length=2000,
                                verbose_name="summary",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resolution",
                        "db_table": "faq_resolution",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalResolution",
                    fields=[
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                db_index=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9999),
                                ],
                                verbose_name="number",
                            ),
                        ),
                        ("adopted", models.DateField(verbose_name="adopted")),
                        (
                            "title",
                            models.CharField(
                                help_text="As in “Resolution 2371 (2017)”.", max_length=120, verbose_name="title"
                            ),
                        ),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                help_text="The document at the United Nations.",
                                verbose_name="address of the text",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="A sentence or two for readers.",
                                max_length=2000,
                                verbose_name="summary",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
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
                        "verbose_name": "historical resolution",
                        "verbose_name_plural": "historical resolutions",
                        "db_table": "faq_historicalresolution",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="Small numbers come first.", verbose_name="position"
                            ),
                        ),
                        (
                            "paragraph",
                            models.CharField(
                                blank=True, help_text="As in “8(a)(iii)”.", max_length=40, verbose_name="paragraph"
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("to_dprk", "to the DPRK"),
                                    ("from_dprk", "from the DPRK"),
                                    ("both", "in both directions"),
                                    ("none", "not about goods"),
                                ],
                                max_length=10,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("arms", "arms and dual use"),
                                    ("minerals", "minerals"),
                                    ("food", "food and agriculture"),
                                    ("seafood", "seafood"),
                                    ("fishing", "fishing rights"),
                                    ("statues", "statues"),
                                    ("textiles", "textiles"),
                                    ("machinery", "machinery and electrical equipment"),
                                    ("wood", "wood"),
                                    ("vessels", "vessels and helicopters"),
                                    ("oil", "oil and fuel"),
                                    ("luxury", "luxury goods"),
                                    ("metals", "metals"),
                                    ("vehicles", "vehicles"),
                                    ("workers", "workers abroad"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full_ban", "full ban"),
                                    ("prohibition", "prohibition"),
                                    ("cap", "cap"),
                                    ("sectoral", "sectoral ban with exemptions"),
                                    ("clarification", "clarification"),
                                    ("designations", "designations"),
                                    ("other", "other"),
                                ],
                                max_length=15,
                                verbose_name="kind",
                            ),
                        ),
                        ("goods", models.CharField(max_length=300, verbose_name="goods")),
                        (
                            "codes_stated",
                            models.CharField(
                                blank=True,
                                help_text="HS codes that the resolution itself names, or “none”: then the codes below are a reading.",
                                max_length=200,
                                verbose_name="codes in the text",
                            ),
                        ),
                        (
                            "codes_text",
                            models.CharField(
                                blank=True,
                                help_text="As people write them: 2701; 50-63; 8802.11/12; 2710 (part). A remark in brackets means a part.",
                                max_length=200,
                                validators=[sanctions.models.validate_codes],
                                verbose_name="HS codes",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                help_text="What is banned or capped, in a sentence.",
                                max_length=500,
                                verbose_name="measure",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        (
                            "wind_down_or_cap",
                            models.CharField(blank=True, max_length=500, verbose_name="wind-down or cap"),
                        ),
                        ("exemptions", models.CharField(blank=True, max_length=500, verbose_name="exemptions")),
                        (
                            "basis",
                            models.CharField(
                                help_text="How this is known. S:page = read there; R = recalled, not yet checked against the resolution’s text. They combine: “S:un.org; grace period R”.",
                                max_length=300,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "checked",
                            models.CharField(
                                choices=[
                                    ("read", "read in a source"),
                                    ("part", "not yet checked in part"),
                                    ("recalled", "not yet checked"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="checked",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="sanctions.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "measure",
                        "db_table": "faq_measure",
                        "ordering": ["resolution", "position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalMeasure",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="Small numbers come first.", verbose_name="position"
                            ),
                        ),
                        (
                            "paragraph",
                            models.CharField(
                                blank=True, help_text="As in “8(a)(iii)”.", max_length=40, verbose_name="paragraph"
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("to_dprk", "to the DPRK"),
                                    ("from_dprk", "from the DPRK"),
                                    ("both", "in both directions"),
                                    ("none", "not about goods"),
                                ],
                                max_length=10,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("arms", "arms and dual use"),
                                    ("minerals", "minerals"),
                                    ("food", "food and agriculture"),
                                    ("seafood", "seafood"),
                                    ("fishing", "fishing rights"),
                                    ("statues", "statues"),
                                    ("textiles", "textiles"),
                                    ("machinery", "machinery and electrical equipment"),
                                    ("wood", "wood"),
                                    ("vessels", "vessels and helicopters"),
                                    ("oil", "oil and fuel"),
                                    ("luxury", "luxury goods"),
                                    ("metals", "metals"),
                                    ("vehicles", "vehicles"),
                                    ("workers", "workers abroad"),
                                    ("other", "other"),
                                ],
                                max_length=12,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full_ban", "full ban"),
                                    ("prohibition", "prohibition"),
                                    ("cap", "cap"),
                                    ("sectoral", "sectoral ban with exemptions"),
                                    ("clarification", "clarification"),
                                    ("designations", "designations"),
                                    ("other", "other"),
                                ],
                                max_length=15,
                                verbose_name="kind",
                            ),
                        ),
                        ("goods", models.CharField(max_length=300, verbose_name="goods")),
                        (
                            "codes_stated",
                            models.CharField(
                                blank=True,
                                help_text="HS codes that the resolution itself names, or “none”: then the codes below are a reading.",
                                max_length=200,
                                verbose_name="codes in the text",
                            ),
                        ),
                        (
                            "codes_text",
                            models.CharField(
                                blank=True,
                                help_text="As people write them: 2701; 50-63; 8802.11/12; 2710 (part). A remark in brackets means a part.",
                                max_length=200,
                                validators=[sanctions.models.validate_codes],
                                verbose_name="HS codes",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                help_text="What is banned or capped, in a sentence.",
                                max_length=500,
                                verbose_name="measure",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        (
                            "wind_down_or_cap",
                            models.CharField(blank=True, max_length=500, verbose_name="wind-down or cap"),
                        ),
                        ("exemptions", models.CharField(blank=True, max_length=500, verbose_name="exemptions")),
                        (
                            "basis",
                            models.CharField(
                                help_text="How this is known. S:page = read there; R = recalled, not yet checked against the resolution’s text. They combine: “S:un.org; grace period R”.",
                                max_length=300,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "checked",
                            models.CharField(
                                choices=[
                                    ("read", "read in a source"),
                                    ("part", "not yet checked in part"),
                                    ("recalled", "not yet checked"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="checked",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
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
                        (
                            "resolution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="sanctions.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical measure",
                        "verbose_name_plural": "historical measures",
                        "db_table": "faq_historicalmeasure",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MeasureCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digits", models.CharField(max_length=6, verbose_name="HS code")),
                        ("partial", models.BooleanField(default=False, verbose_name="in part")),
                        (
                            "chapter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measure_codes",
                                to="trade.chapter",
                                verbose_name="chapter",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="sanctions.measure",
                                verbose_name="measure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "code of a measure",
                        "verbose_name_plural": "codes of measures",
                        "db_table": "faq_measurecode",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("measure", "digits"), name="measure_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("digits__startswith", models.F("chapter_id"))),
                                name="measure_code_in_its_chapter",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
