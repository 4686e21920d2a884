"""Draws a small chart for each of many things that are compared, all on one scale: two beside each other, in rows."""

from itertools import groupby

from trade.charts.schema import Figure, Series
from trade.charts.svg import axes, lines
from trade.charts.svg.axes import Scale
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.primitives import RULE, SOFT, fitted, per_cent, short, tag
from trade.page_measures import MEASURES

SIZES = MEASURES.small_charts
COLUMNS, WIDE = SIZES.beside, SIZES.width  # charts beside each other, and the per cent that each takes
CELL = SIZES.height  # pixels: name, value, plot and years
NAME, VALUE = 13, 30  # pixels from the top of a cell
ABOVE, BELOW = SIZES.above, SIZES.below  # pixels of a cell above its plot and below it


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one small chart a member."""
    values = [point["value"] for one in figure["series"] for point in one["points"] if point["value"] is not None]
    scale, places = Scale(values, figure.get("scale", "linear")), axes.steps(figure)
    cells = [_cell(figure, place, of, places, scale, options) for place, of in enumerate(_members(figure))]
    return Drawing("".join(cells), None, height(figure))


def height(figure: Figure) -> int:
    """The pixels that all rows take; static/js/labels.js keeps the same room."""
    return CELL * -(-len(_members(figure)) // COLUMNS)


def _members(figure) -> list[list[Series]]:
    """The lines of each member: what is reported, and what holds estimates."""
    return [list(of) for _member, of in groupby(figure["series"], key=lambda one: one["member"])]


def _cell(figure, place, series, places, scale, options):
    own = figure | {"series": series}
    across = options.across * WIDE / 100
    inside = options._replace(across=across, height=CELL - ABOVE - BELOW + axes.top(own) + axes.BELOW)
    plot = [_ground(own, scale), lines.pens(own, places, scale, inside)]
    plot += [lines.rings(own, one, places, scale) for one in series]
    body = [
        _words(own, series, across, options.letters),
        tag("svg", plot, y=ABOVE, width="100%", height=CELL - ABOVE - BELOW, overflow="visible"),
        _years(figure, places),
    ]
    at = {"x": per_cent(place % COLUMNS * (100 - WIDE)), "y": place // COLUMNS * CELL}
    return tag("svg", body, class_="cell", **at, width=per_cent(WIDE), height=CELL, overflow="visible")


def _words(figure, series, across, letters):
    """The name of a member, cut to the room that it has, and its last value with the time of that."""
    name = fitted(series[0]["name"], across / (letters + 1))
    return (
        tag("title", f"{series[0]['name']}: {_last(figure, series)}")
        + tag("text", name, class_="label", y=NAME, font_weight=600)
        + tag("text", _last(figure, series), class_="value", y=VALUE, fill=SOFT)
    )


def _last(figure, series):
    """The last figure of all: "US$793 m, 2024"; that with its estimates before that without."""
    for place in reversed(range(len(figure["categories"]))):
        for one in reversed(series):
            if one["points"][place]["value"] is not None:
                return f"{one['points'][place]['text']}, {figure['categories'][place]['label']}"
    return ""


def _ground(figure, scale):
    """The topmost mark of the scale, which is the same in each chart, and the line that values grow from."""
    top, floor = axes.down(0), axes.down(scale.floor)
    return (
        tag("line", class_="grid", x2="100%", y1=top, y2=top, stroke=RULE)
        + tag(
            "text", axes.written(figure, scale, scale.marks[-1]), class_="tick", y=top, dy=-3, fill=SOFT, font_size=11
        )
        + tag("line", class_="axis", x2="100%", y1=floor, y2=floor, stroke=SOFT)
    )


def _years(figure, places):
    """The first and the last period."""
    ends = [(0, "start"), (len(places) - 1, "end")] if len(places) > 1 else [(0, "start")]
    words = [
        tag("text", figure["categories"][place]["label"], x=_edge(places, place), y=CELL - 10, text_anchor=anchor)
        for place, anchor in ends
    ]
    return tag("g", words, class_="tick", fill=SOFT, font_size=11)


def _edge(places, place):
    return per_cent(places[0].from_) if place == 0 else short(100.0) + "%"
