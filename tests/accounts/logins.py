"""Steps of somebody who logs in: with a name and a password, then with a code of an authenticator app."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

PASSWORD = "a-long-password-of-an-editor"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = reverse("account_login")


def editor(name="editor", **more) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, is_staff=True, **more)


def with_app(user) -> User:
    """Give an account an authenticator app."""
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    return user


def code(shift=0, secret=SECRET) -> str:
    """What the app shows now, or `shift` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def log_in(name="editor", password=PASSWORD, address="192.0.2.1", client=None, secure=False, **more):
    """Send the form of the login; returns the client and the answer."""
    client = client or Client()
    sent = {"login": name, "password": password} | more
    return client, client.post(LOGIN, sent, REMOTE_ADDR=address, secure=secure)


def enter_code(client, text, address="192.0.2.1"):
    return client.post(reverse("mfa_authenticate"), {"code": text}, REMOTE_ADDR=address)


def is_in(client) -> bool:
    """Whether the admin greets whoever holds this session."""
    return client.get("/admin/").status_code == 200
