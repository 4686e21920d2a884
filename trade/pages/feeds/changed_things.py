"""Finds the releases that changed values of one province or of some goods, and the newest of those values.

The number of queries does not grow with releases or values: rows are found by the indexes of what a release began and
ended, for all releases at once.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from trade.bundles.facts import as_told
from trade.models import CommodityObservation, Dataset, ProvinceObservation, Release

LOOKED = 200  # the newest releases, of all datasets of a kind, among which those that changed a thing are found
MOST = 30  # entries of a feed
LISTED = 5  # values of an entry
CELL = ("flow", "year", "month", "component")
MODELS = {Dataset.Kind.PROVINCE: ProvinceObservation, Dataset.Kind.COMMODITY: CommodityObservation}
LONGEST = 6  # digits of a code
NOTHING = {"count": 0, "first": None, "last": None}


class Value(NamedTuple):
    """A value that a release began; `was` is None where there was none before, or none that may be shown."""

    key: str
    flow: str
    year: int
    month: int
    component: str
    value_usd: int | None
    status: str
    was: int | None


class Change(NamedTuple):
    """What a release did to a thing."""

    release: Release
    begun: int  # values that are new or changed
    removed: int
    years: tuple  # the first and the last year of these values; () where there are none
    newest: list  # of the begun values, at most LISTED


def of_province(code: str) -> Q:
    """The rows of a province: "CN-LN"."""
    return Q(province=code)


def of_goods(codes: Iterable[str]) -> Q:
    """The rows of some codes and of all below them: ["27"] -> 27, 2701, 270111, …"""
    found = Q()
    for code in codes:
        found |= Q(code__range=(code, code.ljust(LONGEST, "9")))
    return found


def changes(kind: str, rows: Q) -> list[Change]:
    """List what the newest releases of a kind of dataset did to the rows, the newest first; five queries."""
    releases = Release.objects.open_to_readers().filter(dataset__kind=kind).order_by("-created", "-pk")[:LOOKED]
    found = {release.pk: as_told(release) for release in releases}
    observations = MODELS[kind].objects.filter(rows)
    begun, removed = _begun(observations, found), _removed(observations, found)
    counted = [_change(release, begun.get(pk, NOTHING), removed.get(pk, NOTHING)) for pk, release in found.items()]
    told = [one for one in counted if one.begun or one.removed or (one.release.withdrawn and one.release.pk in begun)]
    newest = _newest(observations, [one.release.pk for one in told[:MOST] if one.begun])
    return [one._replace(newest=newest.get(one.release.pk, [])) for one in told[:MOST]]


def _change(release, begun, removed):
    years = [year for of in (begun, removed) for year in (of["first"], of["last"]) if year]
    return Change(release, begun["count"], removed["count"], (min(years), max(years)) if years else (), [])


def _begun(observations, releases):
    """How many values each release began, by its id; the rows of a withdrawn one are known, but not offered."""
    counted = observations.filter(since__in=releases).order_by().values("since")
    offered = Q(withdrawn=False)
    counted = counted.annotate(
        count=Count("pk", filter=offered), first=Min("year", filter=offered), last=Max("year", filter=offered)
    )
    return {row["since"]: row for row in counted}


def _removed(observations, releases):
    """How many values each release ended without beginning others in their place, by its id."""
    same = {name: OuterRef(name) for name in (observations.model.KEY, *CELL)}
    instead = observations.model.objects.filter(since=OuterRef("until"), withdrawn=False, **same)
    ended = observations.filter(~Exists(instead), until__in=releases)
    counted = ended.order_by().values("until").annotate(count=Count("pk"), first=Min("year"), last=Max("year"))
    return {row["until"]: row for row in counted}


def _newest(observations, releases):
    """The values of the newest periods that each release began, with those before them: {7: [Value, …]}."""
    key = observations.model.KEY
    order = [F("year").desc(), F("month").desc(), key, "flow", "component"]
    place = Window(RowNumber(), partition_by=F("since"), order_by=order)
    rows = observations.filter(since__in=releases, withdrawn=False).annotate(place=place).filter(place__lte=LISTED)
    rows = list(rows.order_by("since", "place").values_list("since", key, *CELL, "value_usd", "status"))
    before = _before(observations, rows)
    found = {}
    for since, *cell, value, status in rows:
        found.setdefault(since, []).append(Value(*cell, value, status, before.get((since, *cell))))
    return found


def _before(observations, rows):
    """What the cells of the rows held until the release of each; a withdrawn value is not told."""
    key = observations.model.KEY
    releases, keys, years = ({row[place] for row in rows} for place in (0, 1, 3))
    ended = observations.filter(until__in=releases, year__in=years, withdrawn=False, **{f"{key}__in": keys})
    return {tuple(cell): value for *cell, value in ended.values_list("until", key, *CELL, "value_usd")}
