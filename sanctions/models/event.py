"""What happened beside the resolutions and bears on trade: a border that closes, a customs notice, a first train."""

import re

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions import code_text, partial_date, source_text
from sanctions.models.hs_code_field import validate_codes
from sanctions.queries import EventQuerySet

EARLIEST = 1948  # the year in which the DPRK was founded
PROVINCE = re.compile(r"CN-[A-Z]{2}")


def validate_provinces(text):
    """Refuse what is no list of province codes."""
    if wrong := [code for code in _parts(text) if not PROVINCE.fullmatch(code)]:
        message = gettext(
            "“%(found)s” is not a province code. Use ISO 3166-2 codes separated by semicolons, e.g. CN-LN; CN-JL."
        )
        raise ValidationError(message % {"found": wrong[0]}, code="provinces")


def _parts(text):
    return [part.strip() for part in text.split(";") if part.strip()]


class Event(models.Model):
    """A dated event, or a span of time: "Border closed", from January 2020 to 16 January 2022."""

    class Direction(models.TextChoices):
        BOTH = "both", _("both directions")
        TO_DPRK = "to_dprk", _("to the DPRK")
        FROM_DPRK = "from_dprk", _("from the DPRK")

    class Weight(models.IntegerChoices):
        MAJOR = 3, _("major")
        USUAL = 2, _("normal")
        MINOR = 1, _("minor")

    class Basis(models.TextChoices):
        READ = "read", _("checked against the source")
        RECALLED = "recalled", _("from memory, not yet checked")

    date = models.CharField(
        _("date"),
        max_length=10,
        validators=[partial_date.validate],
        help_text=_("A day, month or year, as precisely as it is known: 2017-09-05, 2020-01 or 2023."),
    )
    until = models.CharField(
        _("end date"),
        max_length=10,
        blank=True,
        validators=[partial_date.validate],
        help_text=_("For a period: its last day, month or year. Charts shade the whole period."),
    )
    title = models.CharField(_("title"), max_length=60, help_text=_("Short label for charts, e.g. “Border closed”."))
    text = models.CharField(_("description"), max_length=500, blank=True, help_text=_("A sentence or two."))
    source = models.CharField(
        _("source"),
        max_length=500,
        help_text=_(
            "Source of the information. Separate several sources with “;”. A source that begins with a web address "
            "becomes a link."
        ),
    )
    basis = models.CharField(_("verification"), max_length=10, choices=Basis, default=Basis.READ)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.BOTH)
    codes_text = models.CharField(
        _("HS codes"),
        max_length=200,
        blank=True,
        validators=[validate_codes],
        help_text=_("HS codes affected, written as for measures, e.g. 2701; 50-63. Leave blank for all goods."),
    )
    provinces = models.CharField(
        _("provinces"),
        max_length=240,
        blank=True,
        validators=[validate_provinces],
        help_text=_("Codes of the provinces affected, e.g. CN-LN; CN-JL. Leave blank for all provinces."),
    )
    weight = models.PositiveSmallIntegerField(
        _("importance"),
        choices=Weight,
        default=Weight.USUAL,
        help_text=_("If a chart cannot show every event, it shows the more important ones."),
    )
    history = HistoricalRecords()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("event")
        permissions = [("publish_event", _("Can publish events"))]

    def __str__(self):
        return f"{self.date} {self.title}"

    def clean_fields(self, exclude=None):
        """Take dates as people write them where there is one reading: "5 September 2017" is "2017-09-05"."""
        self.date, self.until = partial_date.normal(self.date), partial_date.normal(self.until)
        super().clean_fields(exclude)

    def clean(self):
        """Refuse years out of range, a span that ends before it begins, and provinces that are not in the table."""
        for name in ("date", "until"):
            self._refuse_unlikely_year(name)
        if self.until and self.until < self.date[: len(self.until)]:
            raise ValidationError({"until": gettext("The end date is before the start date. Correct one of them.")})
        provinces = apps.get_model("trade", "Province").objects
        if missing := set(self.province_codes) - set(provinces.values_list("pk", flat=True)):
            message = gettext("Not found in the table of provinces: %(codes)s. Correct the code or add the province.")
            raise ValidationError({"provinces": message % {"codes": ", ".join(sorted(missing))}})

    def _refuse_unlikely_year(self, name):
        year, last = getattr(self, name)[:4], timezone.now().year + 1
        if year.isdecimal() and not EARLIEST <= int(year) <= last:
            message = gettext("The year %(found)s is not between %(first)s and %(last)s. Correct it.")
            raise ValidationError({name: message % {"found": year, "first": EARLIEST, "last": last}})

    @property
    def codes(self) -> list[str]:
        """The HS codes that it bears on: "2701; 50-51" -> ["2701", "50", "51"]; [] is all goods."""
        return [code.digits for code in code_text.parse(self.codes_text)]

    @property
    def province_codes(self) -> list[str]:
        """The provinces that it bears on: ["CN-LN"]; [] is all."""
        return _parts(self.provinces)

    @property
    def sources(self) -> list[source_text.Source]:
        """Where it was read."""
        return source_text.parse(self.source)
