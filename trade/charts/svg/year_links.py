"""Draws where a click lands: over the whole step of a year."""

from trade.charts.schema import Figure
from trade.charts.svg import axes
from trade.charts.svg.axes import PLOT
from trade.charts.svg.drawing import link
from trade.charts.svg.primitives import said, tag


def years(figure: Figure, places: list, target: str | None) -> str:
    """A click on a year chooses it. Keys reach the years in the list above the chart, so no tab stops here."""
    links = []
    for step, category, total in zip(places, figure["categories"], figure["totals"], strict=True):
        if category["url"]:
            title = said(f"{category['label']}: {total['text']}", total["status_text"])
            wide = axes.units(step.whole)
            area = tag("path", d=f"M{axes.units(step.from_)} 0h{wide}v{PLOT}h-{wide}")
            links.append(link([tag("title", title), area], category["url"], target, tabindex="-1"))
    hits = tag("g", links, class_="hit", fill="none", pointer_events="all")
    return axes.stretched([hits]) if links else ""
