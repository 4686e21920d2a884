"""Figures of one year: bars ranked, and a pie of a true whole."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, points, tables
from trade.charts.figures.over_time import SIGNS, key_of, name_of, series
from trade.charts.text.labels import Level, Member, label

NAMED_BARS = 10


def ranked(cells: Cells, members: list, level: Level, *, title: str, year: int, drawn: list, whole: list) -> dict:
    """Rank members of one year as bars: the bars are those of `drawn`, the table has all `members`."""
    bars = (
        _both_ways(cells, drawn, whole, level, year)
        if cells.flow == "both"
        else _bars(cells, drawn, whole, level, year)
    )
    totals = [points.total(cells, member, whole, year) for member in drawn]
    return {
        "id": "ranked",
        "kind": "bars",
        "title": title,
        "description": _("Bars of %(period)s, the largest first. The table holds all %(many)s.")
        % {"period": label(cells, year), "many": level.many},
        "unit": points.UNIT,
        "scale": "linear",
        "current": None,
        "categories": [_thing(member) for member in drawn],
        "series": bars,
        "totals": totals,
        "table": tables.ranked(cells, members, level, title=title, year=year, whole=whole),
        "notes": footnotes.said(
            footnotes.gaps(cells, whole, year),
            footnotes.estimates(bars, "bars"),
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


def pie(cells: Cells, members: list, level: Level, *, title: str, year: int, whole: list) -> dict:
    """Cut one year's whole into slices in the order given; an estimate is a slice of its own beside its member's."""
    slices = [(m, name) for m in members for name in points.COMPONENTS if cells.component(name, m.slugs, year)]
    drawn = [_slice(cells, member, name, whole, level, year) for member, name in slices]
    categories = [
        _thing(m) | {"key": key_of(m.key, name), "label": name_of(m.name, name), "component": name}
        for m, name in slices
    ]
    parts = zip(categories, drawn, strict=True)
    return {
        "id": "pie",
        "kind": "pie",
        "title": title,
        "description": _("A pie of %(period)s: %(slices)s.")
        % {"period": label(cells, year), "slices": "; ".join(f"{c['label']} {p['part']}" for c, p in parts)},
        "unit": points.UNIT,
        "scale": "linear",
        "current": None,
        "categories": categories,
        "series": [series("slices", Member("slices", level.whole, 0, ()), level.whole, "reported", drawn, cells.flow)],
        "totals": [point | {"share": point["part"]} for point in drawn],
        "table": None,
        "notes": [],
    }


def _bars(cells, members, whole, level, year):
    """A bar a member; where there are estimates, what continues it."""
    words = {"reported": _("reported"), "estimate": _("estimate")}
    if cells.flow == "balance":
        words["reported"] = _("balance")
    bars = [_series(cells, members, name, words[name], whole, level, year) for name in points.COMPONENTS]
    return [one for one in bars if one["component"] == "reported" or _any(one)]


def _both_ways(cells, members, whole, level, year):
    """A bar to the right for what goes to the DPRK, one to the left for what comes from it."""
    words = {"to_dprk": _("to the DPRK"), "from_dprk": _("from the DPRK")}
    bars = [
        _series(side, members, name, name_of(words[side.flow], name), whole, level, year)
        | {"key": f"{name}-{side.flow.replace('_', '-')}", "sign": SIGNS[side.flow]}
        for side in cells.sides
        for name in points.COMPONENTS
    ]
    return [one for one in bars if one["component"] == "reported" or _any(one)]


def _series(cells, members, component, words, whole, level, year):
    drawn = [points.of_member(cells, m, component, whole, level, year) | {"url": m.url} for m in members]
    return series(component, Member(component, words, 0, ()), words, component, drawn, cells.flow)


def _slice(cells, member, name, whole, level, year):
    """A slice: its part of the whole is written beside it."""
    drawn = points.of_member(cells, member, name, whole, level, year)
    return drawn | {"part": number_text.percent(drawn["value"], cells.value(whole, year)), "url": member.url}


def _thing(member):
    """A member on the axis."""
    return {
        "key": member.key,
        "label": member.name,
        "partial": False,
        "url": member.url,
        "colour": member.colour,
        "break_before": False,
    }


def _any(one):
    return any(point["value"] is not None for point in one["points"])


def _flow_note(cells):
    if cells.flow == "balance":
        return _("Balance: exports to the DPRK less imports from it; missing where either is missing.")
    if cells.flow == "both":
        return _("To the right: exports to the DPRK. To the left: imports from it. The number adds the two.")
    return ""
