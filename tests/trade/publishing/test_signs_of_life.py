"""Signs of life come however long a step takes, through a database that is busy, and stop with the work."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from tests.trade import released
from tests.trade.processes import wait_for
from trade.management.commands import work
from trade.models import Upload, Worker
from trade.publishing import signs_of_life


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signs_of_life, "EVERY", 0.01)


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "signs of life"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("away"), ValueError("a fault of ours")])
def test_a_sign_that_fails_is_left_out_and_the_next_one_tried(error):
    tried = []

    def sign():
        tried.append(1)
        if len(tried) == 1:
            raise error

    with signs_of_life.given(sign):
        wait_for(lambda: len(tried) > 3)
    said = len(tried)
    assert threads() == []
    time.sleep(0.03)
    assert len(tried) == said


@pytest.mark.django_db(transaction=True)
def test_they_stop_when_the_work_fails():
    with pytest.raises(ZeroDivisionError), signs_of_life.given(lambda: None):
        1 / 0  # noqa: B018
    assert threads() == []


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_an_upload_at_work_is_marked_and_one_that_has_ended_is_not():
    dataset = released.dataset("province")
    at_work, ended = (Upload.objects.create(dataset=dataset, state=state) for state in ("reading", "staged"))
    with signs_of_life.of_upload(at_work.pk), signs_of_life.of_upload(ended.pk):
        wait_for(lambda: Upload.objects.get(pk=at_work.pk).heartbeat)
    assert Upload.objects.get(pk=ended.pk).heartbeat is None


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_signs_are_left_out_while_another_writes_and_hold_nobody_up():
    upload = Upload.objects.create(dataset=released.dataset("province"), state="reading")
    held, let_go = threading.Event(), threading.Event()

    def write():
        try:
            with transaction.atomic():
                Upload.objects.select_for_update().get(pk=upload.pk)
                held.set()
                let_go.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        another.submit(write)
        held.wait(30)
        with signs_of_life.of_upload(upload.pk):
            time.sleep(1.5)  # more than one sign waits for
            assert Upload.objects.get().heartbeat is None
            let_go.set()
            wait_for(lambda: Upload.objects.get().heartbeat)


def signs(monkeypatch, running_task, judged):
    """The signs of a worker, with a clock that the test sets."""
    monkeypatch.setattr(signs_of_life, "EVERY", 3)
    clock = SimpleNamespace(now=0, ahead=0)
    monkeypatch.setattr(work.time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(work.time, "time", lambda: clock.now + clock.ahead)
    monkeypatch.setattr(work.interruptions, "take_up", lambda: judged.append(clock.now))
    return work.Signs(SimpleNamespace(worker_id="one", running_task=running_task)), clock


@pytest.mark.django_db
def test_a_worker_judges_others_only_while_its_own_signs_are_in_time(monkeypatch):
    judged = []
    given, clock = signs(monkeypatch, False, judged)
    for clock.now in (3, 6, 9, 12, 40, 43, 46, 49):  # the database was away from 12 to 40
        given()
    assert judged == [9, 12, 49]


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [2, -2])
def test_a_worker_judges_nobody_by_signs_from_before_the_clock_was_set(monkeypatch, hours):
    judged = []
    given, clock = signs(monkeypatch, False, judged)
    for clock.now in (3, 6, 9, 12, 15, 18, 21):
        clock.ahead = 3600 * hours if clock.now >= 12 else clock.now / 100  # it drifts, too
        given()
    assert judged == [9, 21]


@pytest.mark.django_db
def test_a_worker_that_finds_itself_taken_for_lost_leaves_its_task(monkeypatch):
    ended = []
    monkeypatch.setattr(work.os, "_exit", ended.append)
    given, clock = signs(monkeypatch, True, [])
    given.write()
    given()
    assert ended == []
    Worker.objects.all().delete()
    given()
    assert ended == [1]


@pytest.mark.django_db
def test_an_idle_worker_that_was_taken_for_lost_goes_on(monkeypatch):
    given, clock = signs(monkeypatch, False, [])
    given()
    assert Worker.objects.get().pk == "one"
    assert (timezone.now() - Worker.objects.get().seen).total_seconds() < 10
