"""Things ranked: a row each, its name and number above its bar, so that long names need no margin."""

from trade.svg.paper import FLAGGED, SOFT, coloured, hatch, per_cent, said, shortened, tag

ROW, BAR = 42, 14  # pixels
LONGEST = 30  # letters of a name that fit beside the number on a phone
THINNEST = 0.15  # per cent: a bar that is not nought is seen


def draw(figure: dict) -> tuple[dict, str]:
    """Draw one row a category, estimates continuing the bar: (size, markup)."""
    largest = max((total["value"] or 0 for total in figure["totals"]), default=0) or 1
    rows = [_row(figure, place, largest) for place in range(len(figure["categories"]))]
    return {"width": "100%", "height": ROW * max(len(rows), 1)}, "".join(rows)


def _row(figure, place, largest):
    category, y = figure["categories"][place], ROW * place
    body = [tag("title", _title(figure, place)), *_words(figure, place, y)]
    if shapes := list(_shapes(figure, place, y, largest)):
        body.append(coloured(category["colour"], shapes))
    if not category["url"]:
        return tag("g", body)
    area = tag("rect", class_="hit", y=y, width="100%", height=ROW - 4, fill="none", pointer_events="all")
    return tag("a", [*body, area], href=category["url"])


def _words(figure, place, y):
    category, total = figure["categories"][place], figure["totals"][place]
    value = [tag("tspan", " · ".join(word for word in (total["text"], total["share"]) if word))]
    if total["value"] is not None and total["status"] in FLAGGED:
        value.append(tag("tspan", " " + total["status"].lower(), class_="mark", font_style="italic"))
    yield tag("text", shortened(category["label"], LONGEST), class_="label", y=y + 15, font_size=13)
    yield tag("text", value, class_="value", x="100%", y=y + 15, fill=SOFT, text_anchor="end")


def _shapes(figure, place, y, largest):
    """The reported bar and, where it ends, the estimate's; a missing value or nought has no bar."""
    left = 0.0
    for one in figure["series"]:
        width = 100 * (one["points"][place]["value"] or 0) / largest
        if width:
            estimate = one["component"] == "estimate"
            yield tag(
                "rect",
                class_="bar estimate" if estimate else "bar",
                x=per_cent(left),
                y=y + 21,
                width=per_cent(max(width, THINNEST)),
                height=BAR,
                fill=hatch(figure, figure["categories"][place]["colour"]) if estimate else "currentColor",
            )
            left += width


def _title(figure, place):
    total = figure["totals"][place]
    estimates = [one["points"][place] for one in figure["series"] if one["component"] == "estimate"]
    parts = [said(one["text"], one["status_text"]) for one in estimates if one["value"]]
    name = f"{figure['categories'][place]['label']}: {total['text']}"
    return said(name, total["share"], total["rank"], total["status_text"], *parts)
