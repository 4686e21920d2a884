"""Questions that readers ask beside a chart, their answers with their history, and what each speaks of."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from faq.queries import QuestionQuerySet
from tables.word_fields import AtMost

LONGEST_ANSWER = 20_000  # characters


class Question(models.Model):
    """A question that readers ask beside a chart, and its answer in Markdown with live figures."""

    class Page(models.TextChoices):
        ALL = "all", _("all pages of charts")
        BOTH = "both", _("provinces and goods")
        PROVINCES = "provinces", _("by province")
        COMMODITIES = "commodities", _("by goods")
        TOTALS = "totals", _("totals")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    slug = models.SlugField(
        _("identifier"),
        max_length=60,
        unique=True,
        help_text=_("Part of the page address. Do not change it after publication, or existing links will break."),
    )
    page = models.CharField(
        _("page"), max_length=12, choices=Page, help_text=_("Pages on which the question appears, below the chart.")
    )
    about = models.CharField(
        _("about"),
        max_length=300,
        blank=True,
        help_text=_(
            "What the question is about, separated by semicolons: sections (V), chapters (27), headings (2701), "
            "provinces (CN-HL), datasets (china-totals), terms (FOB). On their pages it comes first. Leave blank for a "
            "general question."
        ),
    )
    question = models.CharField(_("question"), max_length=200, help_text=_("Write it as a reader would ask it."))
    answer = models.TextField(
        _("answer"),
        max_length=LONGEST_ANSWER,
        validators=[AtMost(LONGEST_ANSWER)],
        help_text=_(
            "Markdown: separate paragraphs with a blank line; use **bold**, [text](https://…), - for list items and "
            "| tables | with bars |. Give the answer first, then the reasons. A live figure, such as "
            "{{ value from_dprk all 2016 china-totals }}, shows the value of the newest release."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers appear first."))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.PUBLISHED,
        help_text=_("Only editors can see drafts and archived questions. A link to an archived one says so."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    history = HistoricalRecords()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("question")
        permissions = [("publish_question", _("Can publish questions"))]

    def __str__(self):
        return self.question

    def save(self, *args, **kwargs):
        """Store the answer with plain line ends: browsers send others, files hold either; note what it speaks of."""
        from faq import speaks_of  # it imports these models

        self.answer = self.answer.replace("\r\n", "\n")
        super().save(*args, **kwargs)
        speaks_of.note(self)

    def get_absolute_url(self):
        return reverse("question", args=[self.slug])

    @property
    def anchor(self):
        """Its place on pages that show several."""
        return f"question-{self.slug}"

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED


class Subject(models.Model):
    """One thing that a question is about, as its `about` names it: it stands first on the page of that thing."""

    class Kind(models.TextChoices):
        THING = "thing", _("goods or province")
        DATASET = "dataset", _("dataset")
        TERM = "term", _("term")

    question = models.ForeignKey(Question, models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=40, help_text="v, 27, 2701, cn-hl, china-totals, fob")

    class Meta:
        default_permissions = ()  # a part of the question
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="subject_once_a_question")]
        indexes = [models.Index(fields=["key", "question"], name="subject_key")]

    def __str__(self):
        return self.key


class Reliance(models.Model):
    """Values on which an answer rests, by its `about` and its live figures: a release that changes them needs a look.

    Goods are a range of codes, "27" to "279999", because a section or chapter rests on all that lies below it.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="reliances")
    kind = models.CharField(max_length=10, blank=True, help_text="Of a dataset: commodity; blank is any.")
    dataset = models.CharField(max_length=40, blank=True, help_text="Blank is any of the kind.")
    first = models.CharField(max_length=40, blank=True, help_text="27; blank with `last` is the whole dataset.")
    last = models.CharField(max_length=40, blank=True)
    flow = models.CharField(max_length=10, blank=True, help_text="Blank is any direction.")
    year = models.PositiveSmallIntegerField(default=0, help_text="0 is any year.")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.dataset or self.kind} {self.first} {self.flow} {self.year or ''}"


class Holding(models.Model):
    """The release of a dataset for which an editor last said that an answer holds."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="holdings")
    dataset = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="0: there was none yet.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["question", "dataset"], name="holding_once_a_dataset")]

    def __str__(self):
        return f"{self.dataset} {self.number}"
