"""Includes a part of a page that many pages have in common, rendered once for what it shows."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from web.page_cache.shelf import Shelf

register = template.Library()

_rendered = Shelf()  # {(template, language, id of what it shows): (what it shows, its HTML)}


@register.simple_tag
def include_once(name: str, **shown) -> SafeString:
    """Include a template that shows one thing and nothing else: {% include_once "trade/_terms.html" terms=terms %}.

    It is rendered once for as long as that is the very same object (web.page_cache.by_stamp keeps it so).
    """
    [(key, thing)] = shown.items()
    place = (name, get_language(), id(thing))
    found = _rendered.get(place)
    if not found:
        found = (thing, get_template(name).render({key: thing}))  # as long as it is held its id is its own
        _rendered.put(place, found)
    return found[1]
