"""Draws a revision: what readers will see of a staged upload, total by total, beside what they see now."""

from django.utils.translation import gettext as _

from trade.charts.figures import parts, tables
from trade.charts.figures.measures import Dollars
from trade.charts.figures.points import UNIT, point
from trade.charts.schema import Figure
from trade.charts.text.labels import Member


def revision(totals: list[dict], flow: str, title: str) -> Figure:
    """Draw the yearly totals of one flow before and after, reported and estimated together.

    `totals` are rows of {"flow": "to_dprk", "year": 2016, "before": 3192000000, "after": 3360168525}; None where
    there is nothing.
    """
    rows = [row for row in totals if row["flow"] == flow]
    categories = [
        {"key": str(row["year"]), "label": str(row["year"]), "partial": False, "url": None, "break_before": False}
        for row in rows
    ]
    after = _line("after", _("after"), 1, [row["after"] for row in rows])
    # Dashed and drawn last, so that it shows only where the two differ.
    before = _line("before", _("before"), 0, [row["before"] for row in rows]) | {"estimated": True}
    lines = [after, before]
    return {
        "id": f"revision-{parts.flow_key(flow)}",
        "kind": "line",
        "title": title,
        "description": _("Totals by year, before (dashed) and after. The table of changes lists all values."),
        "unit": UNIT,
        "scale": "linear",
        "current": None,
        "categories": categories,
        "series": lines,
        "totals": [],
        "flow_totals": {},
        "events": [],
        "spans": [],
        "events_left": 0,
        "table": tables.by_period(Dollars(), title, categories, lines, []),
        "notes": [],
    }


def _line(key, name, colour, values):
    return parts.series(key, Member(key, name, colour, ()), name, "shown", [point(value) for value in values])
