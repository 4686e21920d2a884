"""Cuts the whole of one year into the slices of a pie."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import parts, points
from trade.charts.figures.units.measures import measure
from trade.charts.schema import Figure
from trade.charts.text import comparability
from trade.charts.text.labels import Level, Member, label


class Slice(NamedTuple):
    """One component of a member: an estimate is a slice of its own beside what is reported."""

    member: Member
    component: str


def draw(cells: Cells, members: list, level: Level, *, title: str, year: int, whole: list, unit: str = "usd") -> Figure:
    """Cut one year's whole into slices in the order given; an estimate is a slice of its own beside its member's."""
    slices = [Slice(m, name) for m in members for name in points.COMPONENTS if cells.component(name, m.slugs, year)]
    measured = measure(unit, cells, whole, [year] * len(slices), level.whole)
    made = measured.points([_point(cells, one, whole, level, year) for one in slices], cells.flow)
    categories = [_category(one) for one in slices]
    words = [f"{category['label']} {point['part']}" for category, point in zip(categories, made, strict=True)]
    return {
        "id": "pie",
        "kind": "pie",
        "title": measured.title(title),
        "description": _("Pie chart for %(period)s%(caution)s: %(slices)s.")
        % {
            "period": label(cells, year),
            "caution": comparability.caution(cells, whole, [year]),
            "slices": "; ".join(words),
        },
        "unit": measured.unit,
        "scale": "linear",
        "current": None,
        "categories": categories,
        "series": [
            parts.series("slices", Member("slices", level.whole, 0, ()), level.whole, "shown", made, cells.flow)
        ],
        "totals": [point | {"share": point["part"]} for point in made],  # what stands beside a slice
        "table": None,
        "notes": [],
    }


def _category(one):
    key, name = parts.key_of(one.member.key, one.component), parts.name_of(one.member.name, one.component)
    return parts.member_category(one.member) | {"key": key, "label": name, "component": one.component}


def _point(cells, one, whole, level, year):
    """A slice's value; its part of the whole is written beside it."""
    point = points.of_member(cells, one.member, one.component, whole, level, year)
    return point | {"part": number_text.percent(point["value"], cells.value(whole, year)), "url": one.member.url}
