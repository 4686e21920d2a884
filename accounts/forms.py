"""allauth's forms of a second factor, with our limit of attempts; those of the password have it by the adapter."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from accounts import guessing


class LimitedCode:
    def clean_code(self):
        guessing.check_code_attempt(context.request, self.user.get_username())
        return super().clean_code()


class CodeForm(LimitedCode, AuthenticateForm):
    pass


class ConfirmingCodeForm(LimitedCode, ReauthenticateForm):
    pass
