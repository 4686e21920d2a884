"""Answers as all public pages send them: for caches to keep for a minute."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

SHORT_LIVED = {"public": True, "max_age": 60}


def page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Render a page."""
    return sent(render(request, template, context))


def sent(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer for a minute; `kept` tags and compresses it."""
    patch_cache_control(response, **SHORT_LIVED)
    return response
