"""The one way into the admin: a name and a password, then the second factor where there is one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.logins import LOGIN, PASSWORD, code, editor, enter_code, is_in, log_in, with_app

pytestmark = pytest.mark.django_db


def test_the_admin_leads_to_the_login_and_from_there_back_to_the_page_asked_for():
    editor()
    client = Client()
    page = client.get("/admin/auth/", follow=True)
    assert page.redirect_chain[-1][0] == f"{LOGIN}?next=/admin/auth/"
    _client, answer = log_in(client=client, next="/admin/auth/")
    assert answer["Location"] == "/admin/auth/"
    assert is_in(client)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_next_that_leads_elsewhere_leads_to_the_admin(wanted):
    editor()
    client, answer = log_in(next=wanted)
    assert answer["Location"] == "/admin/"
    assert Client().get("/admin/login/", {"next": wanted})["Location"] == f"{LOGIN}?next=/admin/"


def test_the_admin_s_own_login_takes_no_password():
    editor()
    client = Client()
    client.post("/admin/login/", {"username": "editor", "password": PASSWORD, "next": "/admin/"})
    assert not is_in(client)
    log_in(client=client)
    assert client.post("/admin/login/", {"username": "other", "password": "x"})["Location"] == "/admin/"


def test_nobody_signs_up():
    answers = [Client().post(f"/accounts/{path}/", {"username": "new"}) for path in ("signup", "email", "login/code")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not User.objects.exists()


def test_who_is_no_staff_is_told_so():
    User.objects.create_user("reader", password=PASSWORD)
    client, _answer = log_in("reader")
    assert client.get("/admin/", follow=True).status_code == 403


def test_an_account_with_an_app_comes_in_by_its_code_only():
    with_app(editor())
    client, answer = log_in()
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    enter_code(client, "000000" if code() != "000000" else "111111")
    assert not is_in(client)
    enter_code(client, code())
    assert is_in(client)


def test_a_code_counts_once():
    with_app(editor())
    text = code()
    enter_code(log_in()[0], text)
    again, _answer = log_in()
    enter_code(again, text)
    assert not is_in(again)


@pytest.mark.parametrize(("hours", "stays"), [(11.9, True), (12.1, False)])
def test_a_login_ends_after_twelve_hours(hours, stays):
    editor()
    client, _answer = log_in()
    session = Session.objects.get()
    begun = session.expire_date - timedelta(hours=12)
    assert abs(begun - timezone.now()) < timedelta(minutes=1)
    Session.objects.update(expire_date=session.expire_date - timedelta(hours=hours))
    assert is_in(client) == stays


@pytest.mark.parametrize("way", ["password", "code"])
def test_a_session_that_is_used_and_saved_ends_twelve_hours_after_its_login_all_the_same(monkeypatch, way):
    user = editor(is_superuser=True)
    if way == "code":
        with_app(user)
    client, _answer = log_in()
    if way == "code":
        enter_code(client, code())
    now = timezone.now
    for hours in (5, 11):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now() + timedelta(hours=hours))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        session = client.session
        session["of an hour"] = hours
        session.save()
        assert is_in(client)
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(hours=12, minutes=1))
    assert not is_in(client)


def test_a_login_ends_at_logout_and_when_the_password_is_changed_elsewhere():
    user = editor()
    one, two = log_in()[0], log_in()[0]
    one.post(reverse("admin:logout"))
    assert (is_in(one), is_in(two)) == (False, True)
    user.set_password("another-long-password")
    user.save()
    assert not is_in(two)


def test_a_session_that_was_there_before_the_login_is_not_the_one_after_it():
    editor()
    client = Client()
    client.get(LOGIN)
    client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    before = client.cookies["sessionid"].value
    log_in(client=client)
    assert client.cookies["sessionid"].value != before


def test_a_forgotten_password_is_set_anew_by_a_link_that_counts_once(settings):
    settings.EMAIL_URL = "memorymail://"
    with_app(editor())
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "editor@example.org"})
    [message] = mail.outbox
    link = next(word for word in message.body.split() if "/password/reset/" in word)
    page = client.get(link, follow=True)
    chosen = {"password1": "a-new-long-password-1", "password2": "a-new-long-password-1"}
    client.post(page.request["PATH_INFO"], chosen)
    assert not is_in(client)
    assert log_in(password=PASSWORD)[1].status_code == 200
    fresh, answer = log_in(password="a-new-long-password-1")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "It has already been used" in Client().get(link, follow=True).content.decode()


def test_an_unknown_mail_address_is_answered_like_a_known_one_and_sent_nothing(settings):
    settings.EMAIL_URL = "memorymail://"
    editor()
    answers = [
        Client().post(reverse("account_reset_password"), {"email": f"{name}@example.org"}) for name in ("editor", "x")
    ]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [message.to for message in mail.outbox] == [["editor@example.org"]]


def test_a_site_that_cannot_send_mail_says_so_where_it_is_asked_for(settings):
    settings.EMAIL_URL = ""
    assert "cannot send email yet" in Client().get(reverse("account_reset_password")).content.decode()


def test_an_unknown_name_costs_as_many_hashes_as_a_wrong_password(monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    editor()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    counts = []
    for name in ("editor", "nobody-of-that-name"):
        hashed.clear()
        log_in(name, "wrong")
        counts.append(len(hashed))
    assert counts[0] == counts[1] == 1


def test_a_link_is_sent_five_times_a_minute_at_most(settings):
    settings.EMAIL_URL = "memorymail://"
    editor()
    sent = {"email": "editor@example.org"}
    answers = [Client().post(reverse("account_reset_password"), sent) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Wait a minute, then try again." in answers[-1].content.decode()
    assert len(mail.outbox) == 5


def test_a_mail_server_that_fails_stops_no_change_of_a_password(settings, monkeypatch, caplog):
    def fail(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    user = editor()
    client, _answer = log_in()
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-password-1", "password2": "a-new-long-password-1"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("a-new-long-password-1")
    assert is_in(client)
    assert "could not be sent" in caplog.text
