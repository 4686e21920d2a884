"""Draws a whole and its parts, clockwise from the top, the largest first; names stand outside and never touch."""

import math

from trade.charts.schema import Figure
from trade.charts.svg.drawing import Drawing, Options, link
from trade.charts.svg.primitives import GROUND, SOFT, coloured, fitted, hatch, said, short, tag, width
from trade.page_measures import MEASURES

SIZES, LEADS = MEASURES.pie, MEASURES.pie_leads
WIDTH, RADIUS = SIZES.width, SIZES.radius  # units; on a phone one unit is nearly a pixel
LINE, LINES, BESIDE = SIZES.line, SIZES.lines, SIZES.beside
ROOM = (WIDTH / 2 - RADIUS - BESIDE) / MEASURES.letters.usual  # for a line of a label, between the pie and the edge


def draw(figure: Figure, options: Options) -> Drawing:
    """Draw one slice a category, with its share and name beside it."""
    right, left = _sides(_slices(figure))
    wanted = [sum(one.height for one in side) + SIZES.edge for side in (right, left)]
    height = float(max(2 * RADIUS + SIZES.margin, *wanted))
    for side in (right, left):
        _spread(side, height)
    slices = [_slice(figure, one, height / 2, options) for one in right + left[::-1]]
    return Drawing("".join(slices), WIDTH, height)


class Slice:
    """One category between two turns of the circle (0 = top, 0.25 = right), and its label."""

    def __init__(self, category, point, total, start, part):
        self.category, self.point, self.share = category, point, total["share"]
        self.start, self.end, self.middle = start, start + part, start + part / 2
        self.lines = wrapped(category["label"])
        self.height = LINE * (1 + len(self.lines)) + float(SIZES.gap)
        self.top = 0.0

    @property
    def on_the_right(self):
        return self.middle < 0.5


def _slices(figure):
    points = figure["series"][0]["points"]
    whole, start = sum(point["value"] for point in points), 0.0
    for category, point, total in zip(figure["categories"], points, figure["totals"], strict=True):
        part = point["value"] / whole
        yield Slice(category, point, total, start, part)
        start += part


def wrapped(name: str) -> list:
    """Break a name into lines that fit beside the pie: "Textiles and garments" -> ["Textiles and", "garments"].

    What five lines cannot hold is cut with a mark: the bars beside the pie and the table have the whole name.
    """
    lines = [""]
    for word in name.split():
        if lines[-1] and width(f"{lines[-1]} {word}") > ROOM:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])] if len(lines) > LINES else lines
    return [fitted(line, ROOM) for line in lines]


def _sides(slices):
    """The slices of each side, from top to bottom."""
    slices = list(slices)
    return [one for one in slices if one.on_the_right], [one for one in slices if not one.on_the_right][::-1]


def _spread(side, height):
    """Give each label its place, as near to its slice as its neighbours let it, and all inside the drawing."""
    floor = 0.0
    for one in side:
        _x, y = _at(one.middle, RADIUS + LEADS.label, height / 2)
        wanted = y - one.height / 2
        one.top = max(wanted, floor)
        floor = one.top + one.height
    ceiling = height
    for one in reversed(side):
        one.top = min(one.top, ceiling - one.height)
        ceiling = one.top


def _slice(figure, one, middle, options):
    slot, estimate = one.category["colour"], one.category.get("component") == "estimate"
    wedge = tag(
        "path",
        class_="slice estimate ground" if estimate else "slice ground",
        d=_wedge(one, middle),
        fill=hatch(figure, slot) if estimate else "currentColor",
        stroke=GROUND,
        stroke_width=1.5,
        stroke_linejoin="round",
    )
    title = said(f"{one.category['label']}: {one.point['text']}", one.point["share"], one.point["status_text"])
    body = [tag("title", title), coloured(slot, [wedge]), _lead(one, middle, options.hairline), _label(one)]
    return link(body, one.category["url"], options.target) if one.category["url"] else tag("g", body)


def _wedge(one, middle):
    (x1, y1), (x2, y2) = (_at(turn, RADIUS, middle) for turn in (one.start, one.end))
    if one.end - one.start > 0.9999:
        return f"M{short(x1)} {short(y1)}a{RADIUS} {RADIUS} 0 1 1-.01 0z"
    large = int(one.end - one.start > 0.5)
    centre, from_, to = (f"{short(x)} {short(y)}" for x, y in ((WIDTH / 2, middle), (x1, y1), (x2, y2)))
    return f"M{centre}L{from_}A{RADIUS} {RADIUS} 0 {large} 1 {to}z"


def _lead(one, middle, hairline):
    """A thin line from the slice to its label."""
    side = 1 if one.on_the_right else -1
    points = [_at(one.middle, RADIUS + getattr(LEADS, name), middle) for name in ("start", "bend")]
    points.append((WIDTH / 2 + side * (RADIUS + LEADS.end), one.top + LEADS.down))
    line = "L".join(f"{short(x)} {short(y)}" for x, y in points)
    return tag("path", class_="lead", d=f"M{line}", fill="none", stroke=SOFT, stroke_width=0.75 * hairline)


def _label(one):
    """The share in bold, the name below it."""
    side = 1 if one.on_the_right else -1
    x = WIDTH / 2 + side * (RADIUS + BESIDE)
    names = [tag("tspan", line, x=x, dy=LINE) for line in one.lines]
    share = tag("tspan", one.share, class_="value", font_weight=700)
    at = {"x": x, "y": one.top + LEADS.first_line, "text_anchor": None if side > 0 else "end"}
    return tag("text", [share, *names], class_="label", **at)


def _at(turn, radius, middle):
    angle = 2 * math.pi * turn
    return WIDTH / 2 + radius * math.sin(angle), middle - radius * math.cos(angle)
