"""Composes a figure as a picture that stands alone: its finding, drawing and legend, and where its numbers are from."""

from django.utils.translation import gettext as _

from trade import number_text
from trade.charts.schema import Figure, Payload
from trade.charts.svg import picture_legend
from trade.charts.svg.drawing import Drawing
from trade.charts.svg.paper import USUAL, Imprint, Paper
from trade.charts.svg.paragraphs import Look, paragraph
from trade.charts.svg.primitives import CAUTION, FONT, INK, sheet, tag

LARGEST = 1.5  # times its size on a phone, for which a pie and a grid are drawn
SENTENCE, CAPTION, SMALL = Look(14, 20), Look(13, 18, INK, 600), Look(12, 17)
WARNING = SMALL._replace(fill=CAUTION, weight=600)


def compose(payload: Payload, figure: Figure, drawing: Drawing, paper: Paper, imprint: Imprint) -> Drawing:
    """Put a drawing under its title and sentence, and its legend and source under it."""
    title = Look(22, 28, INK, 700) if paper.width >= USUAL else Look(20, 25, INK, 700)
    parts, y = [], paper.margin + 12.0
    for words, look, after in (
        (payload["title"], title, 4),
        (payload["sentence"], SENTENCE, 12),
        (caption(payload, figure), CAPTION, 2),
    ):
        text, y = _set(words, y, look, paper)
        parts.append(text)
        y += after
    frame = _frame(drawing, paper)
    parts.append(tag("svg", [drawing.markup], y=y - 8, **frame))
    y += frame["height"] + 16
    legend, y = picture_legend.drawn(figure, (paper.margin, y), paper, is_named=drawing.across is not None)
    parts.append(legend)
    y += 4
    for words, look in _credits(payload, figure, imprint):
        text, y = _set(words, y, look, paper)
        parts.append(text)
        y += 4 * bool(text)
    markup = sheet(payload, paper, y, parts, FONT)
    return Drawing(markup, paper.width, y)


def _set(words, y, look, paper):
    return paragraph(words, (paper.margin, y), paper.inside, look._replace(letters=paper.letters))


def caption(payload: Payload, figure: Figure) -> str:
    """What a figure shows, and in what: "China's exports to the DPRK by province and year. US dollars, FOB"."""
    basis = figure.get("basis", payload["basis"])
    return f"{figure['title']}. {', '.join(part for part in (unit(figure), basis) if part)}"


def unit(figure: Figure) -> str:
    """The unit of a figure in words."""
    if figure["scale"] == "rank":
        return _("Rank by value in US dollars")
    return {"%": _("Per cent of total"), "US$": _("US dollars")}.get(figure["unit"], figure["unit"])


def _frame(drawing, paper):
    """Where the drawing goes: over the whole width, or a pie or a grid in the middle."""
    if drawing.width is None:
        return {"x": paper.margin, "width": paper.inside, "height": drawing.height}
    larger = min(LARGEST, paper.inside / drawing.width)
    width, height = drawing.width * larger, drawing.height * larger
    return {"x": (paper.width - width) / 2, "width": width, "height": height, "viewBox": drawing.view_box}


def _credits(payload, figure, imprint):
    """Source, release and date, the notes: nothing that a copied picture may lose."""
    dataset, release = payload["dataset"], payload["release"]
    if dataset["is_demonstration"]:
        yield _("Demonstration data: these figures are invented."), WARNING
    yield " ".join(figure["notes"]), SMALL
    yield _events(figure), SMALL
    words = {"source": dataset["source"], "title": dataset["title"], "licence": dataset["licence"]}
    words |= {"number": release["number"], "date": number_text.day(release["date"])}
    source = _("Source: %(source)s. %(title)s, release %(number)s of %(date)s. Licence: %(licence)s.")
    yield source % words, SMALL
    yield imprint.words, SMALL._replace(weight=600)


def _events(figure):
    """What the numbers of the markers mean: "1: Resolution 1718 (14 October 2006)."."""
    words = [
        f"{event['number']}: " + ", ".join(f"{item['label']} ({item['when']})" for item in event["items"])
        for event in figure.get("events", [])
    ]
    return "; ".join(words) + "." if words else ""
