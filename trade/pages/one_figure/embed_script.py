"""Serves the script by which an article gives our frames their height; its address stays, so that code stays valid."""

import hashlib
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from web.cross_origin import shared

FILE = settings.BASE_DIR / "static/js/figure/embed.js"
A_DAY, A_MONTH = 86_400, 30 * 86_400  # seconds


@shared
@require_safe
@condition(etag_func=lambda request: f'"{hashlib.sha256(_script()).hexdigest()[:32]}"')
def embed_script(request: HttpRequest) -> HttpResponse:
    """Send the script: for a day without asking, for a month more while it is asked for anew."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, public=True, max_age=A_DAY, stale_while_revalidate=A_MONTH)
    return response


@cache
def _script():
    return FILE.read_bytes()
