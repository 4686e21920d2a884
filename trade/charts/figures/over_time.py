"""Figures with time across: stacked columns or lines, of one flow, of both, or of their balance."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from trade.charts.cube import ROOT
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, points, tables
from trade.charts.text.labels import Level, Member, label

SIGNS = {"to_dprk": 1, "from_dprk": -1}  # where both flows are stacked, what comes from the DPRK hangs below


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
) -> dict:
    """Draw members over the years, or months; the table holds every value.

    `link(period)` is the address of the view with that period chosen; shares are of `whole`. Each estimate is a series
    of its own: in columns above everything reported; in lines a dashed line that includes what is reported.
    """
    make = SERIES[cells.flow if cells.flow in ("both", "balance") else "one", view]
    series = _highlighted(make(cells, members, whole, level), highlight)
    drawn = tuple(slug for member in members for slug in member.slugs)
    totals = _totals(cells, drawn)
    categories = _periods(cells, series, link)
    stacked = view == "columns"
    flow_totals = {side.flow: _totals(side, drawn) for side in cells.sides} if cells.flow == "both" and stacked else {}
    return {
        "id": "by-year",
        "kind": "stacked" if stacked else "line",
        "title": title,
        "description": _described(cells, categories, view),
        "unit": points.UNIT,
        "scale": scale,
        "current": None,
        "categories": categories,
        "series": series,
        "totals": totals,
        "flow_totals": flow_totals,
        "events": [],
        "table": tables.by_period(in_dollars(title), categories, series, totals, flow_totals),
        "notes": footnotes.said(
            footnotes.estimates(series, "stacked" if stacked else "line"),
            _flow_note(cells, view),
            footnotes.logarithmic(series) if scale == "log" else "",
            footnotes.breaks(categories),
            footnotes.letters(totals if stacked else [point for one in series for point in one["points"]]),
        ),
    }


def flows(sides: dict, names: dict) -> dict:
    """Draw the totals of both flows as lines, {"to_dprk": Cells, …} under the names given."""
    cells = next(iter(sides.values()))
    series = [
        line
        for slot, flow in enumerate(sides, start=1)
        for line in _total_lines(sides[flow], (ROOT,), names[flow], slot)
    ]
    title, categories = _("Both directions by year"), _periods(cells, series, lambda period: None)
    return {
        "id": "totals",
        "kind": "line",
        "title": title,
        "description": _described(cells, categories, "lines"),
        "unit": points.UNIT,
        "scale": "linear",
        "current": None,
        "categories": categories,
        "series": series,
        "totals": [],
        "flow_totals": {},
        "events": [],
        "table": tables.by_period(in_dollars(title), categories, series, []),
        "notes": footnotes.said(
            footnotes.estimates(series, "line"),
            footnotes.breaks(categories),
            footnotes.letters([point for one in series for point in one["points"]]),
        ),
    }


def in_dollars(title: str) -> str:
    """Caption a table of exact dollars."""
    return _("%(title)s, US$") % {"title": title}


def series(key: str, member: Member, name: str, component: str, drawn: list, flow: str = "", sign: int = 1) -> dict:
    """One series: its `key` is its own, its `member` may have several."""
    return {
        "key": key,
        "member": member.key,
        "name": name,
        "legend": name,
        "colour": member.colour,
        "component": component,
        "flow": flow,
        "sign": sign,
        "dim": False,
        "url": member.url,
        "points": drawn,
    }


def key_of(key: str, component: str) -> str:
    """Tell a series of estimates from that of what is reported: "cn-hl-estimate"."""
    return key if component == "reported" else f"{key}-estimate"


def name_of(words: str, component: str) -> str:
    """Name a series of estimates: "Heilongjiang, estimate"."""
    return words if component == "reported" else _("%(name)s, estimate") % {"name": words}


# Series, by flow and view.


def _columns(cells, members, whole, level):
    reported = [_component(cells, member, "reported", whole, level) for member in members]
    return reported + [_component(cells, m, "estimate", whole, level) for m in members if cells.has_estimates(m.slugs)]


def _component(cells, member, name, whole, level):
    """One member's reported values, or its estimates, over all periods."""
    drawn = points.over_periods(cells, member, name, whole, level)
    return series(key_of(member.key, name), member, name_of(member.name, name), name, drawn, cells.flow)


def _lines(cells, members, whole, level):
    """A line of what is reported; where there are estimates, a second one that includes them."""
    lines = []
    for member in members:
        lines.append(_component(cells, member, "reported", whole, level))
        if cells.has_estimates(member.slugs):
            lines.append(_with_estimates(cells, member, whole, level))
    return lines


def _with_estimates(cells, member, whole, level):
    name = _("%(name)s, with estimates") % {"name": member.name}
    drawn = [
        points.point(
            None if cells.estimate(member.slugs, period) is None else cells.value(member.slugs, period),
            status="E",
            share=points.share(cells, cells.value(member.slugs, period), whole, level, period),
            rank=points.rank(cells, member, period),
        )
        for period in cells.periods
    ]
    return series(key_of(member.key, "estimate"), member, name, "estimate", drawn, cells.flow)


def _mirrored(cells, members, whole, level):
    """Both flows as columns: the members of each, above the axis and below."""
    return [
        one
        | {
            "key": f"{one['key']}-{side.flow.replace('_', '-')}",
            "name": _directed(one["name"], side.flow),
            "sign": SIGNS[side.flow],
        }
        for side in cells.sides
        for one in _columns(side, members, whole, level)
    ]


def _both_lines(cells, members, whole, level):
    """Both flows as lines: the total of each, of the members drawn."""
    drawn = tuple(slug for member in members for slug in member.slugs)
    names = {"to_dprk": _("To the DPRK"), "from_dprk": _("From the DPRK")}
    return [
        line
        for slot, side in enumerate(cells.sides, start=1)
        for line in _total_lines(side, drawn, names[side.flow], slot)
    ]


def _balance(cells, members, whole, level):
    """The balance as columns: one a period, of the members together."""
    drawn = tuple(slug for member in members for slug in member.slugs)
    return [_component(cells, Member("balance", _("Balance"), 1, drawn), "reported", whole, level)]


def _total_lines(cells, slugs, name, slot):
    """The lines of a flow's total, which has no share and no rank."""
    member = Member(cells.flow.replace("_", "-"), name, slot, slugs)
    return _lines(cells, [member], [], Level("", "", "", ""))


SERIES = {
    ("one", "columns"): _columns,
    ("one", "lines"): _lines,
    ("both", "columns"): _mirrored,
    ("both", "lines"): _both_lines,
    ("balance", "columns"): _balance,
    ("balance", "lines"): _lines,
}


def _directed(name, flow):
    words = {"name": name}
    return _("%(name)s, to the DPRK") % words if flow == "to_dprk" else _("%(name)s, from the DPRK") % words


def _highlighted(drawn, highlight):
    """Dim whatever is not highlighted, where anything is."""
    if not highlight:
        return drawn
    return [one | {"dim": one["member"] not in highlight} for one in drawn]


# What stands around the series.


def _totals(cells, slugs):
    return [points.point(cells.value(slugs, p), status=cells.shown_status(slugs, p)) for p in cells.periods]


def _periods(cells, drawn, link):
    """The periods on the axis: [{"key": "2025", "label": "Jan–Sep 2025", "partial": true, …}]."""
    return [
        {
            "key": str(period),
            "label": label(cells, period),
            "partial": bool(cells.part(period)),
            "url": link(period),
            "break_before": place > 0 and any(one["points"][place]["status"] == "B" for one in drawn),
        }
        for place, period in enumerate(cells.periods)
    ]


def _described(cells, categories, view):
    words = {"first": categories[0]["label"], "last": categories[-1]["label"]}
    if view == "lines":
        return _("Lines from %(first)s to %(last)s. The table holds every value.") % words
    if cells.flow == "both":
        text = _("Stacked columns from %(first)s to %(last)s, exports to the DPRK above the axis and imports below.")
        return f"{text} {_('The table holds every value.')}" % words
    if cells.flow == "balance":
        return _("Columns from %(first)s to %(last)s, above or below nought. The table holds every value.") % words
    return _("Stacked columns from %(first)s to %(last)s. The table holds every value.") % words


def _flow_note(cells, view):
    if cells.flow == "balance":
        return _("Balance: exports to the DPRK less imports from it; missing where either is missing.")
    if cells.flow == "both" and view == "columns":
        return _("Above the axis: exports to the DPRK. Below: imports from it. The total adds the two.")
    return ""
