"""Draws all trade over time, by direction and upright: columns add up, lines stand beside their sum."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells, sides_of
from trade.charts.figures import footnotes, over_time, parts, points, table_cells
from trade.charts.schema import Figure
from trade.charts.text import estimates, origins
from trade.charts.text.labels import NO_LEVEL, Member, capital, flow_label, sum_of_both, trade

WHOLE = (ROOT,)
PUBLISHED, BOTH = "published-sum", "both"  # the keys of what is not one direction


def draw(cells: Cells, *, link: Callable, view: str = "columns", scale: str = "linear") -> Figure:
    """Draw one direction or both, and their sum where only that was published.

    `link(period)` is the address of the view with that period chosen.
    """
    series = _columns(cells) if view == "columns" else _lines(cells)
    categories = over_time.periods(cells, series, link)
    totals = [_point(cells, cells.value(WHOLE, p), cells.shown_status(WHOLE, p), p) for p in cells.periods]
    title = _("%(trade)s by year") % {"trade": capital(trade(cells.cube["dataset"], cells.flow))}
    figure = over_time.figure(
        title=title,
        kind="stacked" if view == "columns" else "line",
        description=_described(categories, view),
        categories=categories,
        series=series,
        totals=totals,
        flow=cells.flow,
        notes=_notes(cells, series, totals, categories, view, scale),
    )
    figure["table"] = _with_publishers(cells, figure["table"])
    return figure | {"scale": scale}


def _columns(cells):
    """Of each direction what is reported and its estimates, and the sums that stand alone."""
    drawn = []
    for side, member in _members(cells):
        drawn.append(_component(side, member, "reported"))
        if side.has_estimates():
            drawn.append(_component(side, member, "estimate"))
    if published := getattr(cells, "published", None):
        drawn.append(_component(published, Member(PUBLISHED, _("Published only as a sum"), 0, WHOLE), "reported"))
    return [one for one in drawn if any(point["value"] is not None for point in one["points"])]


def _lines(cells):
    lines = [line for side, member in _members(cells) for line in _printed(side, member)]
    if len(sides_of(cells)) == 1:
        return lines
    whole = [_point(cells, cells.value(WHOLE, p), cells.shown_status(WHOLE, p), p) for p in cells.periods]
    member = Member(BOTH, _("Both directions"), 0, WHOLE)
    return [*lines, parts.series(BOTH, member, member.name, "shown", whole, cells.flow)]


def _members(cells):
    slots = {"to_dprk": 1, "from_dprk": 2}
    return [(side, _member(side, slots[side.flow])) for side in sides_of(cells)]


def _printed(side, member):
    """The lines of a direction, each value as finely as it was printed."""
    for line in over_time.lines(side, [member], [], NO_LEVEL):
        pairs = zip(line["points"], side.periods, strict=True)
        name = line["name"]
        if line["estimated"] and estimates.stand_for_the_figure(side.cube["dataset"]):
            name = _("%(name)s, including worked-out values") % {"name": member.name}
        drawn = [_as_printed(side, point, period) for point, period in pairs]
        yield line | {"name": name, "legend": name, "points": drawn}


def _member(side, slot):
    return Member(parts.flow_key(side.flow), flow_label(side.cube["dataset"], side.flow), slot, WHOLE)


def _component(cells, member, name):
    """One direction's reported values, or its estimates, each as finely as it was printed."""
    drawn = [
        _point(cells, cells.component(name, WHOLE, p), "E" if name == "estimate" else cells.status(WHOLE, p), p)
        for p in cells.periods
    ]
    key, words = parts.key_of(member.key, name), parts.name_of(member.name, name)
    if name == "estimate" and estimates.stand_for_the_figure(cells.cube["dataset"]):
        words = _("%(name)s, worked out") % {"name": member.name}
    return parts.series(key, replace(member, url=None), words, name, drawn, cells.flow)


def _point(cells: Cells, value, status, period):
    return _as_printed(cells, points.point(value, status=status), period)


def _as_printed(cells, point, period):
    return point | {"text": number_text.usd(point["value"], origins.precision(cells, period))}


def _described(categories, view):
    words = {"first": categories[0]["label"], "last": categories[-1]["label"]}
    if view == "lines":
        return _("Line chart from %(first)s to %(last)s. The table lists all values.") % words
    return (
        _("Stacked columns from %(first)s to %(last)s, one segment per direction. The table lists all values.") % words
    )


def _notes(cells, series, totals, categories, view, scale):
    drawn = totals if view == "columns" else [point for one in series for point in one["points"]]
    return footnotes.all_of(
        footnotes.estimates(series, "stacked" if view == "columns" else "line", cells.cube["dataset"]),
        sum_of_both(cells.cube["dataset"]) if len(sides_of(cells)) > 1 else "",
        _sum_note(series),
        footnotes.logarithmic(series) if scale == "log" else "",
        footnotes.breaks(categories),
        footnotes.letters(drawn),
    )


def _sum_note(series):
    keys = {one["key"] for one in series}
    if BOTH in keys:
        return _("Grey: both directions combined, including years for which only the sum was published.")
    return _("Grey: only the sum of both directions was published.") if PUBLISHED in keys else ""


def _with_publishers(cells, table):
    """Say beside each year who published its figures; a sum of its own is missing nowhere that both directions are."""
    table = table | {"rows": [row | {"cells": _without_dashes(table, row)} for row in table["rows"]]}
    named = {row["key"]: "; ".join(origins.publishers(cells, row["key"])) for row in table["rows"]}
    if not any(named.values()):
        return table
    rows = [row | {"cells": [*row["cells"], table_cells.word(named[row["key"]])]} for row in table["rows"]]
    column = table_cells.column("publisher", _("Published by"), "publisher", numeric=False)
    return table | {"columns": [*table["columns"], column], "rows": rows}


def _without_dashes(table, row):
    """Where the directions are known there is no sum of its own that could be missing."""
    keys = [column["key"] for column in table["columns"][1:]]
    cells = zip(keys, row["cells"], strict=True)
    return [table_cells.word("") if key == PUBLISHED and cell["value"] is None else cell for key, cell in cells]
