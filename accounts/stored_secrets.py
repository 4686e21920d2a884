"""The secrets of second factors as the database holds them: encrypted with a key that is made of SECRET_KEY.

Who reads the database or a backup, but not the settings, can make no codes of them. SECRET_KEY_FALLBACKS are tried too,
so that SECRET_KEY can be changed; what was stored before there was encryption is read as it is.
"""

import base64
import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
MARK = "fernet:"  # in no secret of allauth's: those are base 32, hexadecimal, or digits
SECRETS = {"secret", "seed", "migrated_codes"}  # in the data of an authenticator


class SecretLost(ValidationError):
    """A secret cannot be read with any key; forms say so, and a template shows nothing in its place."""

    silent_variable_failure = True

    def __init__(self):
        super().__init__(
            _(
                "This second factor can no longer be read because the site’s key has changed. Ask the operator to "
                "reset it (manage.py forget_second_factor)."
            )
        )


def encrypt(text: str) -> str:
    """Encrypt a secret: "JBSWY3DP" -> "fernet:gAAAAA…"."""
    return MARK + _keys().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Decrypt a stored secret.

    Raises: SecretLost, if neither SECRET_KEY nor a fallback is the key.
    """
    if not stored.startswith(MARK):
        return stored
    try:
        return _keys().decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken:
        log.error("a second factor cannot be read: it was stored under another SECRET_KEY")
        raise SecretLost from None


def _keys():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac("accounts.stored_secrets", "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def write_anew(authenticators, change=encrypt) -> list[int]:
    """Store the secrets of these rows under the present key, and return the keys of those rows that cannot be read."""
    lost = []
    with transaction.atomic():
        for authenticator in authenticators.select_for_update():
            try:
                changed = {
                    name: _changed(authenticator.data[name], change) for name in SECRETS & authenticator.data.keys()
                }
            except SecretLost:
                lost.append(authenticator.pk)
                continue
            authenticators.filter(pk=authenticator.pk).update(data=authenticator.data | changed)
    return lost


def _changed(stored, change):
    return [change(decrypt(each)) for each in stored] if isinstance(stored, list) else change(decrypt(stored))
