"""Questions that readers ask beside a chart, and their answers, with their history."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from faq.queries import QuestionQuerySet


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
        help_text=_("Part of the address that others link to: keep it when you change the words."),
    )
    page = models.CharField(_("page"), max_length=12, choices=Page, help_text=_("Under which chart it stands."))
    question = models.CharField(_("question"), max_length=200, help_text=_("As a reader would ask it."))
    answer = models.TextField(
        _("answer"),
        max_length=20_000,
        help_text=_(
            "Markdown: a blank line parts paragraphs, **bold**, [words](https://…), lists with - in front, "
            "| tables | with bars |. Say the answer first, the reasons after."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Small numbers come first."))
    published = models.BooleanField(_("published"), default=True, help_text=_("Off: only editors see it."))
    history = HistoricalRecords()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("question")

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
