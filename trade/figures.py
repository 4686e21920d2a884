"""A figure: what one chart draws, what its table holds and what its points say, from the same cells.

The shape is written down in `trade.charts`. Nothing here knows of pages, addresses or headlines.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trade import numbers
from trade.cube import ROOT, Cells

UNIT = "US$"
NAMED_BARS = 10
COMPONENTS = ("reported", "estimate")


@dataclass(frozen=True)
class Member:
    """What a series, bar or slice stands for: one node, or several gathered as "other"."""

    key: str
    name: str
    colour: int
    slugs: tuple
    url: str | None = None
    title: str = ""

    @property
    def single(self):
        return len(self.slugs) == 1


@dataclass(frozen=True)
class Words:
    """How the things of one level are called: provinces of China, chapters of a section."""

    one: str  # "Province"
    many: str  # "provinces"
    whole: str  # "all provinces"
    others: str  # "Other provinces"


def status_text(letter: str) -> str:
    """Say an SDMX status aloud: "P" -> "provisional"; "A" needs no word; "" is a value that no row speaks of."""
    return {
        "": _("missing: no figure in this release"),
        "A": "",
        "B": _("break in the series"),
        "E": _("estimate"),
        "L": _("missing: may exist, not collected"),
        "O": _("missing"),
        "P": _("provisional"),
        "Q": _("missing: suppressed"),
        "U": _("low reliability"),
    }[letter]


def label(cells: Cells, year: int) -> str:
    """Name a year, or the part of it that is known: "2016", "Jan–Sep 2025"."""
    months = cells.part(year)
    if not months:
        return str(year)
    if months[-1] - months[0] + 1 == len(months):
        return f"{numbers.months(months[0], months[-1])} {year}"
    return ngettext("%(count)s month of %(year)s", "%(count)s months of %(year)s", len(months)) % {
        "count": len(months),
        "year": year,
    }


def by_year(
    cells: Cells, members: list, whole: list, words: Words, *, title: str, current: int | None, link: Callable,
    totals_of: list | None = None,
) -> dict:  # fmt: skip
    """Stack members over the years; each estimate is a series of its own, above everything reported.

    `link(year)` is the address of the view with that year chosen; shares are of `whole`, totals of what is stacked.
    """
    stacked = totals_of or whole
    shown = [series(cells, member, "reported", whole, words) for member in members]
    estimated = [member for member in members if _has_estimate(cells, member)]
    shown += [series(cells, member, "estimate", whole, words) for member in estimated]
    totals = [point(cells.value(stacked, year), status=shown_status(cells, stacked, year)) for year in cells.years]
    return {
        "id": "by-year",
        "kind": "stacked",
        "title": title,
        "description": _("Stacked columns, one a year from %(first)s to %(last)s. The table holds every value.")
        % {"first": label(cells, cells.years[0]), "last": label(cells, cells.years[-1])},
        "unit": UNIT,
        "categories": [category(cells, year, current, link) for year in cells.years],
        "series": shown,
        "totals": totals,
        "table": _year_table(cells, title, shown, totals, link),
        "notes": _notes(_gaps_note(cells, stacked, current), _estimate_note(shown), _provisional_note(totals)),
    }


def category(cells: Cells, year: int, current: int | None, link: Callable) -> dict:
    """One year on the axis: {"key": "2025", "label": "Jan–Sep 2025", "partial": true, "url": …, "current": false}."""
    return {
        "key": str(year),
        "label": label(cells, year),
        "partial": bool(cells.part(year)),
        "url": link(year),
        "current": year == current,
    }


def series(cells: Cells, member: Member, component: str, whole: list, words: Words) -> dict:
    """One member's reported values, or its estimates, over all years."""
    of = cells.reported if component == "reported" else cells.estimate
    name = member.name if component == "reported" else _("%(name)s, estimate") % {"name": member.name}
    return {
        "key": member.key if component == "reported" else f"{member.key}-estimate",
        "name": name,
        "colour": member.colour,
        "component": component,
        "url": member.url,
        "points": [
            point(
                of(member.slugs, year),
                status="E" if component == "estimate" else cells.status(member.slugs, year),
                share=share(cells, member, whole, year, words),
                rank=rank(cells, member, year),
                missing=cells.gaps(member.slugs, year) if not member.single else 0,
            )
            for year in cells.years
        ],
    }


def point(value, *, status="A", share="", rank="", url=None, missing=0) -> dict:
    """One drawn value with all that may be said of it."""
    if value is None and status == "E":
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
        "url": url,
    }


def share(cells: Cells, member: Member, whole: list, year: int, words: Words) -> str:
    """What part of the whole the member's shown value is: "52% of all provinces"."""
    part = numbers.percent(cells.value(member.slugs, year), cells.value(whole, year))
    if not part:
        return ""
    if cells.estimate(whole, year) is not None:
        return _("%(share)s of %(whole)s, estimates included") % {"share": part, "whole": words.whole}
    return _("%(share)s of %(whole)s") % {"share": part, "whole": words.whole}


def rank(cells: Cells, member: Member, year: int) -> str:
    """The place of a single member's shown value among its siblings that have one: "1st of 31"."""
    if not member.single or member.slugs[0] == ROOT:
        return ""
    slug = member.slugs[0]
    siblings = cells.ranked(cells.nodes[cells.nodes[slug]["parent"]]["children"], year)
    if slug not in siblings or len(siblings) < 2:
        return ""
    value = cells.value([slug], year)
    place = 1 + sum(cells.value([other], year) > value for other in siblings)
    return numbers.rank(place, len(siblings))


def ranked(
    cells: Cells, members: list, whole: list, words: Words, *, year: int, title: str, drawn: list | None = None
) -> dict:
    """Rank the members of one year as bars, the largest ten and "other" unless told what to draw; the table has all."""
    drawn = largest(cells, members, words, year) if drawn is None else drawn
    parts = [part for part in (_bars(cells, drawn, c, whole, year, words) for c in COMPONENTS) if part]
    totals = [_total_point(cells, member, whole, year) for member in drawn]
    return {
        "id": "ranked",
        "kind": "bars",
        "title": title,
        "description": _("Bars of %(period)s, the largest first. The table holds all %(many)s.")
        % {"period": label(cells, year), "many": words.many},
        "unit": UNIT,
        "categories": [_bar(member) for member in drawn],
        "series": parts,
        "totals": totals,
        "table": rank_table(cells, members, whole, words, year, title),
        "notes": _notes(_gaps_note(cells, whole, year), _estimate_note(parts), _provisional_note(totals)),
    }


def largest(cells: Cells, members: list, words: Words, year: int) -> list:
    """The ten members with the largest values of a year, and one that gathers the others."""
    valued = [member for member in members if cells.value(member.slugs, year) is not None]
    valued.sort(key=lambda member: -cells.value(member.slugs, year))
    rest = tuple(slug for member in valued[NAMED_BARS:] for slug in member.slugs)
    return valued[:NAMED_BARS] + ([Member("others", words.others, 0, rest)] if rest else [])


def _bar(member):
    return {"key": member.key, "label": member.name, "partial": False, "url": member.url, "current": False,
            "colour": member.colour}  # fmt: skip


def _bars(cells, members, component, whole, year, words):
    of = cells.reported if component == "reported" else cells.estimate
    values = [of(member.slugs, year) for member in members]
    if component == "estimate" and all(value is None for value in values):
        return None
    return {
        "key": component,
        "name": _("reported") if component == "reported" else _("estimate"),
        "colour": 0,
        "component": component,
        "url": None,
        "points": [
            point(
                value,
                status="E" if component == "estimate" else cells.status(member.slugs, year),
                share=share(cells, member, whole, year, words),
                rank=rank(cells, member, year),
                url=member.url,
                missing=cells.gaps(member.slugs, year) if not member.single else 0,
            )
            for member, value in zip(members, values, strict=True)
        ],
    }


def _total_point(cells, member, whole, year):
    return point(
        cells.value(member.slugs, year),
        status=shown_status(cells, member.slugs, year),
        share=numbers.percent(cells.value(member.slugs, year), cells.value(whole, year)),
        rank=rank(cells, member, year),
        url=member.url,
    )


def pie(cells: Cells, members: list, whole: list, words: Words, *, year: int, title: str) -> dict:
    """Cut one year's whole into slices, the largest first; an estimate is a slice of its own beside its member's."""
    slices = [
        (member, component)
        for member in members
        for component in COMPONENTS
        if (cells.reported if component == "reported" else cells.estimate)(member.slugs, year)
    ]
    return {
        "id": "pie",
        "kind": "pie",
        "title": title,
        "description": _("A pie of %(period)s: %(slices)s.")
        % {
            "period": label(cells, year),
            "slices": "; ".join(
                f"{_slice_name(m, c)} {numbers.percent(_slice_value(cells, m, c, year), cells.value(whole, year))}"
                for m, c in slices
            ),
        },
        "unit": UNIT,
        "categories": [
            _bar(member) | {"key": _slice_key(member, component), "label": _slice_name(member, component),
                            "component": component}
            for member, component in slices
        ],
        "series": [
            {
                "key": "slices",
                "name": words.whole,
                "colour": 0,
                "component": "reported",
                "url": None,
                "points": [_slice_point(cells, m, c, whole, year, words) for m, c in slices],
            }
        ],
        "totals": [_slice_total(cells, m, c, whole, year) for m, c in slices],
        "table": None,
        "notes": [],
    }  # fmt: skip


def _slice_key(member, component):
    return member.key if component == "reported" else f"{member.key}-estimate"


def _slice_name(member, component):
    return member.name if component == "reported" else _("%(name)s, estimate") % {"name": member.name}


def _slice_value(cells, member, component, year):
    return (cells.reported if component == "reported" else cells.estimate)(member.slugs, year)


def _slice_total(cells, member, component, whole, year):
    value = _slice_value(cells, member, component, year)
    return point(value, share=numbers.percent(value, cells.value(whole, year)))


def _slice_point(cells, member, component, whole, year, words):
    value = _slice_value(cells, member, component, year)
    part = numbers.percent(value, cells.value(whole, year))
    return point(
        value,
        status="E" if component == "estimate" else cells.status(member.slugs, year),
        share=_("%(share)s of %(whole)s") % {"share": part, "whole": words.whole},
        rank=rank(cells, member, year),
        url=member.url,
        missing=cells.gaps(member.slugs, year) if not member.single else 0,
    ) | {"part": part}


# Tables: exact numbers, one row a thing.


def cell(value: int | None, status: str = "A") -> dict:
    """One cell: {"text": "1 673 785 123", "value": 1673785123, "status": "P", "status_text": "provisional"}."""
    if value is None and status in ("A", "E"):
        status = ""
    return {"text": numbers.exact(value), "value": value, "status": status, "status_text": status_text(status)}


def word(text: str) -> dict:
    """A cell of words: a share, a rank, a change."""
    return {"text": text, "value": None, "status": "A", "status_text": ""}


def _year_table(cells, title, shown, totals, link):
    columns = [{"key": "year", "label": _("Year"), "numeric": False}]
    columns += [{"key": one["key"], "label": one["name"], "numeric": True} for one in shown]
    columns += [{"key": "total", "label": _("Total"), "numeric": True}]
    components = [one["component"] for one in shown] + ["total"]
    rows = []
    for place, year in enumerate(cells.years):
        points = [one["points"][place] for one in shown] + [totals[place]]
        cells_of_row = [_line_cell(p, component) for p, component in zip(points, components, strict=True)]
        rows.append(
            {"key": str(year), "header": label(cells, year), "url": link(year), "cells": cells_of_row, "total": False}
        )
    return {"caption": _("%(title)s, US$") % {"title": title}, "columns": columns, "rows": rows}


def rank_table(cells: Cells, members: list, whole: list, words: Words, year: int, title: str) -> dict:
    """Every member of one year: rank, reported, estimate, total, share, change from the year before; the sum below."""
    estimates = cells.estimate(whole, year) is not None
    columns = [
        {"key": "name", "label": words.one, "numeric": False},
        {"key": "rank", "label": _("Rank"), "numeric": True},
        {"key": "reported", "label": _("Reported, US$"), "numeric": True},
        {"key": "estimate", "label": _("Estimate, US$"), "numeric": True},
        {"key": "total", "label": _("Total, US$"), "numeric": True},
        {"key": "share", "label": _("Share"), "numeric": True},
        {"key": "change", "label": _("Against %(year)s") % {"year": year - 1}, "numeric": True},
    ]
    members = sorted(members, key=lambda m: -(v if (v := cells.value(m.slugs, year)) is not None else -1))
    all_of_them = Member(ROOT, _("Total"), 0, tuple(whole))
    rows = [_rank_row(cells, member, whole, year, estimates) for member in members]
    rows.append(_rank_row(cells, all_of_them, whole, year, estimates) | {"total": True})
    if not estimates:
        columns = [column for column in columns if column["key"] not in ("estimate", "total")]
    return {"caption": title, "columns": columns, "rows": rows}


def _rank_row(cells, member, whole, year, estimates):
    status = cells.status(member.slugs, year)
    values = [cell(cells.reported(member.slugs, year), status)]
    if estimates:
        estimate = cells.estimate(member.slugs, year)
        values.append(cell(estimate, "E") if estimate is not None else word(""))
        values.append(cell(cells.value(member.slugs, year), shown_status(cells, member.slugs, year)))
    place = rank(cells, member, year).split(" ")[0]
    part = numbers.percent(cells.value(member.slugs, year), cells.value(whole, year))
    return {
        "key": member.key,
        "header": member.name,
        "url": member.url,
        "cells": [word(place), *values, word(part), word(change(cells, member.slugs, year))],
        "total": False,
    }


def change(cells: Cells, slugs: list, year: int) -> str:
    """Write the change from the year before, "−8%"; "" where either is missing, a part-year, or nought."""
    if cells.part(year) or cells.part(year - 1):
        return ""
    now, before = cells.value(slugs, year), cells.value(slugs, year - 1)
    if now is None or not before:
        return ""
    sign = "+" if now > before else ""
    return sign + numbers.percent(now - before, before)


def history_table(cells: Cells, member: Member, whole: list, title: str) -> dict:
    """One member over the years: reported, estimate, share of the whole, rank."""
    columns = [
        {"key": "year", "label": _("Year"), "numeric": False},
        {"key": "reported", "label": _("Reported, US$"), "numeric": True},
        {"key": "estimate", "label": _("Estimate, US$"), "numeric": True},
        {"key": "share", "label": _("Share"), "numeric": True},
        {"key": "rank", "label": _("Rank"), "numeric": True},
    ]
    estimates = _has_estimate(cells, member)
    rows = [_history_row(cells, member, whole, year, estimates) for year in cells.years]
    columns = columns if estimates else [column for column in columns if column["key"] != "estimate"]
    return {"caption": title, "columns": columns, "rows": rows}


def _history_row(cells, member, whole, year, estimates):
    values = [cell(cells.reported(member.slugs, year), cells.status(member.slugs, year))]
    if estimates:
        estimate = cells.estimate(member.slugs, year)
        values.append(word("") if estimate is None else cell(estimate, "E"))
    part = numbers.percent(cells.value(member.slugs, year), cells.value(whole, year))
    return {
        "key": str(year),
        "header": label(cells, year),
        "url": None,
        "cells": [*values, word(part), word(rank(cells, member, year))],
        "total": False,
    }


def totals(both: dict, names: dict) -> dict:
    """Draw the totals of both flows as lines; where there are estimates, a second line that includes them."""
    years = next(iter(both.values())).years
    lines = [line for place, flow in enumerate(both) for line in _lines(both[flow], names[flow], place + 1)]
    title = _("Both directions by year")
    first = next(iter(both.values()))
    return {
        "id": "totals",
        "kind": "line",
        "title": title,
        "description": _("Lines from %(first)s to %(last)s. The table holds every value.")
        % {"first": label(first, years[0]), "last": label(first, years[-1])},
        "unit": UNIT,
        "categories": [category(first, year, None, lambda year: None) for year in years],
        "series": lines,
        "totals": [],
        "table": _lines_table(first, lines, title),
        "notes": [_("Dashed: with estimates added to what is reported.")] if len(lines) > len(both) else [],
    }


def _lines(cells, name, colour):
    line = {"key": cells.flow.replace("_", "-"), "name": name, "colour": colour, "component": "reported", "url": None}
    yield line | {"points": [point(cells.reported([ROOT], y), status=cells.status([ROOT], y)) for y in cells.years]}
    if cells.has_estimates():
        line |= {
            "key": line["key"] + "-estimate",
            "component": "estimate",
            "name": _("%(name)s, with estimates") % {"name": name},
        }
        yield line | {"points": [_with_estimate(cells, year) for year in cells.years]}


def _with_estimate(cells, year):
    return point(cells.value([ROOT], year) if cells.estimate([ROOT], year) is not None else None, status="E")


def _lines_table(cells, lines, title):
    columns = [{"key": "year", "label": _("Year"), "numeric": False}]
    columns += [{"key": line["key"], "label": line["name"], "numeric": True} for line in lines]
    rows = [
        {
            "key": str(year),
            "header": label(cells, year),
            "url": None,
            "cells": [_line_cell(line["points"][place], line["component"]) for line in lines],
            "total": False,
        }
        for place, year in enumerate(cells.years)
    ]
    return {"caption": _("%(title)s, US$") % {"title": title}, "columns": columns, "rows": rows}


def _line_cell(drawn, component):
    if component == "estimate" and drawn["value"] is None:
        return word("")
    return cell(drawn["value"], drawn["status"])


# What must be said beside a chart.


def shown_status(cells: Cells, slugs: list, year: int) -> str:
    """The status of a shown value: "E" where it is an estimate and nothing else."""
    if cells.reported(slugs, year) is None and cells.estimate(slugs, year) is not None:
        return "E"
    return cells.status(slugs, year)


def _has_estimate(cells, member):
    return any(cells.estimate(member.slugs, year) is not None for year in cells.years)


def _notes(*notes):
    return [note for note in notes if note]


def _gaps_note(cells, whole, year):
    missing = cells.gaps(whole, year) if year else 0
    if not missing:
        return ""
    return ngettext(
        "%(period)s: %(count)s figure is missing or incomplete; totals are the sums of what there is.",
        "%(period)s: %(count)s figures are missing or incomplete; totals are the sums of what there is.",
        missing,
    ) % {"period": label(cells, year), "count": missing}


def _provisional_note(points):
    return _("p: provisional.") if any(one["status"] == "P" for one in points) else ""


def _estimate_note(shown):
    return (
        _("Hatched: estimates, added to what is reported.") if any(s["component"] == "estimate" for s in shown) else ""
    )
