"""/.well-known/security.txt (RFC 9116): to whom a hole in the site is told."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from web import site_address

VALID = timedelta(days=180)  # from the day on which it is asked for: the file is made anew each time
A_DAY = 24 * 3600


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Send the contact, where the file lies, and until when it may be relied on."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + VALID
    contact = settings.SITE_CONTACT if ":" in settings.SITE_CONTACT else f"mailto:{settings.SITE_CONTACT}"
    lines = {
        "Contact": contact,
        "Expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": settings.LANGUAGE_CODE,
        "Canonical": site_address.whole(request, request.path),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response
