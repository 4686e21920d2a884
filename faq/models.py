"""Questions that readers ask beside a chart, and their answers, with their history."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from faq.queries import QuestionQuerySet
from tables.word_fields import AtMost

LONGEST_ANSWER = 20_000  # characters


class Question(models.Model):
    """A question that readers ask beside a chart, and its answer in Markdown."""

    class Page(models.TextChoices):
        PROVINCES = "provinces", _("by province")
        COMMODITIES = "commodities", _("by goods")
        BOTH = "both", _("both pages")

    slug = models.SlugField(
        _("identifier"),
        max_length=60,
        unique=True,
        help_text=_("Part of the page address. Do not change it after publication, or existing links will break."),
    )
    page = models.CharField(
        _("page"), max_length=12, choices=Page, help_text=_("Page on which the question appears, below the chart.")
    )
    question = models.CharField(_("question"), max_length=200, help_text=_("Write it as a reader would ask it."))
    answer = models.TextField(
        _("answer"),
        max_length=LONGEST_ANSWER,
        validators=[AtMost(LONGEST_ANSWER)],
        help_text=_(
            "Markdown: separate paragraphs with a blank line; use **bold**, [text](https://…), - for list items and "
            "| tables | with bars |. Give the answer first, then the reasons."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers appear first."))
    published = models.BooleanField(
        _("published"), default=True, help_text=_("If unticked, only editors can see the question.")
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
        """Store the answer with plain line ends: browsers send others, files hold either."""
        self.answer = self.answer.replace("\r\n", "\n")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return f"{reverse('questions')}#{self.anchor}"

    @property
    def anchor(self):
        return f"question-{self.slug}"
