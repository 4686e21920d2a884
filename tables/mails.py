"""Mails to people who have an account: to those who have an address and did not switch mails off, each on its own.

Where the mail server fails that is logged, and changes nothing.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet

log = logging.getLogger(__name__)


def accounts() -> QuerySet:
    """The accounts that get mails (accounts.models.WithoutMails)."""
    return get_user_model().objects.filter(is_active=True, without_mails=None).exclude(email="")


def send(subject: str, text: str, path: str, people: Iterable) -> int:
    """Send a mail with a link to a page to each of [(account, "You get this email because …"), …]; count them."""
    subject = " ".join(subject.split())  # a title of two lines would be no header
    sent, connection, address = 0, get_connection(), settings.SITE_URL.rstrip("/") + path
    for account, why in people:
        body = f"{text}\n\n{address}\n\n{why}\n"
        try:
            sent += EmailMessage(subject, body, to=[account.email], connection=connection).send()
        except OSError:  # SMTPException is one
            log.exception("the mail “%s” could not be sent to account %s", subject, account.pk)
    return sent
