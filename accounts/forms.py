"""allauth's forms, as this site needs them: sessions that end at a fixed time, limited codes, its own words.

And the choice of an account to get no mails.
"""

from allauth.account import forms
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.forms import BooleanField, Form
from django.utils.translation import gettext_lazy as _

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


class AppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the authenticator app")


class KeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Key name")
        self.fields["passwordless"].label = _("Log in with this key alone")
        self.fields["passwordless"].help_text = _(
            "Turns the key into a passkey: you log in with your fingerprint, face or PIN instead of a username and "
            "password. Leave unticked to use the key as a second factor after the password."
        )


class MailsForm(Form):
    """Whether an account gets mails about uploads and drafts."""

    wanted = BooleanField(required=False, label=_("Send me emails about uploads and drafts"))
