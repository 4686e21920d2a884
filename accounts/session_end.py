"""When a session ends: a fixed time after the login, whatever is done in it meanwhile."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def fix(request: HttpRequest) -> None:
    """Have the session end SESSION_COOKIE_AGE from now; a number of seconds would begin anew at each change of it."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
