"""Resolutions of the UN Security Council on the DPRK, with their history.

The table keeps the name that it had in the app `faq`, where it was made.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions.queries import ResolutionQuerySet

NUMBER_AND_YEAR = re.compile(r"(?<!\d)(\d{3,4})\s*\((\d{4})\)", re.ASCII)
FIRST = date(1946, 1, 1)  # the year of the first resolutions


class Resolution(models.Model):
    """A resolution of the UN Security Council on the DPRK, e.g. 2371 of 5 August 2017."""

    number = models.PositiveSmallIntegerField(
        _("number"), primary_key=True, validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    adopted = models.DateField(_("adopted"))
    title = models.CharField(_("title"), max_length=120, help_text=_("As in “Resolution 2371 (2017)”."))
    url = models.URLField(
        _("URL of the text"), blank=True, help_text=_("Link to the document on the United Nations website.")
    )
    summary = models.TextField(_("summary"), max_length=2000, blank=True, help_text=_("A sentence or two for readers."))
    history = HistoricalRecords(table_name="faq_historicalresolution")

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        db_table = "faq_resolution"
        ordering = ["number"]
        verbose_name = _("resolution")
        permissions = [("publish_resolution", _("Can publish resolutions"))]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse a day of adoption that cannot be, and a title that names another number or year."""
        if self.adopted:
            self._refuse_unlikely_day()
        if (match := NUMBER_AND_YEAR.search(self.title)) and self.number:
            self._refuse_other(int(match[1]), self.number, gettext("number"))
            self._refuse_other(int(match[2]), self.adopted and self.adopted.year, gettext("year of adoption"))

    def _refuse_unlikely_day(self):
        words = {"found": date_format(self.adopted, "j F Y"), "first": FIRST.year}
        if self.adopted > timezone.now().date():
            message = gettext("%(found)s is in the future. Enter the day on which the resolution was adopted.")
            raise ValidationError({"adopted": message % words})
        if self.adopted < FIRST:
            message = gettext("%(found)s is before the first resolution, of %(first)s. Correct the year.")
            raise ValidationError({"adopted": message % words})

    def _refuse_other(self, found, expected, what):
        if expected and found != expected:
            message = gettext("The title says %(found)s, but the %(what)s above is %(expected)s. Correct one of them.")
            raise ValidationError({"title": message % {"found": found, "what": what, "expected": expected}})

    def get_absolute_url(self):
        return reverse("resolution", args=[self.number])
