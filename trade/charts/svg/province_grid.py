"""Draws a grid of tiles, one a province, with its letters and its value; under it what the colours mean.

In a picture the legend is that of the picture. On a card, seen at a third of its size, a tile has its letters alone.
"""

from trade.charts.schema import Figure
from trade.charts.svg.drawing import Drawing, Options, link
from trade.charts.svg.primitives import GROUND, INK, SOFT, said, tag

TILE, GAP = 52, 3  # units; on a phone one unit is nearly a pixel
ROW = 18  # of the legend
# The stylesheet's, on white; pale ones have an edge, so that they stand out from the ground.
COLOURS = {1: "#beeae9", 2: "#81cdd1", 3: "#42b0bf", 4: "#067493", 5: "#065781", 6: "#093668", 7: "#0e163d"}
COLOURS |= {-1: "#f6d9b2", -3: "#d98941", -5: "#823808", -7: "#3c0d01"}
PALE = (1, 2, 3, -1, -3)
DARK_LETTERS = (None, 0, *PALE)
EDGE = 1  # units: room for the stroke of a tile on the rim
HATCH = 5  # units: the strip that marks an estimate


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one tile a category."""
    across = max((one["column"] for one in figure["categories"]), default=1)
    down = max((one["row"] for one in figure["categories"]), default=1)
    width, height = across * TILE, down * TILE + 8
    pairs = zip(figure["categories"], figure["series"][0]["points"], strict=True)
    letters = {"font_size": 10, "text_anchor": "middle", "fill": INK}
    tiles = tag("g", [_tile(*pair, options) for pair in pairs], **letters)
    if options.is_fixed:
        return Drawing(tiles, width, height)
    legend = [_legend(step, height + ROW * place) for place, step in enumerate(figure["steps"])]
    height += ROW * len(legend)
    return Drawing(tiles + tag("g", legend, font_size=11), width, height)


def _tile(category, point, options):
    x, y = (category["column"] - 1) * TILE + EDGE, (category["row"] - 1) * TILE + EDGE
    size, letters = TILE - GAP, INK if point["step"] in DARK_LETTERS else GROUND
    title = said(
        f"{category['label']}: {point['text']}", point["share"], point["rank"], point["contains"], point["status_text"]
    )
    body = [
        tag("title", title),
        tag("rect", class_=_class(point["step"]), x=x, y=y, width=size, height=size, **_fill(point["step"])),
        _hatch(x, y + size, size, letters) if "e" in point["mark"] else "",
        _letters(category, point, x, y, options.hairline > 1, None if letters == INK else letters),
    ]
    return link(body, category["url"], options.target) if category["url"] else tag("g", body)


def _letters(category, point, x, y, is_on_card, fill):
    middle = x + (TILE - GAP) // 2
    if is_on_card:
        return tag("text", category["short"], x=middle, y=y + 33, font_size=24, font_weight=700, fill=fill)
    return tag("text", list(_words(category, point, middle)), y=y + 20, fill=fill)


def _words(category, point, middle):
    """The letters of a province with those of its status, and below them its value."""
    yield tag("tspan", category["short"], x=middle, font_size=13, font_weight=700)
    if point["mark"]:
        yield tag("tspan", point["mark"], dx=2, dy=-4, font_size=9)
    yield tag("tspan", point["brief"], x=middle, dy=22 if point["mark"] else 18)


def _hatch(x, bottom, size, colour):
    """Strokes along the lower edge of a tile in whose value an estimate lies."""
    strokes = (f"M{x + place} {bottom}l{HATCH} {-HATCH}" for place in range(HATCH, size - HATCH, HATCH))
    return tag("path", d="".join(strokes), stroke=colour, stroke_width=1.2)


def _class(step):
    if step is None:
        return "tile none"
    return f"tile step-{step}" if step >= 0 else f"tile under-{-step}"


def _fill(step):
    if step in COLOURS:
        return {"fill": COLOURS[step], "stroke": SOFT if step in PALE else None}
    return {"fill": GROUND, "stroke": SOFT, "stroke_dasharray": "3 3" if step is None else None}


def swatch(step: int | None, x: float, y: float, size: float) -> str:
    """A square in the colour of a step, for a legend."""
    return tag("rect", class_=_class(step), x=x, y=y, width=size, height=size, **_fill(step))


def _legend(step, y):
    return swatch(step["step"], 1, y, 12) + tag("text", f"{step['label']} ({step['count']})", x=20, y=y + 10)
