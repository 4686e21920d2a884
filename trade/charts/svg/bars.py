"""Draws things ranked: a row each, its name and number above its bar, so that long names need no margin.

Bars grow to the right from nought; what is below nought, or comes from the DPRK where both flows are drawn, to the
left.
"""

from trade.charts.schema import Figure
from trade.charts.svg.drawing import Drawing, Options, link
from trade.charts.svg.primitives import FLAGGED, SOFT, coloured, fitted, hatch, per_cent, said, tag, width
from trade.page_measures import MEASURES

SIZES = MEASURES.bars
ROW, NAME, BAR, THICK = SIZES.row, SIZES.name, SIZES.bar, SIZES.thick  # pixels: name and bar from the top of the row
VALUES, NAMES = MEASURES.letters.usual, MEASURES.letters.names
THINNEST = 0.15  # per cent: a bar that is not nought is seen


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one row a category, estimates continuing the bar."""
    extent = Extent(figure)
    rows = [_row(figure, place, extent, options) for place in range(len(figure["categories"]))]
    return Drawing(_axis(extent) + "".join(rows), None, ROW * max(len(rows), 1))


class Extent:
    """How far bars reach either way: where nought stands, and the per cent that a dollar takes."""

    def __init__(self, figure):
        left = right = 0
        for place in range(len(figure["categories"])):
            values = [_signed(one, place) for one in figure["series"]]
            right = max(right, sum(value for value in values if value > 0))
            left = max(left, -sum(value for value in values if value < 0))
        self.scale = 100 / (left + right or 1)
        self.nought = left * self.scale


def _signed(one, place):
    return (one["points"][place]["value"] or 0) * one.get("sign", 1)


def _axis(extent):
    """A line at nought, unless that is the edge of the drawing."""
    x = per_cent(extent.nought)
    return tag("line", class_="axis", x1=x, x2=x, y2="100%", stroke=SOFT) if x != per_cent(0) else ""


def _row(figure, place, extent, options):
    category, y = figure["categories"][place], ROW * place
    body = [tag("title", _title(figure, place)), *_words(figure, place, y, options)]
    if shapes := list(_shapes(figure, place, y, extent)):
        body.append(coloured(category["colour"], shapes))
    if not category["url"]:
        return tag("g", body)
    area = tag("rect", class_="hit", y=y, width="100%", height=ROW - 4, fill="none", pointer_events="all")
    return link([*body, area], category["url"], options.target)


def _words(figure, place, y, options):
    category, total = figure["categories"][place], figure["totals"][place]
    words = " · ".join(word for word in (total["text"], total["share"]) if word)
    value = [tag("tspan", words)]
    if total["value"] is not None and total["status"] in FLAGGED:
        value.append(tag("tspan", " " + total["status"].lower(), class_="mark", font_style="italic"))
    name = fitted(category["label"], (options.across - VALUES * width(f"{words} p ")) / NAMES)
    yield tag("text", name, class_="label", y=y + NAME, font_size=options.names)
    yield tag("text", value, class_="value", x="100%", y=y + NAME, fill=SOFT, text_anchor="end")


def _shapes(figure, place, y, extent):
    """The reported bar and, where it ends, the estimate's; a missing value or nought has no bar."""
    ends = {True: extent.nought, False: extent.nought}
    for one in figure["series"]:
        value = _signed(one, place)
        width = max(abs(value) * extent.scale, THINNEST)
        if value:
            estimate = one["estimated"]
            yield tag(
                "rect",
                class_="bar estimate" if estimate else "bar",
                x=per_cent(ends[value > 0] - (0 if value > 0 else width)),
                y=y + BAR,
                width=per_cent(width),
                height=THICK,
                fill=hatch(figure, figure["categories"][place]["colour"]) if estimate else "currentColor",
            )
            ends[value > 0] += width if value > 0 else -width


def _title(figure, place):
    total = figure["totals"][place]
    estimates = [one["points"][place] for one in figure["series"] if one["estimated"]]
    hangs = any(one.get("sign", 1) < 0 for one in figure["series"])
    parts = [] if hangs else [said(one["text"], one["status_text"]) for one in estimates if one["value"]]
    name = f"{figure['categories'][place]['label']}: {total['text']}"
    sides = [f"{one['name']} {one['points'][place]['text']}" for one in figure["series"] if hangs]
    return said(name, total.get("says", total["share"]), total["rank"], total["status_text"], *sides, *parts)
