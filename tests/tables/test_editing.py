"""Two editors of one entry: what the first saved is seen by the second; a form sent after its session comes back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faq.models import Question
from tables.models import OpenForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return Question.objects.create(question="Why?", answer="Sanctions.", slug="why", page="both", position=1)


def logged_in(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name, password="not-a-real-password"))
    return client


def at(question):
    return reverse("admin:faq_question_change", args=[question.pk])


def opened(client, question):
    """The form of a page as a browser would send it."""
    context = client.get(at(question)).context
    form = context["adminform"].form
    values = {field.html_name: field.value() for field in form}
    sent = {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}
    return sent | {"_loaded": context["editing"].token}


@pytest.mark.both_databases
def test_the_second_of_two_sees_what_the_first_saved_and_keeps_what_only_the_first_changed(question):
    kim, lee = logged_in("kim"), logged_in("lee")
    hers, his = opened(kim, question), opened(lee, question)
    kim.post(at(question), hers | {"answer": "Hers.", "position": "7"})
    page = lee.post(at(question), his | {"answer": "His."})
    assert [tuple(row) for row in page.context["editing"].differences] == [
        ("Answer", "Sanctions.", "Hers.", "His."),
        ("Position", "1", "7", ""),
    ]
    assert "kim saved this entry after you opened the page" in page.content.decode()
    question.refresh_from_db()
    assert question.answer == "Hers."
    form = page.context["adminform"].form
    assert (form["answer"].value(), form["position"].value()) == ("His.", 7)
    again = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    answer = lee.post(at(question), again | {"_loaded": page.context["editing"].token})
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.position) == ("His.", 7)


def test_who_opens_a_form_is_told_of_another_who_has_not_saved(question):
    kim, lee = logged_in("kim"), logged_in("lee")
    form = opened(kim, question)
    assert "kim has just opened this form" in lee.get(at(question)).content.decode()
    OpenForm.objects.filter(user__username="kim").update(opened=timezone.now() - timedelta(minutes=5))
    assert "kim opened this form 5\xa0minutes ago" in lee.get(at(question)).content.decode()
    kim.post(at(question), form)
    assert [row.user.username for row in OpenForm.objects.all()] == ["lee"]
    assert "opened this form" not in lee.get(at(question)).content.decode()


def test_a_form_sent_after_the_session_ended_comes_back_after_the_login_and_is_not_saved(question):
    kim = logged_in("kim")
    form = opened(kim, question) | {"answer": "Typed for an hour."}
    Session.objects.all().delete()
    to_login = kim.post(at(question), form | {"_save": "Save", "password": "not-a-real-password"})
    assert "/login/" in to_login.url
    stored = Session.objects.get().get_decoded()["kept_form"]
    assert "password" not in stored["form"]
    assert "_save" not in stored["form"]
    page = kim.get(to_login.url, follow=True)
    assert "Typed for" not in page.content.decode()
    kim.force_login(User.objects.get(username="kim"))
    page = kim.get(at(question))
    assert page.context["adminform"].form["answer"].value() == "Typed for an hour."
    assert "nothing was saved" in page.content.decode()
    question.refresh_from_db()
    assert question.answer == "Sanctions."
    kim.post(at(question), form)
    question.refresh_from_db()
    assert question.answer == "Typed for an hour."
    assert kim.get(at(question)).context["editing"].is_kept is False


def test_a_kept_form_comes_back_to_nobody_else_and_a_stranger_s_is_not_kept(question):
    kim = logged_in("kim")
    form = opened(kim, question) | {"answer": "Typed for an hour."}
    Session.objects.all().delete()
    kim.post(at(question), form)
    lee = User.objects.create_superuser("lee", password="not-a-real-password")
    kim.force_login(lee)
    assert kim.get(at(question)).context["adminform"].form["answer"].value() == "Sanctions."
    Session.objects.all().delete()
    assert Client().post(at(question), form).status_code == 302
    assert not Session.objects.exists()


def test_view_on_site_leads_past_what_the_browser_has_kept(question):
    kim = logged_in("kim")
    before = kim.get(at(question)).context["absolute_url"]
    assert before.startswith(f"/questions/{question.slug}/?saved=")
    kim.post(at(question), opened(kim, question) | {"answer": "Newer."})
    after = kim.get(at(question)).context["absolute_url"]
    assert after != before
    page = kim.get(after)
    assert "Newer." in page.content.decode()
    assert page["Cache-Control"] == "private, no-cache"
    assert Client().get(after)["Cache-Control"] == "public, max-age=60"
