"""What `manage.py sweep` takes away, and what it passes over."""

import io
import os
import tempfile
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from tests.trade import released
from trade.models import Upload
from trade.publishing import leftovers, uploads

pytestmark = pytest.mark.django_db

TWO_DAYS = 2 * 24 * 3600


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The system's temporary folder, for this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def sweep():
    said = io.StringIO()
    call_command("sweep", stdout=said)
    return said.getvalue()


def make_old(path):
    os.utime(path, (time.time() - TWO_DAYS, time.time() - TWO_DAYS), follow_symlinks=False)


def test_one_stuck_upload_stops_nothing_and_is_named(places):
    dataset = released.dataset("province")
    stuck, old, after = (
        Upload.objects.create(dataset=dataset, state=state) for state in ("publishing", "refused", "staged")
    )
    Upload.objects.update(created=timezone.now() - timedelta(days=40))
    said = sweep()
    assert "2 expired uploads" in said
    assert f"passed over {stuck}: This upload is being published." in said
    states = [Upload.objects.get(pk=upload.pk).state for upload in (stuck, old, after)]
    assert states == ["publishing", "discarded", "discarded"]


def test_bytes_that_no_upload_names_are_taken_once_they_are_old(places):
    upload = uploads.receive(released.dataset("province"), [("trade.csv", b"x")])
    storage = storages["uploads"]
    named = upload.files.get().content.name
    old, young = (storage.save(f"ab/{name}", ContentFile(b"x")) for name in ("old", "young"))
    for name in (named, old):
        make_old(storage.path(name))
    assert "1 files without an upload" in sweep()
    assert [storage.exists(name) for name in (named, old, young)] == [True, False, True]


def test_old_folders_of_killed_processes_are_taken_and_nothing_else(place):
    taken = [place / name for name in ("yalu-abcd1234", "yalu-reading-abcd_234", "yalu-table-abcd1234")]
    kept = [place / name for name in ("yalu-tests-abcd1234", "yalu-notes", "other-abcd1234", "yalu-young_one")]
    for folder in taken + kept:
        folder.mkdir()
        (folder / "0.xlsx").write_bytes(b"x")
    young = place / "yalu-12345678"
    young.mkdir()
    target, link = place / "target", place / "yalu-87654321"
    target.mkdir()
    (target / "precious").write_text("x")
    link.symlink_to(target)
    (taken[0] / "link").symlink_to(target)
    (place / "yalu-afile123").write_text("x")
    for path in [*taken, *kept, link, place / "yalu-afile123"]:
        make_old(path)
    assert "3 temporary folders" in sweep()
    assert not any(folder.exists() for folder in taken)
    assert all(folder.exists() for folder in [*kept, young, place / "yalu-afile123"])
    assert link.is_symlink()
    assert (target / "precious").read_text() == "x"


def test_folders_of_other_accounts_are_left_alone(place, monkeypatch):
    (place / "yalu-abcd1234").mkdir()
    make_old(place / "yalu-abcd1234")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert leftovers.temporary_folders().taken == 0
    assert (place / "yalu-abcd1234").exists()


def test_a_folder_that_cannot_be_removed_is_passed_over_and_the_next_one_taken(place, monkeypatch):
    for name in ("one", "two"):
        storages["bundles"].save(f"swept/{name}/data.csv", ContentFile(b"x"))
    remove = leftovers.storage.remove_old

    def refuse_the_first(folder, before):
        if folder.endswith("/one"):
            raise PermissionError(13, "Permission denied")
        return remove(folder, timezone.now() + timedelta(hours=1))

    monkeypatch.setattr(leftovers.storage, "remove_old", refuse_the_first)
    said = sweep()
    assert "passed over swept/one: [Errno 13] Permission denied" in said
    assert not storages["bundles"].exists("swept/two/data.csv")
    leftovers.storage.remove_folder("swept/one")


def test_a_young_folder_without_a_release_is_left_to_the_publish_under_way():
    storages["bundles"].save("young/one/data.csv", ContentFile(b"x"))
    sweep()
    assert storages["bundles"].exists("young/one/data.csv")
    leftovers.storage.remove_folder("young/one")
