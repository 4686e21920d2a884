"""Which tasks count as cut off, and what becomes of their rows and uploads; the clock is the test's own."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.trade import released
from trade import tasks
from trade.models import Upload, Worker
from trade.publishing import interruptions, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = timezone.now()
AHEAD = NOW + timedelta(days=400)
LONG_AGO, JUST_NOW = NOW - timedelta(seconds=20), NOW - timedelta(seconds=3)


@pytest.fixture
def begun(places, settings):
    """A task that a worker has begun: `begun("reading", worker=LONG_AGO, upload=LONG_AGO)`, by their last signs."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    dataset = released.dataset("province")

    def begin(state="reading", worker=LONG_AGO, upload=LONG_AGO, workers=("one",)):
        made = Upload.objects.create(dataset=dataset, state=state, heartbeat=upload)
        if state == "publishing":
            tasks.publish_upload.enqueue(made.pk, "News.", "scheduled", None)
        else:
            tasks.stage_upload.enqueue(made.pk)
        row = DBTaskResult.objects.latest("enqueued_at")
        for name in workers:
            row.claim(name)
        if worker:
            Worker.objects.create(pk=workers[-1], seen=worker)
        return made, row

    return begin


def after(upload, row):
    upload.refresh_from_db()
    row.refresh_from_db()
    return upload.state, row.status


@pytest.mark.parametrize(("worker", "upload"), [(JUST_NOW, LONG_AGO), (JUST_NOW, JUST_NOW), (None, JUST_NOW)])
def test_a_task_is_left_alone_while_its_worker_or_its_upload_gives_signs_of_life(begun, worker, upload):
    made, row = begun(worker=worker, upload=upload)
    assert interruptions.take_up(NOW) == 0
    assert after(made, row) == ("reading", "RUNNING")


@pytest.mark.parametrize("worker", [AHEAD, None])
def test_signs_of_life_from_before_the_clock_was_set_back_count_for_nothing(begun, worker):
    made, row = begun("publishing", worker=worker, upload=AHEAD)
    assert not uploads.is_alive(made)
    assert not Worker.objects.are_alive()
    assert interruptions.take_up(NOW) == 1
    assert after(made, row) == ("publishing", "READY")


@pytest.mark.parametrize("worker", [LONG_AGO, None])
@pytest.mark.parametrize(
    ("state", "left"), [("reading", "waiting"), ("waiting", "waiting"), ("publishing", "publishing")]
)
def test_a_task_of_a_silent_worker_goes_back_to_the_queue_and_its_upload_says_so(begun, worker, state, left):
    made, row = begun(state, worker=worker)
    assert interruptions.take_up(NOW) == 1
    assert after(made, row) == ("waiting" if state == "reading" else state, "READY")
    assert "restarted" in made.interruption
    assert f"{LONG_AGO if worker else row.enqueued_at:%H:%M}" in made.interruption
    assert not Worker.objects.exists()
    assert interruptions.take_up(NOW) == 0


@pytest.mark.parametrize("state", ["reading", "publishing"])
def test_the_second_time_a_task_is_given_up(begun, state):
    made, row = begun(state, workers=("one", "two"))
    assert interruptions.take_up(NOW) == 1
    assert after(made, row) == ("failed", "FAILED")
    assert "A second worker" in made.interruption
    assert "Try again" in made.progress
    assert row.finished_at
    assert interruptions.take_up(NOW) == 0


@pytest.mark.parametrize("state", ["published", "discarded", "staged"])
def test_the_task_of_an_upload_that_is_done_ends_without_a_word_on_the_upload(begun, state):
    made, row = begun(state)
    assert interruptions.take_up(NOW) == 1
    assert after(made, row) == (state, "READY")
    tasks.stage_upload.func(made.pk)
    assert after(made, row)[0] == state
    assert made.interruption == ""


def test_a_task_that_failed_on_its_database_is_taken_up_again_but_one_that_failed_on_a_fault_is_not(begun):
    cut_off, faulty = begun(workers=("one",)), begun(workers=("two",))
    cut_off[1].set_failed(OperationalError("the server closed the connection"))
    faulty[1].set_failed(ValueError("a fault of ours"))
    assert interruptions.take_up(NOW) == 1
    assert after(*cut_off) == ("waiting", "READY")
    assert after(*faulty) == ("reading", "FAILED")


def test_a_database_that_goes_away_in_a_task_leaves_the_upload_at_work(begun, monkeypatch):
    made, _row = begun("waiting")

    def go_away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("trade.publishing.staging.stage", go_away)
    with pytest.raises(OperationalError):
        tasks.stage_upload.func(made.pk)
    assert Upload.objects.get().state == "waiting"


def test_a_publish_that_waits_in_the_queue_is_alive_however_long(begun):
    made, row = begun("publishing", upload=NOW - timedelta(minutes=1))
    assert not uploads.is_alive(made)
    row.status = "READY"
    row.save()
    assert uploads.is_alive(made)


@pytest.mark.slow
def test_the_page_of_an_upload_says_what_became_of_its_worker(begun, admin_client):
    made, _row = begun("publishing", workers=("one", "two"))
    interruptions.take_up(NOW)
    page = admin_client.get(reverse("admin:trade_upload_change", args=[made.pk])).content.decode()
    assert "A second worker publishing this upload was interrupted at" in page
    assert "Try again" in page


def test_the_age_of_the_newest_sign_of_life_is_known(db):
    assert Worker.objects.seconds_since_sign() is None
    assert not Worker.objects.are_alive()
    Worker.objects.create(pk="old", seen=timezone.now() - timedelta(hours=1))
    Worker.objects.create(pk="ahead", seen=timezone.now() + timedelta(days=400))
    assert 3590 < Worker.objects.seconds_since_sign() < 3620
    assert not Worker.objects.are_alive()
    Worker.objects.create(pk="new", seen=timezone.now() - timedelta(seconds=2))
    assert 1 < Worker.objects.seconds_since_sign() < 10
    assert Worker.objects.are_alive()
