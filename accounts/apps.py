"""The app of accounts; once all models are there, the log begins to watch those that it keeps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import deploy_checks, login_signals, model_signals  # they import models

        deploy_checks.register()
        login_signals.connect()
        model_signals.connect()
