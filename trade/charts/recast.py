"""The same figure in another form: shares in place of dollars. Nothing is added up anew, so nothing can disagree."""

from django.utils.translation import gettext as _

from trade import numbers
from trade.charts import tables

UNIT = "%"


def as_shares(figure: dict) -> dict:
    """Turn every drawn value into its per cent of its category's total, or of all bars together.

    A point's text becomes its share and its share the dollars: {"value": 52.37, "text": "52%", "share": "US$1.67 bn"}.
    """
    wholes = _wholes(figure)
    series = [one | {"points": list(map(_share, one["points"], wholes))} for one in figure["series"]]
    totals = list(map(_share, figure["totals"], wholes))
    title = _("%(title)s, in per cent") % {"title": figure["title"]}
    table = figure["table"]
    if figure["kind"] != "bars":
        table = tables.by_period(title, figure["categories"], series, totals)
    return figure | {"title": title, "unit": UNIT, "series": series, "totals": totals, "table": table}


def _wholes(figure):
    """What each category is measured against: over time its own total, for bars the sum of all."""
    values = [total["value"] for total in figure["totals"]]
    return [sum(value or 0 for value in values)] * len(values) if figure["kind"] == "bars" else values


def _share(point, whole):
    if point["value"] is None or not whole:
        return point | {"value": None, "text": numbers.MISSING, "share": ""}
    value = round(100 * point["value"] / whole, 4)
    return point | {"value": value, "text": numbers.percent(point["value"], whole), "share": point["text"]}
