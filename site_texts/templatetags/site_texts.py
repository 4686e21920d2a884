"""The texts of the site in templates: {% site_text "name" %} for a line, {% site_prose "about" %} for Markdown."""

from django import template
from django.utils.safestring import SafeString

from site_texts import markdown, shown_texts

register = template.Library()


@register.simple_tag(takes_context=True)
def site_text(context, key: str) -> str:
    """A line of plain text."""
    return shown_texts.of(context.get("request"))[key]


@register.simple_tag
def last_read_text(key: str) -> str:
    """A line of plain text as it was read last: for pages of errors, which ask no database."""
    return shown_texts.last_read()[key]


@register.simple_tag(takes_context=True)
def site_prose(context, key: str) -> SafeString:
    """Markdown as HTML, paragraph by paragraph; nothing where there are no words."""
    return markdown.render(shown_texts.of(context.get("request"))[key])
