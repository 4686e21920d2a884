"""Words in draft: readers see what is published until it is replaced, by a button or at an hour."""

import datetime as dt
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import LogEntry as AccountLog
from accounts.models import WithoutMails
from drafts import hours
from drafts.models import Draft
from faq.models import Question
from sanctions.models import Event, Measure, Resolution
from tests.accounts import page_forms
from tests.drafts.steps import acted, drafted, form_at, pressed, seen_by_readers, url

BOTH = pytest.mark.both_databases
HOUR = dt.timedelta(hours=1)


def question():
    return Question.objects.get(slug="crude-oil")


def later(hours=1):
    return (timezone.now() + hours * HOUR).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.slow
def test_a_draft_is_shown_beside_what_is_published_and_readers_see_none_of_it(writer):
    before = question().answer
    draft = drafted(writer, question(), answer="Nobody knows, **again**.")
    assert (question().answer, question().history.count()) == (before, 1)
    assert "Nobody knows" not in seen_by_readers("/questions/")
    page = writer.get(url(Question, "draft", draft.pk)).content.decode()
    assert "<ins>Nobody knows, **again**.</ins>" in page
    assert "Publish now" not in page
    form = form_at(writer, url(Question, "change", question().pk))
    assert form["answer"] == ["Nobody knows, **again**."]
    assert form_at(writer, url(Question, "change", question().pk) + "?published")["answer"] == [before]


@pytest.mark.slow
def test_a_draft_that_its_writer_may_not_publish_is_told_once_to_those_who_may(
    writer, publisher, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_URL, settings.SITE_URL = "smtp://mail.example", "https://yalu.example"
    User.objects.update(email="desk@yalu.example")
    WithoutMails.objects.create(account=User.objects.create_superuser("off", "off@yalu.example"))
    with django_capture_on_commit_callbacks(execute=True):
        draft = drafted(writer, question(), answer="It fell.")
        drafted(writer, question(), answer="It fell by half.")
        drafted(publisher, Resolution.objects.get(number=2397), title="Another")
    [message] = mail.outbox
    assert message.subject.endswith(": a draft to publish") and message.to == ["desk@yalu.example"]
    assert message.body.startswith("writer wrote a draft and may not publish it.")
    assert f"https://yalu.example{url(Question, 'draft', draft.pk)}" in message.body


@pytest.mark.slow
def test_who_may_only_write_publishes_by_no_way(writer, publisher):
    entry = question()
    draft = drafted(writer, entry, question="New words?")
    change = url(Question, "change", entry.pk)
    tried = [
        pressed(writer, change, "_save", question="New words?"),
        acted(writer, draft, "publish"),
        acted(writer, draft, "schedule", publish_at=later()),
        writer.post(url(Question, "changelist"), form_at(publisher, url(Question, "changelist")) | {"_save": "Save"}),
        writer.get(url(Question, "import")),
        writer.post(url(Question, "delete", entry.pk), {"post": "yes"}),
    ]
    assert [answer.status_code for answer in tried[:3] + tried[4:]] == [403] * 5
    assert question().question != "New words?"
    assert question().history.count() == 1
    assert Draft.objects.get().publish_at is None


@BOTH
def test_a_publisher_publishes_a_draft_and_it_is_gone(writer, publisher):
    draft = drafted(writer, question(), answer="Nobody knows.")
    acted(publisher, draft, "publish")
    assert question().answer == "Nobody knows."
    assert "Nobody knows." in seen_by_readers("/questions/")
    assert question().history.latest().history_user == publisher.user
    assert LogEntry.objects.get().user == publisher.user
    assert not Draft.objects.exists()


def test_the_form_that_shows_a_draft_publishes_it_and_the_draft_is_gone(writer, publisher):
    drafted(writer, question(), answer="Nobody knows.")
    pressed(publisher, url(Question, "change", question().pk), "_save", question="Who knows?")
    assert (question().answer, question().question) == ("Nobody knows.", "Who knows?")
    assert not Draft.objects.exists()


def test_a_form_that_was_refused_still_knows_which_draft_it_shows(writer, publisher):
    drafted(writer, question(), answer="Nobody knows.")
    change = url(Question, "change", question().pk)
    refused = pressed(publisher, change, "_save", question="")
    assert "This field is required." in refused.content.decode()
    publisher.post(change, page_forms.largest(refused.content.decode()) | {"question": "Who knows?", "_save": "x"})
    assert question().question == "Who knows?"
    assert not Draft.objects.exists()


@BOTH
def test_a_new_entry_is_drafted_shown_again_and_published(writer, publisher):
    typed = {"question": "Why is there no data?", "answer": "Because.", "slug": "no-data", "page": "both"}
    typed["state"] = "published"
    pressed(writer, url(Question, "add"), "_draft", **typed)
    draft = Draft.objects.get()
    assert (draft.title, Question.objects.filter(slug="no-data").exists()) == ("Why is there no data?", False)
    again = url(Question, "add") + f"?draft={draft.pk}"
    assert form_at(writer, again)["answer"] == ["Because."]
    pressed(writer, again, "_draft", answer="Because nobody counted.")
    acted(publisher, Draft.objects.get(), "publish")
    assert Question.objects.get(slug="no-data").answer == "Because nobody counted."


def test_only_the_button_that_sets_an_hour_asks_for_one(publisher):
    draft = drafted(publisher, question(), answer="It fell.")
    acted(publisher, draft, "schedule", publish_at=later())
    page = publisher.get(url(Question, "draft", draft.pk)).content.decode()
    buttons = dict(re.findall(r'<button[^>]*name="act" value="(\w+)"([^>]*)>', page))
    asking = {act for act, more in buttons.items() if "formnovalidate" not in more}
    assert (set(buttons), asking) == ({"schedule", "publish", "call_off", "discard"}, {"schedule"})


@pytest.mark.slow
def test_an_unfinished_draft_is_kept_and_says_what_is_missing(writer, publisher):
    pressed(
        writer, url(Resolution, "add"), "_draft", number="2190", title="Resolution 2900 (2014)", adopted="01/06/2014"
    )
    draft = Draft.objects.get()
    page = publisher.get(url(Resolution, "draft", draft.pk)).content.decode()
    assert "can be 1 June 2014 or 6 January 2014" in page
    assert "Publish now" not in page
    acted(publisher, draft, "publish")
    assert not Resolution.objects.filter(number=2190).exists()
    assert form_at(writer, url(Resolution, "add") + f"?draft={draft.pk}")["adopted"] == ["01/06/2014"]


@pytest.mark.slow
@BOTH
def test_the_rows_of_a_resolution_are_drafted_with_it(writer, publisher):
    entry = Resolution.objects.get(number=2371)
    first = entry.measures.first()
    draft = drafted(writer, entry, **{"measures-0-goods": "coal, all of it", "measures-1-DELETE": "on"})
    assert entry.measures.first().goods == first.goods
    page = publisher.get(url(Resolution, "draft", draft.pk)).content.decode()
    assert "<ins>coal, all of it</ins>" in page
    assert "<del>2371 §" in page
    count = entry.measures.count()
    acted(publisher, draft, "publish")
    assert (entry.measures.first().goods, entry.measures.count()) == ("coal, all of it", count - 1)
    assert entry.measures.first().codes.exists()


@BOTH
def test_a_draft_becomes_public_at_its_hour_and_not_before(writer, publisher):
    draft = drafted(writer, question(), answer="Nobody knows.")
    acted(publisher, draft, "schedule", publish_at=later())
    assert (hours.publish_due(), question().answer == "Nobody knows.") == (0, False)
    assert hours.publish_due(timezone.now() + 2 * HOUR) == 1
    assert question().answer == "Nobody knows."
    assert question().history.latest().history_user == publisher.user
    assert AccountLog.objects.filter(kind="faq.question").order_by("pk").last().account == "publisher"
    assert hours.publish_due(timezone.now() + 2 * HOUR) == 0


def test_an_hour_that_has_passed_is_refused(writer, publisher):
    draft = drafted(writer, question(), answer="Nobody knows.")
    page = acted(publisher, draft, "schedule", publish_at="2026-01-01T09:00")
    assert "1 January 2026, 09:00 UTC has passed" in page.content.decode()
    assert Draft.objects.get().publish_at is None


@pytest.mark.parametrize("what", ["published", "drafted", "called off", "no longer allowed"])
def test_an_hour_holds_for_what_was_compared_when_it_was_set(writer, publisher, what):
    draft = drafted(writer, question(), answer="Nobody knows.")
    acted(publisher, draft, "schedule", publish_at=later())
    before = question().answer
    if what == "published":
        Question.objects.filter(pk=question().pk).update(question="Changed meanwhile?")
    elif what == "drafted":
        pressed(writer, url(Question, "change", question().pk), "_draft", answer="Somebody knows.")
    elif what == "called off":
        acted(publisher, Draft.objects.get(), "call_off")
    else:
        publisher.user.user_permissions.clear()
    assert hours.publish_due(timezone.now() + 2 * HOUR) == 0
    assert question().answer == before
    left = Draft.objects.get()
    assert left.publish_at is None
    assert bool(left.fault) == (what in ("published", "no longer allowed"))


def test_the_second_of_two_who_draft_is_told_and_then_may_replace_the_other_s(writer, publisher):
    change = url(Question, "change", question().pk)
    mine = form_at(publisher, change)
    drafted(writer, question(), answer="Hers.")
    told = publisher.post(change, mine | {"answer": "Mine.", "_draft": "x"})
    assert "writer saved another draft of this entry" in told.content.decode()
    assert Draft.objects.get().contents["answer"] == ["Hers."]
    form = page_forms.largest(told.content.decode())
    assert form["answer"] == ["Mine."]
    publisher.post(change, form | {"_draft": "x"})
    assert Draft.objects.get().contents["answer"] == ["Mine."]


@BOTH
def test_what_was_published_meanwhile_is_not_replaced_unseen(writer, publisher):
    draft = drafted(writer, question(), answer="Nobody knows.")
    page = url(Question, "draft", draft.pk)
    form = form_at(publisher, page)
    Question.objects.filter(pk=question().pk).update(question="Changed meanwhile?")
    publisher.post(page, form | {"act": "publish"})
    assert question().question == "Changed meanwhile?"
    assert "What is published has changed since" in publisher.get(page).content.decode()
    acted(publisher, draft, "publish")
    assert question().answer == "Nobody knows."


def test_the_second_of_two_who_publish_is_told_that_the_draft_is_gone(writer, publisher):
    draft = drafted(writer, question(), answer="Nobody knows.")
    page = url(Question, "draft", draft.pk)
    form = form_at(publisher, page) | {"act": "publish"}
    publisher.post(page, form)
    told = publisher.post(page, form, follow=True)
    assert "The draft is not there any more: it was published or discarded." in told.content.decode()
    assert question().history.count() == 2


def test_a_form_that_changes_nothing_makes_no_draft(writer):
    pressed(writer, url(Question, "change", question().pk), "_draft")
    assert not Draft.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "key", "typed", "where"),
    [
        (Question, {"slug": "crude-oil"}, {"answer": "Only in the preview."}, "Why is crude oil estimated?"),
        (Resolution, {"number": 2371}, {"summary": "Only in the preview."}, "Resolution 2371"),
        (Measure, {"pk": None}, {"measure": "Only in the preview."}, "Resolution 1695"),
    ],
)
@BOTH
def test_a_preview_is_the_public_page_with_the_draft_in_place(writer, model, key, typed, where):
    entry = model.objects.first() if "pk" in key else model.objects.get(**key)
    before = model.objects.filter(pk=entry.pk).values().get()
    sent = pressed(writer, url(model, "change", entry.pk), "_preview", **typed)
    stored = drafted(writer, entry, **typed)
    for answer in (sent, writer.get(url(model, "draft_preview", stored.pk))):
        text = answer.content.decode()
        assert "Only in the preview." in text
        assert where in text
        assert "Preview, not published." in text
        assert "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert model.objects.filter(pk=entry.pk).values().get() == before
    assert entry.history.count() == 1
    assert not LogEntry.objects.exists()
    assert Client().get(url(model, "draft_preview", stored.pk)).status_code == 302


def test_an_event_is_drafted_and_shown_where_charts_mark_it(writer, publisher):
    entry = Event.objects.first()
    draft = drafted(writer, entry, text="Only in the preview.")
    assert publisher.get(url(Event, "draft_preview", draft.pk)).status_code == 200
    acted(publisher, draft, "discard")
    assert not Draft.objects.exists()
    assert Event.objects.get(pk=entry.pk).text == entry.text


def test_a_draft_sent_after_its_session_ended_comes_back_and_is_saved_then(writer):
    change = url(Question, "change", question().pk)
    sent = form_at(writer, change) | {"answer": "Typed for an hour.", "_draft": "x"}
    Session.objects.all().delete()
    writer.post(change, sent)
    assert not Draft.objects.exists()
    writer.force_login(writer.user)
    again = form_at(writer, change)
    assert again["answer"] == ["Typed for an hour."]
    assert not Draft.objects.exists()
    writer.post(change, again | {"_draft": "x"})
    assert Draft.objects.get().contents["answer"] == ["Typed for an hour."]
    sent = form_at(writer, change) | {"answer": "Typed again.", "_draft": "x"}
    Session.objects.all().delete()
    writer.post(change, sent)
    writer.force_login(writer.user)
    writer.post(change, form_at(writer, change) | {"_draft": "x"})
    assert Draft.objects.get().contents["answer"] == ["Typed again."]


def link_of(client, draft):
    return client.get(url(draft.content_type.model_class(), "draft", draft.pk)).context["shared_url"]


def test_colleagues_see_a_draft_by_a_link_that_needs_no_account_and_changes_nothing(writer):
    entry = question()
    draft = drafted(writer, entry, answer="Nobody knows, again.")
    address = link_of(writer, draft)
    assert address.endswith("/") and "#" not in address  # the question has a page of its own
    before = (entry.history.count(), LogEntry.objects.count(), AccountLog.objects.count())
    page = Client().get(address)
    content = page.content.decode()
    assert "Nobody knows, again." in content and "Preview, not published." in content
    assert {"no-store", "private"} <= set(page["Cache-Control"].split(", "))
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert not page.cookies and "ETag" not in page
    assert (entry.history.count(), LogEntry.objects.count(), AccountLog.objects.count()) == before
    assert "Nobody knows, again." not in seen_by_readers("/questions/")


def test_a_link_to_a_draft_ends_with_its_hours_its_draft_and_the_rights_of_its_maker(writer, settings, monkeypatch):
    def answer(address):
        page = Client().get(address)
        assert page.status_code == 410 and "no-store" in page["Cache-Control"]
        return page.content.decode()

    draft = drafted(writer, question(), answer="Nobody knows, again.")
    address = link_of(writer, draft)
    assert Client().get(address.replace("/draft/", "/draft/x")).status_code == 404
    with monkeypatch.context() as later_on:
        ended = timezone.now() + (settings.PREVIEW_HOURS + 1) * HOUR
        later_on.setattr(timezone, "now", lambda: ended)
        assert "expired" in answer(address)
    drafted(writer, question(), answer="It fell.")
    assert "was changed" in answer(address)
    address = link_of(writer, draft)
    writer.user.user_permissions.clear()
    assert "may no longer" in answer(address)
    draft.delete()
    assert "published or discarded" in answer(address)
