"""What needs a person is found, by name and in words; what is well says nothing."""

import os
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trade.models import Dataset, Upload
from trade.pages import health
from trade.pages.watch import conditions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roomy_disks(monkeypatch):
    monkeypatch.setattr(conditions, "free_bytes", lambda place: 10**12)


def minutes_ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def task(path="trade.tasks.stage_upload", **fields):
    """Make the row of a task; `enqueued_at` is written by the model itself, so it is set afterwards."""
    enqueued = fields.pop("enqueued_at", timezone.now())
    row = DBTaskResult.objects.create(
        task_path=path, args_kwargs={"args": [], "kwargs": {}}, backend_name="default", exception_class_path="",
        **{"run_after": None} | fields,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=enqueued)
    return row


def upload(**fields):
    dataset, _made = Dataset.objects.get_or_create(slug="china-provinces", defaults={"kind": "province"})
    return Upload.objects.create(dataset=dataset, **fields)


def test_a_site_where_all_is_well_has_no_alert():
    upload(state=Upload.State.STAGED)
    upload(state=Upload.State.SCHEDULED, publish_at=minutes_ago(-60))
    task(enqueued_at=minutes_ago(2))
    task(enqueued_at=minutes_ago(2000), run_after=minutes_ago(-60))  # is due in an hour
    task(enqueued_at=minutes_ago(2000), run_after=minutes_ago(2))  # has been due for two minutes
    task(status=TaskResultStatus.RUNNING, started_at=minutes_ago(5), enqueued_at=minutes_ago(50))
    task(status=TaskResultStatus.FAILED, path="x.y", finished_at=minutes_ago(24 * 60 + 1))
    assert conditions.found() == {}


def test_a_failed_upload_is_named_with_its_page(settings):
    settings.SITE_URL = "https://yalu.internal/"
    failed = upload(state=Upload.State.FAILED)
    page = f"https://yalu.internal/admin/trade/upload/{failed.pk}/change/"
    assert conditions.found() == {f"upload {failed.pk}": f"failed, of china-provinces: {page}"}


def test_an_upload_whose_hour_has_passed_is_named():
    late = upload(state=Upload.State.SCHEDULED, publish_at=minutes_ago(11))
    [(name, words)] = conditions.found().items()
    assert name == f"upload {late.pk}"
    assert words.startswith(f"was to be published at {late.publish_at:%Y-%m-%d %H:%M} UTC: /admin/trade/upload/")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"enqueued_at": minutes_ago(11)}, "has been waiting since"),
        ({"enqueued_at": minutes_ago(50), "run_after": minutes_ago(11)}, "has been waiting since"),
        ({"status": TaskResultStatus.RUNNING, "started_at": minutes_ago(31)}, "has been running since"),
    ],
)
def test_a_task_that_nobody_does_or_that_does_not_end_is_named(fields, word):
    stuck = task(**fields)
    [(name, words)] = conditions.found().items()
    assert name == f"task {stuck.pk}" and words.startswith(f"trade.tasks.stage_upload {word} 20")


def test_a_task_that_failed_within_a_day_is_named_but_not_that_of_an_upload():
    row = task("search.tasks.x", status=TaskResultStatus.FAILED, finished_at=minutes_ago(60))
    DBTaskResult.objects.filter(pk=row.pk).update(exception_class_path="builtins.ValueError")
    task(status=TaskResultStatus.FAILED, finished_at=minutes_ago(60))
    assert conditions.found() == {f"task {row.pk}": "failed: search.tasks.x (builtins.ValueError)"}


Disk = namedtuple("Disk", "f_flag f_files f_favail")


@pytest.mark.parametrize(
    ("disk", "free", "words"),
    [
        (Disk(0, 1000, 500), 999_999_999, "1.0 GB free; at least 1.5 GB is needed"),
        (Disk(0, 1000, 19), 10**12, "room for 19 more files (inodes); at least 2% of 1000 is needed"),
        (Disk(os.ST_RDONLY, 1000, 500), 10**12, "can be read only"),
        (Disk(0, 0, 0), 10**12, None),  # a file system that counts none
        (Disk(0, 1000, 20), 1_500_000_000, None),
    ],
)
def test_a_disk_that_takes_little_more_is_named(settings, monkeypatch, disk, free, words):
    settings.ALERT_DISK_FREE = 1_500_000_000
    monkeypatch.setattr(conditions.os, "statvfs", lambda place: disk)
    monkeypatch.setattr(conditions, "free_bytes", lambda place: free)
    first = f"disk {settings.VAR_DIR}"
    assert conditions.found().get(first) == words


def test_a_disk_is_looked_at_once_though_two_folders_lie_on_it(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(conditions.tempfile, "gettempdir", lambda: str(tmp_path.parent))
    assert conditions.places() == [str(tmp_path)]
    monkeypatch.setattr(conditions.tempfile, "gettempdir", lambda: "/proc")
    assert conditions.places() == [str(tmp_path), "/proc"]


def test_a_database_that_is_away_is_said_once_and_the_disk_is_looked_at(monkeypatch):
    def away():
        raise OperationalError("connection to server at 10.1.2.3, user yalu, failed")

    asked = []
    monkeypatch.setitem(health.PARTS, "database", away)
    monkeypatch.setitem(conditions.CONDITIONS, "stuck tasks", lambda: asked.append("stuck tasks") or {})
    monkeypatch.setitem(conditions.CONDITIONS, "disk", lambda: {"disk /var": "can be read only"})
    assert conditions.found() == {"database": "does not answer (OperationalError)", "disk /var": "can be read only"}
    assert asked == []


def test_what_cannot_be_looked_at_is_an_alert_that_tells_no_secret(monkeypatch):
    def broken():
        raise PermissionError("/srv/secret")

    monkeypatch.setitem(conditions.CONDITIONS, "disk", broken)
    assert conditions.found() == {"disk": "could not be looked at (PermissionError)"}


def test_twenty_failed_uploads_are_enough(django_assert_max_num_queries):
    for _ in range(25):
        upload(state=Upload.State.FAILED)
    with django_assert_max_num_queries(12):
        assert len(conditions.found()) == 20
