"""How a page is taken apart to be kept, and how it is sent: compressed, as "not modified", or as last known."""

import hashlib
import time

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

from web import compression
from web.page_cache.stamp import Seen

FIRST = 4  # of Brotli's qualities: takes a millisecond; what is read often is packed again (web.page_cache.popular)
UNKEPT_HEADERS = ("content-length", "vary", "etag")
TOLD_AFTER = 60  # seconds of a database that is away, after which a page says so
MARK = b"<!-- last known -->"  # where a page of HTML says it
clock = time.time
SECONDS = 600  # for which anything is kept: words may depend on the day, and somebody may edit behind the admin


def is_young(made: float) -> bool:
    """Whether something was not made long ago, or in what is the future since the clock was set back."""
    return abs(clock() - made) <= SECONDS


def may_be_kept(response: HttpResponse) -> bool:
    """Tell whether an answer is the same for everybody who asks for its address."""
    varies = response.get("Vary", "").lower()
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.get("Cache-Control", "")
        and varies in ("", "accept-encoding")
    )


def taken(response: HttpResponse) -> dict:
    """Take an answer apart: {"headers": {…}, "etag": 'W/"…"', "made": 1764…, "bodies": {"br": …}}.

    What is worth packing is packed quickly, and for the one form that most clients ask for; `body` makes the others.
    """
    content = response.content
    is_packed = compression.is_worth_packing(content, response.get("Content-Type", ""))
    packed = {"br": compression.packed(content, "br", FIRST)} if is_packed else {}
    return {
        "headers": {name: value for name, value in response.items() if name.lower() not in UNKEPT_HEADERS},
        # Weak: one tag for all encodings of the same page.
        "etag": f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
        "made": clock(),
        "bodies": packed or {"": content},
    }


def sent(request: HttpRequest, found: dict, seen: Seen | None) -> HttpResponse:
    """Send what is kept in the form that the client understands."""
    if seen and seen.is_last_known:
        return _sent_as_last_known(request, found, seen.age)
    encoding, content = body(found["bodies"], compression.accepted(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    return _tagged(request, found, content, encoding, found["etag"])


def body(bodies: dict, accepted: str) -> tuple[str, bytes]:
    """Choose the form that a client understands, "br", "gzip" or "": ("gzip", b"…"); it is made when asked for."""
    if accepted in bodies:
        return accepted, bodies[accepted]
    if "br" not in bodies:
        return "", bodies[""]
    plain = compression.unpacked(bodies["br"])
    if accepted:
        plain = bodies[accepted] = compression.packed(plain, accepted)
    return accepted, plain


def _tagged(request, found, body, encoding, etag):
    response = HttpResponse(body, headers=found["headers"])
    response["ETag"], response["Content-Length"] = etag, str(len(body))
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response)


def _sent_as_last_known(request, found, age):
    """Send a page while the database is away: marked by a header, and after a while by a line of its own."""
    (_plain, content), etag = body(found["bodies"], ""), found["etag"]
    if age > TOLD_AFTER and MARK in content:
        content, etag = content.replace(MARK, render_to_string("_last_known.html").encode()), etag[:-1] + '-last-known"'
    response = _tagged(request, found, content, "", etag)
    response["Yalu-Last-Known"] = f"{age:.0f}"
    response["Cache-Control"] = "public, max-age=10"
    return response
