"""One word for one thing: the pages of a library say "second factor" and "log in", as all pages of this site do."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import LogEntry
from tests.accounts.logins import LOGIN, PASSWORD, code, editor, enter_code, log_in, with_app

pytestmark = pytest.mark.django_db
OTHERS = re.compile(
    r"two.factor|multi.factor|\bMFA\b|sign(ed)?.?(in|out)\b|TOTP|WebAuthn|reauthenticat|\bauthenticators?\b(?! app)",
    re.I,
)


def words(page) -> str:
    """The text of a page, with what its fields show."""
    html = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", re.sub(r'placeholder="([^"]*)"', r"> \1 <", html))


def said_otherwise(page) -> set[str]:
    return {found.group() for found in OTHERS.finditer(words(page))}


OUTSIDE = (
    *("account_login", "account_reset_password", "account_reset_password_done", "account_inactive"),
    "account_reset_password_from_key_done",
)
INSIDE = (
    *("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn"),
    *(
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
    ),
    *("admin:index", "admin:mfa_authenticator_changelist", "admin:accounts_logentry_changelist"),
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_the_login(name):
    assert said_otherwise(Client().get(reverse(name))) == set()


def test_a_link_that_counts_no_more():
    page = Client().get(reverse("account_reset_password_from_key", args=["1", "set-password"]))
    assert "is not valid" in words(page) and said_otherwise(page) == set()


@pytest.fixture
def inside():
    """A superuser within the last minutes of a login, with an app, codes and a key of another account to look at."""
    user = with_app(editor(is_superuser=True))
    RecoveryCodes.activate(user)
    client, _answer = log_in()
    enter_code(client, code())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("name", INSIDE)
def test_inside(inside, name):
    page = inside.get(reverse(name), follow=True)
    confirms = name != "account_reauthenticate" and "Confirm your identity" in words(page)
    assert (page.status_code, confirms) == (200, name == "mfa_reauthenticate")
    assert said_otherwise(page) == set()


def test_the_step_between_password_and_admin_and_its_faults():
    with_app(editor())
    client, _answer = log_in()
    page = enter_code(client, "12345")
    assert "Second factor" in words(page) and "Incorrect code" in words(page)
    assert said_otherwise(page) == set()


def test_the_admin_and_the_log_name_second_factors(inside):
    factor = Authenticator.objects.get(type="totp")
    assert "Second factors" in words(inside.get(reverse("admin:index")))
    for action in ("change", "delete"):
        page = inside.get(reverse(f"admin:mfa_authenticator_{action}", args=[factor.pk]))
        assert said_otherwise(page) == set()
    inside.post(reverse("admin:mfa_authenticator_delete", args=[factor.pk]), {"post": "yes"})
    assert LogEntry.objects.filter(action="deleted").first().subject == "second factor (authenticator app) of editor"


def test_without_a_second_factor_its_page_says_how_to_set_one_up():
    editor()
    client, answer = log_in()
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["You are logged in as editor."]
    page = client.get(reverse("mfa_index"))
    assert "Set up an app" in words(page) and said_otherwise(page) == set()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert said_otherwise(client.get(reverse("mfa_activate_totp"))) == set()
    assert LOGIN in client.post(reverse("account_logout"), follow=True).request["PATH_INFO"]


def test_what_was_done_is_said_in_the_same_words(inside, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())
    page = inside.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert "New recovery codes have been generated" in words(page)
    page = inside.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "The authenticator app has been removed" in words(page)
    assert said_otherwise(page) == set()


def test_a_key_is_named_by_its_number_until_its_owner_names_it(inside):
    assert 'value="Key 1"' in inside.get(reverse("mfa_add_webauthn")).content.decode()
