"""Lets nobody into the admin, or to the settings of an account, past a second factor that is there or must be."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import second_factor

OPEN = {"logout", "login", "jsi18n", "account_logout", "account_login"}


class SecondFactorMiddleware:
    """Asks at each page of the admin and of accounts; pages of readers are not touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Send an account without its second factor to log in again, or to set one up."""
        match = request.resolver_match
        in_admin = "admin" in match.app_names
        in_account = (match.url_name or "").startswith(("account_", "mfa_"))
        if not (in_admin or in_account) or match.url_name in OPEN or not request.user.is_authenticated:
            return None
        if second_factor.is_set_up(request.user.get_username()):
            return None if second_factor.is_proven(request) else _to_login(request)
        if in_admin and second_factor.is_required(request.user):
            messages.warning(request, _("Set up a second factor to access the admin."))
            return redirect("mfa_index")
        return None


def _to_login(request):
    logout(request)
    messages.warning(request, _("Log in again using your second factor."))
    return redirect("account_login")
