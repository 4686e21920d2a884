"""A province's place among the others over the years: a line a flow, the first place on top."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, points, tables
from trade.charts.figures.over_time import series
from trade.charts.text.labels import Level, Member, label


def draw(sides: dict, member: Member, level: Level, *, current: int) -> dict:
    """Draw the place of a member by its shown value, of each of {"to_dprk": Cells, …} that ever knew it.

    A point's value is the place, its text "2nd of 31" and its share the value itself, "US$284 m"; a year without a
    value has no place.
    """
    names = {"to_dprk": _("To the DPRK"), "from_dprk": _("From the DPRK")}
    cells = next(iter(sides.values()))
    drawn = [
        _line(side, Member(flow.replace("_", "-"), names[flow], slot, member.slugs))
        for slot, (flow, side) in enumerate(sides.items(), start=1)
    ]
    categories = _years(cells)
    title = _("Rank of %(name)s among %(whole)s by year") % {"name": member.name, "whole": level.whole}
    return {
        "id": "ranks",
        "kind": "line",
        "title": title,
        "description": _("Lines of places, the first on top. The table holds every one."),
        "unit": _("rank"),
        "scale": "rank",
        "current": str(current),
        "categories": categories,
        "series": drawn,
        "totals": [],
        "flow_totals": {},
        "table": tables.by_period(title, categories, drawn, []),
        "notes": footnotes.said(
            _("The first is the largest of its year; equal values share a place."),
            footnotes.letters([point for one in drawn for point in one["points"]]),
        ),
    }


def _line(cells, member):
    drawn = [_place(cells, member.slugs[0], year) for year in cells.periods]
    return series(member.key, member, member.name, "reported", drawn, cells.flow)


def _place(cells: Cells, slug, year):
    """The place of a year, with the value that earned it."""
    found = cells.rank(slug, year)
    place, text = (found[0], number_text.rank(*found)) if found else (None, number_text.MISSING)
    worth = number_text.usd(cells.value((slug,), year))
    return points.point(place, status=cells.shown_status((slug,), year), share=worth) | {"text": text}


def _years(cells):
    return [
        {
            "key": str(year),
            "label": label(cells, year),
            "partial": bool(cells.part(year)),
            "url": None,
            "break_before": False,
        }
        for year in cells.periods
    ]
