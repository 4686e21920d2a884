"""What `manage.py check --deploy` says of accounts."""

from django.conf import settings
from django.core import checks


def mail(app_configs, **kwargs):
    """Warn where no mail can be sent: a forgotten password is then set anew by an administrator only."""
    if settings.EMAIL_URL:
        return []
    message = "EMAIL_URL is not set: nobody can reset a forgotten password by mail."
    return [checks.Warning(message, hint="EMAIL_URL=smtp+tls://user:password@host:587", id="accounts.W001")]


def second_factor(app_configs, **kwargs):
    """Warn where a stolen password is enough."""
    if settings.SECOND_FACTOR:
        return []
    message = "SECOND_FACTOR is 0: a password alone opens the admin."
    return [checks.Warning(message, hint="SECOND_FACTOR=1, or the names of groups.", id="accounts.W002")]


CHECKS = (mail, second_factor)
