"""The app of accounts, and allauth's of second factors; once all models are there, the log begins to watch some."""

from allauth.mfa.apps import MFAConfig
from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True  # of those in this module, what "accounts" in the settings means
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import deployment_checks, login_signals, model_signals  # they import models

        for check in deployment_checks.CHECKS:
            checks.register(check, checks.Tags.security, deploy=True)
        login_signals.connect()
        model_signals.connect()


class SecondFactorConfig(MFAConfig):
    """allauth's app in the words that the pages of this site use: the model offers no other way to them."""

    verbose_name = _("Second factors")

    def ready(self):
        super().ready()
        from accounts import second_factor  # it imports models

        model = self.get_model("Authenticator")
        model._meta.verbose_name, model._meta.verbose_name_plural = _("second factor"), _("second factors")
        model.__str__ = second_factor.name_of
