"""Composes a view as a picture that stands alone: its finding, drawing and legend, and where its numbers come from."""

import textwrap

from django.utils.translation import gettext as _

from trade.charts.schema import Figure, Payload
from trade.charts.svg.drawing import Drawing
from trade.charts.svg.primitives import COLOURS, FONT, SOFT, hatch, sheet, tag

WIDTH, MARGIN = 800, 24
LARGER = 1.5  # a pie is drawn for a phone; here there is room
LETTERS = 7.1  # pixels that a letter of 14 px takes, at the widest


def compose(payload: Payload, figure: Figure, drawing: Drawing) -> Drawing:
    """Put a drawing under its title and sentence, and its legend and source under it."""
    parts, y = [], MARGIN + 6.0
    for words, step, look in (
        (payload["title"], 28, {"font_size": 22, "font_weight": 700}),
        (payload["sentence"], 20, {"font_size": 14, "fill": SOFT}),
    ):
        text, y = _paragraph(words, y, step, look)
        parts.append(text)
    frame = _frame(drawing)
    parts.append(tag("svg", [drawing.markup], y=y, **frame))
    y += frame["height"] + 24
    legend, y = _legend(figure, y)
    credit, y = _paragraph(_credit(payload, figure), y + 8, 17, {"font_size": 12, "fill": SOFT})
    return Drawing(sheet(payload["title"], WIDTH, y, [*parts, legend, credit], FONT), WIDTH, y)


def _frame(drawing):
    """Where the drawing goes: over the whole width, or a pie in the middle."""
    if drawing.width is None:
        return {"x": MARGIN, "width": WIDTH - 2 * MARGIN, "height": drawing.height}
    width, height = drawing.width * LARGER, drawing.height * LARGER
    return {"x": (WIDTH - width) / 2, "width": width, "height": height, "viewBox": drawing.view_box}


def _paragraph(words, y, step, look):
    """Break words into lines: (markup, where the next thing begins)."""
    per_line = int((WIDTH - 2 * MARGIN) / (LETTERS * look["font_size"] / 14))
    lines = textwrap.wrap(words, per_line)
    spans = [tag("tspan", line, x=MARGIN, y=y + step * place) for place, line in enumerate(lines)]
    return tag("text", spans, **look), y + step * len(lines) + 4


def _legend(figure, y):
    """One square and name a series, in lines; bars and slices carry their names themselves."""
    if figure["kind"] not in ("stacked", "line"):
        return "", y
    parts, x = [], MARGIN
    for name, one in _named(figure):
        wide = 22 + LETTERS * len(name) + 16
        if x + wide > WIDTH - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 22
        parts += [
            tag("rect", x=x, y=y - 11, width=12, height=12, fill=_fill(figure, one)),
            tag("text", name, x=x + 18, y=y, font_size=13),
        ]
        x += wide
    return "".join(parts), y + 22


def _named(figure):
    """What the legend names, each once: of both flows a province has one colour."""
    named = {}
    for one in figure["series"]:
        named.setdefault(one["legend"], one)
    return named.items()


def _fill(figure, one):
    if one["estimated"] and figure["kind"] == "stacked":
        return hatch(figure, one["colour"])
    return COLOURS[one["colour"]]


def _credit(payload, figure):
    """Source, release and date, the valuation, the notes: nothing that a copied picture may lose."""
    dataset, release = payload["dataset"], payload["release"]
    invented = _("Demonstration data: these figures are invented.") if dataset["is_demonstration"] else ""
    source = _(
        "Source: %(source)s. %(title)s, release %(number)s of %(date)s. %(unit)s, %(basis)s. Licence: %(licence)s."
    )
    words = {"source": dataset["source"], "title": dataset["title"], "licence": dataset["licence"]}
    words |= {"number": release["number"], "date": release["date"], "unit": payload["unit"], "basis": payload["basis"]}
    return " ".join(part for part in (invented, source % words, *figure["notes"], _events(figure)) if part)


def _events(figure):
    """What the numbers of the markers mean: "1: Resolution 1718 (14 October 2006)."."""
    words = [
        f"{event['number']}: " + ", ".join(f"{item['label']} ({item['when']})" for item in event["items"])
        for event in figure.get("events", [])
    ]
    return "; ".join(words) + "." if words else ""
