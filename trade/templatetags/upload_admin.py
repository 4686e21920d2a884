"""Filters by which the pages of the upload desk write numbers and words."""

from django import template
from django.utils.translation import gettext as _

from trade import number_text
from trade.models import Flow, shown_code

register = template.Library()


@register.filter
def exact(value):
    """Write a whole number; no value is a dash."""
    return number_text.exact(value)


@register.filter
def direction(code):
    """Name a direction for a reader."""
    return Flow(code).label if code in Flow.values else code


register.filter(shown_code)


@register.filter
def get(mapping, key):
    """Look a key up that is only known in the template."""
    return mapping.get(key, "")


@register.filter
def kind(word):
    """Say the kind of a change in the reader's language."""
    return {"new": _("new"), "changed": _("changed"), "removed": _("removed")}.get(word, word)
