"""Queries observations and changes, a page at a time, by province or code, flow, year, month and component."""

from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import Count, F, Max, Q

from trade.api import pagination
from trade.api.errors import Refused
from trade.models import Chapter, Commodity, Dataset, Province, Release

PLACE = (str, str, int, int, str)  # the types of a place: the values of a row by which rows are ordered
FACTS = ("value_usd", "status", "note")
MORE_FACTS = {
    Dataset.Kind.COMMODITY: ("quantity", "quantity_unit"),
    Dataset.Kind.TOTAL: ("publisher", "source", "precision_usd"),
}
KEYS = {Dataset.Kind.PROVINCE: "province", Dataset.Kind.COMMODITY: "code"}


class Row(NamedTuple):
    """An observation: its place (key, flow, year, month, component) and its facts by name."""

    place: tuple
    facts: dict


def key_of(dataset: Dataset) -> str | None:
    """Name what is listed: "province" or "code"; None of totals, which list nothing."""
    return KEYS.get(dataset.kind)


def facts_of(dataset: Dataset) -> tuple:
    """Name the facts of an observation: value, status, note; of goods the quantity, of totals the origin."""
    return FACTS + MORE_FACTS.get(dataset.kind, ())


def place_names(dataset: Dataset) -> list[str]:
    """Name the columns that order the rows."""
    return [dataset.observations.model.KEY, "flow", "year", "month", "component"]


def page(release: Release, wanted, limit: int, after: tuple | None) -> list[Row]:
    """Return up to `limit` + 1 rows that stood at a release: one beyond the page shows that more follow.

    Two queries: what stands still comes in the order of the index of standing rows; what ended since is found by the
    release that ended it, and sorted. For the newest release the second is not asked.
    """
    order, facts = place_names(release.dataset), facts_of(release.dataset)
    rows = _wanted(release.dataset, wanted).filter(since__lte=release.pk)
    standing_and_ended = [rows.filter(until=None)]
    if not release.is_head:
        standing_and_ended.append(rows.filter(until__gt=release.pk))
    sorted_rows = [
        [
            Row(values[: len(order)], dict(zip(facts, values[len(order) :], strict=True)))
            for values in _first(part, order, after, limit).values_list(*order, *facts)
        ]
        for part in standing_and_ended
    ]
    return list(islice(merge(*sorted_rows, key=lambda row: row.place), limit + 1))


def changed(earlier: Release, later: Release, limit: int, after: tuple | None) -> list[dict]:
    """Return up to `limit` + 1 cells that differ between two releases, each with its facts before and after."""
    dataset = later.dataset
    ended = Q(since__lte=earlier.pk, until__gt=earlier.pk, until__lte=later.pk)
    began = Q(since__gt=earlier.pk, since__lte=later.pk) & (Q(until=None) | Q(until__gt=later.pk))
    facts = {f"old_{name}": Max(name, filter=ended) for name in facts_of(dataset)}
    facts |= {f"new_{name}": Max(name, filter=began) for name in facts_of(dataset)}
    cells = dataset.observations.offered().filter(ended | began)
    cells = _first(cells, place_names(dataset), after, None).values(*place_names(dataset))
    counts = {"was": Count("pk", filter=ended), "is_now": Count("pk", filter=began)}
    differing = cells.annotate(**counts, **facts).exclude(_is_same(facts_of(dataset)))
    return list(differing.order_by(*place_names(dataset))[: limit + 1])


def _is_same(facts):
    """The condition of a cell that ended and began again as it was."""
    same = Q(was=1, is_now=1)
    for name in facts:
        same &= Q(**{f"old_{name}": F(f"new_{name}")}) | Q(**{f"old_{name}": None, f"new_{name}": None})
    return same


def _first(rows, names, after, limit):
    rows = pagination.after(rows, names, after) if after else rows
    return rows.order_by(*names)[: limit + 1] if limit else rows.order_by(*names)


def _wanted(dataset, wanted):
    """The rows of a dataset that the parameters (parameters.Observations) ask for."""
    plain = {"flow": wanted.flow, "component": wanted.component, "year": wanted.year}
    rows = dataset.observations.offered().filter(**{name: value for name, value in plain.items() if value})
    if wanted.province:
        rows = rows.filter(province__in=wanted.province)
    if wanted.code:
        rows = rows.filter(_any(below(code) for code in wanted.code))
    return rows.filter(_since(wanted.from_), _until(wanted.to))


def below(code: str) -> Q:
    """A code and all below it: 2701 and 270111, but not 2702."""
    return Q(code__gte=code, code__lte=code.ljust(6, "9"))


def _any(conditions):
    any_of_them = Q(pk__in=[])
    for condition in conditions:
        any_of_them |= condition
    return any_of_them


def _since(period):
    """Periods that begin no earlier; a whole year begins in January."""
    if not period:
        return Q()
    year, month = _year_and_month(period, 1)
    return Q(year__gte=year) if month == 1 else Q(year__gt=year) | Q(year=year, month__gte=month)


def _until(period):
    """Periods that end no later; a whole year ends in December."""
    if not period:
        return Q()
    year, month = _year_and_month(period, 12)
    return Q(year__lte=year) if month == 12 else Q(year__lt=year) | Q(year=year, month__range=(1, month))


def _year_and_month(period, usual):
    year, _, month = period.partition("-")
    return int(year), int(month or usual)


def refuse_unknown(provinces: list[str], codes: list[str], dataset: Dataset | None = None) -> None:
    """Refuse to look for what there is not: an empty answer would read as "no trade".

    A code is known by its label, or because the dataset has ever had a row of it. One query, two before an error.
    Raises: Refused 422.
    """
    if provinces:
        known = set(Province.objects.filter(code__in=provinces).values_list("code", flat=True))
        _refuse(set(provinces) - known, "province", "There is no such province.", "one of the 31, as CN-LN")
    if codes and (unknown := set(codes) - {code for (code,) in _labels(codes, "code")}):
        unlabelled = {code for code in unknown if dataset and dataset.observations.filter(below(code)).exists()}
        expected = "a chapter, heading or subheading of the Harmonized System, as 27 or 2701"
        _refuse(unknown - unlabelled, "code", "There is no such HS code.", expected)


def _refuse(unknown, parameter, message, expected):
    if unknown:
        raise Refused(422, f"unknown_{parameter}", message, parameter, ", ".join(sorted(unknown)), expected)


def _labels(codes, *columns):
    deep = Commodity.objects.filter(code__in=codes).order_by().values_list(*columns)
    return Chapter.objects.filter(code__in=codes).order_by().values_list(*columns).union(deep, all=True)
