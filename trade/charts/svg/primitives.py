"""Parts that every drawing is made of: well-formed tags, the palette on paper, hatches, round numbers."""

import math
import re
from xml.sax.saxutils import escape

from trade.charts.schema import Figure, Payload
from trade.charts.svg.paper import Paper
from trade.page_measures import MEASURES

# The stylesheet's palette on white, for pictures that stand alone; slot 0 is "other", 11 and 12 are greys beside it.
COLOURS = [
    "#7e8085", "#3c5c95", "#b0622a", "#015055", "#9b64a4", "#744c01", "#379ac4", "#6f292f", "#37835b", "#48326e",
    "#ba8805", "#5a5c60", "#232529",
]  # fmt: skip
INK, SOFT, RULE, GROUND, CAUTION = "#1b1f24", "#565c64", "#ddd8cf", "#fdfcfa", "#8a5200"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
OPACITY = MEASURES.opacity
FAINT = {"class_": "partial", "opacity": OPACITY.part_year}  # a part-year
DIM = {"opacity": OPACITY.dim}  # what is not highlighted, where something is
# Widths of letters, in parts of their size, as in the widest of the fonts that the stylesheet names.
WIDTHS, LETTERS = MEASURES.letter_widths, MEASURES.letters_that_are
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
FLAGGED = tuple(MEASURES.marked_statuses)  # statuses of a value that a reader must see beside it


def tag(name: str, body: str | list = "", **attributes) -> str:
    """Write an element: tag("rect", x=1.5, class_="bar") -> '<rect x="1.5" class="bar"/>'.

    A body that is text is escaped; one that is a list holds elements. Attributes that are None are left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(body) if isinstance(body, list) else text(body)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def sheet(payload: Payload, paper: Paper, height: float, body: list, font: str) -> str:
    """A drawing that stands alone, in pixels, on the colour of the ground or on none; its sentence is its label."""
    ground = "" if paper.is_clear else tag("rect", width="100%", height="100%", fill=GROUND)
    view = {"width": paper.width, "height": height, "viewBox": f"0 0 {paper.width} {height:.0f}"}
    words = tag("title", payload["title"]) + tag("desc", payload["sentence"])
    about = {"role": "img", "aria_label": payload["sentence"], "font_family": font, "fill": INK}
    return tag("svg", [words, ground, *body], xmlns="http://www.w3.org/2000/svg", **view, **about)


def text(words: str) -> str:
    """Escape words for XML, quotes too, and drop the characters that XML cannot hold."""
    return escape(NOT_XML.sub("", words), {'"': "&quot;"})


def short(value: float | str, digits: int = 2) -> str:
    """Write a coordinate as short as it goes: 12.50 -> "12.5", 12.0 -> "12"; words stay."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def per_cent(value: float) -> str:
    """Write a place across the drawing: 12.5 -> "12.5%"."""
    return f"{short(float(value))}%"


def coloured(slot: int, body: list, **attributes) -> str:
    """Group shapes under the colour of a slot."""
    return tag("g", body, class_=f"s{slot}", color=COLOURS[slot], **attributes)


def hatches(figure: Figure) -> str:
    """Define a hatch for each colour that an estimate is drawn in."""
    patterns = [_hatch(figure["id"], slot) for slot in sorted(_estimated(figure))]
    return tag("defs", patterns) if patterns else ""


def hatch(figure: Figure, slot: int) -> str:
    """Name the hatch of a colour, as a fill."""
    return f"url(#{figure['id']}-h{slot})"


def is_hatched(figure: Figure, series: dict, place: int) -> bool:
    """Whether a column is hatched: it is an estimate, or stands in a period in which its grouping changed."""
    return series["estimated"] or bool(figure["categories"][place].get("unsettled"))


def _hatch(name, slot):
    ground = tag("path", d="M0 0h5v5h-5z", opacity=OPACITY.hatch)
    stripe = tag("path", d="M0 0h2v5h-2z")
    return tag(
        "pattern",
        [coloured(slot, [ground, stripe], fill="currentColor")],
        id=f"{name}-h{slot}",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _estimated(figure):
    """The colours in which a figure hatches: those of its series, or of its bars and slices."""
    series = [one for one in figure["series"] if one["estimated"]]
    if figure["kind"] == "stacked":
        everywhere = any(category.get("unsettled") for category in figure["categories"])
        return {one["colour"] for one in (figure["series"] if everywhere else series)}
    return {
        category.get("colour", 0)
        for place, category in enumerate(figure["categories"])
        if category.get("component") == "estimate" or any(one["points"][place]["value"] for one in series)
    }


def ticks(low: float, high: float, count: int = MEASURES.axis.marks) -> list:
    """Choose round numbers for an axis that holds both ends and nought: (0, 3.9e9) -> [0, 1e9, 2e9, 3e9, 4e9]."""
    low, high = min(low, 0), max(high, 1)
    rough = (high - low) / count
    power = 10 ** math.floor(math.log10(rough))
    step = max(next(round(factor * power) for factor in MEASURES.axis.steps if factor * power >= rough), 1)
    return [step * place for place in range(math.floor(low / step), math.ceil(high / step) + 1)]


def width(words: str) -> float:
    """Estimate how wide words are, in parts of the size of their letters: "iron" -> 1.84."""
    return sum(
        WIDTHS.narrow if letter in LETTERS.narrow
        else WIDTHS.wide if letter in LETTERS.wide
        else WIDTHS.capital if letter.isupper() or letter.isdigit()
        else WIDTHS.usual
        for letter in words
    )  # fmt: skip


def fitted(words: str, room: float) -> str:
    """Cut words that would not fit: ("Precious stones and metals", 7.5) -> "Precious ston…"."""
    cut = words
    while cut and width(cut if cut == words else f"{cut}…") > room:
        cut = cut[:-1].rstrip()
    return words if cut == words else f"{cut}…"


def said(*words: str) -> str:
    """Join what there is to say of a mark: ("Liaoning: US$793 m", "", "provisional") -> with commas."""
    return ", ".join(word for word in words if word)
