"""Draws columns over the years: what is reported stacked, estimates above; of both flows one hangs below the axis."""

from typing import NamedTuple

from trade import number_text
from trade.charts.in_common import drawn_once
from trade.charts.schema import Figure
from trade.charts.svg import axes, event_markers
from trade.charts.svg.axes import Scale
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.primitives import DIM, FAINT, FLAGGED, SOFT, coloured, hatch, is_hatched, per_cent, tag
from trade.charts.svg.year_links import years

GAP = 3  # units: a pixel


class Box(NamedTuple):
    """A value on what lies between it and the axis: where it begins and ends, in values."""

    inner: float
    outer: float


def draw(figure: Figure, options: Options) -> Drawing:
    """Stack the series over each year."""
    places = axes.steps(figure)
    stacks, scale, tops = drawn_once.of(figure, "stacks", lambda: _stacked(figure))
    columns = drawn_once.of(figure, "columns", lambda: _columns(figure, stacks, places, scale))
    parts = [
        event_markers.spans(figure),
        axes.ground(figure, places, scale),
        columns,
        axes.labels(figure, places),
        _flags(figure, stacks, places, scale),
        event_markers.names(figure),
        event_markers.markers(figure, places, tops),
        years(figure, places, options.target),
    ]
    return Drawing("".join(parts), None, options.height)


def _stacked(figure):
    """The boxes of each series, the scale on which they are drawn, and the height at which each year's columns end."""
    stacks = _stacks(figure)
    # Shares are rounded, so that their sum can be a hair above 100.
    scale = Scale([round(end, 2) for boxes in stacks for box in boxes.values() for end in box])
    return stacks, scale, [_top(stacks, place, scale) for place in range(len(figure["categories"]))]


def _stacks(figure):
    """Lay each series on what lies below it, or above: [{place: Box}]; no value, no box."""
    ends = {1: [0] * len(figure["categories"]), -1: [0] * len(figure["categories"])}
    return [_boxes(one, ends) for one in figure["series"]]


def _boxes(one, ends):
    boxes = {}
    for place, point in enumerate(one["points"]):
        if value := (point["value"] or 0) * one.get("sign", 1):
            inner = ends[1 if value > 0 else -1]
            boxes[place] = Box(inner[place], inner[place] + value)
            inner[place] += value
    return boxes


def _top(stacks, place, scale):
    """The height at which a year's columns end."""
    return min((scale.at(max(boxes[place])) for boxes in stacks if place in boxes), default=scale.floor)


def _columns(figure, stacks, places, scale):
    filled, hatched = [], []
    for one, boxes in zip(figure["series"], stacks, strict=True):
        crossed = {place: box for place, box in boxes.items() if is_hatched(figure, one, place)}
        plain = {place: box for place, box in boxes.items() if place not in crossed}
        hatched += [_hatched(figure, one, crossed, places, scale)] if crossed else []
        filled += [_filled(figure, one, plain, places, scale)] if plain else []
    wide = axes.units(places[0].width) if places else 0
    return axes.stretched([tag("g", filled, stroke_width=wide)]) + "".join(hatched)


def _drawn(box, scale):
    """Where a box begins and how high it is, in whole units; a little less than its value's, as a gap to the next."""
    start, end = sorted((round(scale.at(box.inner)), round(scale.at(box.outer))))
    gap = GAP if end - start > 2 * GAP else 0
    # The gap is on the side away from the axis.
    return (start + gap if box.outer > 0 else start), end - start - gap


def _filled(figure, one, boxes, places, scale):
    """One path of upright strokes: a stroke stretches with the drawing, and is half as long to write as a box."""
    strokes = {False: "", True: ""}
    for place, box in boxes.items():
        start, height = _drawn(box, scale)
        strokes[figure["categories"][place]["partial"]] += (
            f"M{axes.units(places[place].middle)} {start + height}v-{height}"
        )
    paths = [tag("path", d=d, **(FAINT if partial else {})) for partial, d in strokes.items() if d]
    return coloured(one["colour"], paths, stroke="currentColor", **(DIM if one.get("dim") else {}))


def _hatched(figure, one, boxes, places, scale):
    """Boxes outside the stretched part, so that their hatch keeps its slant."""
    drawn = []
    for place, box in boxes.items():
        start, height = _drawn(box, scale)
        across = {"x": per_cent(places[place].left), "width": per_cent(places[place].width)}
        look = FAINT if figure["categories"][place]["partial"] else {}
        drawn.append(tag("rect", **across, y=axes.down(start), height=axes.down(height), **look))
    look = DIM if one.get("dim") else {}
    return tag("g", drawn, class_="estimate", fill=hatch(figure, one["colour"]), **look) if drawn else ""


def _flags(figure, stacks, places, scale):
    """A dash where a year has no figure, a letter above one that is provisional, unreliable or a break."""
    words = []
    for place, total in enumerate(figure["totals"]):
        x = per_cent(places[place].middle)
        if total["value"] is None:
            words.append(tag("text", number_text.MISSING, class_="missing", x=x, y=axes.down(scale.floor), dy=-5))
        elif total["status"] in FLAGGED:
            y = axes.down(min(_top(stacks, place, scale), scale.floor))
            words.append(tag("text", total["status"].lower(), class_="mark", x=x, y=y, dy=-5, font_style="italic"))
    return tag("g", words, fill=SOFT, text_anchor="middle", aria_hidden="true") if words else ""
