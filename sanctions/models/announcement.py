"""What China's authorities announced to carry a resolution out, with its history."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions import code_text, source_text
from sanctions.models.hs_code_field import codes_field
from sanctions.models.resolution import Resolution


class Announcement(models.Model):
    """An announcement such as “MOFCOM and GACC, 2017 No. 40” of 14 August 2017, which carries out 2371."""

    resolution = models.ForeignKey(
        Resolution, models.CASCADE, related_name="announcements", verbose_name=_("carries out")
    )
    paragraph = models.CharField(
        _("paragraph"), max_length=40, blank=True, help_text=_("If it is about one paragraph of the resolution only.")
    )
    authority = models.CharField(_("authority"), max_length=80, help_text=_("For example, MOFCOM and GACC."))
    number = models.CharField(_("number"), max_length=40, help_text=_("As in “2017 No. 40”."))
    is_number_confirmed = models.BooleanField(_("number confirmed"), default=True)
    issued = models.DateField(_("issued"))
    in_force = models.CharField(
        _("in force"), max_length=200, blank=True, help_text=_("In words: its parts may begin on different days.")
    )
    what = models.CharField(_("content"), max_length=500, help_text=_("What it orders, in a sentence."))
    codes_text = codes_field(
        _("codes named"), _("HS codes that it names, e.g. 2701; 2601111000; 2709 (without condensate).")
    )
    grace = models.CharField(_("grace period"), max_length=300, blank=True)
    source = models.CharField(
        _("source"),
        max_length=500,
        help_text=_(
            "Source of the information. Separate several sources with “;”. A source that begins with a web address "
            "becomes a link."
        ),
    )
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("What is not confirmed, for readers."))
    history = HistoricalRecords()

    class Meta:
        ordering = ["issued", "pk"]
        verbose_name = _("announcement of China")
        verbose_name_plural = _("announcements of China")
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="announcement_once")]
        permissions = [("publish_announcement", _("Can publish announcements"))]

    def __str__(self):
        return f"{self.authority}, {self.number}"

    def get_absolute_url(self):
        return f"{self.resolution.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self):
        return f"announcement-{self.pk}"

    def clean(self):
        """Refuse a day of issue that is before the resolution or in the future."""
        if not self.issued:
            return
        found = date_format(self.issued, "j F Y")
        if self.issued > timezone.now().date():
            message = gettext("%(found)s is in the future. Enter the day on which the announcement was issued.")
            raise ValidationError({"issued": message % {"found": found}})
        adopted = self._adopted()
        if adopted and self.issued < adopted:
            message = gettext("%(found)s is too early: the resolution was adopted on %(first)s. Correct the date.")
            words = {"found": found, "first": date_format(adopted, "j F Y")}
            raise ValidationError({"issued": message % words})

    def _adopted(self):
        try:
            return self.resolution.adopted if self.resolution_id else None
        except Resolution.DoesNotExist:
            return None  # the field's own validation says so

    @property
    def codes(self) -> list[str]:
        """The HS codes that it names: "2701; 2709 (without condensate)" -> ["2701", "2709"]."""
        return [code.digits for code in code_text.parse(self.codes_text)]

    @property
    def sources(self) -> list[source_text.Source]:
        """Where it was read."""
        return source_text.parse(self.source)
