"""What an editor meets when the bytes of an upload are no longer where they were put: words, and never error 500."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.trade import released
from trade import tasks
from trade.models import Release, Upload
from trade.publishing import staging, uploads

pytestmark = pytest.mark.django_db
SOUND = b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,5\n"
FAULTY = b"province,year,flow,reported_usd\nNowhere,2016,to_dprk,5\n"


@pytest.fixture
def dataset(places):
    return released.dataset("province")


def staged(dataset, content=SOUND):
    return staging.stage(uploads.receive(dataset, [("a.csv", content)]))


def lose(field_file):
    Path(field_file.path).unlink()


def page_of(client, upload):
    return client.get(reverse("admin:trade_upload_change", args=[upload.pk]))


@pytest.mark.slow
@pytest.mark.parametrize("damage", [lose, lambda file: Path(file.path).write_bytes(b"PAR1 cut off")])
def test_an_upload_whose_changes_are_lost_says_so_and_is_not_published(admin_client, dataset, damage):
    upload = staged(dataset)
    damage(upload.diff)
    page = page_of(admin_client, upload).content.decode()
    assert "no longer stored on this site" in page and "Publish as the next release" not in page
    assert "Discard this upload" in page
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    tasks.publish_upload.func(upload.pk, "A note.", "scheduled", None)
    upload.refresh_from_db()
    assert (upload.state, Release.objects.count()) == ("staged", 0)
    assert "no longer stored on this site" in upload.progress
    assert uploads.discard(upload).state == "discarded"


def test_an_upload_whose_file_is_lost_before_it_is_read_is_refused_with_that_reason(admin_client, dataset):
    upload = uploads.receive(dataset, [("a.csv", SOUND), ("b.csv", SOUND)])
    lose(upload.files.get(name="b.csv").content)
    [fault] = staging.stage(upload).faults
    assert (upload.state, fault["file"], fault["message"]) == ("refused", "b.csv", "Upload the file again.")
    assert "no longer stored" in page_of(admin_client, upload).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("how", [lambda upload: lose(upload.files.get().content), uploads.discard])
def test_a_marked_copy_of_a_file_that_is_lost_or_discarded_is_gone_and_the_page_says_why(admin_client, dataset, how):
    upload = staged(dataset, FAULTY)
    how(upload)
    answer = admin_client.get(reverse("admin:trade_upload_annotated", args=[upload.pk, upload.files.get().pk]))
    assert answer.status_code == 410
    assert "The file a.csv is no longer stored" in answer.content.decode()
