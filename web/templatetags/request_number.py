"""The number of a request, for the page that says that something went wrong."""

from django import template

from web.logs import request_id

register = template.Library()


@register.simple_tag(name="request_number")
def request_number() -> str:
    """Return the number under which the log names this request: "9f2c41d07be3a5561c80"; "" where there is none."""
    return request_id.current()
