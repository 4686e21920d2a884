"""Draws what readers will see of a staged upload beside what they see now: its totals, and values in their series."""

from django.utils.translation import gettext as _

from trade import number_text, time_period
from trade.charts.figures import parts, tables
from trade.charts.figures.points import UNIT, point
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import Figure
from trade.charts.text.labels import Member


def revision(totals: list[dict], flow: str, title: str) -> Figure:
    """Draw the yearly totals of one flow before and after, reported and estimated together.

    `totals` are rows of {"flow": "to_dprk", "year": 2016, "before": 3192000000, "after": 3360168525}; None where
    there is nothing.
    """
    rows = [row for row in totals if row["flow"] == flow]
    categories = [_category(str(row["year"]), str(row["year"])) for row in rows]
    after, before = _lines([row["after"] for row in rows], [row["before"] for row in rows])
    said = _("Totals by year, before (dashed) and after. The table of changes lists all values.")
    return _figure(f"revision-{parts.flow_key(flow)}", title, said, categories, [after, before])


def correction(rows: list[dict], name: str, title: str) -> Figure:
    """Draw corrected values among their neighbours in time: what was hollow and dashed, what will be solid.

    `rows` are the periods of one series, in order and without a gap: {"year": 2016, "month": 0, "before": 136846449,
    "after": 13684644900, "is_changed": True}; `name` is the figure's own on its page.
    """
    periods = [(row["year"], row["month"]) for row in rows]
    categories = [_category(time_period.written(*one), number_text.period(*one)) for one in periods]
    after, before = _lines([row["after"] for row in rows], [row["before"] for row in rows])
    for line, dot in ((after, "solid"), (before, "hollow")):
        line["points"] = [
            point | {"dot": dot} if row["is_changed"] else point
            for row, point in zip(rows, line["points"], strict=True)
        ]
    said = _("Corrected values among their neighbours in time: before (hollow, dashed) and after (solid).")
    first = next((one["key"] for one, row in zip(categories, rows, strict=True) if row["is_changed"]), None)
    return _figure(name, title, said, categories, [after, before]) | {"current": first}


def _category(key, label):
    return {"key": key, "label": label, "partial": False, "url": None, "break_before": False}


def _lines(after, before):
    """The line of what will be, and that of what was: dashed and drawn last, so that it shows where the two differ."""
    return _line("after", _("after"), 1, after), _line("before", _("before"), 0, before) | {"estimated": True}


def _figure(name, title, description, categories, lines):
    return {
        "id": name,
        "kind": "line",
        "title": title,
        "description": description,
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
