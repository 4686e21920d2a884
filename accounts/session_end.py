"""When a session ends: a fixed time after the login, whatever is done in it meanwhile. What is sent later is kept.

A form of the admin that comes after that is kept until its sender has logged in again. A browser in which somebody is
logged in to the admin carries a signed cookie that says whose it is; it opens nothing. By it a form that comes without
a session is known to be theirs, and comes back to nobody else (tables.kept_forms).
"""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import csrf

from tables import kept_forms

COOKIE, SALT, PATH = "editor", "accounts.session_end", "/admin/"
LASTS = 30 * 24 * 3600  # seconds


def fix(request: HttpRequest) -> None:
    """Have the session end SESSION_COOKIE_AGE from now; a number of seconds would begin anew at each change of it."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


class KeptForms:
    """Middleware: after Django's of CSRF, which a form must have passed, and of accounts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PATH) and request.user.is_authenticated and _editor(request) != _name(request):
            response.set_signed_cookie(
                COOKIE, _name(request), SALT, max_age=LASTS, path=PATH, httponly=True, samesite="Strict",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Keep a form that comes without a session; the view then leads to the login."""
        if request.method == "POST" and "admin" in request.resolver_match.app_names:
            is_sent_by_hand = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
            if is_sent_by_hand and not request.user.is_authenticated and (editor := _editor(request)):
                kept_forms.keep(request, editor)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is not right; one that is older than its sender's login comes back to be sent again.

    The cookie is sent with no form that comes from another site.
    """
    is_own = request.path.startswith(PATH) and request.user.is_authenticated and _editor(request) == _name(request)
    if is_own and kept_forms.keep(request, _name(request)):
        messages.warning(request, _("You logged in again after this page was opened, so nothing was saved."))
        return redirect(request.get_full_path())
    response = csrf.csrf_failure(request, reason)
    response.status_code = HTTPStatus.FORBIDDEN
    return response


def _name(request):
    return str(request.user.pk)


def _editor(request):
    """Whose browser it is, as far as a cookie can say."""
    return request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=LASTS)
