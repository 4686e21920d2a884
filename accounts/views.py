"""The admin's own login, replaced: every way in is that of allauth, with its second factor and our limits.

And the page on which somebody switches mails off.
"""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.forms import MailsForm
from accounts.models import WithoutMails


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


class Mails(LoginRequiredMixin, FormView):
    """Whether somebody gets the mails about uploads and drafts."""

    form_class, template_name = MailsForm, "account/mails.html"
    success_url = reverse_lazy("account_mails")

    def get_initial(self):
        return {"wanted": not WithoutMails.objects.filter(account=self.request.user).exists()}

    def form_valid(self, form):
        """Keep the choice, and say so."""
        if form.cleaned_data["wanted"]:
            WithoutMails.objects.filter(account=self.request.user).delete()
            messages.success(self.request, _("You will get emails about uploads and drafts."))
        else:
            WithoutMails.objects.get_or_create(account=self.request.user)
            messages.success(self.request, _("You will get no more emails about uploads and drafts."))
        return super().form_valid(form)


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
