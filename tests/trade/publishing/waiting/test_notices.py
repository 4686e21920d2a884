"""Mails about uploads: to those who wait for them, to nobody who did it, and never in the way of anything."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.urls import reverse

from tests.trade import released
from trade import tasks
from trade.models import Upload
from trade.publishing import uploads
from trade.publishing.waiting import publish_drafts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CELL = ("CN-LN", "to_dprk", 2016, 0)
FILE = b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,7\n"


@pytest.fixture(autouse=True)
def mails(settings, django_capture_on_commit_callbacks):
    settings.EMAIL_URL, settings.SITE_URL = "smtp://mail.example", "https://yalu.example"


def account(name, *rights, email=None):
    user = User.objects.create_user(name, f"{name}@example.org" if email is None else email, "x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def people(places):
    made = {
        "junior": account("junior", "add_upload"),
        "kim": account("kim", "add_upload", "publish_upload"),
        "lee": account("lee", "add_upload", "publish_upload"),
        "silent": account("silent", "add_upload", "publish_upload", email=""),
        "gone": account("gone", "add_upload", "publish_upload"),
    }
    User.objects.filter(username="gone").update(is_active=False)
    return made


@pytest.fixture
def staged(people, django_capture_on_commit_callbacks):
    def read(user, content=FILE):
        dataset = released.dataset("province")
        released.release(dataset, {CELL: {"reported": 5}})
        upload = uploads.receive(dataset, [("a.csv", content)], user=people[user])
        with django_capture_on_commit_callbacks(execute=True):
            tasks.stage_upload.func(upload.pk)
        upload.refresh_from_db()
        return upload

    return read


def sent():
    """Who was told what: {("kim@example.org", "…: ready to publish"), …}; and what was sent is forgotten."""
    told = sorted((address, message.subject.rpartition(": ")[2]) for message in mail.outbox for address in message.to)
    mail.outbox.clear()
    return told


def test_those_who_may_publish_are_told_of_what_another_made_ready(staged):
    upload = staged("kim")
    assert mail.outbox[0].body.startswith("kim wants to publish: a.csv. New values: 0, changed: 1, removed: 0.")
    assert f"https://yalu.example/admin/trade/upload/{upload.pk}/change/" in mail.outbox[0].body
    assert sent() == [("lee@example.org", "ready to publish")]


def test_who_has_switched_mails_off_gets_none(staged, people, client):
    client.force_login(people["lee"])
    client.post(reverse("account_mails"), {})
    staged("kim")
    assert sent() == []
    client.post(reverse("account_mails"), {"wanted": "on"})
    staged("kim", FILE.replace(b",7\n", b",8\n"))
    assert sent() == [("lee@example.org", "ready to publish")]


def test_the_uploader_is_told_of_what_was_refused_and_nobody_of_what_changes_nothing(staged):
    staged("junior", FILE.replace(b"CN-LN", b"Liaonig of yore"))
    assert sent() == [("junior@example.org", "refused")]
    staged("junior", FILE.replace(b",7\n", b",5\n"))
    assert sent() == []


@pytest.mark.parametrize(("uploader", "publisher", "told"), [("junior", "kim", ["junior"]), ("kim", "kim", [])])
def test_the_uploader_is_told_of_what_another_published(
    staged, people, uploader, publisher, told, django_capture_on_commit_callbacks
):
    upload = staged(uploader)
    sent()
    user = people[publisher]
    publish_drafts.choose(upload, user, note="News.", kind="scheduled")
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    with django_capture_on_commit_callbacks(execute=True):
        tasks.publish_upload.func(upload.pk, "News.", "scheduled", user.pk)
    assert sent() == [(f"{name}@example.org", "published") for name in told]


def test_a_mail_server_that_fails_changes_nothing_and_is_logged(staged, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    upload = staged("junior")
    assert upload.state == "staged"
    assert "could not be sent" in caplog.text


def test_without_a_mail_server_no_task_is_made(staged, settings):
    settings.EMAIL_URL = ""
    staged("junior")
    assert sent() == []
