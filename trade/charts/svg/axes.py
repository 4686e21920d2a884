"""Draws what columns and lines stand on: years across in even steps, values up on a scale, the grid, both's names.

Heights are per cent of the plot: so the stylesheet decides how tall a chart is, on a phone, on a desk and in another
site's frame, while letters and markers keep their size. Markers stand above the plot, at negative heights, and years
below it; the room for both is the margin of the drawing.
"""

import math

from trade import number_text
from trade.charts.schema import Figure
from trade.charts.svg.drawing import TALL
from trade.charts.svg.primitives import RULE, SOFT, per_cent, tag, ticks
from trade.page_measures import MEASURES

NARROW = 330  # the narrowest drawing, in pixels, at which labels must not touch
NAMES = MEASURES.year_names
LETTER, SPACE = NAMES.letter, NAMES.space  # pixels that a letter of a label takes, and the space after it
OUTERMOST = 95.5  # per cent: the middle of a label that still ends inside
SIZES, AXIS = MEASURES.plot, MEASURES.axis
LEFT = SIZES.left  # per cent: where columns begin, right of the numbers of the axis
ABOVE, BELOW = SIZES.above, SIZES.below  # pixels above the plot and below it
PLOT = 1000  # units, from the lowest mark to the highest; whole ones are fine enough to be drawn
MARKER = MEASURES.events.row  # pixels that a row of markers takes, above the plot
WIDE = 2000  # units across a part that stretches
COLUMN = SIZES.column  # per cent of its step that a column takes
WIDEST = SIZES.widest_column  # per cent of the drawing that it takes at most
FEW = AXIS.few_places  # places that are written one by one
DECADES = AXIS.most_decades  # marks of a logarithmic scale at most, then every second


class Step:
    """Where a period stands, in per cent: `from_` and `whole` of its step, `left` and `width` of its column."""

    def __init__(self, from_: float, whole: float):
        self.from_, self.whole = from_, whole
        self.middle, self.width = from_ + whole / 2, min(whole * COLUMN / 100, WIDEST)
        self.left = self.middle - self.width / 2


class Scale:
    """Where a value stands, in units below the top of the plot."""

    def __init__(self, values: list, kind: str = "linear"):
        self.kind, self.logarithmic = kind, kind == "log"
        self._is_flat = kind == "linear" and not any(values)
        self.marks = MARKS[kind](values)
        self._low, self._high = self._place(self.marks[0]), self._place(self.marks[-1])

    def at(self, value: float) -> float:
        """The height of a value: the highest mark is 0, the lowest PLOT."""
        return PLOT * (self._high - self._place(value)) / (self._high - self._low)

    def draws(self, value: float | None) -> bool:
        """Whether there is a place for a value: for a missing one never, for nought on a linear scale only."""
        return value is not None and (value > 0 or not self.logarithmic)

    @property
    def floor(self) -> float:
        """The height from which columns grow."""
        return self.at(0) if self.kind == "linear" else PLOT

    @property
    def shown(self) -> list:
        """The marks that are written beside the axis; of noughts alone nought."""
        if self._is_flat:
            return [0]
        return self.marks[:: 1 + (self.logarithmic and len(self.marks) > DECADES)]

    def _place(self, value):
        if self.logarithmic:
            return math.log10(value)
        return -value if self.kind == "rank" else value


def _round(values):
    return ticks(min(values, default=0), max(values, default=0))


def _decades(values):
    """The powers of ten around the values above nought: [1000000, 10000000, 100000000]."""
    there = [value for value in values if value and value > 0]
    low = math.floor(math.log10(min(there, default=1)) + 1e-12)
    high = math.ceil(math.log10(max(there, default=10)) - 1e-12)
    return [10**power for power in range(low, max(high, low + 1) + 1)]


def _places(values):
    """The first place and every fifth, the last lowest: [10, 5, 1]; of few places each."""
    last = max(values, default=1)
    return [*range(max(last, FEW), 0, -1)] if last <= FEW else [*range(-(-last // 5) * 5, 0, -5), 1]


MARKS = {"linear": _round, "log": _decades, "rank": _places}


def top(figure: Figure) -> int:
    """Where the plot begins: below its markers."""
    return ABOVE + MARKER * _rows(figure)


def _rows(figure):
    """How many rows of markers there are: none, one or two."""
    return 1 + max((event["row"] for event in figure.get("events", [])), default=-1)


def plot(figure: Figure, tall: int = TALL) -> dict:
    """Where the plot is in a room so tall. Its class tells the stylesheet how many rows of markers stand above it."""
    above, rows = top(figure), f"chart {figure['kind']} rows-{_rows(figure)}"
    return {"class_": rows, "y": above, "height": tall - above - BELOW, "overflow": "visible"}


def down(height: float) -> str:
    """A place below the top of the plot: 165 units -> "50%"."""
    return per_cent(100 * height / PLOT)


def steps(figure: Figure) -> list[Step]:
    """Place the periods evenly."""
    whole = (100 - LEFT) / max(len(figure["categories"]), 1)
    return [Step(LEFT + place * whole, whole) for place in range(len(figure["categories"]))]


def stretched(body: list, **attributes) -> str:
    """A part whose units stretch with the plot, both ways."""
    return tag("svg", body, viewBox=f"0 0 {WIDE} {PLOT}", preserveAspectRatio="none", **attributes)


def units(percentage: float) -> int:
    """A place across a part that stretches."""
    return round(percentage * WIDE / 100)


# The ground.


def ground(figure: Figure, places: list[Step], scale: Scale) -> str:
    """The wash behind the chosen year, the grid, and what divides the years."""
    return _band(figure, places) + _grid(figure, scale) + _dividers(figure, places)


def _band(figure, places):
    """A wash behind the chosen year; without a chosen one it is there and hidden, for a page that chooses later."""
    at = _current(figure)
    if not places:
        return ""
    step = places[at or 0]
    look = {"fill": RULE, "opacity": 0.5, "display": None if at is not None else "none"}
    return tag("rect", class_="current", x=per_cent(step.from_), width=per_cent(step.whole), height="100%", **look)


def _current(figure):
    keys = [category["key"] for category in figure["categories"]]
    return keys.index(figure["current"]) if figure["current"] in keys else None


def _grid(figure, scale):
    floor = down(scale.floor)
    heights = {mark: down(scale.at(mark)) for mark in scale.shown}
    lines = [tag("line", x2="100%", y1=y, y2=y) for y in heights.values() if y != floor]
    words = [tag("text", written(figure, scale, mark), y=y, dy=-4) for mark, y in heights.items()]
    return (
        tag("g", lines, class_="grid", stroke=RULE)
        + tag("g", words, class_="tick", fill=SOFT, aria_hidden="true")
        + tag("line", class_="axis", x2="100%", y1=floor, y2=floor, stroke=SOFT)
    )


def written(figure: Figure, scale: Scale, mark: float) -> str:
    """A number on the axis; the topmost carries the unit. What hangs below the axis is a flow, not a debt."""
    mark_ = abs(mark) if hangs(figure) else mark
    if figure["unit"] == "%":
        return f"{number_text.tick(mark_, 1)}%"
    if scale.kind == "rank":
        return str(mark)
    if figure.get("measure") in ("quantity", "unit_value"):
        return _of_quantity(figure["unit"], mark, mark == scale.shown[-1], scale)
    unit = figure["unit"] if mark == scale.shown[-1] and figure["unit"] != "index" else ""
    return unit + number_text.tick(mark_, mark_ if scale.logarithmic else scale.marks[1] - scale.marks[0])


def _of_quantity(unit, mark, is_top, scale):
    """The topmost mark carries its unit: "25 m t", "US$50/t"."""
    before, _of, after = unit.rpartition("/")
    number = number_text.tick(mark, mark if scale.logarithmic else scale.marks[1] - scale.marks[0])
    if not is_top:
        return number
    return f"US${number}/{after}" if before else f"{number}{number_text.SPACE}{unit}"


def hangs(figure: Figure) -> bool:
    """Whether some series hang below the axis: both flows in one chart."""
    return any(one.get("sign", 1) < 0 for one in figure["series"])


def _dividers(figure, places):
    """A dotted line before a part-year, a dashed one where the source breaks."""
    drawn = []
    for place, category in enumerate(figure["categories"]):
        x, ends = per_cent(places[place].from_), {"y2": "100%", "stroke": SOFT}
        if category.get("break_before"):
            drawn.append(tag("line", class_="break", x1=x, x2=x, **ends, stroke_width=1.5, stroke_dasharray="6 3"))
        elif place and category["partial"] and not figure["categories"][place - 1]["partial"]:
            drawn.append(tag("line", class_="grid", x1=x, x2=x, **ends, stroke_dasharray="1 4"))
    return "".join(drawn)


# The names of the years.


def labels(figure: Figure, places: list[Step]) -> str:
    """Name the years, thinned so that they never touch; a part-year has a line of its own."""
    categories, taken, words = figure["categories"], [], []
    for place in _by_importance(figure):
        middle = min(places[place].middle, OUTERMOST)
        if all(abs(middle - other) * NARROW / 100 >= _wide(categories[place]) for other in taken):
            taken.append(middle)
            words.append(_label(figure, categories[place], middle, SIZES.year))
    below = SIZES.part_year
    partial = [_label(figure, one, 100, below, anchor="end") for one in categories if one["partial"]][-1:]
    return tag("g", words + partial, class_="tick", fill=SOFT, text_anchor="middle", aria_hidden="true")


def _label(figure, category, x, below, anchor=None):
    bold = {"class_": "current", "font_weight": 700} if category["key"] == figure["current"] else {}
    return tag("text", category["label"], x=per_cent(x), y="100%", dy=below, text_anchor=anchor, **bold)


def _wide(category):
    return LETTER * len(category["label"]) + SPACE


def _by_importance(figure):
    """All full years if there is room; else the chosen one first, then every fifth. Of months, Januaries first."""
    categories = figure["categories"]
    full = [place for place, category in enumerate(categories) if not category["partial"]]
    if sum(_wide(categories[place]) for place in full) <= NARROW * (100 - LEFT) / 100:
        return full
    keys = {place: categories[place]["key"] for place in full}
    months = {place: key[-2:] for place, key in keys.items() if len(key) != len("2016")}  # "2016-04", of any year "04"
    chosen = [place for place in full if keys[place] == figure["current"]]
    fifth = [place for place in full if place not in months and keys[place].isdigit() and int(keys[place]) % 5 == 0]
    januaries = [place for place, month in months.items() if month == "01"]
    quarters = [place for place, month in months.items() if month in ("04", "07", "10")]
    return chosen + (fifth + januaries + quarters or full[::5])
