"""Publication at an hour: once, by whichever worker; never over another release; called off until it begins."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.conftest import load_places
from tests.trade import released
from trade import tasks
from trade.models import Dataset
from trade.publishing import releases, staging, uploads
from trade.publishing.waiting import planned_hours, publish_drafts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]

LIAONING, JILIN = ("CN-LN", "to_dprk", 2016, 0), ("CN-JL", "to_dprk", 2016, 0)
FILE = b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,7\n"


def publish():
    load_places()
    released.release(released.dataset("province", slug="made"), {LIAONING: {"reported": 5}})


@pytest.fixture
def dataset(site):
    return Dataset.objects.get(slug="made")


@pytest.fixture
def kim(db):
    return User.objects.create_superuser("kim", password="not-a-real-password")


@pytest.fixture
def planned(dataset, kim):
    """An upload that is to be published in an hour."""
    upload = staging.stage(uploads.receive(dataset, [("a.csv", FILE)], user=kim))
    publish_drafts.keep(upload, kim, note="News.", kind="scheduled")
    at = timezone.now() + timedelta(hours=1)
    assert planned_hours.plan(upload, kim, note="News.", kind="scheduled", at=at)
    upload.refresh_from_db()
    return upload


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        for row in DBTaskResult.objects.ready():
            getattr(tasks, row.task_path.rpartition(".")[2]).func(*row.args_kwargs["args"])
            row.set_successful(None)

    return work


told = []  # the uploads that will not be published, though they were to be


def begin(now):
    return planned_hours.begin(tasks.publish_upload.enqueue, tasks.stage_upload.enqueue, told.append, now)


def test_it_is_published_at_its_hour_and_not_before_and_once_however_many_workers_look(planned, dataset, queue):
    assert begin(planned.publish_at - timedelta(seconds=1)) == 0
    assert begin(planned.publish_at) == 1
    assert begin(planned.publish_at) == 0
    assert DBTaskResult.objects.count() == 1
    queue()
    planned.refresh_from_db()
    newest = dataset.latest_release()
    assert (planned.state, newest.number, newest.note, newest.user.username) == ("published", 2, "News.", "kim")
    assert planned.interruption == ""


def test_a_worker_killed_while_it_begins_leaves_it_as_it_was(planned):
    def killed(*args):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        planned_hours.begin(killed, killed, killed, planned.publish_at)
    planned.refresh_from_db()
    assert planned.state == "scheduled"
    assert begin(planned.publish_at) == 1


def test_after_its_hour_it_is_published_late_and_says_so(planned, dataset, queue):
    assert begin(planned.publish_at + timedelta(hours=3)) == 1
    queue()
    planned.refresh_from_db()
    assert (planned.state, dataset.latest_release().number) == ("published", 2)
    assert planned.interruption.startswith("This upload was to be published on ")


def test_where_another_release_comes_first_it_is_compared_again_and_not_published(planned, dataset, kim, queue):
    released.release(dataset, {LIAONING: {"reported": 5}, JILIN: {"reported": 1}})
    assert begin(planned.publish_at - timedelta(minutes=30)) == 1
    assert told[-1] == planned.pk
    queue()
    planned.refresh_from_db()
    assert (planned.state, planned.base, planned.publish_at) == ("staged", dataset.latest_release(), None)
    assert "came first" in planned.interruption
    assert publish_drafts.of(planned, kim)["note"] == "News."
    assert begin(timezone.now() + timedelta(days=2)) == 0


def test_what_moves_head_between_the_hour_and_the_publishing_is_compared_again_too(planned, dataset, queue):
    assert begin(planned.publish_at) == 1
    released.release(dataset, {LIAONING: {"reported": 5}, JILIN: {"reported": 1}})
    queue()
    planned.refresh_from_db()
    assert (planned.state, dataset.releases.count()) == ("staged", 2)
    assert "compared again" in planned.progress


def test_it_is_called_off_until_it_begins(planned, kim):
    assert planned_hours.call_off(planned, kim)
    assert not planned_hours.call_off(planned, kim)
    planned.refresh_from_db()
    assert (planned.state, begin(timezone.now() + timedelta(hours=2))) == ("staged", 0)
    assert publish_drafts.of(planned, kim)["note"] == "News."
    assert "kim called off" in planned.interruption


def test_nothing_is_published_for_an_account_that_may_no_longer_publish(planned, kim, dataset):
    User.objects.filter(pk=kim.pk).update(is_active=False)
    assert begin(planned.publish_at) == 1
    planned.refresh_from_db()
    assert (planned.state, dataset.releases.count()) == ("staged", 1)
    assert "kim may no longer publish" in planned.interruption


def test_the_one_who_uploaded_cannot_plan_around_the_second_person(planned, dataset, queue):
    type(dataset).objects.filter(pk=dataset.pk).update(needs_second_person=True)
    begin(planned.publish_at)
    queue()
    planned.refresh_from_db()
    assert (planned.state, dataset.releases.count()) == ("staged", 1)
    assert "needs a second person" in planned.progress


def test_it_is_neither_discarded_nor_published_beside_its_plan(planned):
    with pytest.raises(uploads.Refused, match="Call that off first"):
        uploads.discard(planned)
    with pytest.raises(releases.Refused):
        releases.publish(planned, note="Now.", kind="scheduled", accepted="all")
