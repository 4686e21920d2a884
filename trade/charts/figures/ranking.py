"""Ranks provinces or goods of one year as bars."""

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, parts, points, tables
from trade.charts.figures.units.measures import measure
from trade.charts.schema import Figure
from trade.charts.text.labels import Level, Member, flow_name, label

NAMED_BARS = 10


def draw(
    cells: Cells, members: list, level: Level, *, title: str, year: int, bars: list, whole: list, unit: str = "usd"
) -> Figure:
    """Rank members of one year: those of `bars` are drawn, the table has all `members`; shares are of `whole`."""
    series = (
        _both_ways(cells, bars, whole, level, year)
        if cells.flow == "both"
        else _one_way(cells, bars, whole, level, year)
    )
    totals = [points.total(cells, member, whole, level, year) for member in bars]
    measured = measure(unit, cells, whole, [year] * len(bars), level.whole)
    return {
        "id": "ranked",
        "kind": "bars",
        "title": measured.title(title),
        "description": _("Bar chart for %(period)s, largest first. The table lists all %(many)s.")
        % {"period": label(cells, year), "many": level.many},
        "unit": measured.unit,
        "scale": "linear",
        "current": None,
        "categories": [parts.member_category(member) for member in bars],
        "series": measured.series(series),
        "totals": measured.points(totals, cells.flow),
        "table": tables.ranked(cells, members, level, title=title, year=year, whole=whole),
        "notes": footnotes.all_of(
            footnotes.gaps(cells, whole, year),
            footnotes.estimates(series, "bars", cells.cube["dataset"]),
            _flow_note(cells),
            footnotes.letters(totals),
        ),
    }


def largest(cells: Cells, members: list, level: Level, year: int) -> list:
    """The ten members with the largest values of a year, and one that gathers the others."""
    valued = by_size(cells, members, year)
    if cells.flow == "balance":
        # The largest either way, from the largest surplus to the largest deficit; a sum of balances would say nothing.
        far = sorted(valued, key=lambda member: -abs(cells.value(member.slugs, year)))[:NAMED_BARS]
        return [member for member in valued if member in far]
    rest = tuple(slug for member in valued[NAMED_BARS:] for slug in member.slugs)
    return valued[:NAMED_BARS] + ([Member("others", level.others, 0, rest)] if rest else [])


def by_size(cells: Cells, members: list, year: int) -> list:
    """The members that have a value, the largest first."""
    valued = [member for member in members if cells.value(member.slugs, year) is not None]
    return sorted(valued, key=lambda member: -cells.value(member.slugs, year))


def _one_way(cells, members, whole, level, year):
    """A bar a member; where there are estimates, what continues it."""
    if cells.flow == "balance":
        return [_series(cells, members, "balance", _("balance"), whole, level, year)]
    names = {"reported": _("reported"), "estimate": _("estimate")}
    bars = [_series(cells, members, name, names[name], whole, level, year) for name in points.COMPONENTS]
    return _with_values(bars)


def _both_ways(cells, members, whole, level, year):
    """A bar to the right for what goes to the DPRK, one to the left for what comes from it."""
    bars = [
        _series(side, members, name, parts.name_of(flow_name(side.flow), name), whole, level, year)
        | {"key": f"{name}-{parts.flow_key(side.flow)}", "sign": parts.SIGNS[side.flow]}
        for side in cells.sides
        for name in points.COMPONENTS
    ]
    return _with_values(bars)


def _series(cells, members, component, name, whole, level, year):
    made = [points.of_member(cells, m, component, whole, level, year) | {"url": m.url} for m in members]
    return parts.series(component, Member(component, name, 0, ()), name, component, made, cells.flow)


def _with_values(bars):
    """What is reported, and estimates where there are any."""
    return [one for one in bars if one["component"] == "reported" or _has_values(one)]


def _has_values(series):
    return any(point["value"] is not None for point in series["points"])


def _flow_note(cells):
    if cells.flow == "balance":
        return _("Balance: exports to the DPRK less imports from it; missing where either is missing.")
    if cells.flow == "both":
        return _("To the right: exports to the DPRK. To the left: imports from it. The number is the sum of the two.")
    return ""
