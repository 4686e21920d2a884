"""Resolutions of the UN Security Council, and what each bans or caps, with their history.

A measure's codes stay as an editor wrote them; what they mean is stored beside (MeasureCode), so that a chapter can be
asked for its measures. What is recalled and not yet checked against the resolution's text carries an R: in the basis
("R", "S:page; grace period R") or behind a statement ("90 days (R)").

The tables keep the names that they had in the app `faq`, where they were made.
"""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions import code_text, source_text
from sanctions.queries import MeasureQuerySet, ResolutionQuerySet
from sanctions.rules import Level, Rule

UNCHECKED = re.compile(r"\s*\(R\)")
NUMBER_AND_YEAR = re.compile(r"(?<!\d)(\d{3,4})\s*\((\d{4})\)", re.ASCII)
FIRST = date(1946, 1, 1)  # the year of the first resolutions
# How strict each kind of measure is on the goods that it names; designations and other kinds name none.
LEVELS = {
    "full_ban": Level.BANNED,
    "prohibition": Level.BANNED,
    "clarification": Level.BANNED,
    "sectoral": Level.BANNED_WITH_EXEMPTIONS,
    "cap": Level.CAPPED,
}
MOST_YEARS = 10  # from adoption to force: the longest grace period of these resolutions is of two years


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


def validate_codes(text):
    """Refuse codes that cannot be understood, in the parser's words."""
    try:
        code_text.parse(text)
    except code_text.CodesError as error:
        raise ValidationError(str(error), code="codes") from error


class Measure(models.Model):
    """One thing that a resolution bans, caps or clarifies: "coal; iron; iron ore", paragraph 8 of 2371."""

    class Direction(models.TextChoices):
        TO_DPRK = "to_dprk", _("to the DPRK")
        FROM_DPRK = "from_dprk", _("from the DPRK")
        BOTH = "both", _("in both directions")
        NONE = "none", _("not goods-related")

    class Kind(models.TextChoices):
        FULL_BAN = "full_ban", _("full ban")
        PROHIBITION = "prohibition", _("prohibition")
        CAP = "cap", _("cap")
        SECTORAL = "sectoral", _("sectoral ban with exemptions")
        CLARIFICATION = "clarification", _("clarification")
        DESIGNATIONS = "designations", _("designations")
        OTHER = "other", _("other")

    class Category(models.TextChoices):
        ARMS = "arms", _("arms and dual use")
        MINERALS = "minerals", _("minerals")
        FOOD = "food", _("food and agriculture")
        SEAFOOD = "seafood", _("seafood")
        FISHING = "fishing", _("fishing rights")
        STATUES = "statues", _("statues")
        TEXTILES = "textiles", _("textiles")
        MACHINERY = "machinery", _("machinery and electrical equipment")
        WOOD = "wood", _("wood")
        VESSELS = "vessels", _("vessels and helicopters")
        OIL = "oil", _("oil and fuel")
        LUXURY = "luxury", _("luxury goods")
        METALS = "metals", _("metals")
        VEHICLES = "vehicles", _("vehicles")
        WORKERS = "workers", _("workers abroad")
        OTHER = "other", _("other")

    class Checked(models.TextChoices):
        READ = "read", _("checked against a source")
        PART = "part", _("partly not yet checked")
        RECALLED = "recalled", _("not yet checked")

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="measures", verbose_name=_("resolution"))
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers appear first."))
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True, help_text=_("For example, 8(a)(iii)."))
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    category = models.CharField(_("category"), max_length=12, choices=Category)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    goods = models.CharField(_("goods"), max_length=300)
    codes_stated = models.CharField(
        _("codes in the text"),
        max_length=200,
        blank=True,
        help_text=_(
            "HS codes named in the resolution. Write “none” if it names none; the codes below are then an "
            "interpretation."
        ),
    )
    codes_text = models.CharField(
        _("HS codes"),
        max_length=200,
        blank=True,
        validators=[validate_codes],
        help_text=_(
            "HS codes in the usual notation, e.g. 2701; 50-63; 8802.11/12; 2710 (part). A remark in brackets means "
            "that only part of the code is covered."
        ),
    )
    measure = models.CharField(_("measure"), max_length=500, help_text=_("What is banned or capped, in a sentence."))
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    until = models.DateField(
        _("in force until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it applied. Leave blank while it applies."),
    )
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by measure"),
        help_text=_("The measure that took its place, if there is one."),
    )
    ended_by = models.ForeignKey(
        Resolution,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ends",
        verbose_name=_("ended by resolution"),
        help_text=_("The resolution that ended it, if no single measure took its place."),
    )
    wind_down_or_cap = models.CharField(_("wind-down or cap"), max_length=500, blank=True)
    exemptions = models.CharField(_("exemptions"), max_length=500, blank=True)
    basis = models.CharField(
        _("basis"),
        max_length=300,
        blank=True,
        help_text=_(
            "How you know what this entry says. “S:undocs.org/S/RES/2371(2017)” means that it was checked against that "
            "page. “R” means that it was written from memory. “S:undocs.org/S/RES/2371(2017); grace period R” means "
            "that all but the grace period was checked. Leave blank if it is not stated: readers are then told that "
            "the entry is not yet checked."
        ),
    )
    checked = models.CharField(_("checked"), max_length=10, choices=Checked, editable=False)
    history = HistoricalRecords(table_name="faq_historicalmeasure")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        db_table = "faq_measure"
        ordering = ["resolution", "position", "pk"]
        verbose_name = _("measure")
        permissions = [("publish_measure", _("Can publish measures"))]

    def __str__(self):
        return f"{self.resolution_id} §{self.paragraph or '–'}: {self.goods}"

    def get_absolute_url(self):
        return f"{reverse('resolution', args=[self.resolution_id])}#{self.anchor}"

    @property
    def anchor(self):
        return f"measure-{self.pk}"

    def clean(self):
        """Refuse codes of no chapter, and days that cannot be."""
        self._refuse_unknown_chapters()
        if adopted := self._adopted():
            for name in ("effective_from", "until"):
                self._refuse_days_before(name, adopted, gettext("the resolution was adopted on"))
            self._refuse_days_after("effective_from", adopted.year + MOST_YEARS)
        self._refuse_days_after("until", timezone.now().year + MOST_YEARS)
        if self.effective_from:
            self._refuse_days_before("until", self.effective_from, gettext("the measure is in force from"))
        self._refuse_odd_ends()

    def _adopted(self):
        try:
            return self.resolution.adopted if self.resolution_id else None
        except Resolution.DoesNotExist:
            return None  # the field's own validation says so

    def _refuse_days_before(self, name, first, why):
        found = getattr(self, name)
        if found and found < first:
            words = {"found": date_format(found, "j F Y"), "why": why, "first": date_format(first, "j F Y")}
            message = gettext("%(found)s is too early: %(why)s %(first)s. Correct one of the two dates.")
            raise ValidationError({name: message % words})

    def _refuse_days_after(self, name, last):
        found = getattr(self, name)
        if found and found.year > last:
            message = gettext("%(found)s is too late: the latest year expected here is %(last)s. Correct the year.")
            raise ValidationError({name: message % {"found": date_format(found, "j F Y"), "last": last}})

    def _refuse_odd_ends(self):
        """An end has a day; what took the place of a measure is another one, and came no earlier than that."""
        other = self.replaced_by
        if other and other.pk == self.pk:
            raise ValidationError({"replaced_by": gettext("A measure cannot replace itself. Choose another one.")})
        if (other or self.ended_by_id) and not self.until:
            message = gettext("Enter the last day on which the measure applied.")
            if other and other.effective_from:
                last = (other.effective_from - timedelta(days=1)).isoformat()
                message += " " + gettext("The measure that replaced it is in force from the day after %(day)s.") % {
                    "day": last
                }
            raise ValidationError({"until": message})
        if other and other.effective_from and self.effective_from and other.effective_from < self.effective_from:
            message = gettext("“%(other)s” is in force from %(day)s, before this measure. Choose another one.")
            words = {"other": other, "day": date_format(other.effective_from, "j F Y")}
            raise ValidationError({"replaced_by": message % words})

    def save(self, *args, **kwargs):
        """Store the measure, what its basis says of it, and what its codes mean, together."""
        self.checked = self._how_checked()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._store_codes()

    @property
    def has_ended(self) -> bool:
        """True from the day after the last one on which it applied."""
        return self.until is not None and self.until < timezone.now().date()

    @property
    def successor(self):
        """What took its place or ended it: a measure, a resolution, or None."""
        return self.replaced_by or self.ended_by

    @property
    def sentence(self) -> str:
        """What it bans or caps, as a sentence that ends once: "Supply is prohibited." of "Supply is prohibited"."""
        return self.measure if self.measure.endswith((".", "!", "?", "…")) else f"{self.measure}."

    @property
    def rules(self) -> list[Rule]:
        """A rule for each of its codes; [] for a measure on no goods, or without a day.

        A clarification says which goods of its codes are luxury, by value or use: it covers them in part.
        """
        level, is_clarified = LEVELS.get(self.kind), self.kind == self.Kind.CLARIFICATION
        if level is None or self.effective_from is None:
            return []
        common = {"since": self.effective_from, "until": self.until}
        return [
            Rule(self.pk, self.direction, level, code.digits, in_part=code.partial or is_clarified, **common)
            for code in self.codes.all()
        ]

    @property
    def chapters(self) -> list:
        """The chapters that its codes are in, each once, in their order."""
        return sorted({code.chapter for code in self.codes.all()}, key=lambda chapter: chapter.code)

    @property
    def codes_are_a_reading(self) -> bool:
        """True where the resolution names no codes and those given are how its words are usually read."""
        return bool(self.codes_text) and (not self.codes_stated or self.codes_stated.lower().startswith("none"))

    @property
    def has_facts(self) -> bool:
        """True where a page has more to list than the measure's own sentence."""
        return any((self.wind_down_or_cap, self.exemptions, self.codes_text, self.sources))

    @property
    def caution(self) -> str:
        """What a reader is told is not yet checked: "Not yet checked: grace period."; "" where all was read."""
        if self.checked == self.Checked.READ:
            return ""
        if self.checked == self.Checked.RECALLED:
            return gettext("Not yet checked.")
        what = "; ".join(self._basis_parts(recalled=True))
        return gettext("Not yet checked: %(what)s.") % {"what": what} if what else gettext("Not yet checked in full.")

    @property
    def sources(self) -> str:
        """Where it was read: "S:un.org fr s/res/2375; grace period R" -> "un.org fr s/res/2375"."""
        return "; ".join(self._basis_parts(recalled=False))

    @property
    def linked_sources(self) -> list[source_text.Source]:
        """The same, each with its address where that is known."""
        return source_text.parse(self.sources)

    def _refuse_unknown_chapters(self):
        try:
            meant = {code.chapter for code in code_text.parse(self.codes_text)}
        except code_text.CodesError:
            return  # the field's own validator has said so
        chapters = MeasureCode._meta.get_field("chapter").related_model.objects
        if missing := meant - set(chapters.filter(pk__in=meant).values_list("pk", flat=True)):
            message = _("Not found in the table of chapters: %(codes)s. Correct the code or add the chapter.")
            raise ValidationError({"codes_text": message % {"codes": ", ".join(sorted(missing))}})

    def _how_checked(self):
        if self.basis.strip() in ("", "R"):
            return self.Checked.RECALLED
        stated = (self.measure, self.wind_down_or_cap, self.exemptions, self.codes_stated, self.codes_text)
        marked = self._basis_parts(recalled=True) or any(UNCHECKED.search(text) for text in stated)
        return self.Checked.PART if marked else self.Checked.READ

    def _basis_parts(self, recalled):
        """The entries of the basis that end in R, without it; or the others, without their "S:"."""
        parts = [part.strip() for part in self.basis.split(";") if part.strip()]
        if recalled:
            return [part.removesuffix(" R") for part in parts if part.endswith(" R")]
        return [part.removeprefix("S:") for part in parts if part != "R" and not part.endswith(" R")]

    def _store_codes(self):
        """Bring the stored codes to what the text says; nothing is written where nothing changed."""
        meant = {code.digits: code.partial for code in code_text.parse(self.codes_text)}
        if dict(self.codes.values_list("digits", "partial")) == meant:
            return
        self.codes.all().delete()
        self.codes.bulk_create(
            MeasureCode(measure=self, digits=digits, partial=partial, chapter_id=digits[:2])
            for digits, partial in meant.items()
        )


class MeasureCode(models.Model):
    """One HS code of a measure, of 2, 4 or 6 digits, in whole or in part. Written by Measure.save."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="codes", verbose_name=_("measure"))
    digits = models.CharField(_("HS code"), max_length=6)
    partial = models.BooleanField(_("in part"), default=False)
    chapter = models.ForeignKey(
        "trade.Chapter", models.PROTECT, related_name="measure_codes", verbose_name=_("chapter")
    )

    class Meta:
        db_table = "faq_measurecode"
        ordering = ["pk"]
        verbose_name = _("HS code of a measure")
        verbose_name_plural = _("HS codes of measures")
        constraints = [
            models.UniqueConstraint(fields=["measure", "digits"], name="measure_code_once"),
            models.CheckConstraint(
                condition=Q(digits__startswith=models.F("chapter_id")), name="measure_code_in_its_chapter"
            ),
        ]

    def __str__(self):
        return f"{self.digits} (part)" if self.partial else self.digits
