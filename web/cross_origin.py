"""Lets pages of other sites read what is public data: files of releases, forms of a view, the feed, the API.

None of it carries a cookie. All else stays closed to them (web.security_headers).
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

METHODS = "GET, HEAD, OPTIONS"
ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Disposition, Content-Encoding, Content-Length, Content-Location, Content-Range, ETag, "
        "Last-Modified, Link, Retry-After"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS, "Access-Control-Max-Age": "86400"}
USUAL = "If-Match, If-Modified-Since, If-None-Match, If-Range, Range"  # headers of a request for data
LONGEST_LIST = 1000  # characters of header names that a preflight may ask for


def shared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of public data: any site may read its answers, errors too, and ask before (OPTIONS)."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = preflight(request) if request.method == "OPTIONS" else view(request, *args, **kwargs)
        return allow(response)

    return answer


def shared_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of a page whose other forms (.csv, .json, pictures) are data; its embed may be framed."""
    as_data = shared(view)

    @wraps(view)
    def answer(request: HttpRequest, *args, form: str = "html", **kwargs) -> HttpResponse:
        if form not in ("html", "embed"):
            return as_data(request, *args, form=form, **kwargs)
        response = view(request, *args, form=form, **kwargs)
        if form == "embed":
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def preflight(request: HttpRequest) -> HttpResponse:
    """Answer what a browser asks before it sends a request with headers of its own: all of them may be sent."""
    asked = request.headers.get("Access-Control-Request-Headers", "")[:LONGEST_LIST]
    names = ", ".join(name.strip() for name in asked.split(",") if _is_name(name.strip()))
    return HttpResponse(status=204, headers=PREFLIGHT | {"Access-Control-Allow-Headers": names or USUAL})


def _is_name(text):
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def allow(response: HttpResponse) -> HttpResponse:
    for name, value in ALLOWED.items():
        response[name] = value
    return response
