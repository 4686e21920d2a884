"""Answers 503 where this server cannot do what was asked: database or storage are away, or there is too much to do.

Programs that ask for data get a line of text or JSON, readers a page that asks nothing of anybody.
"""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from web import disk_faults

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)  # what Django raises when the database does not answer
PIECE = 1 << 20
SOON = 10  # seconds after which it is worth asking again


class StorageAway(Exception):
    """A file of a release that should be in the storage of bundles cannot be read."""


class PartAway:
    """Middleware: a view that cannot reach the database or a file, or cannot write, says so, and when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_of_the_view) -> HttpResponse | None:
        """Read a form that the protection against forgery would read: for a large file in it there may be no room."""
        if settings.CSRF_COOKIE_NAME in request.COOKIES:
            try:
                request.POST  # noqa: B018
            except OSError as error:
                if words := disk_faults.in_words(error):
                    _read_to_the_end(request)
                    return disk_fault(request, words)
                raise
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, StorageAway):
            log.error("The storage of bundles does not answer: %s", exception)
            return storage_away(request)
        if words := disk_faults.in_words(exception):
            return disk_fault(request, words)
        return database_away(request) if isinstance(exception, AWAY) else None


def database_away(request: HttpRequest) -> HttpResponse:
    """Say that the data cannot be reached."""
    message = _("The database is not responding at the moment. Try again in %d seconds.") % SOON
    return _answer(request, 503, "database_away", message, SOON)


def disk_fault(request: HttpRequest, words: str) -> HttpResponse:
    """Say that the disk is full or cannot be written, or that what is to be stored cannot be."""
    log.error("%s %s: %s", request.method, request.path, words)
    return _answer(request, 503, "disk", words, SOON)


def _read_to_the_end(request):
    """Who is still sending a file would not see the answer, but a connection that breaks off."""
    with suppress(OSError):
        while request.read(PIECE):
            pass


def storage_away(request: HttpRequest) -> HttpResponse:
    """Say that a file cannot be read."""
    message = _("This site’s files cannot be read at the moment. Try again in %d seconds.") % SOON
    return _answer(request, 503, "storage_away", message, SOON)


def too_busy(request: HttpRequest, refused: tuple[int, int]) -> HttpResponse:
    """Say that this address has asked for too much (429), or that all together have (503), and when to come back."""
    status, seconds = refused
    message = _("The site is receiving too many requests at the moment. Try again in %d seconds.") % seconds
    if status == 429:
        message = _("Too many requests from this IP address. Try again in %d seconds.") % seconds
    return _answer(request, status, "too_many_requests" if status == 429 else "too_busy", message, seconds)


def _answer(request, status, code, message, seconds):
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if request.path.startswith("/api/v1/"):
        fault = {"code": code, "message": message, "parameter": None, "found": None, "expected": None}
        return JsonResponse({"error": fault}, status=status, headers=headers)
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(f"{message}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
    context = {"status": status, "message": message, "storage_away": code == "storage_away"}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=status, headers=headers)
