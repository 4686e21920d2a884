"""What the templates of public pages ask of a payload (trade.charts) and of the site, beside printing it.

static/js/redraw.js asks the same of the same payload when a view changes in place.
"""

import json
from datetime import date

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from trade import numbers

register = template.Library()

FIRST = ("dataset", "flow", "year")
MANY = 5  # a control with more choices than this is a stepper with a list behind it


@register.simple_tag
def contact() -> str:
    """The address that readers write to."""
    return settings.SITE_CONTACT


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The one complete address of this view: of its payload's, else of the path without its query."""
    request = context.get("request")
    if request is None:
        return ""
    payload = context.get("payload") or {}
    return request.build_absolute_uri(payload.get("url") or request.path)


@register.simple_tag(takes_context=True)
def navigation(context) -> list:
    """The parts of the site: [{"url": "/provinces/", "label": "Provinces", "current": "page"}, ...].

    `current` is "page" on the part's own page, "true" on a page below it and "" elsewhere, as aria-current wants it.
    """
    parts = {
        "provinces": _("Provinces"),
        "commodities": _("Goods"),
        "sanctions": _("Sanctions"),
        "questions": _("Questions"),
        "data": _("Data"),
    }
    here = context["request"].path if "request" in context else ""
    urls = {name: reverse(name) for name in parts}
    return [{"url": urls[name], "label": parts[name], "current": _current(urls[name], here)} for name in parts]


def _current(url, here):
    if here == url:
        return "page"
    return "true" if here.startswith(url) else ""


@register.simple_tag
def words() -> str:
    """The words that scripts write, as the JSON of a data attribute."""
    return json.dumps(
        {
            "site": _("North Korea’s trade with China"),
            "missing": _("missing"),
            "another": _("choose another"),
            "more": _("More choices"),
            "dollars": _("US dollars"),
            "share": _("Per cent of the total"),
            "invented": _("demonstration, invented figures"),
            "series": _("Series"),
            "table": _("Table of these figures"),
            "chart": _("chart"),
            "keys": _("Arrow keys walk through it, Enter opens, Escape goes back."),
        },
        ensure_ascii=False,
    )


@register.filter
def in_groups(controls: list) -> dict:
    """The controls that are always in sight, and those that a phone folds away: {"first": [...], "more": [...]}.

    `chosen` tells that one of the folded ones is not at its first choice, so that they must be seen.
    """
    more = [control for control in controls if control["name"] not in FIRST]
    return {
        "first": [control for control in controls if control["name"] in FIRST],
        "more": more,
        "chosen": any(not control["choices"][0]["current"] for control in more),
    }


@register.filter
def steps(control: dict) -> dict | None:
    """The neighbours of the current choice of a long control: {"before": {...}, "current": {...}, "after": None}."""
    choices = control["choices"]
    place = next((place for place, choice in enumerate(choices) if choice["current"]), None)
    if len(choices) <= MANY or place is None:
        return None
    return {
        "before": choices[place - 1] if place else None,
        "current": choices[place],
        "after": choices[place + 1] if place + 1 < len(choices) else None,
    }


@register.filter
def day(text: str) -> date:
    """The date that a payload writes as "2026-11-21", for Django's own filters."""
    return date.fromisoformat(text)


@register.filter
def exact(value: int | None) -> str:
    """A whole number with thin gaps; no value is a dash."""
    return numbers.exact(value)


@register.filter
def once(facts: list) -> list:
    """The facts whose label no earlier one bears: two datasets of the same trade have the same total."""
    labels = [fact["label"] for fact in facts]
    return [fact for place, fact in enumerate(facts) if fact["label"] not in labels[:place]]


@register.filter
def drawing(figure: dict) -> dict:
    """The figure as a chart needs it, without the table and the SVG that the page holds already."""
    return {name: part for name, part in figure.items() if name not in ("table", "svg")}


@register.filter
def flags(table: dict) -> list:
    """The letters that stand beside numbers in a table, with their meaning: [("P", "provisional")]."""
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    return sorted({(cell["status"], cell["status_text"]) for cell in cells if cell["status"] not in ("", "A")})
