"""Single values of a dataset, each from the release that began it to the one that ended it.

Observations are never updated or deleted. Each stands from the release `since` until the release `until` (null while it
stands), so "what changed in n", "as of n", a cell's history and revert are queries on two columns.
"""

from itertools import islice

import pandas as pd
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _

from trade import frames, number_text
from trade.models.code_lists import Component, Flow, Status
from trade.models.dataset import Dataset
from trade.models.places_and_goods import Chapter, Province
from trade.models.release import Release

PIECE = 50_000  # rows that are Python objects at one time
# What a frame holds of columns that its table has not.
NOTHING = {"quantity": float("nan"), "quantity_unit": "", "publisher": "", "source": "", "precision_usd": pd.NA}


class ObservationQuerySet(models.QuerySet):
    def standing(self):
        """Head: the rows that stand now."""
        return self.filter(until=None)

    def offered(self):
        """The rows that readers may be shown: all but those of withdrawn releases."""
        return self.filter(withdrawn=False)

    def as_of(self, release):
        """The rows that stood when `release` was the newest of its dataset, but for those that were withdrawn since.

        Release ids grow within a dataset.
        """
        return self.filter(Q(until=None) | Q(until__gt=release.pk), since__lte=release.pk, withdrawn=False)

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
        return self._frame(frames.HEAD_COLUMNS)

    def history(self):
        """The rows with the releases that began and ended them, as a DataFrame of frames.HISTORY_COLUMNS."""
        return self._frame(frames.HISTORY_COLUMNS)

    def _frame(self, wanted):
        held = {f.attname for f in self.model._meta.concrete_fields}
        columns = [c for c in wanted if c == "key" or c in held]
        rows = self.values_list(*(self.model.KEY if c == "key" else c for c in columns)).iterator(PIECE)
        others = {c: NOTHING[c] for c in wanted if c not in columns}
        pieces = [frames.typed(pd.DataFrame.from_records(piece, columns=columns).assign(**others))[wanted]
                  for piece in iter(lambda: list(islice(rows, PIECE)), [])]  # fmt: skip
        return pd.concat(pieces, ignore_index=True) if pieces else frames.empty(wanted)


def _touched(kind, key):
    """The rows that a release began, and those that it ended, each in the order of their cells."""
    cell = [key, "flow", "year", "month", "component"]
    return [
        models.Index(fields=["since", *cell], name=f"{kind}_begun"),
        models.Index(fields=["until", *cell], name=f"{kind}_ended", condition=Q(until__isnull=False)),
        models.Index(fields=["dataset"], name=f"{kind}_withdrawn", condition=Q(withdrawn=True)),
    ]


def _one_of(kind, flows):
    """The flows that a table may hold."""
    return models.CheckConstraint(condition=Q(flow__in=flows), name=f"{kind}observation_flow")


class Observation(models.Model):
    """One value of one component: whole US dollars, or no value and the status that says why."""

    # Head is found by the unique index of each table, what a release began and ended by the two indexes of `_touched`,
    # in the order in which its page lists it: no other index is worth what it costs every row of a publish.
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+", db_index=False, verbose_name=_("dataset"))
    flow = models.CharField(_("direction"), max_length=10, choices=Flow)
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), default=0, help_text=_("0 means the whole year."))
    component = models.CharField(_("reported or estimate"), max_length=15, choices=Component)
    value_usd = models.BigIntegerField(_("value, US$"), null=True)
    status = models.CharField(_("status"), max_length=1, choices=Status)
    note = models.CharField(_("note"), max_length=500, blank=True)
    withdrawn = models.BooleanField(
        _("withdrawn"), default=False, db_default=False, help_text=_("Readers are no longer shown this value.")
    )
    since = models.ForeignKey(
        Release, models.PROTECT, related_name="+", db_index=False, verbose_name=_("valid from release")
    )
    until = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("valid until release")
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(value_usd__gte=0) | Q(value_usd=None), name="%(class)s_not_negative"),
            models.CheckConstraint(condition=Q(year__range=(1900, 2100)), name="%(class)s_year"),
            models.CheckConstraint(condition=Q(month__range=(0, 12)), name="%(class)s_month"),
            models.CheckConstraint(
                condition=Q(component__in=["estimate", "second_estimate"], status="E", value_usd__isnull=False)
                | Q(component="reported", status__in=[s for s in Status.values if s != "E"]),
                name="%(class)s_estimate_is_e_and_has_a_value",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="%(class)s_ends_later"),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(until__isnull=False), name="%(class)s_withdrawn_has_ended"
            ),
        ]

    def __str__(self):
        what = f"{self.get_flow_display()}, {number_text.period(self.year, self.month)}, {self.get_component_display()}"
        return f"{what}: {number_text.exact(self.value_usd)}"


class ProvinceObservation(Observation):
    KEY = "province_id"

    province = models.ForeignKey(Province, models.PROTECT, related_name="+", db_index=False, verbose_name=_("province"))

    class Meta(Observation.Meta):
        verbose_name = _("observation by province")
        verbose_name_plural = _("observations by province")
        indexes = _touched("province", "province")
        constraints = [
            *Observation.Meta.constraints,
            _one_of("province", Flow.directions()),
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
            _one_of("commodity", Flow.directions()),
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


class TotalObservation(Observation):
    """A value of all trade together: who published it, where it was printed, and how finely."""

    KEY = "dataset_id"  # a dataset of totals lists one thing: itself

    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    source = models.CharField(_("source publication"), max_length=300, blank=True)
    precision_usd = models.BigIntegerField(
        _("precision, US$"),
        null=True,
        blank=True,
        help_text=_("Place value of the last published digit, in US dollars."),
    )

    class Meta(Observation.Meta):
        verbose_name = _("observation of a total")
        verbose_name_plural = _("observations of totals")
        indexes = _touched("total", "dataset")
        constraints = [
            *Observation.Meta.constraints,
            _one_of("total", Flow.values),
            models.UniqueConstraint(
                fields=["dataset", "flow", "year", "month", "component"],
                condition=Q(until=None),
                name="total_one_standing",
            ),
            models.CheckConstraint(condition=Q(precision_usd__gt=0) | Q(precision_usd=None), name="total_precision"),
        ]
