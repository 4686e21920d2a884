"""Lays the provinces out as a grid of tiles, each as near to its neighbours as a grid lets it: a map without borders.

Tiles of one size, so that Tibet is not the eye's first stop, and no line is drawn that somebody disputes. The places
are a reading of the map: north is up, the coast on the right, and nearly every tile touches provinces that its own
touches. Rows and columns count from 1, from the upper left.
"""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, parts, points
from trade.charts.figures.points import UNIT
from trade.charts.figures.units.measures import measure
from trade.charts.schema import Figure
from trade.charts.text import evidence
from trade.charts.text.labels import Level, Member, label, status_text
from trade.charts.tiles import size_steps, step_words
from trade.page_measures import MEASURES

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
MARKED = MEASURES.marked_statuses


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

    The legend is "steps": [{"step": 1, "label": "US$10,000 to US$100,000", "count": 6}], the same in every year. Step
    None is missing, 0 no trade.
    """
    placed = [member for member in members if member.key in PLACES]
    measured = measure(unit, cells, whole, [year] * len(placed), level.whole)
    shown = _marked([_shown(cells, member, whole, level, year) for member in placed])
    drawn = measured.points(shown, cells.flow)
    scale = _scale(cells, placed, whole, measured.unit)
    tiles = [point | {"step": scale.number(point["value"]), "brief": _brief(point, measured.unit)} for point in drawn]
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
        "steps": _legend(scale, tiles, measured.unit),
        "table": None,
        "notes": _notes(tiles),
    }


def _series(cells, level, tiles):
    component = parts.component_of(cells, "shown")
    return parts.series("map", Member("map", level.many, 0, ()), level.many, component, tiles, cells.flow)


def _shown(cells, member, whole, level, year):
    """A tile's point, and whether an estimate lies in its value."""
    point = points.shown(cells, member, whole, level, year)
    estimated = bool(evidence.of(cells, member.slugs, year).estimated) and point["value"] is not None
    contains = _("includes an estimate") if estimated and point["status"] != "E" else ""
    return point | {"url": member.url, "mark": "e" * estimated, "contains": contains}


def _marked(shown):
    """Add the letters of what is provisional, of low reliability or behind a break, but for one that all would have."""
    letters = [point["status"].lower() if point["status"] in MARKED else "" for point in shown]
    known = {letter for letter, point in zip(letters, shown, strict=True) if point["value"] is not None}
    if len(known) < 2:
        return shown
    pairs = zip(shown, letters, strict=True)
    return [one | {"mark": one["mark"] + (letter if one["value"] is not None else "")} for one, letter in pairs]


def _brief(point, unit):
    """A value as short as a tile is narrow: "793 m", "−3.1 m", "37%", "–"; dollars have their unit in the legend."""
    value = point["value"]
    if unit != UNIT or value is None:
        return str(point["text"])
    return (number_text.MINUS if value < 0 else "") + number_text.short(abs(value))


def _scale(cells, placed, whole, unit):
    """The steps for every period of a reading, so that a colour does not change its meaning from one to the next."""
    slugs = tuple(member.slugs for member in placed)
    key = ("steps of tiles", slugs, tuple(whole), unit)
    return cells.remember(
        key, lambda: size_steps.scale([_values(cells, slugs, whole, unit, each) for each in cells.periods])
    )


def _values(cells, slugs, whole, unit, period):
    values = [cells.value(one, period) for one in slugs]
    if unit == UNIT:
        return values
    total = cells.value(whole, period)
    return [number_text.exact_percent(value, total) for value in values]


def _notes(tiles):
    missing = sum(tile["step"] is None for tile in tiles)
    words = {"count": missing, "all": len(tiles)}
    return footnotes.all_of(
        _("Each colour stands for the same values in every period."),
        _("A dash marks a missing value: %(count)s of %(all)s.") % words if missing else "",
        _("Hatched, e: includes an estimate.") if any("e" in tile["mark"] for tile in tiles) else "",
        footnotes.letters(tiles) if any(tile["mark"].strip("e") for tile in tiles) else _of_all(tiles),
    )


def _of_all(tiles):
    """What holds of all values there are, and so stands on no tile."""
    statuses = {tile["status"] for tile in tiles if tile["value"] is not None}
    return _("All values are %(status)s.") % {"status": status_text("P")} if statuses == {"P"} else ""


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


def _legend(scale, tiles, unit):
    """What each colour means, and how many tiles have it: those of size in their order, no trade, missing."""
    counts = Counter(tile["step"] for tile in tiles)
    words = [(step.number, step_words.label(step, unit, two_sided=scale.two_sided)) for step in scale.steps()]
    others = [(step, text) for step, text in ((0, _("no trade")), (None, _("missing"))) if counts[step]]
    return [{"step": step, "label": text, "count": counts[step]} for step, text in [*words, *others]]
