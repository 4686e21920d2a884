"""Sessions as an attacker would borrow or plant them: of a superuser with all of his factors."""

import secrets

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.models import User
from django.middleware.csrf import CSRF_SECRET_LENGTH, _get_new_csrf_string
from django.test import Client

from tests.accounts.logins import code, editor, enter_code, log_in, with_app

OWN = _get_new_csrf_string()  # the token that the browser of the one who is attacked holds


def superuser() -> User:
    user = with_app(editor("boss", is_superuser=True))
    RecoveryCodes.activate(user)
    return user


def logged_in(user: User, **options) -> Client:
    client, _answer = log_in(user.username, client=Client(raise_request_exception=False, **options))
    enter_code(client, code())
    return client


def guarded(client: Client) -> Client:
    """A client with the same session that, as a browser would, is held to its tokens."""
    other = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if settings.SESSION_COOKIE_NAME in client.cookies:
        other.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    other.cookies[settings.CSRF_COOKIE_NAME] = OWN
    return other


def foreign_token() -> str:
    """A token that is well formed, and of another browser."""
    return secrets.token_hex(CSRF_SECRET_LENGTH // 2)


def written(user: User) -> str:
    """The user as a passkey holds him."""
    return user_pk_to_url_str(user)
