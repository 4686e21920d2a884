"""How an answer is sent: open to every origin, compressed, under a validator, without a cookie."""

import gzip
import hashlib
from functools import wraps

import brotli
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from trade.api import refusals

METHODS = "GET, HEAD, OPTIONS"
WORTH_PACKING = 1000  # bytes
SHORT_LIVED = {"public": True, "max_age": 60}
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def openly(view):
    """Wrap a view of the API: it answers GET, HEAD and OPTIONS, from anywhere, and "not modified" where it can."""

    @wraps(view)  # what Django notes on the view stays noted
    def answer(request, *args, **kwargs):
        response = _answered(request, view, args, kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        for name, value in OPEN.items():
            response[name] = value
        return response

    return answer


def _answered(request, view, args, kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        return _not_allowed(request.method)
    request.method, method = "GET", request.method  # the operations know GET alone
    response = view(request, *args, **kwargs)
    request.method = method
    return _sent(request, response) if response.status_code == 200 else _packed(request, response)


def _not_allowed(method):
    message = "This interface is read only."
    refused = refusals.Refused(405, "method_not_allowed", message, found=method, expected=METHODS)
    response = refusals.answer(refused)
    response["Allow"] = METHODS
    return response


def _sent(request, response):
    patch_cache_control(response, **SHORT_LIVED)
    response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    modified = getattr(request, "last_modified", None)
    seconds = modified and int(modified.timestamp())
    if seconds:
        response["Last-Modified"] = http_date(seconds)
    sent = get_conditional_response(request, etag=response["ETag"], last_modified=seconds, response=response)
    return _packed(request, sent)


def _packed(request, response):
    """Compress what is worth it, as the client prefers."""
    accepted = _accepted(request.headers.get("Accept-Encoding", ""))
    if response.status_code == 304 or len(response.content) < WORTH_PACKING or not accepted:
        return response
    if accepted == "br":
        response.content = brotli.compress(response.content, quality=4)
    else:
        response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
    response["Content-Encoding"] = accepted
    response["Content-Length"] = str(len(response.content))
    return response


def _accepted(header):
    """Choose of "gzip, br;q=0.5" the one to use: "br", "gzip" or ""."""
    offered = {}
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offered.get(name)), "")
