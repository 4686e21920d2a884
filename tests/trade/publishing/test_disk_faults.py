"""A disk that is full or cannot be written during a publish: the editor is told so, and nothing half-written stays."""

import errno
import os

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from tests.trade import released
from trade import tasks
from trade.models import Upload
from trade.publishing import disk_faults, staging, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FILE = b"province,year,month,flow,reported_usd\nCN-LN,2016,,to_dprk,5\n"


class NoSpace(OperationalError):
    """As psycopg says it."""

    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "is full"),
        (OperationalError("database or disk is full"), "is full"),
        (NoSpace("could not extend file"), "is full"),
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written"),
        (OperationalError("attempt to write a readonly database"), "cannot be written"),
        (OSError(errno.ENOENT, "No such file"), None),
        (OperationalError("database is locked"), None),
    ],
)
def test_the_fault_is_told_whoever_noticed_it_and_whatever_came_after(error, words):
    later = ValueError("a file that is cut off")
    later.__cause__ = error
    for each in (error, later):
        assert words in disk_faults.in_words(each) if words else disk_faults.in_words(each) is None


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("file", [0, 3])
def test_a_publish_that_finds_no_room_leaves_no_file_and_can_be_done_again(places, monkeypatch, var_dir, number, file):
    dataset = released.dataset("province")
    upload = staging.stage(uploads.receive(dataset, [("trade.csv", FILE)]))
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    user = User.objects.create_user("editor")
    with monkeypatch.context() as full:
        fail_at(full, file, number)
        tasks.publish_upload.func(upload.pk, "News.", "scheduled", user.pk)
    upload.refresh_from_db()
    assert (upload.state, dataset.releases.count()) == ("staged", 0)
    assert {errno.ENOSPC: "is full", errno.EROFS: "cannot be written"}[number] in upload.progress
    assert not list((var_dir / "bundles").glob(f"{dataset.slug}/*/*"))
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    tasks.publish_upload.func(upload.pk, "News.", "scheduled", user.pk)
    assert dataset.latest_release().number == 1


def fail_at(monkeypatch, file, number):
    """Let the storage of bundles fail at the n-th file, after half of it was written."""
    from django.core.files.storage import FileSystemStorage

    save, saved = FileSystemStorage._save, []

    def save_or_fail(self, name, content):
        saved.append(name)
        if len(saved) == file + 1:
            save(self, name, content)
            raise OSError(number, os.strerror(number))
        return save(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", save_or_fail)


@pytest.mark.slow
def test_a_reading_that_finds_no_room_says_so(places, monkeypatch):
    upload = uploads.receive(released.dataset("province"), [("trade.csv", FILE)])

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("trade.importing.read_upload.read", fail)
    tasks.stage_upload.func(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert "The disk of this site is full" in upload.progress
