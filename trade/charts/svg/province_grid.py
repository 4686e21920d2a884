"""Draws a grid of tiles, one a province, with its letters and its value; under it what the colours mean."""

from trade import number_text
from trade.charts.schema import Figure
from trade.charts.svg.drawing import Drawing, Options, link
from trade.charts.svg.primitives import GROUND, INK, SOFT, said, tag

TILE, GAP = 52, 3  # units; on a phone one unit is nearly a pixel
ROW = 18  # of the legend
COLOURS = {1: "#459ea3", 2: "#1b7e92", 3: "#005e81", 4: "#083e6c", 5: "#14204a"}  # the stylesheet's, on white
DARK_LETTERS = (None, 0, 1)


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one tile a category."""
    across = max((one["column"] for one in figure["categories"]), default=1)
    down = max((one["row"] for one in figure["categories"]), default=1)
    width, height = across * TILE, down * TILE + 8
    pairs = zip(figure["categories"], figure["series"][0]["points"], strict=True)
    tiles = tag("g", [_tile(figure, *pair, options.target) for pair in pairs], font_size=10, text_anchor="middle")
    legend = [_legend(step, height + ROW * place) for place, step in enumerate(figure["steps"])]
    height += ROW * len(legend)
    return Drawing(tiles + "".join(legend), width, height)


def _tile(figure, category, point, target):
    x, y = (category["column"] - 1) * TILE, (category["row"] - 1) * TILE
    size, letters = TILE - GAP, INK if point["step"] in DARK_LETTERS else GROUND
    title = said(f"{category['label']}: {point['text']}", point["share"], point["rank"], point["status_text"])
    body = [
        tag("title", title),
        tag("rect", class_=_class(point["step"]), x=x, y=y, width=size, height=size, **_fill(point["step"])),
        tag("text", list(_words(figure, category, point, x + size / 2)), y=y + 20, fill=letters),
    ]
    return link(body, category["url"], target) if category["url"] else tag("g", body)


def _words(figure, category, point, middle):
    """The letters of a province, and below them its value."""
    yield tag("tspan", category["short"], x=middle, font_size=13, font_weight=700)
    yield tag("tspan", _value(figure, point), x=middle, dy=18)


def _value(figure, point):
    """A value as short as a tile is narrow: "793 m"; dollars have their unit in the legend."""
    value = point["value"]
    if figure["unit"] == "%" or value is None:
        return point["text"]
    return (number_text.MINUS if value < 0 else "") + number_text.short(abs(value))


def _class(step):
    return "tile none" if step is None else f"tile step-{step}"


def _fill(step):
    if step in COLOURS:
        return {"fill": COLOURS[step]}
    return {"fill": GROUND, "stroke": SOFT, "stroke_dasharray": "3 3" if step is None else None}


def _legend(step, y):
    size = 12
    square = tag("rect", class_=_class(step["step"]), x=1, y=y, width=size, height=size, **_fill(step["step"]))
    return square + tag("text", f"{step['label']} ({step['count']})", x=20, y=y + 10, font_size=11)
