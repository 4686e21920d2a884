"""Names lines at their ends: how high each name stands, so that none touches another, and what leads to it.

On a page the legend itself stands there, in per cent of the plot; static/js/figure/ends.js places it alike. In a
picture the names are text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from trade.charts.schema import Figure
from trade.charts.svg import axes
from trade.charts.svg.axes import PLOT, Scale
from trade.charts.svg.primitives import coloured, tag, width
from trade.page_measures import MEASURES

MOST = MEASURES.ends_of_lines.most  # names
GAP = MEASURES.ends_of_lines.gap  # per cent of a plot on a page that a name takes: what a finger needs
NARROWEST = 600  # pixels across a picture whose lines are named at their ends
LINE = 1.2  # parts of its letters that a name takes in a picture
LEAD = 14  # pixels from the end of a line to its name
LONGEST = 24  # letters of a name in a picture


class End(NamedTuple):
    """The end of the lines of one member, in per cent below the top of the plot, and where its name stands."""

    member: str
    name: str
    colour: int
    at: int
    named: float


def of(figure: Figure, gap: float = GAP) -> list[End]:
    """Place the name of each member of a figure of lines; [] where some line has no end, or names have no room."""
    if figure["kind"] != "line" or figure.get("scale") == "rank" or figure.get("multiples"):
        return []
    members = dict.fromkeys(one["member"] for one in figure["series"])
    if not 2 <= len(members) <= min(MOST, 100 / gap):
        return []
    scale = Scale(_values(figure), figure.get("scale", "linear"))
    heights = {member: _height(figure, member, scale) for member in members}
    if None in heights.values():
        return []
    order = sorted(members, key=heights.get)
    names = {one["member"]: one for one in reversed(figure["series"]) if not one["estimated"]}
    placed = spread([heights[member] for member in order], gap, 100)
    pairs = zip(order, placed, strict=True)
    return [End(m, names[m]["name"], names[m]["colour"], round(heights[m]), y) for m, y in pairs]


def _values(figure):
    return [point["value"] for one in figure["series"] for point in one["points"] if point["value"] is not None]


def _height(figure, member, scale):
    """How far below the top the last point of a member stands, that with its estimates before that without."""
    lines = sorted((one for one in figure["series"] if one["member"] == member), key=lambda one: not one["estimated"])
    for place in reversed(range(len(figure["categories"]))):
        for one in lines:
            value = one["points"][place]["value"]
            if scale.draws(value):
                return 100 * scale.at(value) / PLOT
    return None


def spread(wanted: Sequence[float], gap: float, room: float) -> list[float]:
    """Move what stands closer than `gap` apart, as little as needed, within a room: ([50, 50], 8, 100) -> [46, 54].

    `wanted` is in order. Those that would touch become a group, whose middle stays where it was wanted.
    """
    groups = []  # where the first of a group stands, and how many it has
    for one in wanted:
        groups.append((_inside(one, 1, gap, room), 1))
        while len(groups) > 1 and groups[-2][0] + gap * groups[-2][1] > groups[-1][0]:
            (first, count), (second, more) = groups[-2:]
            middle = (first * count + (second - gap * count) * more) / (count + more)
            groups[-2:] = [(_inside(middle, count + more, gap, room), count + more)]
    return [round(first + gap * place, 1) for first, count in groups for place in range(count)]


def _inside(first, count, gap, room):
    return min(max(first, 0), room - gap * (count - 1))


# In a picture.


def in_picture(figure: Figure, across: float, letters: float, tall: float) -> list[End]:
    """Place the names in a picture so many pixels across; [] where it is too narrow, or too low."""
    return of(figure, 100 * LINE * letters / max(tall, 1)) if across >= NARROWEST else []


def room(ends: Sequence[End], letters: float) -> int:
    """The pixels that names take beside the plot."""
    longest = max((width(name) for name in shortened([end.name for end in ends])), default=0)
    return round(LEAD * 1.5 + longest * letters) if ends else 0


def drawn(ends: Sequence[End], left: float, letters: float) -> str:
    """Write the names beside a plot that ends at `left`, each with a line that leads to it."""
    names = shortened([end.name for end in ends])
    return "".join(_named(end, name, left, letters) for end, name in zip(ends, names, strict=True))


def _named(end, name, left, letters):
    lead = tag("line", x1=left + 2, x2=left + LEAD, y1=f"{end.at}%", y2=f"{end.named}%", stroke="currentColor")
    words = tag("text", name, x=left + LEAD + 4, y=f"{end.named}%", dy=round(letters * 0.35, 1), fill="currentColor")
    return coloured(end.colour, [lead, words], font_weight=600)


def shortened(names: Sequence[str]) -> list[str]:
    """Cut long names at a word: ["Machinery and electrical equipment"] -> ["Machinery and…"].

    A name that would then look like another stays whole.
    """
    cut = [_cut(name) for name in names]
    return [short if cut.count(short) == 1 else name for short, name in zip(cut, names, strict=True)]


def _cut(name):
    if len(name) <= LONGEST:
        return name
    whole_words = name[:LONGEST].rpartition(" ")[0]
    return (whole_words or name[: LONGEST - 1]).rstrip(" ,;") + "…"


def leads(ends: Sequence[End]) -> str:
    """Draw what leads from the lines to the legend beside them, on a page."""
    strokes = [
        coloured(end.colour, [tag("path", d=f"M0 {end.at}L20 {step(end.named)}", vector_effect="non-scaling-stroke")])
        for end in ends
    ]
    view = {"viewBox": "0 0 20 100", "preserveAspectRatio": "none", "aria_hidden": "true"}
    look = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.5}
    return tag("svg", strokes, class_="leads", **view, **look) if ends else ""


def step(named: float) -> int:
    """The step of two per cent at which a legend's name stands: the stylesheet has one class for each."""
    return 2 * round(named / 2)


def rows(figure: Figure) -> int:
    """How many rows of markers stand above the plot, beside which the names must begin."""
    return (axes.top(figure) - axes.ABOVE) // axes.MARKER
