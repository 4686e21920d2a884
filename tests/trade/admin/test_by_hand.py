"""Reverts and corrections in the admin: done by the worker, once, and led to the release or told why not."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.trade import released
from trade import tasks
from trade.models import Upload, Worker
from trade.publishing import releases

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]

LIAONING, JILIN = ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "to_dprk", 2016, 0)


@pytest.fixture
def editor(client, places):
    client.force_login(User.objects.create_superuser("editor", password="not-a-real-password"))
    return client


@pytest.fixture
def dataset(places):
    """Two releases: Liaoning was 5, then 6."""
    made = released.dataset("province")
    released.release(made, {LIAONING: {"reported": 5}})
    released.release(made, {LIAONING: {"reported": 6}})
    return made


@pytest.fixture
def queue(settings):
    """Tasks wait in the database until `work` is called, as in production until the worker comes to them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        for row in DBTaskResult.objects.ready():
            tasks.publish_upload.func(*row.args_kwargs["args"])
            row.set_successful(None)

    return work


def revert_page(dataset, number=1):
    return reverse("admin:trade_release_revert", args=[dataset.releases.get(number=number).pk])


def cell_page(dataset):
    row = dataset.observations.standing().get(province="CN-LN")
    return reverse("admin:trade_provinceobservation_change", args=[row.pk])


def filled(client, page, **more):
    """The form of a page, as the editor sends it off."""
    context = client.get(page).context
    seen = context.get("seen") or context["form"]["seen"].value()
    return {"note": "It was wrong.", "seen": seen} | more


CORRECTION = {"reported": "7", "status": "A", "estimate": "", "remark": ""}


@pytest.mark.parametrize(("page", "more", "value"), [(revert_page, {}, 5), (cell_page, CORRECTION, 7)])
def test_it_is_asked_for_seen_at_work_and_leads_to_its_release(editor, dataset, queue, page, more, value):
    address = page(dataset)
    answer = editor.post(address, filled(editor, address, **more))
    upload = Upload.objects.get()
    assert answer.url == reverse("admin:trade_upload_change", args=[upload.pk])
    assert (upload.state, dataset.releases.count()) == ("publishing", 2)
    at_work = editor.get(answer.url).content.decode()
    assert '<meta http-equiv="refresh"' in at_work
    assert "No worker is running" in at_work
    Worker.objects.create(pk="one", seen=upload.heartbeat)
    assert "In progress." in editor.get(answer.url).content.decode()
    queue()
    release = dataset.latest_release()
    assert editor.get(answer.url).url == reverse("admin:trade_release_change", args=[release.pk])
    assert "release 3 was created" in editor.get(answer.url, follow=True).content.decode()
    assert dataset.observations.standing().get().value_usd == value
    assert (release.number, release.note, release.user.username) == (3, "It was wrong.", "editor")


@pytest.mark.parametrize(("page", "more"), [(revert_page, {}), (cell_page, CORRECTION)])
def test_two_clicks_make_one_release(editor, dataset, queue, page, more):
    address = page(dataset)
    form = filled(editor, address, **more)
    first, second = editor.post(address, form), editor.post(address, form)
    assert first.url == second.url
    queue()
    assert editor.post(address, form).url == first.url
    queue()
    assert (Upload.objects.count(), dataset.releases.count()) == (1, 3)


def test_what_came_after_the_page_was_opened_is_not_undone_unseen(editor, dataset):
    address = revert_page(dataset)
    form = filled(editor, address)
    released.release(dataset, {LIAONING: {"reported": 6}, JILIN: {"reported": 1}})
    page = editor.post(address, form, follow=True).content.decode()
    assert "release 3 was published after you opened the page" in page
    assert address in page
    assert "Try again" not in page
    assert (Upload.objects.get().state, dataset.releases.count()) == ("failed", 3)
    editor.post(reverse("admin:trade_upload_restart", args=[Upload.objects.get().pk]))
    assert Upload.objects.get().state == "failed"
    editor.post(address, filled(editor, address))
    assert dataset.releases.count() == 4


def test_a_cell_that_changes_before_the_worker_comes_to_it_is_not_overwritten(editor, dataset, queue):
    address = cell_page(dataset)
    editor.post(address, filled(editor, address, **CORRECTION))
    released.release(dataset, {LIAONING: {"reported": 8}})
    queue()
    upload = Upload.objects.get()
    assert upload.state == "failed"
    page = editor.get(reverse("admin:trade_upload_change", args=[upload.pk])).content.decode()
    assert "This cell was changed after you opened the page" in page
    assert address in page
    assert dataset.observations.standing().get().value_usd == 8


def test_a_correction_that_changes_nothing_is_told_so(editor, dataset):
    address = cell_page(dataset)
    page = editor.post(address, filled(editor, address, **CORRECTION | {"reported": "6"}), follow=True)
    assert "Nothing would change" in page.content.decode()
    assert dataset.releases.count() == 2


def test_every_release_and_withdrawal_is_in_the_admin_log_under_its_user(editor, dataset):
    for page, more in [(revert_page, {}), (cell_page, CORRECTION)]:
        address = page(dataset)
        editor.post(address, filled(editor, address, **more))
    newest = dataset.latest_release()
    editor.post(reverse("admin:trade_release_withdraw", args=[newest.pk]), {"reason": "It named a person."})
    entries = LogEntry.objects.filter(user__username="editor").order_by("pk")
    assert [(entry.object_repr, entry.change_message) for entry in entries] == [
        (f"{dataset.slug}, release 3", "revert, release 3: It was wrong."),
        (f"{dataset.slug}, release 4", "correction, release 4: It was wrong."),
        (f"{dataset.slug}, release 4", "withdrawn, release 4: It named a person."),
    ]


def test_a_release_that_fails_at_its_end_leaves_no_entry_in_the_log(dataset, monkeypatch):
    user = User.objects.create_user("editor")
    monkeypatch.setattr("trade.publishing.bulk_rows.ReleaseChanges.apply", lambda self, release: False)
    with pytest.raises(releases.Refused):
        releases.revert(dataset, 1, note="Back.", user=user)
    assert not LogEntry.objects.exists()
