"""The measures beside a chart, for the templates of other pages, and an editor's marks in words."""

from django import template
from django.utils.translation import gettext as _

from sanctions.models import UNCHECKED, Measure

register = template.Library()


@register.inclusion_tag("sanctions/_measures.html")
def measures_for(codes, flow: str = "") -> dict:
    """List the measures on goods: {% measures_for "27" flow="from_dprk" %}, or on a section's chapters, ["25", "26"].

    Three queries; nothing is printed where there is no measure.
    """
    wanted = [codes] if isinstance(codes, str) else list(codes)
    return {"measures": Measure.objects.of_flow(flow).on_goods(wanted).for_pages()}


@register.filter
def in_words(text: str) -> str:
    """Say an editor's mark in words: "to 10 December 2017 (R)" -> "to 10 December 2017 (not yet checked)"."""
    return UNCHECKED.sub(" " + _("(not yet checked)"), text)


@register.filter
def without_marks(text: str) -> str:
    """Leave out an editor's marks: "84; 85 (R)" -> "84; 85"."""
    return UNCHECKED.sub("", text).replace("-", "–")
