"""Draws a figure as SVG: what stands on the page before any script, in print, and as a picture to take away.

Across, places are per cent of the drawing's width; down, over time they are per cent of the plot, of bars pixels. So
charts stretch with the page while text keeps its size, on a phone as on a desk. A pie cannot stretch: it has a viewBox,
and labels laid out for it.

Colours are classes: `s1`…`s12` and `s0` ("other") set `color`, and shapes take `currentColor`. Other classes: `grid`,
`axis`, `tick`, `label`, `value`, `mark` (p: provisional), `missing`, `current` (the chosen year), `hit` (where a click
lands), `lead`, `ground` (gaps between slices), and on shapes `bar`, `slice`, `line`, `estimate` (hatched) and `partial`
(a part-year); `break` is the line where the source breaks, `event` a numbered marker, `span` a shaded span. Each
has presentation attributes to fall back on, which any stylesheet overrides; there is no `style`.
"""

from functools import partial

from trade.charts.schema import Figure, Payload
from trade.charts.svg import axes, bars, columns, lines, pie, province_grid, share_picture
from trade.charts.svg import social_card as cards
from trade.charts.svg.drawing import Drawing, Options
from trade.charts.svg.many_charts import small_multiples
from trade.charts.svg.paper import UNSIGNED, Imprint, Paper
from trade.charts.svg.primitives import FONT, INK, hatches, tag

ON_PAPER = Paper()
DRAWERS = {"stacked": columns.draw, "line": lines.draw, "bars": bars.draw, "pie": pie.draw, "tiles": province_grid.draw}


def draw(figure: Figure, target: str | None = None, label: str = "") -> str:
    """Draw a figure as one <svg>: an image with a title, or a group of links where its parts open something.

    `target` is where the links open, as HTML has it: "_blank" is a tab of its own. `label` says what it shows, where
    nothing beside it does.
    """
    return _drawn(figure, Options(target=target, label=label)).markup


def compose(payload: Payload, figure: Figure, paper: Paper = ON_PAPER, imprint: Imprint = UNSIGNED) -> Drawing:
    """Draw a figure of a payload as a picture of its own: with title, sentence, legend, source, release and address."""
    drawn = _drawn(without_links(figure), Options(across=paper.inside, is_fixed=True))
    return share_picture.compose(payload, figure, drawn, paper, imprint)


def card(payload: Payload, figure: Figure, imprint: Imprint = UNSIGNED) -> str:
    """Draw a figure of a payload as the card that other sites show beside a link to it, 1200 × 630."""
    shown = cards.shortened(figure)
    return cards.compose(payload, shown, partial(_drawn, shown), imprint)


def without_links(figure: Figure) -> dict:
    """The figure with nothing in it to follow: a file has no addresses, and a frame no room for a page."""
    return figure | {"categories": [category | {"url": None} for category in figure["categories"]]}


def _drawn(figure, options):
    """Draw a figure as one <svg>, with its title and its description."""
    is_many = figure.get("multiples", False)
    body = (small_multiples.draw if is_many else DRAWERS[figure["kind"]])(figure, options)
    name = figure["id"]
    title = tag("title", options.label or figure["title"], id=f"{name}-title")
    words = title + tag("desc", figure["description"], id=f"{name}-desc")
    place = axes.plot(figure, body.height) if figure["kind"] in ("stacked", "line") and not is_many else {}
    markup = tag(
        "svg",
        [words, hatches(figure), body.markup],
        xmlns="http://www.w3.org/2000/svg",
        **{"class_": "chart multiples" if is_many else f"chart {figure['kind']}"} | body.room | place,
        role="group" if _opens_something(figure) else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        font_family=FONT,
        font_size=options.letters,
        fill=INK,
    )
    return body._replace(markup=markup)


def _opens_something(figure):
    """Whether any part of a drawing is a link; lines without totals have none to open a year by."""
    has_links = bool(figure["totals"]) and not figure.get("multiples")
    return has_links and any(category["url"] for category in figure["categories"])
