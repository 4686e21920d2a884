"""What observations refer to: Chinese provinces, and sections, chapters and headings of the Harmonized System."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Substr
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trade.models import short_titles


class Province(models.Model):
    """A first-level division of China, e.g. CN-LN, Liaoning. Source: ISO 3166-2, GB/T 2260, GACC's place codes."""

    code = models.CharField(
        _("ISO 3166-2 code"),
        max_length=5,
        primary_key=True,
        validators=[RegexValidator(r"^CN-[A-Z]{2}$", _("Enter the ISO 3166-2 code, e.g. CN-LN."))],
    )
    gb_code = models.CharField(_("GB/T 2260 code"), max_length=6, unique=True)
    gacc_code = models.CharField(
        _("GACC place code"),
        max_length=2,
        unique=True,
        help_text=_("Place-of-registration code used by China Customs."),
    )
    name_en = models.CharField(_("English name"), max_length=60, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=60, unique=True)
    name_ko = models.CharField(_("Korean name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["gb_code"]
        verbose_name = _("province")

    def __str__(self):
        return self.name_en

    @property
    def slug(self):
        return self.code.lower()

    def get_absolute_url(self):
        return reverse("province", args=[self.slug])


class Section(models.Model):
    """One of the 21 sections of the Harmonized System, e.g. V, Mineral products; `unspecified` holds 98 and 99."""

    number = models.CharField(
        _("number"), max_length=12, primary_key=True, help_text=_("Roman numeral as in the HS, e.g. V.")
    )
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(
        _("short title"), max_length=40, help_text=_("Used in charts, e.g. Mineral products.")
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("section")

    def __str__(self):
        return f"{self.number} {self.short_title}"

    @property
    def slug(self):
        return self.number.lower()

    def get_absolute_url(self):
        return reverse("commodity", args=[self.slug])


class Chapter(models.Model):
    """A two-digit chapter of the Harmonized System, e.g. 27, Mineral fuels."""

    code = models.CharField(
        _("code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^\d{2}$", _("Enter two digits, e.g. 01 or 27."))],
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="chapters", verbose_name=_("section"))
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=40, help_text=_("Used in charts, e.g. Mineral fuels."))

    class Meta:
        ordering = ["code"]
        verbose_name = _("chapter")

    def __str__(self):
        return f"{self.code} {self.short_title}"

    @property
    def slug(self):
        return self.code

    def get_absolute_url(self):
        return reverse("commodity", args=[self.slug])


class Commodity(models.Model):
    """The label of a heading (4 digits) or subheading (6): 2709, Crude petroleum. An observation needs none."""

    code = models.CharField(
        _("code"),
        max_length=6,
        primary_key=True,
        validators=[RegexValidator(r"^\d{4}(\d{2})?$", _("Enter four or six digits, e.g. 2701."))],
    )
    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="commodities", verbose_name=_("chapter"))
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(
        _("short title"),
        max_length=short_titles.LENGTH,
        blank=True,
        help_text=_("Used in charts, e.g. Crude petroleum. If left blank, the first words of the title are used."),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("heading or subheading")
        verbose_name_plural = _("headings and subheadings")
        constraints = [
            models.CheckConstraint(
                condition=Exact(F("chapter"), Substr("code", 1, 2)),
                name="commodity_begins_with_chapter",
                violation_error_message=_("The code must begin with the code of its chapter."),
            ),
            models.UniqueConstraint(
                "chapter",
                Lower("short_title"),
                name="commodity_short_title_once_a_chapter",
                violation_error_message=_(
                    "Another heading or subheading in this chapter already has this short title. Choose a different "
                    "one."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.short_title}"

    def clean(self):
        """Say which row has the short title already: the constraint does not know it."""
        super().clean()
        other = self._others().filter(short_title__iexact=self.short_title).first() if self.short_title else None
        if other:
            message = _("“%(name)s” is already the short title of %(code)s. Choose another for %(own)s.")
            words = {"name": self.short_title, "code": other.code, "own": self.code}
            raise ValidationError({"short_title": message % words})

    def save(self, *args, **kwargs):
        """Store the row; a short title that was left blank is made of the title."""
        if not self.short_title:
            taken = self._others().values_list("short_title", flat=True)
            self.short_title = short_titles.by_rule({self.code: self.title}, taken)[self.code]
        super().save(*args, **kwargs)

    def _others(self):
        """The other rows of the chapter."""
        return Commodity.objects.filter(chapter=self.chapter_id).exclude(code=self.code)


class Alias(models.Model):
    """Another spelling of a name that files use: "Nei Mongol" for Inner Mongolia."""

    name = models.CharField(_("spelling"), max_length=120, unique=True)
    province = models.ForeignKey(
        Province, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("province")
    )
    chapter = models.ForeignKey(
        Chapter, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("chapter")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.CheckConstraint(
                condition=Q(province=None, chapter__isnull=False) | Q(province__isnull=False, chapter=None),
                name="alias_names_one_thing",
                violation_error_message=_("Choose a province or a chapter, not both."),
            )
        ]

    def __str__(self):
        return f"{self.name} → {self.province or self.chapter}"


def shown_code(code: str) -> str:
    """Give the code by which readers know a good, "2701"; a province and all trade have a name alone: ""."""
    return code if code.isdecimal() else ""


def names_of(kind: str, codes: Iterable[str] | None = None, *, official: bool = False) -> dict[str, str]:
    """Name provinces, or goods, by their codes: {"CN-LN": "Liaoning"} or {"27": "Mineral fuels", "2601": "Iron ore"}.

    Without `codes`, all provinces or all chapters. Screens and warnings give goods their short titles; files and the
    API the `official` ones of the Harmonized System. A code without a label is left out. One query.
    """
    if kind == "total":
        return {code: _("All trade") for code in codes or ()}
    if kind == "province":
        provinces = Province.objects.all() if codes is None else Province.objects.filter(code__in=codes)
        return dict(provinces.values_list("code", "name_en"))
    name = F("title" if official else "short_title")
    chapters = Chapter.objects.order_by().values_list("code", name)
    if codes is None:
        return dict(chapters)
    deeper = Commodity.objects.order_by().filter(code__in=codes).values_list("code", name)
    return dict(chapters.filter(code__in=codes).union(deeper, all=True))
