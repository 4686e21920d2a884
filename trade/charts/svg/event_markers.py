"""Draws the markers of events: a numbered circle a year, above the plot, with a thin stem down to what it is about.

A span of time is a shaded area between two thin lines, with its name upright along its end, away from the stem.

The rows in which markers stand are chosen by `trade.charts.figures.event_markers`, so that none touches another on
the narrowest screen; which spans are shaded, by `trade.charts.figures.event_spans`.
"""

from trade.charts.schema import Figure
from trade.charts.svg import axes
from trade.charts.svg.axes import MARKER
from trade.charts.svg.primitives import GROUND, INK, SOFT, per_cent, tag
from trade.page_measures import MEASURES

SIZES, LETTERS = MEASURES.events, MEASURES.letters
RADIUS = SIZES.radius
SPANS = MEASURES.spans


def markers(figure: Figure, places: list, tops: list) -> str:
    """Draw the markers of a figure over the years; `tops` are the heights at which each year's drawing ends."""
    at = {category["key"]: place for place, category in enumerate(figure["categories"])}
    drawn = [_marker(figure, event, places, tops, at[event["category"]]) for event in figure.get("events", [])]
    return tag("g", drawn, class_="events", aria_hidden="true") if drawn else ""


def _marker(figure, event, places, tops, place):
    x, y = per_cent(places[place].middle), RADIUS + 1 + MARKER * event["row"] - axes.top(figure)
    stem = tag("line", x1=x, x2=x, y1=y + RADIUS, y2=axes.down(tops[place]), stroke=SOFT, stroke_dasharray="1 2")
    ring = tag("circle", cx=x, cy=y, r=RADIUS, fill=GROUND, stroke=INK, stroke_width=SIZES.ring)
    look = {"font_size": LETTERS.event, "font_weight": 700, "text_anchor": "middle"}
    number = tag("text", str(event["number"]), x=x, y=y + SIZES.number_down, **look)
    return tag("g", [stem, ring, number], class_="event", data_number=event["number"])


def spans(figure: Figure) -> str:
    """Shade the spans of a figure, behind all that is drawn."""
    return "".join(_shade(span) for span in figure.get("spans", []))


def _shade(span):
    start, end = (axes.LEFT + (100 - axes.LEFT) * span[name] for name in ("from", "to"))
    area = tag("rect", x=per_cent(start), width=per_cent(end - start), height="100%", fill=SOFT, opacity=SPANS.shade)
    look = {"y2": "100%", "stroke": SOFT, "opacity": SPANS.edge}
    edges = [tag("line", x1=per_cent(x), x2=per_cent(x), **look) for x in (start, end)]
    return tag("g", [area, *edges], class_="span")


def names(figure: Figure) -> str:
    """Write the names of spans, over all that is drawn; a part of its own can turn at a place in per cent."""
    return "".join(_name(span) for span in figure.get("spans", []))


def _name(span):
    look = {"transform": "rotate(-90)", "text_anchor": "end", "font_size": LETTERS.span, "fill": INK}
    text = tag("text", span["label"], class_="span", x=-SPANS.inside, y=SPANS.baseline, **look)
    end = axes.LEFT + (100 - axes.LEFT) * span["to"]
    return tag("svg", [text], x=per_cent(end), overflow="visible", aria_hidden="true")
