"""A session or a token that an attacker planted in a browser before gains him nothing of what its owner does there."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from faq.models import Question
from tests.accounts.logins import LOGIN, PASSWORD, SECRET, code, editor, enter_code, is_in, log_in, with_app
from tests.attacks import account_forms, sessions

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PASSKEYS = reverse("mfa_login_webauthn")


def key_of(client) -> str:
    return client.cookies["sessionid"].value if "sessionid" in client.cookies else ""


def visitor() -> Client:
    """A browser in which a session was begun: that of a visitor who asked for the passkeys' challenge."""
    client = Client()
    client.get(PASSKEYS, HTTP_ACCEPT="application/json")
    assert key_of(client)
    return client


def with_the_session_of(client) -> Client:
    """The browser of the attacker: he knows the session's key as it is now."""
    other = Client()
    other.cookies["sessionid"] = key_of(client)
    return other


def test_no_step_of_a_login_is_gained_by_a_planted_session():
    with_app(editor())
    victim = visitor()
    attacker = with_the_session_of(victim)
    log_in(client=victim)
    assert attacker.get(reverse("mfa_authenticate"))["Location"] == LOGIN
    enter_code(attacker, code())
    assert not is_in(attacker)
    attacker = with_the_session_of(victim)
    enter_code(victim, code())
    assert is_in(victim)
    assert not is_in(attacker)


def test_the_key_of_a_session_is_a_new_one_after_each_step_and_the_old_one_is_gone():
    with_app(editor())
    client = visitor()
    keys = [key_of(client)]
    for step in (
        lambda: log_in(client=client),
        lambda: enter_code(client, code()),
        lambda: client.post(reverse("account_logout")),
    ):
        step()
        keys.append(key_of(client))
        assert not Session.objects.filter(session_key=keys[-2]).exists()
    assert len(set(keys)) == 4


def test_a_stolen_session_of_the_password_alone_does_not_become_one_of_a_second_factor(settings, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())
    settings.SECOND_FACTOR = True
    client, address, form = account_forms.set_up_an_app()
    thief = with_the_session_of(client)
    client.post(address, form)
    assert is_in(client)
    assert not is_in(thief)


def test_a_link_of_a_mail_that_is_opened_in_a_planted_session_is_not_the_attacker_s(settings):
    settings.EMAIL_URL = "memorymail://"
    user = editor()
    victim = visitor()
    attacker = with_the_session_of(victim)
    victim.post(reverse("account_reset_password"), {"email": user.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/" in word)
    form = victim.get(link, follow=True).request["PATH_INFO"]
    attacker.post(form, {"password1": "the-attackers-password", "password2": "the-attackers-password"})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    victim.post(form, account_forms.NEW)
    user.refresh_from_db()
    assert user.check_password(account_forms.NEW["password1"])


def test_a_key_that_the_site_never_gave_is_not_taken_on():
    editor()
    planted = "abcdefghijklmnopqrstuvwxyz012345"
    client = Client()
    client.cookies["sessionid"] = planted
    client.get(PASSKEYS, HTTP_ACCEPT="application/json")
    assert key_of(client) != planted
    client.cookies["sessionid"] = planted
    log_in(client=client)
    assert key_of(client) != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_nothing_of_the_attacker_s_own_login_is_left_in_the_session_of_who_logs_in_over_it():
    with_app(editor("attacker", is_superuser=True))
    client, _answer = log_in("attacker")
    enter_code(client, code())
    attacker = with_the_session_of(client)
    editor("victim")
    client.post(reverse("account_logout"))
    log_in("victim", client=client)
    assert not is_in(attacker)
    assert "second_factor_set_up" not in client.session
    assert [record["username"] for record in client.session["account_authentication_methods"]] == ["victim"]


def test_a_change_of_the_password_ends_what_others_hold_of_the_session():
    editor()
    client, _answer = log_in()
    thief = with_the_session_of(client)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD} | account_forms.NEW)
    assert is_in(client)
    assert not is_in(thief)


def test_a_planted_token_is_another_one_after_the_login():
    editor(is_superuser=True)
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = sessions.OWN
    log_in(client=client, csrfmiddlewaretoken=sessions.OWN)
    assert is_in(client)
    assert client.cookies["csrftoken"].value != sessions.OWN
    new = {"question": "New?", "answer": "Yes.", "slug": "new", "page": "both", "position": "3", "state": "draft"}
    answer = client.post(reverse("admin:faq_question_add"), new | {"csrfmiddlewaretoken": sessions.OWN})
    assert answer.status_code == 302  # to the form, in which what was sent is to be looked at and sent anew
    assert not Question.objects.exists()


def test_no_session_is_taken_from_an_address_or_a_form(settings):
    user = with_app(editor())
    key = key_of(sessions.logged_in(user))
    for sent in ({"sessionid": key}, {"session": key, "session_key": key, "s": key}):
        assert Client().get("/admin/", sent).status_code == 302
        assert Client().post("/admin/", sent).status_code == 302
    for header in ("X-Session-ID", "Authorization", "X-Session-Token"):
        assert Client().get("/admin/", headers={header: key}).status_code == 302
    assert SECRET not in key
