"""Tells on which values a text rests, and which of them newer releases have changed."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Exact

from trade.models import Chapter, Dataset, Release
from trade.pages.live_figures.token_text import ALL, FLOWS, NEWEST, all_in, kind_of
from trade.pages.preview import offered

EVERYTHING = ("", "zzzzzz")  # from before the first key to behind the last, on every database
DEEPEST = 6  # digits of a code


class Relied(NamedTuple):
    """A range of values: of a kind of dataset, or of one dataset; "" and 0 leave a side of it open."""

    kind: str = ""
    dataset: str = ""
    first: str = EVERYTHING[0]
    last: str = EVERYTHING[1]
    flow: str = ""
    year: int = 0


class Newest(NamedTuple):
    """The newest release of a dataset, as an editor is told of it."""

    dataset: str
    kind: str
    title: str
    number: int
    url: str


def newest() -> list[Newest]:
    """The newest release of each dataset that readers are offered."""
    return [
        Newest(release.dataset_id, release.dataset.kind, release.dataset.title, release.number,
               release.get_absolute_url())
        for release in offered.newest_ones()
    ]  # fmt: skip


def ranges_of(key: str) -> list[Relied]:
    """The values of a thing and of all below it: "27" -> [Relied("commodity", first="27", last="279999")]."""
    kind = kind_of(key)
    if kind == Dataset.Kind.PROVINCE:
        return [Relied(kind, first=key.upper(), last=key.upper())]
    codes = (
        [key] if key.isdigit() else Chapter.objects.filter(section__number__iexact=key).values_list("code", flat=True)
    )
    return [Relied(kind, first=code, last=code.ljust(DEEPEST, "9")) for code in codes]


def relied_on(text: str) -> list[Relied]:
    """The values behind the live figures of a text; behind a change also those of the year before."""
    return list(dict.fromkeys(relied for token in all_in(text) for relied in _behind(token)))


def _behind(token):
    flow = "" if token.flow == "total" else FLOWS[token.flow]
    year = 0 if token.period == NEWEST else int(str(token.period)[:4])
    years = [year - 1, year] if token.what == "change" and year else [year]
    kind = kind_of(token.key) if token.dataset or token.key != ALL else Dataset.Kind.TOTAL
    whole = [Relied(kind)] if token.key == ALL or token.what == "share" else ranges_of(token.key)
    return [one._replace(dataset=token.dataset, flow=flow, year=year) for one in whole for year in years]


def changed(dataset: str, kind: str) -> Exists:
    """Whether releases of a dataset after number `held` began or ended a value of a range.

    A condition on rows with the columns of Relied and `held`; each of its two halves reads the indexes of observations
    by release and key.
    """
    newer = Release.objects.filter(dataset=dataset, withdrawn=None, number__gt=OuterRef(OuterRef("held"))).values("pk")
    rows = Dataset(slug=dataset, kind=kind).observations
    if kind != Dataset.Kind.TOTAL:  # which lists one thing, itself
        key = rows.model.KEY
        rows = rows.filter(**{f"{key}__gte": OuterRef("first"), f"{key}__lte": OuterRef("last")})
    rows = rows.filter(Q(year=OuterRef("year")) | Q(Exact(OuterRef("year"), 0)))
    rows = rows.filter(Q(flow=OuterRef("flow")) | Q(Exact(OuterRef("flow"), "")))
    return Exists(rows.filter(since__in=newer)) | Exists(rows.filter(until__in=newer))
