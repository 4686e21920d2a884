"""What allauth asks of this site: nobody signs up, guessing is slowed, no session is planted, secrets are encrypted.

Mails name the site by the address that it is known by.
"""

import logging
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from accounts import guessing, stored_secrets
from site_texts import shown_texts
from web import site_address

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made in the admin."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Refuse an attempt that is one too many; allauth's own limit, by account alone, is off in the settings."""
        guessing.check_password_attempt(request, credentials.get("username", ""))
        super().pre_authenticate(request, **credentials)

    def pre_login(self, request, user, **kwargs):
        """Begin a session anew once a password is right: whoever planted the old one is not led to the second factor.

        allauth does so only when the login is complete.
        """
        request.session.cycle_key()
        return super().pre_login(request, user, **kwargs)

    def get_reset_password_from_key_url(self, key):
        """Link to the site's own address, whatever host the one who asked for the mail has named."""
        return site_address.whole(self.request, urlsplit(super().get_reset_password_from_key_url(key)).path)

    def format_email_subject(self, subject):
        return f"[{self._host()}] {subject}"

    def send_mail(self, template_prefix, email, context):
        site = SimpleNamespace(domain=self._host(), name=self._host())
        super().send_mail(template_prefix, email, context | {"current_site": site})

    def _host(self):
        return urlsplit(site_address.of(self.request)).netloc

    def send_notification_mail(self, *args, **kwargs):
        """Tell of a change that was made; where the mail server fails, the change still stands and its page answers."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except OSError:  # SMTPException is one
            logger.exception("a mail that tells of a change of an account could not be sent")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "This second factor cannot be removed because your account needs one. Add another first."
        ),
        "cannot_generate_recovery_codes": _("Set up a second factor before generating recovery codes."),
        "incorrect_code": _("Incorrect code. Check that your device’s clock is correct."),
    }

    def generate_authenticator_name(self, user, type):
        """Name a key until its owner names it: "Key 2"."""
        return _("Key %d") % (Authenticator.objects.filter(user=user, type=type).count() + 1)

    def get_totp_issuer(self):
        """Name the site in the program that makes the codes."""
        return shown_texts.now()["name"]

    def encrypt(self, text):
        return stored_secrets.encrypt(text)

    def decrypt(self, encrypted_text):
        return stored_secrets.decrypt(encrypted_text)
