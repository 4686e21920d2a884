"""What a release changed, cell by cell: the rows that it began beside those that it ended, as its page lists them."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet

from trade.models import Chapter, Commodity, Dataset, Province, Release

PAGE = 100


def of(release: Release) -> QuerySet:
    """List the changed cells of a release in the order of their keys, as dicts; count and slice it to page.

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "component": "reported", "was": 1, "is_": 1,
     "old_value_usd": 1670000000, "new_value_usd": 1673785123, "old_status": "P", "new_status": "A"}
    `was` and `is_`, 0 or 1, tell a cell without a value from no cell.
    """
    began, ended = Q(since=release), Q(until=release)
    rows = release.dataset.observations
    cell = ["key", "flow", "year", "month", "component"]
    return (
        rows.touched_by(release)
        .values(*cell[1:], key=F(rows.model.KEY))
        .annotate(
            was=Count("pk", filter=ended),
            is_=Count("pk", filter=began),
            old_value_usd=Max("value_usd", filter=ended),
            new_value_usd=Max("value_usd", filter=began),
            old_status=Max("status", filter=ended),
            new_status=Max("status", filter=began),
        )
        .order_by(*cell)
    )


def page(release: Release, number: str | None) -> Page:
    """Give one page of the changes, each with the "name" of its key; a number that is none gives the first or last."""
    found = Paginator(of(release), PAGE).get_page(number)
    known = _names(release.dataset, {change["key"] for change in found})
    found.object_list = [change | {"name": known.get(change["key"], "")} for change in found]
    return found


def _names(dataset, codes):
    if dataset.kind == Dataset.Kind.PROVINCE:
        return dict(Province.objects.filter(code__in=codes).values_list("code", "name_en"))
    chapters = dict(Chapter.objects.filter(code__in=codes).values_list("code", "short_title"))
    return chapters | dict(Commodity.objects.filter(code__in=codes).values_list("code", "title"))
