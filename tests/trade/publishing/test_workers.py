"""Real workers that are killed without warning, or lose their database: the work is done once, and without a hand."""

import io
import signal
import time
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.trade import released
from tests.trade.processes import start, start_worker, wait_for
from trade import tasks
from trade.models import Release, Upload, Worker
from trade.publishing import by_hand, staging, uploads
from trade.reference import seed as reference

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases, pytest.mark.soak]

FILE = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,5\nCN-JL,2016,,to_dprk,7\n"
LIAONING = ("CN-LN", "to_dprk", 2016, 0)
COMPARING = "trade.publishing.by_hand:reverts_to"
READING, BUILDING = "trade.importing.read_upload:read", "trade.bundles.build:build"
BEFORE_COMMIT = "trade.publishing.admin_log:made"
AFTER_COMMIT = "django_tasks_db.models:DBTaskResult.set_successful"


@pytest.fixture(autouse=True)
def queue(settings):
    """Tasks wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    reference.load()


@pytest.fixture
def worker():
    """Start workers; at the end none is left."""
    started = []

    def begin(*args, **kwargs):
        started.append(start_worker(*args, **kwargs))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="not-a-real-password")


def received():
    return uploads.receive(released.dataset("province"), [("trade.csv", FILE)])


def asked_to_publish(editor):
    """An upload that an editor has had published, with a note, and that waits for the worker."""
    upload = staging.stage(received())
    Upload.objects.filter(pk=upload.pk).update(state="publishing", heartbeat=timezone.now())
    tasks.publish_upload.enqueue(upload.pk, "What was typed.", "correction", editor.pk)
    return upload


def state_of(upload):
    return Upload.objects.get(pk=upload.pk).state


def end(process):
    """Tell a worker to end: it does so in order."""
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def test_an_upload_whose_worker_is_killed_is_read_by_the_next_one(worker):
    upload = received()
    tasks.stage_upload.enqueue(upload.pk)
    assert worker(READING).wait(timeout=60) == -signal.SIGKILL
    assert state_of(upload) == "reading"
    living = worker()
    wait_for(lambda: state_of(upload) == "staged")
    upload.refresh_from_db()
    assert upload.counts["new"] == 2
    assert "was interrupted at" in upload.interruption
    assert "restarted" in upload.interruption
    row = wait_for(lambda: DBTaskResult.objects.successful().first())
    assert len(set(row.worker_ids)) == 2
    end(living)
    assert not Worker.objects.filter(pk=row.worker_ids[-1]).exists()


@pytest.mark.parametrize("moment", [BUILDING, BEFORE_COMMIT, AFTER_COMMIT])
def test_what_a_killed_worker_was_publishing_is_published_once_as_it_was_asked_for(worker, editor, moment):
    upload = asked_to_publish(editor)
    assert worker(moment).wait(timeout=60) == -signal.SIGKILL
    assert Release.objects.exists() == (moment == AFTER_COMMIT)
    worker()
    wait_for(lambda: DBTaskResult.objects.successful().exists())
    release = Release.objects.get()
    assert (release.upload, release.user, release.note, release.kind) == (
        *(upload, editor, "What was typed.", "correction"),
    )
    assert {row.province_id: row.value_usd for row in release.dataset.observations.standing()} == {
        "CN-LN": 5,
        "CN-JL": 7,
    }
    assert LogEntry.objects.filter(object_id=str(release.pk), user=editor).count() == 1
    assert state_of(upload) == "published"
    call_command("verify", stdout=io.StringIO())


def test_a_second_death_leaves_an_upload_failed_and_no_task_that_runs(worker, editor):
    upload = asked_to_publish(editor)
    for _death in range(2):
        assert worker(BUILDING).wait(timeout=60) == -signal.SIGKILL
    worker()
    wait_for(lambda: state_of(upload) == "failed")
    upload.refresh_from_db()
    assert "A second worker publishing this upload was interrupted at" in upload.interruption
    assert "Try again" in upload.progress
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "trade.publishing.interruptions.CutOff")
    assert "cut off twice" in row.traceback
    assert not Release.objects.exists()


def test_a_return_to_an_earlier_release_is_taken_up_again_too(worker, editor):
    dataset = released.dataset("province")
    first = released.release(dataset, {LIAONING: {"reported": 5}})
    second = released.release(dataset, {LIAONING: {"reported": 6}})
    upload, _is_new = by_hand.ask(by_hand.to_revert(first, seen=second.pk), editor)
    tasks.stage_upload.enqueue(upload.pk)
    assert worker(COMPARING).wait(timeout=60) == -signal.SIGKILL
    living = worker()
    wait_for(lambda: state_of(upload) == "staged")
    end(living)
    Upload.objects.filter(pk=upload.pk).update(state="publishing", heartbeat=timezone.now())
    tasks.publish_upload.enqueue(upload.pk, "Back.", "revert", editor.pk)
    assert worker(BUILDING).wait(timeout=60) == -signal.SIGKILL
    worker()
    wait_for(lambda: state_of(upload) == "published")
    third = dataset.latest_release()
    assert (third.number, third.kind, third.reverts_to, third.user) == (3, "revert", first, editor)


def test_a_killed_worker_is_noticed_within_thirty_seconds(worker):
    """Of one worker that its supervisor starts again, with the pauses of a real one."""
    upload = received()
    tasks.stage_upload.enqueue(upload.pk)
    assert worker(READING, every=3, lost=15).wait(timeout=60) == -signal.SIGKILL
    died = time.monotonic()
    again = start("manage.py", "work")
    try:
        wait_for(lambda: len(DBTaskResult.objects.get().worker_ids) == 2)
        assert time.monotonic() - died < 30
        wait_for(lambda: state_of(upload) == "staged")
        end(again)
    finally:
        again.kill()
        again.communicate()


def test_a_worker_that_is_long_at_a_task_keeps_it(worker):
    """One of two reads for longer than a silence is suffered: its signs of life come all the same."""
    upload = received()
    tasks.stage_upload.enqueue(upload.pk)
    worker(READING, stay=5)
    wait_for(lambda: state_of(upload) == "reading")
    worker()
    wait_for(lambda: state_of(upload) == "staged")
    upload.refresh_from_db()
    assert upload.interruption == ""
    assert len(DBTaskResult.objects.get().worker_ids) == 1


def test_a_worker_waits_for_a_database_that_is_away_and_says_so_once(worker, tmp_path):
    away = tmp_path / "away"
    waiting = worker(outage=str(away))
    wait_for(lambda: Worker.objects.exists())
    away.touch()
    upload = received()
    tasks.stage_upload.enqueue(upload.pk)
    before = Worker.objects.get().seen
    time.sleep(3)  # for several looks of the worker
    assert (state_of(upload), waiting.poll()) == ("waiting", None)
    assert Worker.objects.get().seen - before < timedelta(seconds=1)
    away.unlink()
    wait_for(lambda: state_of(upload) == "staged")
    end(waiting)
    said = waiting.stderr.read().decode()
    assert said.count("The database does not answer; the worker waits for it.") == 1
    assert said.count("The database answers again after") == 1
    assert "Traceback" not in said


def test_a_worker_that_waits_for_its_database_ends_at_once_when_told_to(worker, tmp_path):
    away = tmp_path / "away"
    away.touch()
    waiting = worker(outage=str(away))
    wait_for(lambda: b"does not answer" in waiting.stderr.readline())
    told = time.monotonic()
    end(waiting)
    assert time.monotonic() - told < 3
