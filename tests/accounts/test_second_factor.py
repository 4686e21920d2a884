"""Who must have a second factor sets one up before anything of the admin opens; its secret is stored encrypted."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from faq.models import Question
from tests.accounts.logins import PASSWORD, SECRET, code, editor, enter_code, is_in, log_in, with_app

pytestmark = pytest.mark.usefixtures("groups")
NEW = {"question": "New?", "answer": "Yes.", "slug": "new", "page": "both", "position": "3", "state": "draft"}


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def commits_at_once(monkeypatch):
    """What allauth does on commit it does within the request; a test's transaction ends after it."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


def set_up_app(client):
    """Set up an authenticator app as its page says, once the password is confirmed."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    return client.post(reverse("mfa_activate_totp"), {"code": code(secret=secret)})


def test_nothing_of_the_admin_opens_without_one_not_to_a_superuser_either(required):
    editor(is_superuser=True)
    client, _answer = log_in()
    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    assert client.post(reverse("admin:faq_question_add"), NEW)["Location"] == reverse("mfa_index")
    assert not Question.objects.exists()
    page = client.get("/admin/", follow=True).content.decode()
    assert "Set up a second factor to access the admin" in page
    assert reverse("mfa_activate_totp") in page


def test_it_is_set_up_on_the_way_in_with_recovery_codes(required):
    editor(is_superuser=True)
    client, _answer = log_in()
    assert set_up_app(client)["Location"] == reverse("mfa_view_recovery_codes")
    assert is_in(client)
    assert client.post(reverse("admin:faq_question_add"), NEW).status_code == 302
    assert Question.objects.count() == 1


def test_a_recovery_code_opens_once(required):
    user = editor()
    client, _answer = log_in()
    set_up_app(client)
    text = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        fresh, _answer = log_in()
        enter_code(fresh, text)
        assert is_in(fresh) == expected


def test_a_session_of_the_password_alone_is_ended_when_a_second_factor_is_set_up_elsewhere(required):
    user = editor()
    stolen, _answer = log_in()
    with_app(user)
    for path in (
        "/admin/",
        reverse("mfa_add_webauthn"),
        reverse("mfa_deactivate_totp"),
        reverse("account_change_password"),
    ):
        assert stolen.get(path, follow=True).request["PATH_INFO"] == reverse("account_login")
    stolen.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    owner, _answer = log_in()
    enter_code(owner, code())
    assert is_in(owner)


def test_a_session_whose_second_factor_is_taken_away_sets_up_another_one(required):
    user = editor(is_superuser=True)
    client, _answer = log_in()
    set_up_app(client)
    assert is_in(client)
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    ("setting", "staff", "member", "superuser"),
    [(True, 1, 1, 1), (False, 0, 0, 0), (["Publisher"], 0, 1, 1), (["Nobody"], 0, 0, 1)],
)
def test_it_is_required_of_everybody_of_nobody_or_of_groups(settings, setting, staff, member, superuser):
    settings.SECOND_FACTOR = setting
    publisher = editor("publisher")
    publisher.groups.set([Group.objects.get(name="Publisher")])
    found = [second_factor.is_required(user) for user in (editor("one"), publisher, editor("root", is_superuser=True))]
    assert found == [bool(staff), bool(member), bool(superuser)]


def test_an_account_that_has_lost_it_is_given_another_chance_by_the_operator(required, capsys):
    with_app(editor())
    call_command("forget_second_factor", "editor")
    client, answer = log_in()
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


@pytest.mark.slow
def test_no_page_of_accounts_shows_a_secret_of_others_or_breaks_the_policy(required):
    with_app(editor("other"))
    editor(is_superuser=True)
    client, _answer = log_in()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pages = [client.get(reverse("mfa_activate_totp")).content.decode()]
    assert "<svg" in pages[0]
    set_up_app(client)
    names = ("mfa_index", "mfa_view_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "account_change_password")
    pages += [client.get(reverse(name)).content.decode() for name in names]
    factor = Authenticator.objects.get(user__username="other")
    pages += [client.get(reverse("admin:mfa_authenticator_change", args=[factor.pk])).content.decode()]
    pages += [Client().get(reverse(name)).content.decode() for name in ("account_login", "account_reset_password")]
    for page in pages:
        assert SECRET not in page
        assert "data:image" not in page
        assert " style=" not in page
        assert "JavaScript" in page or "mfa_login" not in page
    assert PASSWORD not in "".join(pages)


# --- its secret is encrypted in the database, read under each key that counts, and lost with the last one -------------


@pytest.fixture
def with_codes():
    """An account with an app and recovery codes, set up as its pages do."""
    user = editor()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def stored():
    return {row.type: row.data for row in Authenticator.objects.all()}


def opens():
    client, _answer = log_in()
    enter_code(client, code())
    return is_in(client)


def test_what_is_set_up_is_stored_encrypted_and_opens(with_codes):
    assert all(
        stored()[kind][name].startswith("fernet:") for kind, name in [("totp", "secret"), ("recovery_codes", "seed")]
    )
    assert SECRET not in json.dumps(stored())
    assert opens()


def test_a_code_of_recovery_opens_after_its_seed_was_encrypted(with_codes):
    client, _answer = log_in()
    enter_code(client, Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0])
    assert is_in(client)


def test_what_was_stored_as_it_is_opens_before_and_after_the_migration(forget_used_codes):
    with_app(editor())
    assert opens()
    migration = import_module("accounts.migrations.0004_encrypted_secrets")
    migration.encrypt(apps, None)
    assert SECRET not in json.dumps(stored())
    forget_used_codes()
    assert opens()
    migration.decrypt(apps, None)
    assert stored()["totp"] == {"secret": SECRET}


@pytest.fixture
def forget_used_codes():
    """Forget which codes were used, so that the one of this half minute counts again."""
    from django.core.cache import cache

    return cache.clear


def test_a_changed_key_opens_what_the_old_one_has_stored_until_it_is_stored_anew(with_codes, settings, capsys):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [old]
    assert opens()
    call_command("encrypt_second_factors")
    settings.SECRET_KEY_FALLBACKS = []
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code(1))


def test_without_the_key_the_form_says_so_and_nothing_opens(with_codes, settings):
    settings.SECRET_KEY = "another-key"
    client, _answer = log_in()
    page = enter_code(client, code())
    assert "the site’s key has changed" in page.content.decode()
    assert not is_in(client)
    with pytest.raises(CommandError, match="editor"):
        call_command("encrypt_second_factors")
