"""Tags that hand the scripts of a page the words which they write, in the language of the page."""

import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def words() -> str:
    """The words that scripts write, as the JSON of a data attribute."""
    return json.dumps(of_units() | _of_choices() | _of_figures() | _of_events(), ensure_ascii=False)


def of_units() -> dict:
    """Say in what figures are drawn, by their measure: {"value": "US dollars", …}."""
    return {
        "value": _("US dollars"),
        "share": _("Per cent of total"),
        "change": _("Per cent more or less than a year earlier"),
        "index": _("Index"),
        "quantity": _("Quantity"),
        "unit_value": _("US dollars per unit of quantity"),
        "rank": _("Rank by value in US dollars"),
    }


def _of_choices():
    return {
        "another": _("choose another"),
        "more": _("More"),
        "filter": _("Filter by name or code"),
        "most": _("Choose up to ten. Leave empty for all."),
        "showThese": _("Show these"),
        "play": _("Play"),
        "pause": _("Pause"),
        "from": _("First period shown"),
        "until": _("Last period shown"),
        "to": _("to"),
        "show": _("Show"),
        "showAll": _("Show all"),
    }


def _of_figures():
    return {
        "site": _("North Korea’s trade with China"),
        "missing": _("missing"),
        "terms": _("Definitions"),
        "invented": _("invented figures"),
        "series": _("Series"),
        "table": _("Table of these figures"),
        "take": _("Download or embed"),
        "chart": _("chart"),
        "keys": _("Use the arrow keys to move between items, Enter to open one and Escape to go back."),
        "colours": _("Colours"),
        "copied": _("Copied"),
        "press": _("Selected. Press Ctrl+C (Mac: ⌘C) to copy."),
        "noPicture": _("The image could not be created in this browser. Download the SVG instead."),
    }


def _of_events():
    return {
        "events": _("Events"),
        "eventsAndSanctions": _("Events (of which UN sanctions: %s)"),
        "eventDetails": _("Details and sources"),
        "eventLeft": _("One more event is not marked."),
        "eventsLeft": _("%s more events are not marked."),
        "source": _("Source:"),
        "unchecked": _("not yet checked"),
        "asterisk": _("Items marked * have not yet been fully checked."),
    }


@register.simple_tag
def take_words() -> str:
    """The words that the panel of a figure says when it has copied something, as JSON."""
    words = {"copied": _("Copied"), "press": _("Selected. Press Ctrl+C (Mac: ⌘C) to copy."), "close": _("Close")}
    return json.dumps(words, ensure_ascii=False)
