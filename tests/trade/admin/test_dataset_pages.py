"""Datasets in the admin: new ones take nobody's place, and what readers are told changes by a release with a note."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.accounts import page_forms
from tests.trade import sites
from trade import tasks
from trade.bundles import storage
from trade.bundles.facts import facts
from trade.models import Dataset, Release, Upload
from trade.publishing import descriptions, releases
from trade.publishing.removing import withdrawal

pytestmark = [pytest.mark.slow]

publish = sites.usual
PAGE = "admin:trade_dataset_change"


@pytest.fixture
def client(client, django_capture_on_commit_callbacks):
    """A client of whose requests the transactions end, as they do outside of tests."""
    post = client.post

    def posted(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **kwargs)

    client.post = posted
    return client


@pytest.fixture
def editor(client, db):
    client.force_login(User.objects.create_superuser("editor", password="not-a-real-password"))
    return client


@pytest.fixture
def work(settings):
    """Have what was asked for done, as the worker does it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        for row in DBTaskResult.objects.ready():
            tasks.publish_upload.func(*row.args_kwargs["args"])
            row.set_successful(None)

    return work


def save(client, slug, **more):
    """Send the form of a dataset as it is shown, with something changed."""
    page = reverse(PAGE, args=[slug])
    form = client.get(page).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (shown | more).items() if value not in (None, False)}
    return client.post(page, sent, follow=True)


def test_a_change_of_what_readers_are_told_asks_for_a_note_and_is_a_release(site, editor, work):
    before = storage.cube(Release.objects.get(dataset="china-provinces", number=2))
    refused = save(editor, "china-provinces", title="Trade by province", licence="CC BY 4.0")
    assert "Write a note" in refused.content.decode()
    save(editor, "china-provinces", title="Trade by province", licence="CC BY 4.0", note="The licence was misnamed.")
    assert "Trade by province" not in editor.get("/data/china-provinces/").content.decode()
    work()
    release = Release.objects.get(dataset="china-provinces", number=3)
    assert (release.kind, release.note, release.counts["changed"]) == ("description", "The licence was misnamed.", 0)
    after = storage.cube(release)
    assert after["dataset"] == before["dataset"] | {"title": "Trade by province", "licence": "CC BY 4.0"}
    told = ("dataset", "release")
    assert {k: v for k, v in after.items() if k not in told} == {k: v for k, v in before.items() if k not in told}
    for address in ("/data/", "/data/china-provinces/", "/provinces/", "/api/v1/datasets"):
        assert "Trade by province" in editor.get(address).content.decode(), address
    assert "Trade by province" not in editor.get("/data/china-provinces/2/").content.decode()
    page = editor.get("/data/china-provinces/3/").content.decode()
    assert "No rights reserved: invented for demonstration" in page and "CC BY 4.0" in page


def test_the_second_of_two_who_describe_a_dataset_sees_the_first_while_it_waits_and_beside_the_own(site, editor, work):
    kim = Client()
    kim.force_login(User.objects.create_superuser("kim"))
    page = reverse(PAGE, args=["china-provinces"])
    form = page_forms.largest(kim.get(page).content.decode()) | {"title": "Two", "note": "Kim’s."}
    before = Dataset.objects.get(pk="china-provinces").title
    save(editor, "china-provinces", title="One", licence="CC BY 4.0", note="Mine.")
    waits = kim.post(page, form)
    assert f"editor has just changed this description, and it is being published: Title: “{before}” → “One”" in (
        waits.content.decode()
    )
    work()
    again = page_forms.largest(waits.content.decode())
    assert (again["title"], again["note"]) == (["Two"], ["Kim’s."])
    compared = kim.post(page, again)
    changed = {row.label: (row.shown, row.theirs, row.yours) for row in compared.context["editing"].differences}
    assert changed["Title"] == (before, "One", "Two")
    assert Upload.objects.filter(asked__has_key="facts").count() == 1
    with_both = page_forms.largest(compared.content.decode())
    kim.post(page, with_both)
    tasks.publish_upload.func(Upload.objects.latest("pk").pk, "Kim’s.", "description", None)
    dataset = Dataset.objects.get(pk="china-provinces")
    assert (dataset.title, dataset.licence) == ("Two", "CC BY 4.0")


def test_of_two_who_describe_a_dataset_at_the_same_moment_the_second_is_refused_by_the_worker(site, editor, work):
    dataset = Dataset.objects.get(pk="china-provinces")
    second = descriptions.ask(dataset, facts(dataset) | {"title": "Two"}, None)
    Upload.objects.filter(pk=second.pk).update(state="staged")  # as if it had not been there while the form was checked
    save(editor, "china-provinces", title="One", note="Mine.")
    work()
    Upload.objects.filter(pk=second.pk).update(state="publishing")
    tasks.publish_upload.func(second.pk, "Mine, too.", "description", None)
    assert Dataset.objects.get(pk="china-provinces").title == "One"
    second.refresh_from_db()
    assert second.state == "failed" and "Somebody else changed the description" in second.progress
    page = editor.get(reverse("admin:trade_upload_change", args=[second.pk])).content.decode()
    assert "Two" in page


def test_what_shows_at_once_needs_no_note_and_no_release(site, editor):
    save(editor, "china-provinces", state="hidden")
    assert Dataset.objects.get(pk="china-provinces").state == "hidden"
    assert "View on site" not in editor.get("/admin/trade/dataset/china-provinces/change/").content.decode()
    assert editor.get("/data/china-provinces/1/data.csv").status_code == 404
    save(editor, "china-provinces", state="published")
    assert editor.get("/data/china-provinces/1/data.csv").status_code == 200
    assert Release.objects.filter(dataset="china-provinces").count() == 2


def test_who_may_not_publish_cannot_change_what_a_release_says(site, client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["change_dataset", "view_dataset"]))
    client.force_login(clerk)
    save(client, "china-provinces", title="Mine now", next_release_on="2030-01-01", note="Mine.")
    dataset = Dataset.objects.get(pk="china-provinces")
    assert dataset.title != "Mine now" and dataset.next_release_on.year == 2030


def test_a_new_dataset_is_a_draft_and_takes_the_place_of_none(site, editor):
    page = reverse("admin:trade_dataset_add")
    shown = editor.get(page).context["adminform"].form
    assert shown["state"].value() == "draft" and "position" not in shown.fields and "is_default" not in shown.fields
    facts = dict.fromkeys(("title", "description", "reporter", "source", "licence"), "x")
    facts |= {"slug": "russia-provinces", "kind": "province", "partner": "Russia", "estimate_kind": "unreported"}
    editor.post(page, facts | {"state": "published", "basis_to_dprk": "FOB", "basis_from_dprk": "CIF"})
    made = Dataset.objects.get(pk="russia-provinces")
    assert made.position > max(Dataset.objects.exclude(pk=made.pk).values_list("position", flat=True))
    sites.release(made.pk, [sites.reported("CN-LN", 2023, 1)])
    save(editor, made.pk, position=0)
    shown = editor.get("/provinces.json").json()
    assert shown["dataset"]["slug"] == "china-provinces"
    save(editor, made.pk, is_default="on")
    assert editor.get("/provinces.json").json()["dataset"]["slug"] == "russia-provinces"
    assert [one.pk for one in Dataset.objects.filter(kind="province", is_default=True)] == ["russia-provinces"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"state": "draft"}, "A draft or hidden dataset"), ({"is_demonstration": True}, "Demonstration data cannot")],
)
def test_what_is_a_draft_or_invented_is_never_shown_first(facts, words, site, editor):
    Dataset.objects.filter(pk="world-commodities").update(**facts)
    assert words in save(editor, "world-commodities", is_default="on").content.decode()
    assert not Dataset.objects.get(pk="world-commodities").is_default


def test_a_withdrawn_description_is_told_nowhere_and_does_not_come_back(site, editor):
    first = facts(Dataset.objects.get(pk="china-provinces"))
    told = first | {"title": "By Jane Doe, 5 Elm Street"}
    described = releases.describe(Dataset.objects.get(pk="china-provinces"), told, note="Named.")
    sites.release("china-provinces", [sites.reported("CN-LN", 2023, 3)])
    withdrawal.withdraw(described, "It named a person.")
    sites.release("china-provinces", [sites.reported("CN-LN", 2023, 4)])
    assert facts(Dataset.objects.get(pk="china-provinces")) == first
    for number in (4, 5, 6):
        release = Release.objects.get(dataset="china-provinces", number=number)
        assert release.facts == storage.cube(release)["dataset"] == first
        assert "Jane Doe" not in editor.get(f"/data/china-provinces/{number}/").content.decode()
    for address in ("/data/", "/data/china-provinces/", "/data/china-provinces/3/", "/data/releases.atom"):
        assert "Jane Doe" not in editor.get(address).content.decode(), address
