"""Secrets of second factors: encrypted in the database, read under each key that counts, lost with the last one."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.management import CommandError, call_command

from tests.accounts.logins import SECRET, code, editor, enter_code, is_in, log_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
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


def test_what_is_set_up_is_stored_encrypted_and_opens(user):
    assert all(
        stored()[kind][name].startswith("fernet:") for kind, name in [("totp", "secret"), ("recovery_codes", "seed")]
    )
    assert SECRET not in json.dumps(stored())
    assert opens()


def test_a_code_of_recovery_opens_after_its_seed_was_encrypted(user):
    client, _answer = log_in()
    enter_code(client, Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0])
    assert is_in(client)


def test_what_was_stored_as_it_is_opens_before_and_after_the_migration(forget_used_codes):
    with_app(editor())
    assert opens()
    migration = import_module("accounts.migrations.0003_encrypted_secrets")
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


def test_a_changed_key_opens_what_the_old_one_has_stored_until_it_is_stored_anew(user, settings, capsys):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [old]
    assert opens()
    call_command("encrypt_second_factors")
    settings.SECRET_KEY_FALLBACKS = []
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code(1))


def test_without_the_key_the_form_says_so_and_nothing_opens(user, settings):
    settings.SECRET_KEY = "another-key"
    client, _answer = log_in()
    page = enter_code(client, code())
    assert "the key of this site was changed" in page.content.decode()
    assert not is_in(client)
    with pytest.raises(CommandError, match="editor"):
        call_command("encrypt_second_factors")
