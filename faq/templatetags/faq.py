"""The public face of what is typed, for the templates of other pages: questions and measures beside a chart."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from faq import markdown
from faq.models import UNCHECKED, Measure, Question

register = template.Library()


@register.inclusion_tag("faq/_questions.html")
def questions(page: str) -> dict:
    """List the published questions of a page, each to be opened: {% questions "provinces" %}. One query."""
    return {"questions": Question.objects.on_page(page)}


@register.inclusion_tag("faq/_measures.html")
def measures_for(codes, flow: str = "") -> dict:
    """List the measures on goods: {% measures_for "27" flow="from_dprk" %}, or on a section's chapters, ["25", "26"].

    Three queries; nothing is printed where there is no measure.
    """
    wanted = [codes] if isinstance(codes, str) else list(codes)
    return {"measures": Measure.objects.of_flow(flow).on_goods(wanted).for_pages()}


@register.filter
def as_html(text: str, below: int = 2) -> SafeString:
    """Turn an answer's Markdown into HTML below a heading of that level: {{ question.answer|as_html:3 }}."""
    return markdown.render(text, below)


@register.filter
def in_words(text: str) -> str:
    """Say an editor's mark in words: "to 10 December 2017 (R)" -> "to 10 December 2017 (not yet checked)"."""
    return UNCHECKED.sub(" " + _("(not yet checked)"), text)


@register.filter
def without_marks(text: str) -> str:
    """Leave out an editor's marks: "84; 85 (R)" -> "84; 85"."""
    return UNCHECKED.sub("", text).replace("-", "–")
