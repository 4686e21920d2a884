"""Draws a province's place among the others over the years: a line a flow, the first place on top."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, parts, points, tables
from trade.charts.figures.units.measures import Dollars
from trade.charts.schema import Figure, NumberText
from trade.charts.text import comparability
from trade.charts.text.labels import Level, Member, capital, flow_name


class Places(Dollars):
    """Places among others; a place has no total."""

    measure = "rank"

    def caption(self, title: str) -> str:
        """Caption a table of places as its figure is named."""
        return title


def draw(sides: dict, member: Member, level: Level, *, current: int) -> Figure:
    """Draw the place of a member by its shown value, of each of {"to_dprk": Cells, …} that ever knew it.

    A point's value is the place, its text "2nd of 31" and its share the value itself, "US$284 m"; a year without a
    value has no place.
    """
    cells = next(iter(sides.values()))
    lines = [
        _line(side, Member(parts.flow_key(flow), capital(flow_name(flow)), slot, member.slugs))
        for slot, (flow, side) in enumerate(sides.items(), start=1)
    ]
    categories = [parts.time_category(cells, year) for year in cells.periods]
    title = _("Rank of %(name)s among %(whole)s by year") % {"name": member.name, "whole": level.whole}
    return {
        "id": "ranks",
        "kind": "line",
        "title": title,
        "description": _("Line chart of ranks, with first place at the top. The table lists all ranks."),
        "unit": _("rank"),
        "measure": "rank",
        "scale": "rank",
        "current": str(current),
        "categories": categories,
        "series": lines,
        "totals": [],
        "flow_totals": {},
        "table": tables.by_period(Places(), title, categories, lines, [])
        | {"of": {"key": member.key, "label": member.name}},
        "notes": footnotes.all_of(
            _("Rank 1 is the largest value of the year; equal values share a rank."),
            footnotes.letters([point for line in lines for point in line["points"]]),
        ),
    }


def _line(cells, member):
    places = [_place(cells, member.slugs[0], year) for year in cells.periods]
    return parts.series(member.key, member, member.name, "shown", places, cells.flow)


def _place(cells: Cells, slug, year):
    """The place of a year, with the value that earned it."""
    rank = cells.rank(slug, year)
    words = number_text.rank(*rank) if rank else number_text.MISSING
    place, text = rank and rank.place, NumberText(words, rank and rank.place, of=rank and rank.count)
    value = cells.value((slug,), year)
    worth = NumberText(number_text.usd(value), value, points.UNIT)
    basis = comparability.qualified(cells, cells.siblings(slug), year, "")
    return points.point(place, status=cells.shown_status((slug,), year), share=worth, rank=basis) | {"text": text}
