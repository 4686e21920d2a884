"""A passkey opens by itself, on this host name only, and each challenge counts once."""

import json
from datetime import timedelta

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry
from tests.accounts.logins import PASSWORD, editor, is_in, log_in
from tests.accounts.passkey import Passkey

pytestmark = pytest.mark.django_db
ADD, LOGIN = reverse("mfa_add_webauthn"), reverse("mfa_login_webauthn")


@pytest.fixture
def user(settings):
    settings.SECOND_FACTOR = True
    return editor(is_superuser=True)


def added(key, **more):
    """Log in by the password, and add a passkey as the page of keys does; the browser's session."""
    client, _answer = log_in(client=Client(), secure=True)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD}, secure=True)
    asked = client.get(ADD, secure=True).context["js_data"]["creation_options"]
    credential = key.registration(plain(asked)["challenge"], **more)
    client.post(ADD, {"name": "My key", "passwordless": "on", "credential": credential}, secure=True)
    return client


def plain(options):
    """The options as a page holds them, in JSON."""
    return json.loads(json.dumps(dict(options), default=dict))["publicKey"]


def challenge(client):
    return client.get(LOGIN, HTTP_ACCEPT="application/json", secure=True).json()["request_options"]["publicKey"][
        "challenge"
    ]


def come_in(client, credential):
    client.post(LOGIN, {"credential": credential}, secure=True)
    return client.get("/admin/", secure=True).status_code == 200


@pytest.mark.slow
def test_a_passkey_is_a_second_factor_and_opens_without_name_and_password(user):
    key = Passkey()
    assert added(key).get("/admin/", secure=True).status_code == 200
    visitor = Client()
    assert come_in(visitor, key.signature(challenge(visitor), user_pk_to_url_str(user)))
    assert LogEntry.objects.filter(action="logged-in").first().details == "passkey or security key"


def test_a_session_that_a_passkey_has_opened_ends_at_a_fixed_time(user):
    key = Passkey()
    added(key)
    visitor = Client()
    come_in(visitor, key.signature(challenge(visitor), user_pk_to_url_str(user)))
    ends = [visitor.session.get_expiry_date(modification=timezone.now() + timedelta(hours=n)) for n in (0, 5)]
    assert ends[0] == ends[1] <= timezone.now() + timedelta(hours=12)


def test_the_password_alone_opens_no_more(user):
    added(Passkey())
    client, answer = log_in()
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a_key_of_another_site_or_of_nobody_opens_nothing(user):
    key = Passkey()
    added(key)
    for thief, origin in ((key, "https://evil.example"), (Passkey(), None)):
        visitor = Client()
        assert not come_in(visitor, thief.signature(challenge(visitor), user_pk_to_url_str(user), origin=origin))


def test_what_was_signed_once_opens_no_second_time(user):
    key, visitor, thief = Passkey(), Client(), Client()
    added(key)
    signed = key.signature(challenge(visitor), user_pk_to_url_str(user))
    assert come_in(visitor, signed)
    challenge(thief)
    assert not come_in(thief, signed)


def test_a_key_that_was_made_for_another_site_is_not_added(user):
    client = added(Passkey(), origin="https://evil.example")
    assert client.get("/admin/", secure=True)["Location"] == reverse("mfa_index")
