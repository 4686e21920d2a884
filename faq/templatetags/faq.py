"""The questions beside a chart, for the templates of other pages, and their answers as HTML."""

from django import template
from django.utils.safestring import SafeString

from faq import markdown
from faq.models import Question

register = template.Library()


@register.inclusion_tag("faq/_questions.html")
def questions(page: str) -> dict:
    """List the published questions of a page, each to be opened: {% questions "provinces" %}. One query."""
    return {"questions": Question.objects.on_page(page)}


@register.filter
def as_html(text: str, below: int = 2) -> SafeString:
    """Turn an answer's Markdown into HTML below a heading of that level: {{ question.answer|as_html:3 }}."""
    return markdown.render(text, below)
