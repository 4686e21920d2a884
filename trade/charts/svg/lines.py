"""Draws a line a series; it breaks where a value is missing or the source breaks, and reaches no part-year."""

from typing import NamedTuple

from trade.charts.schema import Figure, Series
from trade.charts.svg import axes, event_markers
from trade.charts.svg.axes import Scale
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.many_lines import line_ends
from trade.charts.svg.primitives import DIM, FLAGGED, GROUND, SOFT, coloured, per_cent, tag
from trade.charts.svg.year_links import years
from trade.page_measures import MEASURES

APART = 45  # units between two letters of one year
SIZES = MEASURES.lines
USUAL, BOLD = SIZES.usual, SIZES.bold  # pixels; bold: of seasons, the newest year
CROWDED = SIZES.crowded  # lines; above these, letters beside points would lie on other lines


class Units(NamedTuple):
    """How many units a plot has across and down."""

    wide: int
    tall: int

    def at(self, step: axes.Step, height: float) -> tuple[int, int]:
        """Where a point stands, in whole units."""
        return round(step.middle * self.wide / 100), round(height * self.tall / axes.PLOT)


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one line a series; in a picture that is wide enough each is named at its end."""
    ends, options = _ends(figure, options)
    places = axes.steps(figure)
    values = [point["value"] for one in figure["series"] for point in one["points"] if point["value"] is not None]
    scale = Scale(values, figure.get("scale", "linear"))
    parts = [
        event_markers.spans(figure),
        axes.ground(figure, places, scale),
        pens(figure, places, scale, options),
        *(rings(figure, one, places, scale) for one in figure["series"]),
        *(_dots(figure, one, places, scale) for one in figure["series"]),
        axes.labels(figure, places),
        _flags(figure, places, scale),
        event_markers.names(figure),
        event_markers.markers(figure, places, [_top(figure, place, scale) for place in range(len(places))]),
        years(figure, places, options.target) if figure["totals"] else "",
        line_ends.drawn(ends, options.across, options.letters),
    ]
    return Drawing("".join(parts), None, options.height, options.across if ends else None)


def _ends(figure, options):
    """The names at the ends of lines, and the options of a plot that leaves room for them."""
    if not options.is_fixed:
        return [], options
    tall = options.height - axes.top(figure) - axes.BELOW
    ends = line_ends.in_picture(figure, options.across, options.letters, tall)
    return ends, options._replace(across=options.across - line_ends.room(ends, options.letters))


def _drawn(figure, one, scale):
    """The points of a series that have a place: (place, category, value)."""
    for place, (category, point) in enumerate(_pairs(figure, one)):
        if scale.draws(point["value"]):
            yield place, category, point["value"]


def _pairs(figure, one):
    return zip(figure["categories"], one["points"], strict=True)


def _top(figure, place, scale):
    """The height of the highest line in a year."""
    values = [one["points"][place]["value"] for one in figure["series"]]
    return min((scale.at(value) for value in values if scale.draws(value)), default=axes.PLOT)


def pens(figure: Figure, places: list, scale: Scale, options: Options) -> str:
    """The lines, in units that stretch; in a picture in pixels, because not all who draw one keep lines as thick."""
    units = Units(axes.WIDE, axes.PLOT)
    if options.is_fixed:
        units = Units(options.across, options.height - axes.top(figure) - axes.BELOW)
    drawn = [_pen(one, _path(figure, one, places, scale, units)) for one in figure["series"]]
    group = tag("g", drawn, fill="none", stroke_linejoin="round", stroke_width=USUAL)
    return group if options.is_fixed else axes.stretched([group], overflow="visible")


def _path(figure, one, places, scale, units):
    path, before = "", None
    for place, category, value in _drawn(figure, one, scale):
        if category["partial"]:
            continue
        joined = before == place - 1 and not category.get("break_before")
        path += _stroke(*units.at(places[place], scale.at(value)), joined)
        before = place
    return path


def _stroke(x, y, joined):
    """Go on with a line, or begin anew with a dot, so that a year between two gaps is seen."""
    return f"L{x} {y}" if joined else f"M{x} {y}h0"


def _pen(one, path):
    dashed = one["estimated"]
    pen = tag(
        "path",
        class_="line estimate" if dashed else "line",
        stroke_width=BOLD if one.get("bold") else None,
        d=path,
        stroke_linecap="butt" if dashed else "round",
        stroke_dasharray="4 4" if dashed else None,
        vector_effect="non-scaling-stroke",
    )
    look = DIM if one.get("dim") else {}
    return coloured(one["colour"], [pen], stroke="currentColor", **look) if path else ""


def rings(figure: Figure, one: Series, places: list, scale: Scale) -> str:
    """A ring for each part-year."""
    drawn = [
        tag("circle", class_="partial", cx=per_cent(places[place].middle), cy=axes.down(scale.at(value)), r=SIZES.ring)
        for place, category, value in _drawn(figure, one, scale)
        if category["partial"]
    ]
    ring = {"fill": GROUND, "stroke": "currentColor", "stroke_width": 2}
    return coloured(one["colour"], drawn, **ring) if drawn else ""


def _dots(figure, one, places, scale):
    """A dot for each point that asks for one: hollow for what was, solid for what is."""
    fills = {"hollow": GROUND, "solid": "currentColor"}
    at = {category["key"]: point["dot"] for category, point in _pairs(figure, one) if "dot" in point}
    dots = [
        tag(
            "circle",
            class_=f"dot {at[category['key']]}",
            cx=per_cent(places[place].middle),
            cy=axes.down(scale.at(value)),
            r=4,
            fill=fills[at[category["key"]]],
        )
        for place, category, value in _drawn(figure, one, scale)
        if category["key"] in at
    ]
    return coloured(one["colour"], dots, stroke="currentColor", stroke_width=2) if dots else ""


def _flags(figure, places, scale):
    """A letter above a point that is provisional, unreliable or a break, once where several lie close."""
    words = []
    for place in range(len(places)):
        flagged = sorted(
            (scale.at(point["value"]), point.get("flag") or point["status"].lower())
            for point in (one["points"][place] for one in figure["series"])
            if (point.get("flag") or point["status"] in FLAGGED) and scale.draws(point["value"])
        )
        if len(figure["series"]) > CROWDED:
            flagged = flagged[:1]
        last = None
        for height, letter in flagged:
            if last is None or height - last > APART:
                at = {"x": per_cent(places[place].middle), "y": axes.down(height), "dy": -SIZES.letter_above}
                words.append(tag("text", letter, class_="mark", **at, font_style="italic"))
                last = height
    return tag("g", words, fill=SOFT, text_anchor="middle", aria_hidden="true") if words else ""
