"""Answers as all public pages send them: for caches to keep for a minute."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control

LONGEST_NUMBER = 5  # digits of a page of a list
SHORT_LIVED = {"public": True, "max_age": 60}


def page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Render a page."""
    return sent(render(request, template, context))


def sent(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer for a minute; `kept` tags and compresses it."""
    patch_cache_control(response, **SHORT_LIVED)
    return response


def in_small_letters(request: HttpRequest) -> HttpResponse:
    """Codes are written in small letters in addresses: /commodities/V/ is /commodities/v/."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(request.path.lower() + (f"?{query}" if query else ""), permanent=True)


def page_number(request: HttpRequest, *args, **kwargs) -> str:
    """Write which page of a list is asked for as its address does: "page=2"; "" for the first, and for no number."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
    return f"page={number}" if number > 1 else ""


def query_of(page: Page) -> str:
    """The same, of the page that is shown: one behind the end shows the last."""
    return f"page={page.number}" if page.number > 1 else ""
