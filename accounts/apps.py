"""The app of accounts; once all models are there, the log begins to watch those that it keeps."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import deployment_checks, login_signals, model_signals  # they import models

        for check in deployment_checks.CHECKS:
            checks.register(check, checks.Tags.security, deploy=True)
        login_signals.connect()
        model_signals.connect()
