"""What each resolution bans or caps, with its history.

A measure's codes stay as an editor wrote them; what they mean is stored beside (MeasureCode), so that a chapter can be
asked for its measures. What is recalled and not yet checked against the resolution's text carries an R: in the basis
("R", "S:page; grace period R") or behind a statement ("90 days (R)").

The table keeps the name that it had in the app `faq`, where it was made.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sanctions import code_text, source_text
from sanctions.ledger import cap_sentences, measure_days
from sanctions.ledger.code_places import Place, place_of
from sanctions.models.hs_code_field import codes_field, edition_field
from sanctions.models.measure_code import MeasureCode
from sanctions.models.resolution import Resolution
from sanctions.queries import MeasureQuerySet
from sanctions.rules import Level, Rule

UNCHECKED = re.compile(r"\s*\(R\)")
# How strict each kind of measure is on the goods that it names; designations and other kinds name none.
LEVELS = {
    "full_ban": Level.BANNED,
    "prohibition": Level.BANNED,
    "clarification": Level.BANNED,
    "sectoral": Level.BANNED_WITH_EXEMPTIONS,
    "cap": Level.CAPPED,
}


class Measure(models.Model):
    """One thing that a resolution bans, caps or clarifies: "coal; iron; iron ore", paragraph 8 of 2371."""

    class Direction(models.TextChoices):
        TO_DPRK = "to_dprk", _("to the DPRK")
        FROM_DPRK = "from_dprk", _("from the DPRK")
        BOTH = "both", _("in both directions")
        NONE = "none", _("no goods")

    class Kind(models.TextChoices):
        FULL_BAN = "full_ban", _("full ban")
        PROHIBITION = "prohibition", _("ban")
        CAP = "cap", _("cap")
        SECTORAL = "sectoral", _("ban with exemptions")
        CLARIFICATION = "clarification", _("clarification")
        DESIGNATIONS = "designations", _("persons and companies listed")
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
    codes_stated = codes_field(
        _("codes in the resolution"),
        _("HS codes that the resolution itself names. Write “none” if it names none."),
    )
    codes_announced = codes_field(
        _("codes in China’s announcement"),
        _("HS codes that China named when it carried this out, of up to 10 digits. Leave blank if none are known."),
    )
    codes_text = codes_field(
        _("HS codes"),
        _(
            "The codes that the site applies, e.g. 2701; 50-63; 8802.11/12; 2710 (part). A remark in brackets means "
            "that only part of the code is covered. Codes that neither list above names are shown as assigned by us."
        ),
    )
    edition = edition_field()
    measure = models.CharField(_("measure"), max_length=500, help_text=_("What is banned or capped, in a sentence."))
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    grace_until = models.DateField(
        _("grace period until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which goods under contracts written before may pass; where China’s date is another one, "
            "China’s."
        ),
    )
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
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When the entry was last held against its source.")
    )
    checked_by = models.CharField(_("checked by"), max_length=80, blank=True)
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
        measure_days.check(self, self._adopted())

    def _adopted(self):
        try:
            return self.resolution.adopted if self.resolution_id else None
        except Resolution.DoesNotExist:
            return None  # the field's own validation says so

    def save(self, *args, **kwargs):
        """Store the measure, what its basis says of it, and what its codes mean, together."""
        self.checked = self._how_checked()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._store_codes()

    @property
    def place(self) -> str:
        """Where it stands: "Resolution 2371, paragraph 8"."""
        words = {"number": self.resolution_id, "paragraph": self.paragraph}
        if not self.paragraph:
            return gettext("Resolution %(number)s") % words
        return gettext("Resolution %(number)s, paragraph %(paragraph)s") % words

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
        common = {"since": self.effective_from, "until": self.until, "edition": self.edition}
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
        return bool(self.codes_text) and not code_text.understood(self.codes_stated)

    @property
    def has_facts(self) -> bool:
        """True where a page has more to list than the measure's own sentence."""
        return any((self.wind_down_or_cap, self.exemptions, self.codes_text, self.sources))

    @property
    def caps_in_words(self) -> list[str]:
        """Its caps, a sentence for those of the same days: "US$400,870,018 or 7,500,000 tonnes, whichever is …"."""
        return cap_sentences.sentences(self.caps.all())

    @property
    def codes_by_place(self) -> list[tuple]:
        """Its codes by where they stand: [(Place.TEXT, ["84", "85"]), (Place.ASSIGNED, ["72 (part)"])]."""
        found = {}
        for code in self.codes.all():
            found.setdefault(Place(code.named_in), []).append(code)
        return list(found.items())

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
    def unchecked_parts(self) -> str:
        """The same under a heading that says it: "grace period", "all of it"."""
        if self.checked == self.Checked.RECALLED:
            return gettext("all of it")
        what = "; ".join(self._basis_parts(recalled=True))
        return what or gettext("what is marked with an asterisk")

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
        """Bring the stored codes to what the texts say; nothing is written where nothing changed."""
        lists = [code_text.understood(text) for text in (self.codes_stated, self.codes_announced)]
        meant = {code.digits: (code.partial, place_of(code, *lists)) for code in code_text.parse(self.codes_text)}
        rows = self.codes.values_list("digits", "partial", "named_in")
        if {digits: (partial, place) for digits, partial, place in rows} == meant:
            return
        self.codes.all().delete()
        self.codes.bulk_create(
            MeasureCode(measure=self, digits=digits, partial=partial, named_in=place, chapter_id=digits[:2])
            for digits, (partial, place) in meant.items()
        )
