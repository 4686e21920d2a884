"""What arrives by file: places, goods, datasets, their uploads and releases, and the observations.

Observations are never updated or deleted. Each stands from the release `since` until the release `until`
(null while it stands), so "what changed in n", "as of n", a cell's history and revert are queries on two columns.
The vocabulary is SDMX's and the Harmonized System's; docs/decisions.md says where it differs.
"""

import secrets
from itertools import islice

import pandas as pd
from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, In
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trade import frames


class Flow(models.TextChoices):
    TO_DPRK = "to_dprk", _("to the DPRK")
    FROM_DPRK = "from_dprk", _("from the DPRK")


class Component(models.TextChoices):
    REPORTED = "reported", _("reported")
    ESTIMATE = "estimate", _("estimate")


class Status(models.TextChoices):
    """SDMX observation status (CL_OBS_STATUS)."""

    NORMAL = "A", _("normal")
    PROVISIONAL = "P", _("provisional")
    BREAK = "B", _("break in the series")
    MISSING = "O", _("missing")
    NOT_COLLECTED = "L", _("may exist, not collected")
    SUPPRESSED = "Q", _("suppressed")
    UNRELIABLE = "U", _("low reliability")
    ESTIMATED = "E", _("estimate")

    @classmethod
    def without_value(cls):
        """The statuses that say why there is no value."""
        return [cls.MISSING, cls.NOT_COLLECTED, cls.SUPPRESSED]


class Province(models.Model):
    """A first-level division of China, e.g. CN-LN, Liaoning. Source: ISO 3166-2, GB/T 2260, GACC's place codes."""

    code = models.CharField(
        _("ISO 3166-2 code"),
        max_length=5,
        primary_key=True,
        validators=[RegexValidator(r"^CN-[A-Z]{2}$", _("Write it as in ISO 3166-2: CN-LN."))],
    )
    gb_code = models.CharField(_("GB/T 2260 code"), max_length=6, unique=True)
    gacc_code = models.CharField(
        _("GACC place code"), max_length=2, unique=True, help_text=_("The registered-place code of China's customs.")
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
    """One of the 21 sections of the Harmonized System, e.g. V, Mineral products; `unspecified` holds chapter 99."""

    number = models.CharField(_("number"), max_length=12, primary_key=True, help_text=_("Roman, as in the HS: V."))
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=40, help_text=_("For charts: Mineral products."))

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
        validators=[RegexValidator(r"^\d{2}$", _("Write two digits: 01, 27."))],
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="chapters", verbose_name=_("section"))
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=40, help_text=_("For charts: Mineral fuels."))

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
    """The label of a heading (4 digits) or subheading (6): 2701, Coal. Labels are optional for an observation."""

    code = models.CharField(
        _("code"),
        max_length=6,
        primary_key=True,
        validators=[RegexValidator(r"^\d{4}(\d{2})?$", _("Write four or six digits: 2701."))],
    )
    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="commodities", verbose_name=_("chapter"))
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        ordering = ["code"]
        verbose_name = _("heading or subheading")
        verbose_name_plural = _("headings and subheadings")
        constraints = [
            models.CheckConstraint(
                condition=Exact(F("chapter"), Substr("code", 1, 2)),
                name="commodity_begins_with_chapter",
                violation_error_message=_("The code does not begin with its chapter."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


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


class DatasetQuerySet(models.QuerySet):
    def with_releases(self):
        """Datasets that readers can see: those with a release."""
        return self.filter(releases__isnull=False).distinct()


class Dataset(models.Model):
    """One published series: who reports about whom, on which valuation basis, under which licence."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("by Chinese province")
        COMMODITY = "commodity", _("by HS goods")

    slug = models.SlugField(_("identifier"), max_length=40, primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), help_text=_("A paragraph for readers: what it is and is not."))
    partner = models.CharField(
        _("partner"), max_length=40, help_text=_("As it stands in a sentence: “China”, or “the world”.")
    )
    reporter = models.CharField(_("reporter"), max_length=120, help_text=_("Whose returns these are."))
    source = models.CharField(_("source"), max_length=300, help_text=_("As a reader should cite it."))
    source_url = models.URLField(_("address of the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    licence_url = models.URLField(_("address of the licence"), blank=True)
    basis_to_dprk = models.CharField(_("valuation of flows to the DPRK"), max_length=10, help_text="FOB / CIF")
    basis_from_dprk = models.CharField(_("valuation of flows from the DPRK"), max_length=10, help_text="FOB / CIF")
    estimate_method = models.TextField(
        _("how estimates are made"), blank=True, help_text=_("What the component “estimate” adds, and by which sum.")
    )
    is_demonstration = models.BooleanField(
        _("demonstration"), default=False, help_text=_("Invented figures: said on every page and in every file.")
    )
    next_release_on = models.DateField(_("next release expected"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("dataset")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("dataset", args=[self.slug])

    @property
    def observations(self):
        """The observations of this dataset, ended ones included: `dataset.observations.standing()`."""
        model = ProvinceObservation if self.kind == self.Kind.PROVINCE else CommodityObservation
        return model.objects.filter(dataset=self)

    def latest_release(self):
        """The newest release, or None."""
        return self.releases.order_by("-number").first()


def random_name(instance, filename):
    """A name under which staged bytes lie in storage: nothing of the editor's file name, nothing to guess."""
    return f"{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"


def uploads_storage():
    return storages["uploads"]


class Upload(models.Model):
    """A file, or several, staged for a dataset: what was read, what is wrong, what would change."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        ASKING = "asking", _("has a question")
        REFUSED = "refused", _("refused")
        STAGED = "staged", _("ready to publish")
        PUBLISHING = "publishing", _("being published")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("failed")

    class Mode(models.TextChoices):
        AMEND = "amend", _("amend: what the file does not mention stays")
        REPLACE = "replace", _("replace: what the file does not mention is ended, within its flows and periods")

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="uploads", verbose_name=_("dataset"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.AMEND)
    flow = models.CharField(
        _("flow"), max_length=10, choices=Flow, blank=True, help_text=_("Only for a file that does not say it.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, editable=False)
    progress = models.CharField(_("progress"), max_length=500, blank=True, editable=False)
    base = models.ForeignKey(
        "Release", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("compared with")
    )
    form = models.CharField(_("recognised as"), max_length=200, blank=True, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    faults = models.JSONField(default=list, editable=False)
    warnings = models.JSONField(default=list, editable=False)
    questions = models.JSONField(default=list, editable=False)
    remarks = models.JSONField(default=list, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    summary = models.JSONField(default=dict, editable=False, help_text="Counts by year, totals before and after.")
    diff = models.FileField(storage=uploads_storage, upload_to=random_name, blank=True, editable=False)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("upload")
        permissions = [("publish_upload", _("Can publish an upload"))]
        indexes = [models.Index(fields=["dataset", "-created"], name="upload_by_dataset")]

    def __str__(self):
        return _("upload %(id)s to %(dataset)s") % {"id": self.pk, "dataset": self.dataset_id}


class UploadFile(models.Model):
    """One file of an upload: its bytes as they came, under a random name, with their hash."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(storage=uploads_storage, upload_to=random_name)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ReleaseQuerySet(models.QuerySet):
    def newest_by_dataset(self):
        """The newest release of each dataset that is not withdrawn, its dataset fetched: one query for a page."""
        offered = Release.objects.filter(dataset=models.OuterRef("dataset"), withdrawn=None)
        newest = offered.order_by("-number").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest)).select_related("dataset").order_by("dataset__position")


class Release(models.Model):
    """Release n of a dataset: changes applied at once, with a note, and the bundle of files built from it."""

    class Kind(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled revision")
        CORRECTION = "correction", _("correction")
        REVERT = "revert", _("revert")

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="releases", verbose_name=_("dataset"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    note = models.TextField(_("note"), help_text=_("What changed and why, for readers."))
    created = models.DateTimeField(_("released"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="release", verbose_name=_("upload"))
    reverts_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("reverts to"))
    counts = models.JSONField(_("counts"), default=dict)
    files = models.JSONField(default=list, editable=False, help_text='[{"name", "size", "sha256"}] of its bundle.')
    bundle = models.CharField(max_length=120, editable=False, help_text="Folder of its files in STORAGES['bundles'].")
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawal_reason = models.TextField(
        _("reason of the withdrawal"), blank=True, editable=False, help_text=_("Readers see it in place of the files.")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["dataset", "-number"]
        verbose_name = _("release")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="release_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="release_number_from_1"),
            models.CheckConstraint(condition=~Q(note=""), name="release_has_a_note"),
            models.CheckConstraint(
                condition=Q(withdrawn=None, withdrawal_reason="")
                | Q(withdrawn__isnull=False) & ~Q(withdrawal_reason=""),
                name="release_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self):
        return _("%(dataset)s, release %(number)s") % {"dataset": self.dataset_id, "number": self.number}

    def get_absolute_url(self):
        return reverse("release", args=[self.dataset_id, self.number])


class Annotation(models.Model):
    """A dated note by an editor on a province, code or year: "Guangdong 2017"."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="annotations", verbose_name=_("dataset"))
    province = models.ForeignKey(Province, models.CASCADE, null=True, blank=True, verbose_name=_("province"))
    code = models.CharField(
        _("HS code"), max_length=6, blank=True, validators=[RegexValidator(r"^(\d{2}){1,3}$", _("2, 4 or 6 digits."))]
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    text = models.CharField(_("text"), max_length=500)
    created = models.DateField(_("written"), auto_now_add=True)

    class Meta:
        ordering = ["dataset", "year", "pk"]
        verbose_name = _("annotation")

    def __str__(self):
        return self.text[:60]


# What a frame says of quantities where the table has none.
PIECE = 50_000  # rows that are Python objects at one time
NO_GOODS = {"quantity": float("nan"), "quantity_unit": ""}


class ObservationQuerySet(models.QuerySet):
    def standing(self):
        """Head: the rows that stand now."""
        return self.filter(until=None)

    def as_of(self, release):
        """The rows that stood when `release` was the newest of its dataset. Release ids grow within a dataset."""
        return self.filter(Q(until=None) | Q(until__gt=release.pk), since__lte=release.pk)

    def touched_by(self, release):
        """The rows that `release` began or ended."""
        return self.filter(Q(since=release) | Q(until=release))

    def of_cell(self, row):
        """Every row that ever stood for the cell of `row`, both components, the newest first."""
        cell = {"dataset": row.dataset_id, row.KEY: getattr(row, row.KEY)}
        cell |= {"flow": row.flow, "year": row.year, "month": row.month}
        return self.filter(**cell).select_related("since", "until").order_by("-since", "component")

    def frame(self):
        """The rows as a DataFrame of frames.HEAD_COLUMNS: id 7, key "CN-LN", flow "to_dprk", year 2016, month 0, …"""
        held = {f.attname for f in self.model._meta.concrete_fields}
        columns = [c for c in frames.HEAD_COLUMNS if c == "key" or c in held]
        rows = self.values_list(*(self.model.KEY if c == "key" else c for c in columns)).iterator(PIECE)
        others = {c: NO_GOODS[c] for c in frames.HEAD_COLUMNS if c not in columns}
        pieces = [frames.typed(pd.DataFrame.from_records(piece, columns=columns).assign(**others))[frames.HEAD_COLUMNS]
                  for piece in iter(lambda: list(islice(rows, PIECE)), [])]  # fmt: skip
        return pd.concat(pieces, ignore_index=True) if pieces else frames.empty(frames.HEAD_COLUMNS)


def _touched(kind, key):
    """The rows that a release began, and those that it ended, each in the order of their cells."""
    cell = [key, "flow", "year", "month", "component"]
    return [
        models.Index(fields=["since", *cell], name=f"{kind}_begun"),
        models.Index(fields=["until", *cell], name=f"{kind}_ended", condition=Q(until__isnull=False)),
    ]


class Observation(models.Model):
    """One value of one component: whole US dollars, or no value and the status that says why."""

    # Head is found by the unique index of each table, what a release began and ended by the two indexes of `_touched`,
    # in the order in which its page lists it: no other index is worth what it costs every row of a publish.
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+", db_index=False, verbose_name=_("dataset"))
    flow = models.CharField(_("flow"), max_length=10, choices=Flow)
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), default=0, help_text=_("0 is the whole year."))
    component = models.CharField(_("component"), max_length=10, choices=Component)
    value_usd = models.BigIntegerField(_("value, US$"), null=True)
    status = models.CharField(_("status"), max_length=1, choices=Status)
    note = models.CharField(_("note"), max_length=500, blank=True)
    since = models.ForeignKey(
        Release, models.PROTECT, related_name="+", db_index=False, verbose_name=_("since release")
    )
    until = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("until release")
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(value_usd__gte=0) | Q(value_usd=None), name="%(class)s_not_negative"),
            models.CheckConstraint(condition=Q(year__range=(1900, 2100)), name="%(class)s_year"),
            models.CheckConstraint(condition=Q(month__range=(0, 12)), name="%(class)s_month"),
            models.CheckConstraint(condition=Q(flow__in=Flow.values), name="%(class)s_flow"),
            models.CheckConstraint(
                condition=Q(component="estimate", status="E", value_usd__isnull=False)
                | Q(component="reported", status__in=[s for s in Status.values if s != "E"]),
                name="%(class)s_estimate_is_e_and_has_a_value",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="%(class)s_ends_later"),
        ]

    def __str__(self):
        return f"{self.flow} {self.year} {self.component}: {self.value_usd}"


class ProvinceObservation(Observation):
    KEY = "province_id"

    province = models.ForeignKey(Province, models.PROTECT, related_name="+", db_index=False, verbose_name=_("province"))

    class Meta(Observation.Meta):
        verbose_name = _("observation by province")
        verbose_name_plural = _("observations by province")
        indexes = _touched("province", "province")
        constraints = [
            *Observation.Meta.constraints,
            models.UniqueConstraint(
                fields=["dataset", "province", "flow", "year", "month", "component"],
                condition=Q(until=None),
                name="province_one_standing",
            ),
        ]


class CommodityObservation(Observation):
    KEY = "code"

    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="+", db_index=False, verbose_name=_("chapter"))
    code = models.CharField(_("HS code"), max_length=6)
    quantity = models.FloatField(_("quantity"), null=True)
    quantity_unit = models.CharField(_("unit of quantity"), max_length=20, blank=True)

    class Meta(Observation.Meta):
        verbose_name = _("observation by HS code")
        verbose_name_plural = _("observations by HS code")
        indexes = _touched("commodity", "code")
        constraints = [
            *Observation.Meta.constraints,
            models.UniqueConstraint(
                fields=["dataset", "code", "flow", "year", "month", "component"],
                condition=Q(until=None),
                name="commodity_one_standing",
            ),
            models.CheckConstraint(condition=In(Length("code"), [2, 4, 6]), name="commodity_code_2_4_6"),
            models.CheckConstraint(
                condition=Exact(F("chapter"), Substr("code", 1, 2)), name="commodity_in_its_chapter"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0) | Q(quantity=None), name="quantity_not_negative"),
        ]
