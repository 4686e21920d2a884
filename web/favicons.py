"""The mark of the site for browsers that draw no SVG in a tab, and for home screens: drawn from static/favicon.svg."""

import struct
from functools import cache

import resvg_py
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

TAB, HOME = 32, 180  # pixels
GROUND = "#fdfcfa"  # the stylesheet's; a home screen shows no transparent icon
A_WEEK = 7 * 24 * 3600


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send /favicon.ico, which browsers ask for where a page names no icon, as the admin's do."""
    return _sent(ico(drawn(TAB), TAB), "image/x-icon")


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Send /apple-touch-icon.png."""
    return _sent(drawn(HOME, GROUND), "image/png")


@cache
def drawn(size: int, ground: str | None = None) -> bytes:
    """Draw the mark as a PNG of so many pixels; on a ground it has a margin of a sixth."""
    mark = (settings.BASE_DIR / "static/favicon.svg").read_text()
    if ground:
        mark = mark.replace('viewBox="0 0 32 32"', 'viewBox="-8 -8 48 48"')
    return bytes(resvg_py.svg_to_bytes(svg_string=mark, width=size, height=size, background=ground))


def ico(png: bytes, size: int) -> bytes:
    """Wrap a PNG as an .ico of one picture: its directory, the picture's entry, the picture."""
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + png


def _sent(content, kind):
    response = HttpResponse(content, content_type=kind)
    patch_cache_control(response, public=True, max_age=A_WEEK)
    return response
