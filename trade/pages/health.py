"""Tells whoever watches over the site whether this server answers, and whether its database does."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trade.models import Release


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the database answers too; 503 while it does not."""
    try:
        connection.ensure_connection()
        Release.objects.exists()
    except Exception:  # whatever it is, this server must get no readers now
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
