"""Composes a view as the card that other sites show beside a link to it: 1200 × 630, the finding in large letters.

Letters are measured by the faces that the server draws with (trade.pages.pictures); in others they may run a little
wider.
"""

import textwrap
from collections.abc import Callable

from django.utils.translation import gettext as _

from trade.charts.schema import Figure, Payload
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.primitives import COLOURS, RULE, SOFT, sheet, tag

WIDTH, HEIGHT, MARGIN = 1200, 630, 60
INSIDE = WIDTH - 2 * MARGIN
FOOT = 574  # where the line above the foot is
SERIF, SANS = "'Source Serif 4', serif", "'Source Sans 3', sans-serif"
CAUTION = "#8a5200"
TITLES = ((52, 1), (46, 2), (38, 3), (32, 4), (26, 6))  # letters in pixels, and the lines that they may take
SENTENCES = ((25, 42), (20, 53), (17, 62))  # letters in pixels, and how many stand in a line beside a drawing
BROAD = 0.5  # of its height: how wide a letter is, in the middle
LETTERS = 20  # pixels, of the words in a drawing
LARGEST = LETTERS / 13  # times the size that a drawing has on a page
MOST_BARS = 6
NO_EVENTS = {"events": [], "spans": []}


def compose(payload: Payload, figure: Figure, draw: Callable[[Options], Drawing]) -> str:
    """Put a drawing under its finding, with what it is and where it comes from; `draw` makes it as is asked."""
    title, y = _title(payload["title"])
    legend = _legend(figure)
    room = FOOT - y - 22 - (40 if legend else 0)
    options = Options(height=int(room / LARGEST))
    drawing = draw(options)
    placed = (
        _across(draw, options, drawing.height, y, room)
        if drawing.width is None
        else _beside(payload["sentence"], drawing, y, room)
    )
    return sheet(payload["title"], WIDTH, HEIGHT, [*_kicker(payload), title, placed, legend, *_foot(payload)], SANS)


def shortened(figure: Figure) -> dict:
    """The figure with as much of it as a card can hold: nothing to follow, no numbers without their list."""
    most = MOST_BARS if figure["kind"] == "bars" else len(figure["categories"])
    categories = [category | {"url": None} for category in figure["categories"][:most]]
    series = [one | {"points": one["points"][:most]} for one in figure["series"]]
    return figure | {"categories": categories, "series": series, "totals": figure["totals"][:most]} | NO_EVENTS


def _kicker(payload):
    yield tag("text", payload["dataset"]["title"], x=MARGIN, y=66, font_size=24, fill=SOFT)
    if payload["dataset"]["is_demonstration"]:
        words = _("Demonstration: invented figures")
        look = {"font_size": 24, "font_weight": 600, "fill": CAUTION, "text_anchor": "end"}
        yield tag("text", words, x=WIDTH - MARGIN, y=66, **look)


def _title(words):
    """The finding in the largest letters in which it fits: (markup, where the next thing begins)."""
    for size, most in TITLES:
        lines = textwrap.wrap(words, int(INSIDE / (size * BROAD)))
        if len(lines) <= most:
            break
    lines = lines[:most]
    spans = [tag("tspan", line, x=MARGIN, y=66 + size * 1.25 + 1.16 * size * n) for n, line in enumerate(lines)]
    look = {"font_family": SERIF, "font_size": size, "font_weight": 600}
    return tag("text", spans, **look), 66 + size * (1.25 + 1.16 * (len(lines) - 1)) + 26


def _across(draw, options, height, y, room):
    """A drawing that stretches: as wide as the card, its letters as large as its height lets them be."""
    scale = max(0.2, min(room / height, LARGEST))
    # Only a drawing that is made knows how high it is, so it is made again, in the letters that this leaves.
    letters = round(LETTERS / scale)
    drawing = draw(options._replace(letters=letters, names=letters))
    inner = tag("svg", [drawing.markup], width=INSIDE / scale, height=height)
    return tag("g", [inner], transform=f"translate({MARGIN} {y:.0f}) scale({scale:.3f})")


def _beside(sentence, drawing, y, room):
    """A drawing that keeps its shape: on the right, with the sentence on the left."""
    scale = min(room / drawing.height, 620 / drawing.width)
    width, height = scale * drawing.width, scale * drawing.height
    size, lines = _that_fits(sentence, room)
    spans = [tag("tspan", line, x=MARGIN, y=y + 38 + 1.36 * size * n) for n, line in enumerate(lines)]
    frame = {"x": WIDTH - MARGIN - width, "y": y + (room - height) / 2, "width": width, "height": height}
    return tag("text", spans, font_size=size, fill=SOFT) + tag(
        "svg", [drawing.markup], viewBox=drawing.view_box, **frame
    )


def _that_fits(sentence, room):
    """The largest letters in which all of a sentence fits; cut short it would lose what it rests on, so none else."""
    for size, per_line in SENTENCES:
        lines = textwrap.wrap(sentence, per_line)
        if 1.36 * size * len(lines) <= room:
            return size, lines
    return SENTENCES[-1][0], []


def _legend(figure):
    """One line of squares and names, as many as there is room for; bars and slices carry their names themselves."""
    parts, x = [], MARGIN
    for one in figure["series"] if figure["kind"] in ("stacked", "line") and len(figure["series"]) > 1 else ():
        wide = 30 + 10.5 * len(one["name"]) + 20
        if one["estimated"] or x + wide > WIDTH - MARGIN:
            continue
        parts.append(tag("rect", x=x, y=FOOT - 36, width=16, height=16, fill=COLOURS[one["colour"]]))
        parts.append(tag("text", one["name"], x=x + 24, y=FOOT - 22, font_size=20))
        x += wide
    return "".join(parts)


def _foot(payload):
    """Who says it, of which release, and whose figures they are."""
    release, source = payload["release"], payload["dataset"]["source"]
    words = _("Release %(number)s of %(date)s. Source: %(source)s") % {
        "number": release["number"],
        "date": release["date"],
        "source": source,
    }
    yield tag("rect", x=MARGIN, y=FOOT, width=INSIDE, height=1, fill=RULE)
    yield tag("text", "Yalu", x=MARGIN, y=FOOT + 34, font_size=26, font_family=SERIF, font_weight=600)
    yield tag(
        "text", textwrap.shorten(words, 100, placeholder=" …"), x=MARGIN + 80, y=FOOT + 33, font_size=20, fill=SOFT
    )
