"""A figure: what one chart draws and what its points say, in the shape that `trade.charts` writes down."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import numbers
from trade.charts import tables
from trade.charts.cells import Cells
from trade.charts.sums import ROOT
from trade.charts.terms import Level, Member, capital, label, status_text

UNIT = "US$"
NAMED_BARS = 10
COMPONENTS = ("reported", "estimate")


def over_time(
    cells: Cells,
    members: list,
    level: Level,
    *,
    title: str,
    whole: list,
    current,
    link: Callable,
    view: str = "columns",
) -> dict:
    """Draw members over the years, or months: stacked columns, or a line each; the table holds every value.

    `link(period)` is the address of the view with that period chosen; shares are of `whole`. Each estimate is a series
    of its own: in columns above everything reported; in lines a dashed line that includes what is reported.
    """
    make = {"columns": _columns, "lines": _lines}[view]
    series = make(cells, members, whole, level)
    drawn = tuple(slug for member in members for slug in member.slugs)
    totals = [point(cells.value(drawn, p), status=cells.shown_status(drawn, p)) for p in cells.periods]
    categories = _periods(cells, current, link)
    words = {"first": categories[0]["label"], "last": categories[-1]["label"]}
    described = {
        "columns": _("Stacked columns from %(first)s to %(last)s. The table holds every value."),
        "lines": _("Lines from %(first)s to %(last)s. The table holds every value."),
    }
    return {
        "id": "by-year",
        "kind": "stacked" if view == "columns" else "line",
        "title": title,
        "description": described[view] % words,
        "unit": UNIT,
        "categories": categories,
        "series": series,
        "totals": totals,
        "table": tables.by_period(_in_dollars(title), categories, series, totals),
        "notes": notes(gaps_note(cells, drawn, current), estimate_note(series, view), provisional_note(totals)),
    }


def ranked(cells: Cells, members: list, level: Level, *, title: str, year: int, drawn: list, whole: list) -> dict:
    """Rank members of one year as bars: the bars are those of `drawn`, the table has all `members`."""
    series = [_bars(cells, drawn, name, whole, level, year) for name in COMPONENTS]
    series = [one for one in series if one["component"] == "reported" or _any(one)]
    totals = [_total(cells, member, whole, year) for member in drawn]
    return {
        "id": "ranked",
        "kind": "bars",
        "title": title,
        "description": _("Bars of %(period)s, the largest first. The table holds all %(many)s.")
        % {"period": label(cells, year), "many": level.many},
        "unit": UNIT,
        "categories": [_thing(member) for member in drawn],
        "series": series,
        "totals": totals,
        "table": tables.ranked(cells, members, level, title=title, year=year, whole=whole),
        "notes": notes(gaps_note(cells, whole, year), estimate_note(series), provisional_note(totals)),
    }


def largest(cells: Cells, members: list, level: Level, year: int) -> list:
    """The ten members with the largest values of a year, and one that gathers the others."""
    valued = by_size(cells, members, year)
    rest = tuple(slug for member in valued[NAMED_BARS:] for slug in member.slugs)
    return valued[:NAMED_BARS] + ([Member("others", level.others, 0, rest)] if rest else [])


def by_size(cells: Cells, members: list, year: int) -> list:
    """The members that have a value, the largest first."""
    valued = [member for member in members if cells.value(member.slugs, year) is not None]
    return sorted(valued, key=lambda member: -cells.value(member.slugs, year))


def pie(cells: Cells, members: list, level: Level, *, title: str, year: int, whole: list) -> dict:
    """Cut one year's whole into slices in the order given; an estimate is a slice of its own beside its member's."""
    slices = [(m, name) for m in members for name in COMPONENTS if cells.component(name, m.slugs, year)]
    points = [_slice_point(cells, member, name, whole, level, year) for member, name in slices]
    categories = [
        _thing(m) | {"key": _key(m.key, name), "label": _named(m.name, name), "component": name} for m, name in slices
    ]
    parts = zip(categories, points, strict=True)
    return {
        "id": "pie",
        "kind": "pie",
        "title": title,
        "description": _("A pie of %(period)s: %(slices)s.")
        % {"period": label(cells, year), "slices": "; ".join(f"{c['label']} {p['part']}" for c, p in parts)},
        "unit": UNIT,
        "categories": categories,
        "series": [_plain_series("slices", level.whole, 0) | {"points": points}],
        "totals": [point | {"share": point["part"]} for point in points],
        "table": None,
        "notes": [],
    }


def flows(both: dict, names: dict) -> dict:
    """Draw the totals of both flows as lines."""
    cells = next(iter(both.values()))
    series = [line for slot, flow in enumerate(both, start=1) for line in _total_lines(both[flow], names[flow], slot)]
    categories = _periods(cells, None, lambda period: None)
    title = _("Both directions by year")
    words = {"first": categories[0]["label"], "last": categories[-1]["label"]}
    return {
        "id": "totals",
        "kind": "line",
        "title": title,
        "description": _("Lines from %(first)s to %(last)s. The table holds every value.") % words,
        "unit": UNIT,
        "categories": categories,
        "series": series,
        "totals": [],
        "table": tables.by_period(_in_dollars(title), categories, series, []),
        "notes": notes(estimate_note(series, "lines")),
    }


def _in_dollars(title):
    return _("%(title)s, US$") % {"title": title}


# Series and categories.


def _periods(cells, current, link):
    """The periods on the axis: [{"key": "2025", "label": "Jan–Sep 2025", "partial": true, …}]."""
    return [
        {
            "key": str(period),
            "label": label(cells, period),
            "partial": bool(cells.part(period)),
            "url": link(period),
            "current": period == current,
        }
        for period in cells.periods
    ]


def _thing(member):
    """A member on the axis."""
    return {
        "key": member.key,
        "label": member.name,
        "partial": False,
        "url": member.url,
        "current": False,
        "colour": member.colour,
    }


def _plain_series(key, name, colour, component="reported", url=None):
    return {"key": key, "name": name, "colour": colour, "component": component, "url": url}


def _columns(cells, members, whole, level):
    reported = [_series(cells, member, "reported", whole, level) for member in members]
    return reported + [_series(cells, m, "estimate", whole, level) for m in members if cells.has_estimates(m.slugs)]


def _series(cells, member, name, whole, level):
    """One member's reported values, or its estimates, over all periods."""
    series = _plain_series(_key(member.key, name), _named(member.name, name), member.colour, name, member.url)
    return series | {"points": [member_point(cells, member, name, whole, level, p) for p in cells.periods]}


def _bars(cells, members, name, whole, level, year):
    series = _plain_series(name, _("reported") if name == "reported" else _("estimate"), 0, name)
    points = [member_point(cells, m, name, whole, level, year) | {"url": m.url} for m in members]
    return series | {"points": points}


def _lines(cells, members, whole, level):
    """A line of what is reported; where there are estimates, a second one that includes them."""
    lines = []
    for member in members:
        lines.append(_series(cells, member, "reported", whole, level))
        if cells.has_estimates(member.slugs):
            lines.append(_with_estimates(cells, member, whole, level))
    return lines


def _with_estimates(cells, member, whole, level):
    name = _("%(name)s, with estimates") % {"name": member.name}
    points = [
        point(
            None if cells.estimate(member.slugs, period) is None else cells.value(member.slugs, period),
            status="E",
            share=share(cells, member, whole, level, period),
            rank=rank(cells, member, period),
        )
        for period in cells.periods
    ]
    key = _key(member.key, "estimate")
    return _plain_series(key, name, member.colour, "estimate", member.url) | {"points": points}


def _total_lines(cells, name, slot):
    """The lines of a whole flow, which has no share and no rank."""
    member = Member(cells.flow.replace("_", "-"), name, slot, (ROOT,))
    return _lines(cells, [member], [], Level("", "", "", ""))


def _key(key, name):
    return key if name == "reported" else f"{key}-estimate"


def _named(words, name):
    return words if name == "reported" else _("%(name)s, estimate") % {"name": words}


def _any(series):
    return any(one["value"] is not None for one in series["points"])


# Points.


def point(value: int | None, *, status: str = "A", share: str = "", rank: str = "", missing: int = 0) -> dict:
    """One drawn value with all that may be said of it; what is missing has no share and no rank."""
    if value is None and status in ("A", "E"):
        status = ""
    text = status_text(status)
    if missing and value is not None:
        count = ngettext("%(count)s part missing", "%(count)s parts missing", missing) % {"count": missing}
        text = f"{text}, {count}" if text else count
    return {
        "value": value,
        "text": numbers.usd(value),
        "share": "" if value is None else share,
        "rank": "" if value is None else rank,
        "status": status,
        "status_text": text,
        "url": None,
    }


def member_point(cells: Cells, member: Member, name: str, whole: list, level: Level, period) -> dict:
    """One component of a member; its share and rank are those of its shown value."""
    return point(
        cells.component(name, member.slugs, period),
        status="E" if name == "estimate" else cells.status(member.slugs, period),
        share=share(cells, member, whole, level, period),
        rank=rank(cells, member, period),
        missing=0 if member.single else cells.gaps(member.slugs, period),
    )


def _total(cells, member, whole, year):
    """A member's shown value, its share without "of all provinces"."""
    value = cells.value(member.slugs, year)
    part = numbers.percent(value, cells.value(whole, year))
    status = cells.shown_status(member.slugs, year)
    return point(value, status=status, share=part, rank=rank(cells, member, year)) | {"url": member.url}


def _slice_point(cells, member, name, whole, level, year):
    """A slice; its share is its own, not that of its member's reported and estimated parts together."""
    drawn = member_point(cells, member, name, whole, level, year)
    part = numbers.percent(drawn["value"], cells.value(whole, year))
    words = _("%(share)s of %(whole)s") % {"share": part, "whole": level.whole}
    return drawn | {"share": words, "part": part, "url": member.url}


def share(cells: Cells, member: Member, whole: list, level: Level, period) -> str:
    """What part of the whole the member's shown value is: "52% of all provinces"."""
    part = numbers.percent(cells.value(member.slugs, period), cells.value(whole, period))
    words = {"share": part, "whole": level.whole}
    if not part:
        return ""
    if cells.estimate(whole, period) is None:
        return _("%(share)s of %(whole)s") % words
    return _("%(share)s of %(whole)s, estimates included") % words


def rank(cells: Cells, member: Member, period) -> str:
    """The place of a single member's shown value among its siblings: "1st of 31"."""
    place = cells.rank(member.slugs[0], period) if member.single else None
    return numbers.rank(*place) if place else ""


# What must be said beside a chart.


def notes(*sentences: str) -> list:
    """Keep the sentences that say something."""
    return [sentence for sentence in sentences if sentence]


def gaps_note(cells: Cells, slugs: list, period) -> str:
    """Say how many figures are missing behind the chosen period's total."""
    missing = cells.gaps(slugs, period) if period else 0
    words = {"period": label(cells, period) if period else "", "count": missing}
    if not missing:
        return ""
    return capital(
        ngettext(
            "%(period)s: %(count)s figure is missing or incomplete; totals are the sums of what there is.",
            "%(period)s: %(count)s figures are missing or incomplete; totals are the sums of what there is.",
            missing,
        )
        % words
    )


def estimate_note(series: list, view: str = "columns") -> str:
    """Say what the hatch means, or the dashes, where there are any."""
    if not any(one["component"] == "estimate" for one in series):
        return ""
    if view == "lines":
        return _("Dashed: with estimates added to what is reported.")
    return _("Hatched: estimates, added to what is reported.")


def provisional_note(points: list) -> str:
    """Say what the letter p means, where there is one."""
    return _("p: provisional.") if any(one["status"] == "P" for one in points) else ""
