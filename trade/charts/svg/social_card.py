"""Composes a figure as the card that other sites show beside a link to it: 1200 × 630, the finding in large letters.

No line of it is thinner than two pixels, because a card is seen at a
third of its size.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.schema import Figure, Payload
from trade.charts.svg import picture_legend, share_picture
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.paper import OURS, Imprint, Paper
from trade.charts.svg.paragraphs import Look, broken, paragraph
from trade.charts.svg.primitives import CAUTION, INK, RULE, sheet, tag, width

WIDTH, HEIGHT, MARGIN = 1200, 630, 60
INSIDE = WIDTH - 2 * MARGIN
PAPER = Paper(WIDTH, letters=OURS)
SERIF_LETTERS = 0.93  # how wide they are, in parts of the widest typeface's
SERIF, SANS = "'Source Serif 4', serif", "'Source Sans 3', sans-serif"
TITLES = ((50, 1), (44, 2), (36, 3), (30, 4), (24, 6))  # letters in pixels, and the lines that they may take
SENTENCES = (25, 20, 17)  # letters in pixels, beside a drawing
BESIDE = 440  # pixels across what stands beside a drawing
KICKER, KICKERS = 66, (24, 20, 17)  # where what is shown stands, and in which letters
WARNING = 340  # pixels that the warning of a demonstration takes beside it
FEET = ((20, 1), (19, 2), (16, 2), (14, 3), (12, 4))  # letters in pixels of the foot, and its lines
LETTERS = 20  # pixels, of the words in a drawing
LARGEST = LETTERS / 13  # times the size that a drawing has on a page
HAIRLINE = 2.0  # pixels
MOST_BARS = 6
NAME = 26  # pixels, the letters of who publishes
LEGEND = 18  # pixels, its letters
NO_EVENTS = {"events": [], "spans": [], "multiples": False}  # many small charts would be too small


def compose(payload: Payload, figure: Figure, draw: Callable[[Options], Drawing], imprint: Imprint) -> str:
    """Put a drawing under its finding, with what it is and where it comes from; `draw` makes it as is asked."""
    title, y = _title(payload["title"])
    foot, bottom = _foot(payload, imprint)
    # Lines that have their names at their ends leave the room of the legend to the drawing.
    legend, (drawing, placed) = "", _placed(payload, draw, y, bottom - y - 22)
    if drawing.across is None:
        legend, floor = _legend(figure, bottom - 22)
        drawing, placed = _placed(payload, draw, y, floor - y - 10)
    body = [*_kicker(payload, figure), title, placed, legend, *foot]
    return sheet(payload, PAPER, HEIGHT, body, SANS)


def _placed(payload, draw, y, room):
    """The drawing in the room that there is, and its markup there."""
    options = Options(height=int(room / LARGEST), across=int(INSIDE / LARGEST), hairline=HAIRLINE, is_fixed=True)
    drawing = draw(options)
    if drawing.width is None:
        return drawing, _across(draw, options, drawing.height, y, room)
    return drawing, _beside(payload["sentence"], drawing, y, room)


def shortened(figure: Figure) -> dict:
    """The figure with as much of it as a card can hold: nothing to follow, no numbers without their list."""
    most = MOST_BARS if figure["kind"] == "bars" else len(figure["categories"])
    categories = [category | {"url": None} for category in figure["categories"][:most]]
    series = [one | {"points": one["points"][:most]} for one in figure["series"]]
    return figure | {"categories": categories, "series": series, "totals": figure["totals"][:most]} | NO_EVENTS


def _kicker(payload, figure):
    """What is shown, and in what; whether it is invented."""
    invented = payload["dataset"]["is_demonstration"]
    words, room = share_picture.caption(payload, figure), INSIDE - (WARNING if invented else 0)
    size = next((size for size in KICKERS if len(_lines(words, room, size)) == 1), KICKERS[-1])
    step = size * 1.2
    lines = len(_lines(words, room, size))
    yield paragraph(words, (MARGIN, KICKER - step * (lines - 1)), room, Look(size, step, letters=OURS))[0]
    if invented:
        look = {"font_size": 24, "font_weight": 600, "fill": CAUTION, "text_anchor": "end"}
        yield tag("text", _("Demonstration: invented figures"), x=WIDTH - MARGIN, y=KICKER, **look)


def _title(words):
    """The finding in the largest letters in which it fits: (markup, where the next thing begins)."""
    looks = [(Look(size, round(1.16 * size), INK, 600, SERIF, SERIF_LETTERS), most) for size, most in TITLES]
    fitting = (look for look, most in looks if len(broken(words, look.room(INSIDE))) <= most)
    look, most = next(fitting, looks[-1][0]), TITLES[-1][1]
    lines = broken(words, look.room(INSIDE))[:most]
    text, y = paragraph(" ".join(lines), (MARGIN, KICKER + 1.2 * look.size), INSIDE, look)
    return text, y - look.step + 26


def _across(draw, options, height, y, room):
    """A drawing that stretches: as wide as the card, its letters as large as its height lets them be."""
    scale = max(0.2, min(room / height, LARGEST))
    # Only a drawing that is made knows how high it is, so it is made again, in the letters that this leaves.
    letters = round(LETTERS / scale)
    across = int(INSIDE / scale)
    drawing = draw(options._replace(letters=letters, names=letters, across=across))
    inner = tag("svg", [drawing.markup], width=INSIDE / scale, height=height)
    hairline = {"stroke_width": round(HAIRLINE / scale, 2)}
    return tag("g", [inner], transform=f"translate({MARGIN} {y:.0f}) scale({scale:.3f})", **hairline)


def _beside(sentence, drawing, y, room):
    """A drawing that keeps its shape: on the right, with the sentence on the left."""
    scale = min(room / drawing.height, 620 / drawing.width)
    wide, height = scale * drawing.width, scale * drawing.height
    sizes = (size for size in SENTENCES if 1.36 * size * len(_lines(sentence, BESIDE, size)) <= room)
    # Cut short, a sentence would lose what it rests on, so there is all of it or none.
    size = next(sizes, None)
    text = paragraph(sentence, (MARGIN, y + 38), BESIDE, Look(size, 1.36 * size, letters=OURS))[0] if size else ""
    frame = {"x": WIDTH - MARGIN - wide, "y": y + (room - height) / 2, "width": wide, "height": height}
    return text + tag("svg", [drawing.markup], viewBox=drawing.view_box, stroke_width=HAIRLINE / scale, **frame)


def _lines(words, pixels, size):
    return broken(words, Look(size, size, letters=OURS).room(pixels))


def _legend(figure, bottom):
    """The legend above a line: (markup, where it begins); not longer than three lines."""
    for size in (LEGEND, 15, 13):
        text, end = picture_legend.drawn(figure, (MARGIN, 0), PAPER._replace(width=WIDTH - 72), size)
        if end <= 3 * size * 1.7:
            break
    top = bottom - end + size * 1.7
    return (tag("g", [text], transform=f"translate(0 {top:.0f})"), top - size - 8) if text else ("", bottom)


def _foot(payload, imprint):
    """Who says it, of which release, and whose figures they are, whole: (parts, where the line above it is)."""
    release, source = payload["release"], payload["dataset"]["source"]
    words = _("Release %(number)s of %(date)s. Source: %(source)s.") % {
        "number": release["number"],
        "date": number_text.day(release["date"]),
        "source": source,
    }
    words = f"{words} {imprint.address}".strip()
    left = MARGIN + 20 + round(NAME * width(imprint.site))
    room = WIDTH - MARGIN - left
    size = next((size for size, most in FEET if len(_lines(words, room, size)) <= most), FEET[-1][0])
    step = size * 1.25
    top = HEIGHT - 22 - step * len(_lines(words, room, size))
    parts = [
        tag("rect", x=MARGIN, y=round(top - 6), width=INSIDE, height=2, fill=RULE),
        tag("text", imprint.site, x=MARGIN, y=round(top + 24), font_size=NAME, font_family=SERIF, font_weight=600),
        paragraph(words, (left, top + step), room, Look(size, step, letters=OURS))[0],
    ]
    return parts, top - 6
