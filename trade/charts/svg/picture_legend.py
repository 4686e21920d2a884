"""Says in a picture what its colours, hatches, dashes and marks mean; a picture has no page around it that would.

Bars, slices and tiles have their names beside them; what else must be known of them is named here.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.schema import Figure
from trade.charts.svg import axes, province_grid
from trade.charts.svg.paper import Paper
from trade.charts.svg.primitives import COLOURS, SOFT, hatch, tag, width

OVER_TIME = ("stacked", "line")
GAP = 18  # pixels between two entries, at letters of 13


class Entry(NamedTuple):
    """A name in a legend and what stands before it."""

    name: str
    drawn: str  # "fill", "hatch", "line", "dashes", "tile", or the mark itself
    colour: int | None = 0  # a slot; of a tile its step


def entries(figure: Figure, *, is_named: bool = False) -> list[Entry]:
    """List what a picture of a figure must explain, each once; lines named at their ends need no word more."""
    series = () if is_named else _series(figure)
    steps = (Entry(step["label"], "tile", step["step"]) for step in figure.get("steps", []))
    named = [*series, *_sides(figure), *_estimates(figure), *steps, *_gaps(figure)]
    return list(dict.fromkeys(named))


def _series(figure):
    """The series over time; of both flows a province has one colour and stands there once."""
    if figure["kind"] not in OVER_TIME or len(figure["series"]) < 2 or figure.get("multiples"):
        return
    solid, estimated = ("line", "dashes") if figure["kind"] == "line" else ("fill", "hatch")
    named = {}
    for one in figure["series"]:
        named.setdefault(one["legend"], one)
    for name, one in named.items():
        yield Entry(name, estimated if one["estimated"] else solid, one["colour"])


def _sides(figure):
    """Of both flows, which grows or hangs to which side."""
    if not axes.hangs(figure):
        return
    if figure["kind"] == "bars":
        for one in figure["series"]:
            if not one["estimated"]:
                yield Entry(one["name"], "←" if one["sign"] < 0 else "→")


def _estimates(figure):
    """A hatch among bars and slices, whose names do not say what it means; or of the one series that has no legend."""
    over_time = figure["kind"] in OVER_TIME and len(figure["series"]) > 1
    if over_time or figure["kind"] == "tiles":
        return
    hatched = {
        category.get("colour", one["colour"])
        for one in figure["series"]
        for category, point in zip(figure["categories"], one["points"], strict=True)
        if (one["estimated"] or category.get("component") == "estimate") and point["value"]
    }
    if hatched:
        yield Entry(_("estimate"), "hatch", min(hatched))


def _gaps(figure):
    """The dash of a year without a figure."""
    if figure["kind"] == "stacked" and any(total["value"] is None for total in figure["totals"]):
        yield Entry(_("no figure"), number_text.MISSING)


def drawn(
    figure: Figure, at: tuple[float, float], paper: Paper, size: float = 13, *, is_named: bool = False
) -> tuple[str, float]:
    """Draw the legend of a figure in lines that fit on a paper: (markup, where the next thing begins)."""
    parts, (left, y), x, step = [], at, at[0], size * 1.7
    for entry in entries(figure, is_named=is_named):
        wide = size * (1.5 if len(entry.drawn) > 1 else 1.3) + size * width(entry.name) * paper.letters
        if x + wide > left + paper.inside and x > left:
            x, y = left, y + step
        parts += [_swatch(figure, entry, x, y, size), tag("text", entry.name, x=_whole(x + size * 1.4), y=y)]
        x += wide + GAP * size / 13
    return (tag("g", parts, font_size=size), y + step) if parts else ("", y)


def _swatch(figure, entry, x, y, size):
    side = round(size * 0.92)
    if entry.drawn in ("line", "dashes"):
        dashes = f"{size / 3:.1f} {size / 3:.1f}" if entry.drawn == "dashes" else None
        middle = _whole(y - size * 0.33)
        look = {"stroke": COLOURS[entry.colour], "stroke_width": size / 5, "stroke_dasharray": dashes}
        return tag("line", x1=_whole(x), x2=_whole(x + size * 1.15), y1=middle, y2=middle, **look)
    if entry.drawn == "tile":
        return province_grid.swatch(entry.colour, _whole(x), _whole(y - side + 1), side)
    if entry.drawn not in ("fill", "hatch"):
        return tag("text", entry.drawn, x=_whole(x), y=y, fill=SOFT)
    fill = hatch(figure, entry.colour) if entry.drawn == "hatch" else COLOURS[entry.colour]
    return tag("rect", x=_whole(x), y=_whole(y - side + 1), width=side, height=side, fill=fill)


def _whole(value):
    return round(value, 1)
