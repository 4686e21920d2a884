"""Guessing is slowed and logged, and keeps nobody out who has a second factor."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry
from tests.accounts.logins import code, editor, enter_code, is_in, log_in, with_app
from tests.samples import soaking, some

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def guess(times, name="editor", address="192.0.2.66"):
    """Try wrong passwords; returns the statuses of the answers."""
    return [log_in(name, f"wrong-{n}", address)[1].status_code for n in range(times)]


def minutes_pass(minutes):
    """Move all entries of the log back, behind the back of the model, which would refuse it."""
    with connection.cursor() as cursor:
        for entry in LogEntry.objects.all():
            cursor.execute(
                "UPDATE accounts_logentry SET at = %s WHERE id = %s", [entry.at - timedelta(minutes=minutes), entry.pk]
            )


def test_the_sixth_wrong_password_is_not_looked_at_and_the_answer_says_how_long_to_wait():
    editor()
    assert guess(6) == [200] * 5 + [429]
    _client, answer = log_in(address="192.0.2.66")
    assert answer.status_code == 429
    assert 290 <= int(answer["Retry-After"]) <= 300
    assert "Wait 5 minutes, then try again." in answer.content.decode()


def test_after_the_wait_the_right_password_opens():
    editor()
    guess(6)
    minutes_pass(6)
    assert is_in(log_in(address="192.0.2.66")[0])


@pytest.mark.parametrize("days", [400, 1])
def test_attempts_of_a_clock_that_was_ahead_keep_nobody_out_when_it_is_set_back(days):
    editor()
    guess(6)
    minutes_pass(-days * 24 * 60)
    assert is_in(log_in(address="192.0.2.66")[0])
    assert guess(6) == [200] * 5 + [429]


def test_an_account_without_a_second_factor_takes_five_from_everywhere():
    editor()
    statuses = [guess(1, address=f"192.0.2.{n}")[0] for n in range(1, 9)]
    assert statuses == [200] * 5 + [429] * 3


@pytest.mark.slow
def test_an_account_with_a_second_factor_opens_for_its_owner_while_thousands_guess():
    with_app(editor())
    assert {guess(1, address=f"198.51.100.{n}")[0] for n in range(1, 25)} == {200}
    assert guess(6)[-1] == 429
    client, answer = log_in(address="192.0.2.1")
    assert answer["Location"] == reverse("mfa_authenticate")
    enter_code(client, code())
    assert is_in(client)


@pytest.mark.slow
def test_one_address_takes_twenty_whatever_the_names():
    statuses = [guess(1, name=f"name-{n}")[0] for n in range(25)]
    assert statuses == [200] * 20 + [429] * 5


@pytest.mark.slow
def test_addresses_of_one_customer_of_ipv6_count_as_one():
    statuses = [guess(1, name=f"name-{n}", address=f"2001:db8::{n + 1:x}")[0] for n in range(21)]
    assert statuses[-1] == 429
    assert guess(1, name="another", address="2001:db8:0:1::1") == [200]


def test_a_name_counts_as_one_however_it_is_written():
    editor()
    assert [guess(1, name=name)[0] for name in ("editor", "EDITOR", "Editor", " editor", "eDitor", "editor")][-1] == 429


@pytest.mark.slow
def test_wrong_codes_are_slowed_and_do_not_keep_the_owner_out_of_a_network_that_is_known():
    with_app(editor())
    enter_code(log_in()[0], code(-1))
    minutes_pass(60)
    for n in range(10, 14):
        thief, _answer = log_in(address=f"203.0.113.{n}")
        statuses = [enter_code(thief, "x", address=f"203.0.113.{n}").status_code for _ in range(6)]
        assert statuses == [200] * 5 + [429]
    stranger, _answer = log_in(address="203.0.113.99")
    assert enter_code(stranger, code(), address="203.0.113.99").status_code == 429
    owner, _answer = log_in()
    enter_code(owner, code())
    assert is_in(owner)


def test_what_is_tried_is_logged_and_a_flood_of_it_once_a_minute():
    editor()
    guess(12)
    actions = LogEntry.objects.filter(account="editor", address="192.0.2.66").values_list("action", flat=True)
    assert sorted(actions) == ["password-refused"] * 5 + ["throttled"]


@pytest.mark.slow
def test_a_flood_of_names_fills_no_log():
    statuses = [guess(1, name=f"name-{n}")[0] for n in range(60)]
    assert statuses.count(200) == 20
    assert LogEntry.objects.filter(action="throttled").count() == 20


@pytest.mark.parametrize(("proxies", "counted"), [(0, "192.0.2.66"), (1, "203.0.113.7")])
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(settings, proxies, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    sent = {"login": "editor", "password": "wrong"}
    Client().post(
        reverse("account_login"), sent, REMOTE_ADDR="192.0.2.66", HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.7"
    )
    assert LogEntry.objects.get().address == counted


def test_confirming_a_password_within_a_session_is_slowed_too():
    editor()
    client, _answer = log_in()
    posted = [client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code for _ in range(6)]
    assert posted == [200] * 5 + [429]
    assert LogEntry.objects.filter(at__gt=timezone.now() - timedelta(minutes=1), action="throttled").exists()


@pytest.mark.slow
@pytest.mark.parametrize("has_app", [False, True])
@pytest.mark.parametrize("addresses", [1, 1000])
def test_a_thousand_guesses_are_slowed_and_logged_and_keep_no_owner_of_a_second_factor_out(addresses, has_app, capsys):
    user = with_app(editor()) if has_app else editor()
    guesses = some(range(1000), 60)
    statuses = [guess(1, address=f"10.0.{n % addresses // 250}.{n % addresses % 250}")[0] for n in guesses]
    looked_at = statuses.count(200)
    refused = LogEntry.objects.filter(account=user.username, action="password-refused").count()
    with capsys.disabled() if soaking() else nullcontext():
        print(f"\n{addresses} addresses, second factor: {has_app}: {looked_at} of {len(guesses)} guesses looked at")  # noqa: T201
    assert refused == looked_at
    is_throttled = LogEntry.objects.filter(account=user.username, action="throttled").exists()
    assert is_throttled == (looked_at < len(guesses))
    assert looked_at == (len(guesses) if has_app and addresses == 1000 else 5)
    client, _answer = log_in(address="192.0.2.1")
    enter_code(client, code())
    assert is_in(client) == has_app
