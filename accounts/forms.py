"""allauth's forms, as this site needs them: a login that ends at a fixed time, codes with our limit of attempts."""

from allauth.account import forms
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from accounts import guessing, session_end


class LoginForm(forms.LoginForm):
    def login(self, *args, **kwargs):
        """Log in; allauth then has the session last for so many seconds after its last change, which is undone here."""
        answer = super().login(*args, **kwargs)
        session_end.fix(context.request)
        return answer


class LimitedCode:
    def clean_code(self):
        guessing.check_code_attempt(context.request, self.user.get_username())
        return super().clean_code()


class CodeForm(LimitedCode, AuthenticateForm):
    pass


class ConfirmingCodeForm(LimitedCode, ReauthenticateForm):
    pass
