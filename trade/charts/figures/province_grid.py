"""Lays the provinces out as a grid of tiles, each as near to its neighbours as a grid lets it: a map without borders.

Tiles of one size, so that Tibet is not the eye's first stop, and no line is drawn that somebody disputes. The places
are a reading of the map: north is up, the coast on the right, and nearly every tile touches provinces that its own
touches. Rows and columns count from 1, from the upper left.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, parts, points
from trade.charts.figures.measures import measure
from trade.charts.schema import Figure
from trade.charts.text.labels import Level, Member, label

GRID = """
    .  .  .  .  .  . HL
    .  .  .  . NM  . JL
   XJ GS NX SX HE BJ LN
   XZ QH SN HA SD TJ  .
    . SC CQ HB AH JS SH
    . YN GZ HN JX ZJ  .
    .  . GX GD FJ  .  .
    .  .  . HI  .  .  .
"""
CODES = {f"cn-{code.lower()}": code for code in GRID.split() if code != "."}
STEPS = 5


class Place(NamedTuple):
    """Where a tile stands, from 1."""

    row: int
    column: int


PLACES = {
    f"cn-{code.lower()}": Place(row, column)
    for row, line in enumerate(GRID.strip().splitlines(), start=1)
    for column, code in enumerate(line.split(), start=1)
    if code != "."
}


def draw(
    cells: Cells, members: list[Member], level: Level, *, title: str, year: int, whole: list, unit: str = "usd"
) -> Figure:
    """Lay one year of the provinces out as tiles, with what their colours mean.

    The legend is "steps": [{"step": 1, "label": "US$0.1 m – US$2.3 m", "count": 6}]. A step holds about a fifth of the
    provinces that trade; equal values share one. None is missing, 0 no trade.
    """
    placed = [member for member in members if member.key in PLACES]
    measured = measure(unit, cells, whole, [year] * len(placed), level.whole)
    shown = [points.shown(cells, member, whole, level, year) | {"url": member.url} for member in placed]
    tiles = _stepped(measured.points(shown, cells.flow))
    return {
        "id": "map",
        "kind": "tiles",
        "title": measured.title(title),
        "description": _("A tile grid with one tile per province, coloured by value in %(period)s.")
        % {"period": label(cells, year)},
        "unit": measured.unit,
        "scale": "linear",
        "current": None,
        "categories": [_tile(member) for member in placed],
        "series": [_series(cells, level, tiles)],
        "totals": tiles,
        "steps": [_legend(step, tiles) for step in sorted({tile["step"] for tile in tiles} - {None})],
        "table": None,
        "notes": _notes(tiles),
    }


def _series(cells, level, tiles):
    component = parts.component_of(cells, "shown")
    return parts.series("map", Member("map", level.many, 0, ()), level.many, component, tiles, cells.flow)


def _stepped(shown):
    """Give each point the step of its tile."""
    order = sorted(point["value"] for point in shown if point["value"])
    return [point | {"step": _step(point["value"], order)} for point in shown]


def _notes(tiles):
    missing = sum(tile["step"] is None for tile in tiles)
    words = {"count": missing, "all": len(tiles)}
    return footnotes.all_of(
        _("Each colour covers about a fifth of the provinces with trade."),
        _("A dash marks a missing value: %(count)s of %(all)s.") % words if missing else "",
        footnotes.letters(tiles),
    )


def _tile(member):
    place = PLACES[member.key]
    return {
        "key": member.key,
        "label": member.name,
        "short": CODES[member.key],
        "row": place.row,
        "column": place.column,
        "partial": False,
        "break_before": False,
        "url": member.url,
        "colour": member.colour,
    }


def _step(value, order):
    """The step of a value among those that are coloured by size, all but nought and what is missing, in their order."""
    if not value:
        return value  # None stays missing, 0 is no trade
    return 1 + STEPS * order.index(value) // len(order)


def _legend(step, tiles):
    """What a colour means, from its smallest value to its largest."""
    held = sorted((tile for tile in tiles if tile["step"] == step), key=lambda tile: tile["value"])
    if step == 0:
        return {"step": 0, "label": _("no trade"), "count": len(held)}
    least, most = held[0]["text"], held[-1]["text"]
    words = {"least": least, "most": most}
    return {"step": step, "label": least if least == most else _("%(least)s – %(most)s") % words, "count": len(held)}
