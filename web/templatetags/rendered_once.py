"""Includes a part of a page that many pages have in common, rendered once for what it shows."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 200  # parts, some 5 kB each
_rendered: dict = {}  # {(template, language, id of what it shows): (what it shows, its HTML)}


@register.simple_tag
def include_once(name: str, **shown) -> SafeString:
    """Include a template that shows one thing and nothing else: {% include_once "trade/_terms.html" terms=terms %}.

    It is rendered once for as long as that is the very same object (web.page_cache.by_stamp keeps it so).
    """
    [(key, thing)] = shown.items()
    place = (name, get_language(), id(thing))
    if place not in _rendered:
        while len(_rendered) >= MOST:
            _rendered.pop(next(iter(_rendered)), None)
        _rendered[place] = (thing, get_template(name).render({key: thing}))  # as long as it is held its id is its own
    return _rendered[place][1]
