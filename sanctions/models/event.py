"""What happened beside the resolutions and bears on trade: a border that closes, a customs notice, a first train."""

import re

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions import code_text, partial_date, source_text
from sanctions.models.measure import validate_codes
from sanctions.queries import EventQuerySet

PROVINCE = re.compile(r"CN-[A-Z]{2}")


def validate_provinces(text):
    """Refuse what is no list of province codes."""
    if wrong := [code for code in _parts(text) if not PROVINCE.fullmatch(code)]:
        message = gettext("“%(found)s” is not the code of a province. Write codes like CN-LN; CN-JL.")
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
        USUAL = 2, _("usual")
        MINOR = 1, _("minor")

    class Basis(models.TextChoices):
        READ = "read", _("read in the source")
        RECALLED = "recalled", _("recalled, not yet checked")

    date = models.CharField(
        _("date"),
        max_length=10,
        validators=[partial_date.validate],
        help_text=_("A day, month or year, as precisely as it is known: 2017-09-05, 2020-01 or 2023."),
    )
    until = models.CharField(
        _("until"),
        max_length=10,
        blank=True,
        validators=[partial_date.validate],
        help_text=_("For a span: its last day, month or year. Charts shade it."),
    )
    title = models.CharField(_("title"), max_length=60, help_text=_("A few words for charts: Border closed."))
    text = models.CharField(_("what happened"), max_length=500, blank=True, help_text=_("A sentence or two."))
    source = models.CharField(
        _("source"),
        max_length=500,
        help_text=_("Where it was read; several are parted by “;”. One that begins with an address becomes a link."),
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.READ)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.BOTH)
    codes_text = models.CharField(
        _("HS codes"),
        max_length=200,
        blank=True,
        validators=[validate_codes],
        help_text=_("The goods that it bears on, as in measures: 2701; 50-63. Blank: all goods."),
    )
    provinces = models.CharField(
        _("provinces"),
        max_length=240,
        blank=True,
        validators=[validate_provinces],
        help_text=_("The provinces that it bears on: CN-LN; CN-JL. Blank: all of them."),
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        choices=Weight,
        default=Weight.USUAL,
        help_text=_("Where a chart cannot mark every event, it marks those of more weight."),
    )
    history = HistoricalRecords()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("event")

    def __str__(self):
        return f"{self.date} {self.title}"

    def clean(self):
        """Refuse a span that ends before it begins, and provinces that are not in the table."""
        if self.until and self.until < self.date[: len(self.until)]:
            raise ValidationError({"until": gettext("The span ends before it begins.")})
        provinces = apps.get_model("trade", "Province").objects
        if missing := set(self.province_codes) - set(provinces.values_list("pk", flat=True)):
            message = gettext("There is no province %(codes)s in the table of provinces.")
            raise ValidationError({"provinces": message % {"codes": ", ".join(sorted(missing))}})

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
