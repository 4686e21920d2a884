"""Answers 503 where this server cannot do what was asked: the database is away, or there is too much to do.

Programs that ask for data get a line of text or JSON, readers a page that asks nothing of anybody.
"""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

AWAY = (OperationalError, InterfaceError)  # what Django raises when the database does not answer
SOON = 10  # seconds after which it is worth asking again


class DatabaseAway:
    """Middleware: a view that cannot reach the database says so, and when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return database_away(request) if isinstance(exception, AWAY) else None


def database_away(request: HttpRequest) -> HttpResponse:
    """Say that the data cannot be reached."""
    message = _("The database of this site does not answer at the moment. Ask again in %d seconds.") % SOON
    return _answer(request, 503, "database_away", message, SOON)


def too_busy(request: HttpRequest, refused: tuple[int, int]) -> HttpResponse:
    """Say that this address has asked for too much (429), or that all together have (503), and when to come back."""
    status, seconds = refused
    message = _("Too much is being asked for at the moment. Ask again in %d seconds.") % seconds
    if status == 429:
        message = _("Too much was asked for from this address. Ask again in %d seconds.") % seconds
    return _answer(request, status, "too_many_requests" if status == 429 else "too_busy", message, seconds)


def _answer(request, status, code, message, seconds):
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if request.path.startswith("/api/v1/"):
        fault = {"code": code, "message": message, "parameter": None, "found": None, "expected": None}
        return JsonResponse({"error": fault}, status=status, headers=headers)
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(f"{message}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
    page = render_to_string("503.html", {"status": status, "message": message})
    return HttpResponse(page, status=status, headers=headers)
