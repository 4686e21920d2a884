"""Draws the markers of events: a numbered circle a year, above the plot, with a thin stem down to what it is about.

The rows in which markers stand are chosen by `trade.charts.figures.event_markers`, so that none touches another on
the narrowest screen.
"""

from trade.charts.schema import Figure
from trade.charts.svg import axes
from trade.charts.svg.axes import MARKER
from trade.charts.svg.primitives import GROUND, INK, SOFT, per_cent, tag

RADIUS = 8


def markers(figure: Figure, places: list, tops: list) -> str:
    """Draw the markers of a figure over the years; `tops` are the heights at which each year's drawing ends."""
    at = {category["key"]: place for place, category in enumerate(figure["categories"])}
    drawn = [_marker(figure, event, places, tops, at[event["category"]]) for event in figure.get("events", [])]
    return tag("g", drawn, class_="events", aria_hidden="true") if drawn else ""


def _marker(figure, event, places, tops, place):
    x, y = per_cent(places[place].middle), RADIUS + 1 + MARKER * event["row"] - axes.top(figure)
    stem = tag("line", x1=x, x2=x, y1=y + RADIUS, y2=axes.down(tops[place]), stroke=SOFT, stroke_dasharray="1 2")
    ring = tag("circle", cx=x, cy=y, r=RADIUS, fill=GROUND, stroke=INK, stroke_width=1.25)
    number = tag("text", str(event["number"]), x=x, y=y + 4, font_size=11, font_weight=700, text_anchor="middle")
    return tag("g", [stem, ring, number], class_="event", data_number=event["number"])
