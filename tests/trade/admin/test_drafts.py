"""What somebody types into the form that publishes an upload stays, whatever comes between typing and publishing."""

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from trade.admin import publish_pages
from trade.models import Release, Upload
from trade.publishing.waiting import publish_drafts

pytestmark = pytest.mark.django_db

FIRST = "province,year,flow,reported_usd\nCN-LN,2015,to_dprk,1583642564\nCN-JL,2015,to_dprk,477967021\n"
LEAP = "province,year,flow,reported_usd\nCN-LN,2015,to_dprk,158364256400\nCN-JL,2015,to_dprk,4\n"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Send a form, and do what follows on commit."""

    def send(client, action, upload, **said):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(at(action, upload), said)
        upload.refresh_from_db()
        return answer

    return send


def at(action, upload):
    return reverse(f"admin:trade_upload_{action}", args=[upload.pk])


def account(name, *rights):
    user = User.objects.create_user(name, password="not-a-real-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def kim(places):
    return account("kim", "add_upload", "view_upload", "publish_upload")


@pytest.fixture
def lee(places):
    return account("lee", "add_upload", "view_upload", "publish_upload")


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    def send(client, text):
        files = [SimpleUploadedFile("trade.csv", text.encode())]
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("admin:trade_upload_import"),
                {"dataset": "china-provinces", "mode": "amend", "flow": "", "files": files},
            )
        return Upload.objects.latest("pk")

    return send


def shown(client, upload):
    """The form to publish as the page shows it: (note, kind, marks of the ticked warnings)."""
    form = client.get(at("change", upload)).context["publish_form"]
    ticked = [field.field.widget.attrs["value"] for field in form.warning_fields() if field.value()]
    return form["note"].value(), form["kind"].value(), ticked


def ticks(upload):
    """Each warning ticked, as a browser sends it."""
    form = publish_pages.PublishForm(warnings=upload.warnings)
    return {field.html_name: field.field.widget.attrs["value"] for field in form.warning_fields()}


def publishing(upload, note, kind="scheduled"):
    return ticks(upload) | {"note": note, "kind": kind, "seen": publish_pages.seen(upload)}


@pytest.mark.slow
def test_a_filter_keeps_what_is_typed_and_is_there_after_a_form_that_lacks_something(kim, sent, commit):
    commit(kim, "publish", first := sent(kim, FIRST), **publishing(first, "First."))
    upload = sent(kim, LEAP)
    assert upload.warnings
    typed = publishing(upload, "Half a note", "correction") | {"change": "changed", "q": "ln", "year": ""}
    answer = commit(kim, "draft", upload, **typed)
    assert answer.url == at("change", upload) + "?change=changed&q=ln#changes"
    assert shown(kim, upload) == ("Half a note", "correction", list(ticks(upload).values()))
    lacking = commit(kim, "publish", upload, **typed | {"note": " "})
    assert lacking.context["query"].dict() == {"change": "changed", "q": "ln"}
    assert len(lacking.context["page"].object_list) == 1
    assert Release.objects.count() == 1


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_head_that_moved_keeps_note_and_kind_and_the_ticks_of_warnings_that_read_the_same(kim, lee, sent, commit):
    commit(kim, "publish", first := sent(kim, FIRST), **publishing(first, "First."))
    upload, other = sent(kim, LEAP), sent(lee, "province,year,flow,reported_usd\nCN-BJ,2015,to_dprk,5\n")
    commit(lee, "publish", other, **publishing(other, "Beijing."))
    before = {warning["text"] for warning in upload.warnings}
    commit(kim, "publish", upload, **publishing(upload, "Ten times more.", "correction"))
    assert (upload.state, Release.objects.count()) == ("staged", 2)
    assert "lee was published first" in upload.progress
    note, kind, ticked = shown(kim, upload)
    same = {publish_drafts.mark(warning["text"]) for warning in upload.warnings if warning["text"] in before}
    assert (note, kind, set(ticked)) == ("Ten times more.", "correction", same)
    assert same


@pytest.mark.slow
def test_the_second_of_two_who_publish_sees_who_was_first_and_keeps_the_own_note(kim, lee, sent, commit):
    upload = sent(kim, FIRST)
    hers, his = publishing(upload, "Kim’s note."), publishing(upload, "Lee’s note.")
    commit(kim, "publish", upload, **hers)
    commit(lee, "publish", upload, **his)
    page = lee.get(at("change", upload))
    told = [str(message) for message in page.context["messages"]]
    assert len(told) == 1
    assert told[0].startswith("kim published this upload at ")
    assert told[0].endswith(": “Kim’s note.”")  # a note mostly ends with a full stop: none follows it
    assert page.context["unused_note"] == "Lee’s note."
    assert Release.objects.get().note == "Kim’s note."
    commit(kim, "publish", upload, **hers)
    assert not list(kim.get(at("change", upload)).context["messages"])


@pytest.mark.slow
def test_who_publishes_finds_the_note_of_who_uploaded_until_they_write_their_own(kim, sent, commit):
    junior = account("junior", "add_upload", "view_upload")
    upload = sent(junior, FIRST)
    commit(junior, "draft", upload, **publishing(upload, "As the source says.") | {"save": "Save draft"})
    page = kim.get(at("change", upload))
    assert "First version by junior" in page.content.decode()
    assert shown(kim, upload)[:2] == ("As the source says.", "scheduled")
    commit(kim, "draft", upload, note="Mine.", seen=publish_pages.seen(upload))
    assert (shown(kim, upload)[0], shown(junior, upload)[0]) == ("Mine.", "As the source says.")


@pytest.mark.slow
def test_publish_pressed_after_the_session_ended_publishes_nothing_and_the_form_is_back_after_the_login(
    kim, sent, commit
):
    upload = sent(kim, FIRST)
    kim.get(at("change", upload))
    Session.objects.all().delete()
    to_login = commit(kim, "publish", upload, **publishing(upload, "Typed late.", "correction") | {"q": "ln"})
    assert to_login.url.endswith(f"?next={at('publish', upload)}")
    kim.force_login(User.objects.get(username="kim"))
    back = kim.get(at("publish", upload))
    assert back.url == at("change", upload) + "?q=ln#changes"
    assert shown(kim, upload)[:2] == ("Typed late.", "correction")
    assert (upload.state, Release.objects.count()) == ("staged", 0)


@pytest.mark.slow
def test_an_hour_is_planned_in_the_form_shown_and_called_off_with_the_note_kept(kim, lee, sent, commit):
    upload = sent(kim, FIRST)
    past = commit(kim, "publish", upload, **publishing(upload, "Later.") | {"publish_at": "2026-01-01T10:00"})
    assert "1 January 2026, 10:00 UTC is past" in past.context["publish_form"].errors["publish_at"][0]
    year = timezone.localtime().year + 1
    far = commit(kim, "publish", upload, **publishing(upload, "Later.") | {"publish_at": f"{year + 1}-01-01T10:00"})
    assert "more than a year away" in far.context["publish_form"].errors["publish_at"][0]
    commit(kim, "publish", upload, **publishing(upload, "Later.") | {"publish_at": f"{year}-01-01T10:00"})
    assert (upload.state, Release.objects.count()) == ("scheduled", 0)
    page = lee.get(at("change", upload)).content.decode()
    assert f"To be published on 1 January {year}, 10:00 UTC" in page
    assert "Scheduled by kim as a scheduled revision" in page
    commit(lee, "call_off", upload)
    assert upload.state == "staged"
    assert "lee called off" in upload.interruption
    assert shown(kim, upload)[0] == "Later."
