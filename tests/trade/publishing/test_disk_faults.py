"""A disk that is full or cannot be written during a publish: the editor is told so, and nothing half-written stays."""

import errno
import os

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from tests.trade import released
from trade import tasks
from trade.bundles import build
from trade.models import Upload
from trade.publishing import staging, uploads
from web import disk_faults

pytestmark = pytest.mark.django_db

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
        (OSError(errno.EROFS, "Read-only file system"), "cannot write"),
        (OperationalError("attempt to write a readonly database"), "cannot write"),
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
    assert {errno.ENOSPC: "is full", errno.EROFS: "cannot write"}[number] in upload.progress
    assert not list((var_dir / "bundles").glob(f"{dataset.slug}/*/*"))
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    tasks.publish_upload.func(upload.pk, "News.", "scheduled", user.pk)
    assert dataset.latest_release().number == 1


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before it is built", "while it is built"])
def test_nothing_is_published_while_the_files_of_earlier_releases_are_away(places, monkeypatch, var_dir, moment):
    dataset = released.dataset("province")
    first = released.release(dataset, {("CN-LN", "to_dprk", 2016, 0): {"reported": 1}})
    upload = staging.stage(uploads.receive(dataset, [("trade.csv", FILE)]))
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    folder = var_dir / "bundles" / first.bundle
    away, make = folder.with_name("away"), build.build

    def build_and_lose_the_storage(*args):
        built = make(*args)
        folder.rename(away)
        return built

    with monkeypatch.context() as lost:
        if moment == "while it is built":
            lost.setattr(build, "build", build_and_lose_the_storage)
        else:
            folder.rename(away)
        tasks.publish_upload.func(upload.pk, "News.", "scheduled", None)
    upload.refresh_from_db()
    assert (upload.state, dataset.releases.count()) == ("staged", 1)
    assert f"The files of {dataset.slug}/1 are missing from this site’s storage" in upload.progress
    assert [path.name for path in folder.parent.iterdir()] == ["away"]
    away.rename(folder)
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    tasks.publish_upload.func(upload.pk, "News.", "scheduled", None)
    assert dataset.latest_release().number == 2


@pytest.mark.parametrize("name", ["trade.csv", "large.csv"])
def test_an_upload_for_which_there_is_no_room_is_refused_in_words(places, admin_client, monkeypatch, name):
    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", fail)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", fail)
    dataset, content = released.dataset("province"), FILE if name == "trade.csv" else FILE * 50_000
    admin_client.cookies["csrftoken"] = "x" * 32  # as the page of the form sets it
    form = {"dataset": dataset.pk, "mode": "amend", "flow": "", "files": SimpleUploadedFile(name, content)}
    answer = admin_client.post(reverse("admin:trade_upload_import"), form)
    assert answer.status_code == 503 and "This site’s disk is full" in answer.content.decode()
    assert not Upload.objects.exists()


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
    assert "This site’s disk is full" in upload.progress
