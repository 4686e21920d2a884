"""Draws figures with time across: stacked columns or lines, of one flow, of both, or of their balance."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, parts, points, second_estimates, tables
from trade.charts.figures.units import change
from trade.charts.figures.units.change import Change
from trade.charts.figures.units.index_numbers import Index
from trade.charts.figures.units.measures import Dollars, measure
from trade.charts.figures.units.quantity import Quantities, UnitValues
from trade.charts.schema import Category, Figure, Series
from trade.charts.text.labels import NO_LEVEL, Level, Member, capital, flow_name


def draw(
    cells: Cells,
    members: list,
    level: Level,
    *,
    title: str,
    whole: list,
    link: Callable,
    view: str = "columns",
    scale: str = "linear",
    highlight: tuple = (),
    unit: str = "usd",
    base: int | str | None = None,
) -> Figure:
    """Draw members over the years, or months; the table holds every value.

    `link(period)` is the address of the view with that period chosen; shares are of `whole`; an index is 100 in `base`.
    Each estimate is a series of its own: in columns above everything reported; in lines a dashed line that includes
    what is reported.
    """
    if unit in BY_QUANTITY:
        return _by_quantity(BY_QUANTITY[unit](cells, members), cells, title, link, view, scale, highlight)
    slugs = tuple(slug for member in members for slug in member.slugs)
    series = _highlighted(_made(cells, members, whole, level, view, unit), highlight)
    totals = change.series(cells, Member(ROOT, "", 0, slugs))["points"] if unit == "change" else _totals(cells, slugs)
    categories = periods(cells, series, link)
    is_mirrored = cells.flow == "both" and view == "columns"
    measured = _measured(unit, cells, members, series, whole, level, base)
    return figure(
        measured=measured,
        title=title,
        kind="stacked" if view == "columns" else "line",
        description=_described(cells, categories, view),
        categories=categories,
        series=measured.series(series),
        totals=measured.points(totals, cells.flow),
        flow=cells.flow,
        flow_totals=_of_flows(cells, measured, slugs) if is_mirrored else {},
        notes=[*measured.notes(), *_notes(cells, series, totals, categories, view, scale, slugs)],
    ) | {"scale": scale}


def _made(cells, members, whole, level, view, unit):
    """The series of a view, by its flow."""
    make = _changes if unit == "change" else SERIES[cells.flow if cells.flow in ("both", "balance") else "one", view]
    return make(cells, members, whole, level)


def figure(
    *, title, kind, description, categories, series, totals, notes, flow="", flow_totals=None, measured=None
) -> Figure:
    """Put together a figure with time across; in dollars, unless it is `measured` otherwise."""
    measured = measured or Dollars()
    return {
        "id": "by-year",
        "kind": kind,
        "title": measured.title(title),
        "description": description,
        "unit": measured.unit,
        "measure": measured.measure,
        "scale": "linear",
        "current": None,
        "categories": categories,
        "series": series,
        "totals": totals,
        "flow_totals": flow_totals or {},
        "events": [],
        "spans": [],
        "events_left": 0,
        "table": tables.by_period(measured, title, categories, series, totals, flow, flow_totals),
        "notes": notes,
    } | measured.told


def _by_quantity(measured, cells, title, link, view, scale, highlight):
    """Draw what has quantities in one unit, by them or by what one unit came to."""
    series = _highlighted(measured.made(cells), highlight)
    categories, totals = periods(cells, series, link), measured.totals(cells, series)
    kind = "stacked" if view == "columns" else "line"
    drawn = totals if view == "columns" else [point for one in series for point in one["points"]]
    made = figure(
        measured=measured,
        title=title,
        kind=kind,
        description=_described(cells, categories, view),
        categories=categories,
        series=series,
        totals=totals,
        flow=cells.flow,
        notes=footnotes.all_of(*measured.notes(), footnotes.breaks(categories), footnotes.letters(drawn)),
    )
    return made | {"scale": scale}


def _are_parts(series, whole):
    return len(series) > 1 or series[0]["member"] not in whole


def _measured(unit, cells, members, series, whole, level, base):
    if unit == "change":
        return Change()
    if unit == "index":
        drawn = _directions(cells, members) if cells.flow == "both" else members
        return Index(cells, drawn, base or _first_known(cells, members))
    # What is itself the whole has no share of it.
    return measure(unit if _are_parts(series, whole) else "usd", cells, whole, cells.periods, level.whole)


def _first_known(cells, members):
    """The first full period that is drawn of which all have a figure above nought, else the first that is drawn."""
    for period in cells.periods:
        if not cells.part(period) and all(cells.value(member.slugs, period) for member in members):
            return period
    return cells.periods[0]


BY_QUANTITY = {"quantity": Quantities, "unit-value": UnitValues}


# Series, by flow and view.


def _columns(cells, members, whole, level):
    reported = [_component(cells, member, "reported", whole, level) for member in members]
    return reported + [_component(cells, m, "estimate", whole, level) for m in members if cells.has_estimates(m.slugs)]


def _component(cells, member, name, whole, level):
    """One member's reported values, or its estimates, over all periods."""
    made = points.over_periods(cells, member, name, whole, level)
    key, words = parts.key_of(member.key, name), parts.name_of(member.name, name)
    return parts.series(key, member, words, parts.component_of(cells, name), made, cells.flow)


def lines(cells: Cells, members: list, whole: list, level: Level) -> list[Series]:
    """A line of what is reported; where there are estimates, a second one that includes them."""
    drawn = []
    for member in members:
        drawn.append(_component(cells, member, "reported", whole, level))
        if cells.has_estimates(member.slugs):
            drawn.append(_with_estimates(cells, member, whole, level))
    return drawn


def _with_estimates(cells, member, whole, level):
    name = _("%(name)s, with estimates") % {"name": member.name}
    made = [
        points.shown(cells, member, whole, level, period)
        if cells.estimate(member.slugs, period) is not None
        else points.point(None)
        for period in cells.periods
    ]
    key = f"{member.key}-with-estimates"
    return parts.series(key, member, name, "shown", made, cells.flow, estimated=True)


def _mirrored(cells, members, whole, level):
    """Both flows as columns: the members of each, above the axis and below."""
    return [
        one
        | {
            "key": f"{one['key']}-{parts.flow_key(side.flow)}",
            "name": _directed(one["name"], side.flow),
            "sign": parts.SIGNS[side.flow],
        }
        for side in cells.sides
        for one in _columns(side, members, whole, level)
    ]


def _both_lines(cells, members, whole, level):
    """Both flows as lines: the total of each, of the members drawn."""
    pairs = zip(cells.sides, _directions(cells, members), strict=True)
    return [line for side, member in pairs for line in lines(side, [member], [], NO_LEVEL)]


def _directions(cells, members):
    """The total of each direction as a member, which has no share and no rank."""
    slugs = tuple(slug for member in members for slug in member.slugs)
    return [
        Member(parts.flow_key(side.flow), capital(flow_name(side.flow)), slot, slugs)
        for slot, side in enumerate(cells.sides, start=1)
    ]


def _changes(cells, members, whole, level):
    """The change of each member, or of each direction."""
    if cells.flow != "both":
        return [change.series(cells, member) for member in members]
    return [change.series(*pair) for pair in zip(cells.sides, _directions(cells, members), strict=True)]


def _balance(cells, members, whole, level):
    """The balance as columns: one a period, of the members together."""
    slugs = tuple(slug for member in members for slug in member.slugs)
    return [_component(cells, Member("balance", _("Balance"), 1, slugs), "reported", whole, level)]


SERIES = {
    ("one", "columns"): _columns,
    ("one", "lines"): lines,
    ("both", "columns"): _mirrored,
    ("both", "lines"): _both_lines,
    ("balance", "columns"): _balance,
    ("balance", "lines"): lines,
}


def _directed(name, flow):
    return _("%(name)s, %(flow)s") % {"name": name, "flow": flow_name(flow)}


def _highlighted(series, highlight):
    """Dim whatever is not highlighted, where anything is."""
    if not highlight:
        return series
    return [one | {"dim": one["member"] not in highlight} for one in series]


# What stands around the series.


def _of_flows(cells, measured, slugs):
    return {side.flow: measured.points(_totals(side, slugs), side.flow) for side in cells.sides}


def _totals(cells, slugs):
    return [points.point(cells.value(slugs, p), status=cells.shown_status(slugs, p)) for p in cells.periods]


def periods(cells: Cells, series: list[Series], link: Callable) -> list[Category]:
    """The periods on the axis; a break is before one whose status says so, unless it is the first."""
    breaks = [place > 0 and any(one["points"][place]["status"] == "B" for one in series)
              for place in range(len(cells.periods))]  # fmt: skip
    pairs = zip(cells.periods, breaks, strict=True)
    return [parts.time_category(cells, period, link(period), break_before=is_break) for period, is_break in pairs]


def _described(cells, categories, view):
    words = {"first": categories[0]["label"], "last": categories[-1]["label"]}
    if view == "lines":
        return _("Lines from %(first)s to %(last)s. The table lists all values.") % words
    if cells.flow == "both":
        text = _("Stacked columns from %(first)s to %(last)s, exports to the DPRK above the axis and imports below.")
        return f"{text} {_('The table lists all values.')}" % words
    if cells.flow == "balance":
        return _("Columns from %(first)s to %(last)s, above or below zero. The table lists all values.") % words
    return _("Stacked columns from %(first)s to %(last)s. The table lists all values.") % words


def _notes(cells, series, totals, categories, view, scale, slugs):
    kind = "stacked" if view == "columns" else "line"
    return footnotes.all_of(
        footnotes.estimates(series, kind, cells.cube["dataset"]),
        second_estimates.note(cells, slugs),
        _flow_note(cells, view),
        footnotes.logarithmic(series) if scale == "log" else "",
        footnotes.breaks(categories),
        footnotes.letters(totals if kind == "stacked" else [point for one in series for point in one["points"]]),
    )


def _flow_note(cells, view):
    if cells.flow == "balance":
        return _("Balance: exports to the DPRK less imports from it; missing where either is missing.")
    if cells.flow == "both" and view == "columns":
        return _("Above the axis: exports to the DPRK. Below: imports from it. The total is the sum of the two.")
    return ""
