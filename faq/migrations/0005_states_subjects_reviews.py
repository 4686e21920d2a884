"""A question is a draft, published or archived; it says what it is about; reviews are kept.

What was hidden by its box is a draft now, also in forms that were saved as drafts.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tables.word_fields

BOX, STATE = "published", "state"
FORM_OF = {"app_label": "faq", "model": "question"}


def boxes_to_states(apps, schema_editor):
    for name in ("Question", "HistoricalQuestion"):
        apps.get_model("faq", name).objects.filter(published=False).update(state="draft")
    for draft in _drafts(apps):
        box = draft.contents.pop(BOX, [])
        draft.contents.setdefault(STATE, ["published" if box else "draft"])
        draft.save(update_fields=["contents"])


def states_to_boxes(apps, schema_editor):
    for name in ("Question", "HistoricalQuestion"):
        apps.get_model("faq", name).objects.exclude(state="published").update(published=False)
    for draft in _drafts(apps):
        if draft.contents.pop(STATE, ["published"]) == ["published"]:
            draft.contents[BOX] = ["on"]
        draft.save(update_fields=["contents"])


def _drafts(apps):
    """The drafts of questions: forms that were filled in and not published yet."""
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(**FORM_OF)
    return apps.get_model("drafts", "Draft").objects.filter(content_type__in=kinds)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("drafts", "0001_first"),
        ("faq", "0004_publish_permission_and_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalquestion",
            name="state",
            field=models.CharField(
                choices=[("draft", "draft"), ("published", "published"), ("archived", "archived")],
                default="published",
                help_text="Only editors can see drafts and archived questions. A link to an archived one says so.",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="state",
            field=models.CharField(
                choices=[("draft", "draft"), ("published", "published"), ("archived", "archived")],
                default="published",
                help_text="Only editors can see drafts and archived questions. A link to an archived one says so.",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(boxes_to_states, states_to_boxes),
        migrations.RemoveField(
            model_name="historicalquestion",
            name="published",
        ),
        migrations.RemoveField(
            model_name="question",
            name="published",
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="about",
            field=models.CharField(
                blank=True,
                help_text="What the question is about, separated by semicolons: sections (V), chapters (27), headings (2701), provinces (CN-HL), datasets (china-totals), terms (FOB). On their pages it comes first. Leave blank for a general question.",
                max_length=300,
                verbose_name="about",
            ),
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reviewed by",
            ),
        ),
        migrations.AddField(
            model_name="historicalquestion",
            name="reviewed_on",
            field=models.DateField(editable=False, null=True, verbose_name="reviewed on"),
        ),
        migrations.AddField(
            model_name="question",
            name="about",
            field=models.CharField(
                blank=True,
                help_text="What the question is about, separated by semicolons: sections (V), chapters (27), headings (2701), provinces (CN-HL), datasets (china-totals), terms (FOB). On their pages it comes first. Leave blank for a general question.",
                max_length=300,
                verbose_name="about",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="reviewed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reviewed by",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="reviewed_on",
            field=models.DateField(editable=False, null=True, verbose_name="reviewed on"),
        ),
        migrations.AlterField(
            model_name="historicalquestion",
            name="answer",
            field=models.TextField(
                help_text="Markdown: separate paragraphs with a blank line; use **bold**, [text](https://…), - for list items and | tables | with bars |. Give the answer first, then the reasons. A live figure, such as {{ value from_dprk all 2016 china-totals }}, shows the value of the newest release.",
                max_length=20000,
                validators=[tables.word_fields.AtMost(20000)],
                verbose_name="answer",
            ),
        ),
        migrations.AlterField(
            model_name="historicalquestion",
            name="page",
            field=models.CharField(
                choices=[
                    ("all", "all pages of charts"),
                    ("both", "provinces and goods"),
                    ("provinces", "by province"),
                    ("commodities", "by goods"),
                    ("totals", "totals"),
                ],
                help_text="Pages on which the question appears, below the chart.",
                max_length=12,
                verbose_name="page",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="answer",
            field=models.TextField(
                help_text="Markdown: separate paragraphs with a blank line; use **bold**, [text](https://…), - for list items and | tables | with bars |. Give the answer first, then the reasons. A live figure, such as {{ value from_dprk all 2016 china-totals }}, shows the value of the newest release.",
                max_length=20000,
                validators=[tables.word_fields.AtMost(20000)],
                verbose_name="answer",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="page",
            field=models.CharField(
                choices=[
                    ("all", "all pages of charts"),
                    ("both", "provinces and goods"),
                    ("provinces", "by province"),
                    ("commodities", "by goods"),
                    ("totals", "totals"),
                ],
                help_text="Pages on which the question appears, below the chart.",
                max_length=12,
                verbose_name="page",
            ),
        ),
        migrations.CreateModel(
            name="Reliance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(blank=True, help_text="Of a dataset: commodity; blank is any.", max_length=10),
                ),
                ("dataset", models.CharField(blank=True, help_text="Blank is any of the kind.", max_length=40)),
                (
                    "first",
                    models.CharField(
                        blank=True, help_text="27; blank with `last` is the whole dataset.", max_length=40
                    ),
                ),
                ("last", models.CharField(blank=True, max_length=40)),
                ("flow", models.CharField(blank=True, help_text="Blank is any direction.", max_length=10)),
                ("year", models.PositiveSmallIntegerField(default=0, help_text="0 is any year.")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reliances", to="faq.question"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(help_text="0: there was none yet.")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="faq.question"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("question", "dataset"), name="holding_once_a_dataset")],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("thing", "goods or province"), ("dataset", "dataset"), ("term", "term")],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(help_text="v, 27, 2701, cn-hl, china-totals, fob", max_length=40)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="faq.question"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["key", "question"], name="subject_key")],
                "constraints": [models.UniqueConstraint(fields=("question", "key"), name="subject_once_a_question")],
            },
        ),
    ]
