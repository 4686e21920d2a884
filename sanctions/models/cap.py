"""How much of its goods a measure lets pass: an amount, in a unit, in a period."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions.ledger import cap_sentences
from sanctions.models.event import Event
from sanctions.queries import CapQuerySet


class Cap(models.Model):
    """An amount that may pass: 7,500,000 tonnes of coal in each calendar year from 1 January 2017.

    Two caps of one measure with the same days and period are alternatives: the lower one counts.
    """

    class Unit(models.TextChoices):
        BARRELS = "barrels", _("barrels")
        TONNES = "tonnes", _("tonnes")
        USD = "usd", _("US dollars")

    class Period(models.TextChoices):
        IN_ALL = "in_all", _("in all, from the first day to the last")
        YEAR = "year", _("in each calendar year")
        TWELVE_MONTHS = "twelve_months", _("in each 12 months")

    measure = models.ForeignKey("Measure", models.CASCADE, related_name="caps", verbose_name=_("measure"))
    amount = models.PositiveBigIntegerField(
        _("amount"), validators=[MinValueValidator(1)], help_text=_("A whole number without commas, e.g. 7500000.")
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    tonnes = models.PositiveBigIntegerField(
        _("the same in tonnes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For an amount in barrels: the tonnes that the source gives for it. Leave blank if it gives none."),
    )
    period = models.CharField(_("period"), max_length=15, choices=Period)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day. Leave blank while it applies."))
    basis = models.CharField(_("verification"), max_length=10, choices=Event.Basis, default=Event.Basis.READ)
    history = HistoricalRecords()

    objects = CapQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("cap")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "unit", "period", "since"],
                name="cap_once",
                violation_error_message=_("The measure has a cap in this unit and period from this day already."),
            )
        ]

    def __str__(self):
        return cap_sentences.amount(self) if self.amount is not None else ""

    def clean(self):
        """Refuse days out of their order, a period without its end, and tonnes beside what is no number of barrels."""
        first = self.measure.effective_from if self.measure_id else None
        if first and self.since and self.since < first:
            words = {"found": date_format(self.since, "j F Y"), "first": date_format(first, "j F Y")}
            message = gettext("%(found)s is before the measure is in force, %(first)s. Correct one of the two dates.")
            raise ValidationError({"since": message % words})
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": gettext("The last day is before the first. Correct one of them.")})
        if self.period == self.Period.IN_ALL and not self.until:
            raise ValidationError({"until": gettext("Enter the last day: “in all” is until then.")})
        if self.tonnes and self.unit and self.unit != self.Unit.BARRELS:
            message = gettext("Tonnes are given beside barrels only. Leave this field blank.")
            raise ValidationError({"tonnes": message})

    @property
    def is_checked(self) -> bool:
        return self.basis == Event.Basis.READ

    @property
    def in_tonnes(self) -> int | None:
        """The amount in tonnes, as far as it is known: of barrels as the source gives it, of US dollars never."""
        return self.amount if self.unit == self.Unit.TONNES else self.tonnes
