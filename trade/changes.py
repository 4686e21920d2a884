"""What a release changed, cell by cell: the rows that it began beside those that it ended, as its page lists them."""

from django.db.models import Count, Max, Q, QuerySet

from trade.models import Release


def of(release: Release) -> QuerySet:
    """List the changed cells of a release, in the order of their keys, as dicts; count and slice it to page.

    {"key": "CN-LN", "flow": "to_dprk", "year": 2016, "month": 0, "component": "reported", "was": 1, "is": 1,
     "old_value_usd": 1670000000, "new_value_usd": 1673785123, "old_status": "P", "new_status": "A"}
    `was` and `is` tell a cell without a value from no cell: 0 or 1.
    """
    began, ended = Q(since=release), Q(until=release)
    rows = release.dataset.observations
    cell = [rows.model.KEY, "flow", "year", "month", "component"]
    return (
        rows.touched_by(release)
        .values(*cell)
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
