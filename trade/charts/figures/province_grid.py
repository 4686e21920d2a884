"""The provinces as a grid of tiles, each as near to its neighbours as a grid lets it: a map without borders.

Tiles of one size, so that Tibet is not the eye's first stop, and no line is drawn that somebody disputes. The places
are a reading of the map: north is up, the coast on the right, and nearly every tile touches provinces that its own
touches. Rows and columns count from 1, from the upper left.
"""

from django.utils.translation import gettext as _

from trade.charts.cube_reader import Cells
from trade.charts.figures import footnotes, points
from trade.charts.figures.over_time import series
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
PLACES = {
    f"cn-{code.lower()}": (row, column)
    for row, line in enumerate(GRID.strip().splitlines(), start=1)
    for column, code in enumerate(line.split(), start=1)
    if code != "."
}
STEPS = 5


def draw(cells: Cells, members: list[Member], level: Level, *, title: str, year: int, whole: list) -> dict:
    """Lay one year of the provinces out as tiles; `stepped` adds what their colours mean."""
    placed = [member for member in members if member.key in PLACES]
    drawn = [points.shown(cells, member, whole, level, year) | {"url": member.url} for member in placed]
    return {
        "id": "map",
        "kind": "tiles",
        "title": title,
        "description": _("A grid of tiles, one a province, coloured by its value in %(period)s.")
        % {"period": label(cells, year)},
        "unit": points.UNIT,
        "scale": "linear",
        "current": None,
        "categories": [_tile(member) for member in placed],
        "series": [series("map", Member("map", level.many, 0, ()), level.many, "reported", drawn, cells.flow)],
        "totals": drawn,
        "steps": [],
        "table": None,
        "notes": [],
    }


def stepped(figure: dict) -> dict:
    """Give each tile its step, and the figure the legend: [{"step": 1, "label": "US$0.1 m – US$2.3 m", "count": 6}].

    A step holds about a fifth of the provinces that trade; equal values share one. None is missing, 0 no trade.
    """
    drawn, order = figure["totals"], _order(figure)
    with_steps = [point | {"step": _step(point["value"], order)} for point in drawn]
    one = figure["series"][0] | {"points": with_steps}
    missing = sum(point["step"] is None for point in with_steps)
    return figure | {
        "series": [one],
        "totals": with_steps,
        "steps": [_legend(step, with_steps) for step in sorted({p["step"] for p in with_steps} - {None})],
        "notes": footnotes.said(
            _("Each colour holds about a fifth of the provinces that trade."),
            _("A tile with a dash is missing: %(count)s of %(all)s.") % {"count": missing, "all": len(drawn)}
            if missing
            else "",
            footnotes.letters(drawn),
        ),
    }


def _tile(member):
    row, column = PLACES[member.key]
    return {
        "key": member.key,
        "label": member.name,
        "short": member.key.rpartition("-")[2].upper(),
        "row": row,
        "column": column,
        "partial": False,
        "break_before": False,
        "url": member.url,
        "colour": member.colour,
    }


def _order(figure):
    """The values that are coloured by size, the smallest first: all but nought and what is missing."""
    return sorted(point["value"] for point in figure["totals"] if point["value"])


def _step(value, order):
    if not value:
        return value  # None stays missing, 0 is no trade
    return 1 + STEPS * order.index(value) // len(order)


def _legend(step, drawn):
    """What a colour means, from its smallest value to its largest."""
    held = sorted((point for point in drawn if point["step"] == step), key=lambda point: point["value"])
    if step == 0:
        return {"step": 0, "label": _("no trade"), "count": len(held)}
    least, most = held[0]["text"], held[-1]["text"]
    words = {"least": least, "most": most}
    return {"step": step, "label": least if least == most else _("%(least)s – %(most)s") % words, "count": len(held)}
