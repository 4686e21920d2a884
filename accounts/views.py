"""The admin's own login, replaced: every way in is that of allauth, with its second factor and our limits."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login, and from there back to the page that was asked for; who is logged in but no staff, nowhere."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not get_adapter().is_safe_url(wanted):
        wanted = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, reverse("account_login"))
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    return redirect(wanted)


class ForgottenPassword(PasswordResetView):
    """allauth's, which where the site cannot send mail says so."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"mail_can_be_sent": bool(settings.EMAIL_URL)}


class NewPassword(PasswordResetFromKeyView):
    """allauth's, which keeps the link of the mail in the session; in a new one, so that no planted session has it."""

    def dispatch(self, request, uidb36, key, **kwargs):
        answer = super().dispatch(request, uidb36, key, **kwargs)
        if key != self.reset_url_key and answer.status_code == HTTPStatus.FOUND:
            request.session.cycle_key()
        return answer
