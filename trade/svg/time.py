"""Years across, dollars up: stacked columns and lines on the same axes."""

from trade import numbers
from trade.svg.paper import FLAGGED, GROUND, RULE, SOFT, coloured, hatch, per_cent, said, short, tag, ticks

NARROW = 330  # the narrowest drawing, in pixels, at which labels must not touch
LETTER, SPACE = 7, 10  # pixels that a letter of a label takes, and the space after it
OUTERMOST = 95.5  # per cent: the middle of a label that still ends inside
LEFT = 10  # per cent: where columns begin, right of the numbers of the axis
TOP, PLOT, BOTTOM = 26, 270, 44  # pixels
BASE = TOP + PLOT
WIDE = 2000  # units across a part that stretches
WIDEST = 16  # per cent of the drawing that one year takes at most
FAINT = {"class_": "partial", "opacity": 0.62}


def columns(figure: dict) -> tuple[dict, str]:
    """Stack the reported series, then the estimates, over each year: (size, markup)."""
    steps = _steps(figure["categories"])
    marks = ticks(0, max((total["value"] or 0 for total in figure["totals"]), default=0))
    scale = PLOT / marks[-1]
    parts = [
        _band(figure, steps),
        _grid(figure, marks, scale),
        _divider(figure, steps),
        _stacks(figure, steps, scale),
        _labels(figure, steps),
        _flags(figure, steps, scale),
        _links(figure, steps),
    ]
    return _size(), "".join(parts)


def lines(figure: dict) -> tuple[dict, str]:
    """Draw one line a series: (size, markup)."""
    steps = _steps(figure["categories"])
    values = [point["value"] for one in figure["series"] for point in one["points"] if point["value"] is not None]
    marks = ticks(min(values, default=0), max(values, default=0))
    scale = PLOT / (marks[-1] - marks[0])
    zero = BASE + marks[0] * scale
    parts = [_band(figure, steps), _grid(figure, marks, scale, zero), _divider(figure, steps)]
    parts += [_pens(figure, steps, zero, scale), *(_rings(figure, one, steps, zero, scale) for one in figure["series"])]
    links = _links(figure, steps) if figure["totals"] else ""
    return _size(), "".join([*parts, _labels(figure, steps), links])


def _size():
    return {"width": "100%", "height": BASE + BOTTOM}


# Places.


class Step:
    """Where a year stands, in per cent: `left`, `width` of its column; `from_`, `whole` with the gaps beside it."""

    def __init__(self, from_, whole):
        self.from_, self.whole = from_, whole
        self.left, self.width = from_ + whole * 0.1, whole * 0.8
        self.middle = from_ + whole / 2


def _steps(categories):
    """Place the years evenly; a part-year stands half a step apart from full ones."""
    breaks = _breaks(categories)
    whole = min((100 - LEFT) / (max(len(categories), 1) + len(breaks) / 2), WIDEST)
    steps, from_ = [], LEFT
    for place in range(len(categories)):
        from_ += whole / 2 if place in breaks else 0
        steps.append(Step(from_, whole))
        from_ += whole
    return steps


def _breaks(categories):
    return [
        place
        for place in range(1, len(categories))
        if categories[place]["partial"] and not categories[place - 1]["partial"]
    ]


def _stretched(body, **attributes):
    """A part whose units across stretch with the drawing while those down stay pixels."""
    return tag(
        "svg",
        body,
        y=TOP,
        width="100%",
        height=PLOT,
        viewBox=f"0 0 {WIDE} {PLOT}",
        preserveAspectRatio="none",
        **attributes,
    )


def _units(percentage):
    return round(percentage * WIDE / 100)


# The ground: axis, grid, the chosen year.


def _grid(figure, marks, scale, zero=BASE):
    lines = [tag("line", x2="100%", y1=y, y2=y) for mark in marks if mark and (y := zero - mark * scale) is not None]
    words = [tag("text", _mark(figure, marks, mark), y=zero - mark * scale - 4) for mark in marks]
    return (
        tag("g", lines, class_="grid", stroke=RULE)
        + tag("g", words, class_="tick", fill=SOFT, aria_hidden="true")
        + tag("line", class_="axis", x2="100%", y1=zero, y2=zero, stroke=SOFT)
    )


def _mark(figure, marks, mark):
    """A number on the axis; the topmost carries the unit."""
    if figure["unit"] == "%":
        return f"{mark}%"
    unit = figure["unit"] if mark == marks[-1] else ""
    return unit + numbers.tick(mark, marks[1] - marks[0])


def _divider(figure, steps):
    """A dotted line between the full years and a part-year."""
    return "".join(
        tag("line", class_="grid", x1=x, x2=x, y1=TOP, y2=BASE, stroke=SOFT, stroke_dasharray="1 4")
        for place in _breaks(figure["categories"])
        if (x := per_cent(steps[place].from_ - steps[place].whole / 4))
    )


def _band(figure, steps):
    """A wash behind the chosen year."""
    return "".join(
        tag("rect", class_="current", x=per_cent(step.from_), y=TOP - 14, width=per_cent(step.whole), height=PLOT + 14,
            fill=RULE, opacity=0.5)
        for step, category in zip(steps, figure["categories"], strict=True)
        if category["current"]
    )  # fmt: skip


def _labels(figure, steps):
    """Name the years, thinned so that they never touch; a part-year has a line of its own."""
    categories, taken, words = figure["categories"], [], []
    for place in _by_importance(categories):
        middle = min(steps[place].middle, OUTERMOST)
        if all(abs(middle - other) * NARROW / 100 >= _wide(categories[place]) for other in taken):
            taken.append(middle)
            words.append(_label(categories[place], middle, BASE + 17))
    words += [_label(category, 100, BASE + 34, anchor="end") for category in categories if category["partial"]][-1:]
    return tag("g", words, class_="tick", fill=SOFT, text_anchor="middle", aria_hidden="true")


def _label(category, x, y, anchor=None):
    bold = {"class_": "current", "font_weight": 700} if category["current"] else {}
    return tag("text", category["label"], x=per_cent(x), y=y, text_anchor=anchor, **bold)


def _wide(category):
    return LETTER * len(category["label"]) + SPACE


def _by_importance(categories):
    """All full years if there is room; else the chosen one first, then every fifth. Of months, Januaries first."""
    full = [place for place, category in enumerate(categories) if not category["partial"]]
    if sum(_wide(categories[place]) for place in full) <= NARROW * (100 - LEFT) / 100:
        return full
    keys = {place: categories[place]["key"] for place in full}
    chosen = [place for place in full if categories[place]["current"]]
    fifth = [place for place in full if keys[place].isdigit() and int(keys[place]) % 5 == 0]
    januaries = [place for place in full if keys[place].endswith("-01")]
    quarters = [place for place in full if keys[place].endswith(("-04", "-07", "-10"))]
    return chosen + (fifth + januaries + quarters or full[::5])


def _flags(figure, steps, scale):
    """A dash where a year has no figure, a letter above one that is provisional, unreliable or a break."""
    words = []
    for step, total in zip(steps, figure["totals"], strict=True):
        x = per_cent(step.middle)
        if total["value"] is None:
            words.append(tag("text", numbers.MISSING, class_="missing", x=x, y=BASE - 5))
        elif total["status"] in FLAGGED:
            y = BASE - total["value"] * scale - 5
            words.append(tag("text", total["status"].lower(), class_="mark", x=x, y=y, font_style="italic"))
    return tag("g", words, fill=SOFT, text_anchor="middle", aria_hidden="true") if words else ""


def _links(figure, steps):
    """A click on a column chooses its year. Keys reach the years in the list above the chart, so no tab stops here."""
    links = []
    for step, category, total in zip(steps, figure["categories"], figure["totals"], strict=True):
        if category["url"]:
            title = said(f"{category['label']}: {total['text']}", total["status_text"])
            wide = _units(step.whole)
            area = tag("path", d=f"M{_units(step.from_)} 0h{wide}v{PLOT}h-{wide}")
            links.append(tag("a", [tag("title", title), area], href=category["url"], tabindex="-1"))
    hits = tag("g", links, class_="hit", fill="none", pointer_events="all")
    return _stretched([hits]) if links else ""


# Columns.


def _stacks(figure, steps, scale):
    tops, filled, hatched = [0.0] * len(steps), [], []
    for one in figure["series"]:
        boxes = _boxes(one, tops, scale)
        if one["component"] == "estimate":
            hatched.append(_hatched(figure, one, boxes, steps))
        elif boxes:
            filled.append(_filled(figure, one, boxes, steps))
    wide = _units(steps[0].width) if steps else 0
    return _stretched([tag("g", filled, stroke_width=wide)]) + "".join(hatched)


def _boxes(one, tops, scale):
    """Lay a series on what lies below it: {place: (low, high)} in pixels above the axis; no value, no box."""
    boxes = {}
    for place, point in enumerate(one["points"]):
        if point["value"]:
            boxes[place] = (tops[place], tops[place] + point["value"] * scale)
            tops[place] = boxes[place][1]
    return boxes


def _height(low, high):
    """The drawn height: a pixel less than the value's, as a gap to the next, where there is room for one."""
    return high - low - (1 if high - low > 2.5 else 0)


def _filled(figure, one, boxes, steps):
    """One path of upright strokes: a stroke stretches with the drawing, and is half as long to write as a box."""
    strokes = {False: "", True: ""}
    for place, (low, high) in boxes.items():
        from_, up = short(PLOT - low, 1), short(_height(low, high), 1)
        strokes[figure["categories"][place]["partial"]] += f"M{_units(steps[place].middle)} {from_}v-{up}"
    paths = [tag("path", d=d, **(FAINT if partial else {})) for partial, d in strokes.items() if d]
    return coloured(one["colour"], paths, stroke="currentColor")


def _hatched(figure, one, boxes, steps):
    """Boxes outside the stretched part, so that their hatch keeps its slant."""
    drawn = [
        tag(
            "rect",
            x=per_cent(steps[place].left),
            y=short(BASE - low - _height(low, high), 1),
            width=per_cent(steps[place].width),
            height=short(_height(low, high), 1),
            **(FAINT if figure["categories"][place]["partial"] else {}),
        )
        for place, (low, high) in boxes.items()
    ]
    return tag("g", drawn, class_="estimate", fill=hatch(figure, one["colour"])) if drawn else ""


# Lines.


def _pens(figure, steps, zero, scale):
    """A line a series; it breaks where a value is missing, and does not reach a part-year."""
    pens = [_pen(one, _path(figure, one, steps, zero, scale)) for one in figure["series"]]
    look = {"fill": "none", "stroke_linejoin": "round", "stroke_width": 2.5}
    return _stretched([tag("g", pens, **look)], overflow="visible")


def _path(figure, one, steps, zero, scale):
    path, joined = "", False
    for step, category, point in zip(steps, figure["categories"], one["points"], strict=True):
        drawn = point["value"] is not None and not category["partial"]
        if drawn:
            path += _stroke(_units(step.middle), short(zero - point["value"] * scale - TOP, 1), joined)
        joined = drawn
    return path


def _stroke(x, y, joined):
    """Go on with a line, or begin anew with a dot, so that a year between two gaps is seen."""
    return f"L{x} {y}" if joined else f"M{x} {y}h0"


def _pen(one, path):
    dashed = one["component"] == "estimate"
    pen = tag(
        "path",
        class_="line estimate" if dashed else "line",
        d=path,
        stroke_linecap="butt" if dashed else "round",
        stroke_dasharray="4 4" if dashed else None,
        vector_effect="non-scaling-stroke",
    )
    return coloured(one["colour"], [pen], stroke="currentColor") if path else ""


def _rings(figure, one, steps, zero, scale):
    """A ring for each part-year."""
    rings = [
        tag("circle", class_="partial", cx=per_cent(step.middle), cy=zero - point["value"] * scale, r=3.5)
        for step, category, point in zip(steps, figure["categories"], one["points"], strict=True)
        if category["partial"] and point["value"] is not None
    ]
    ring = {"fill": GROUND, "stroke": "currentColor", "stroke_width": 2}
    return coloured(one["colour"], rings, **ring) if rings else ""
