"""Sends the answers of the API: open to every origin, compressed, with ETag and Last-Modified, without a cookie."""

import hashlib
from functools import wraps

from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from trade.api import errors
from web import compression, throttling, unavailable
from web.cross_origin import METHODS, shared

SHORT_LIVED = {"public": True, "max_age": 60}


def openly(view):
    """Wrap a view of the API: it answers GET, HEAD and OPTIONS, from anywhere, and "not modified" where it can."""

    @shared
    @wraps(view)  # keeps the attributes by which Django's decorators mark a view
    def answer(request, *args, **kwargs):
        response = _answer(request, view, args, kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return answer


def _answer(request, view, args, kwargs):
    if request.method not in ("GET", "HEAD"):
        return _not_allowed(request.method)
    request.method, method = "GET", request.method  # the operations know GET alone
    with throttling.PROGRAMS.turn(request) as refused:
        response = unavailable.too_busy(request, refused) if refused else view(request, *args, **kwargs)
    request.method = method
    return _send(request, response) if response.status_code == 200 else _compress(request, response)


def _not_allowed(method):
    message = "This interface is read only."
    refused = errors.Refused(405, "method_not_allowed", message, found=method, expected=METHODS)
    response = errors.answer(refused)
    response["Allow"] = METHODS
    return response


def _send(request, response):
    """Add the validators, and answer "not modified" where the client's copy is still right."""
    patch_cache_control(response, **SHORT_LIVED)
    response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    modified = getattr(request, "last_modified", None)
    seconds = modified and int(modified.timestamp())
    if seconds:
        response["Last-Modified"] = http_date(seconds)
    sent = get_conditional_response(request, etag=response["ETag"], last_modified=seconds, response=response)
    return _compress(request, sent)


def _compress(request, response):
    """Compress a response where that is worth it, by the encoding that the client prefers."""
    encoding = compression.accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if not encoding or not compression.is_worth_packing(response.content, response.get("Content-Type", "")):
        return response
    response.content = compression.packed(response.content, encoding)
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    return response
