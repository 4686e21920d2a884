"""Where a dataset needs a second person, nobody publishes what they uploaded themselves, by whatever way."""

import pytest
from django.contrib.auth.models import User

from tests.trade import released
from trade import tasks
from trade.models import Dataset, Upload
from trade.publishing import releases, staging, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CELL = ("CN-LN", "to_dprk", 2016, 0)
FILE = b"province,year,flow,reported_usd\nCN-LN,2016,to_dprk,7\n"


@pytest.fixture
def dataset(places):
    made = released.dataset("province")
    released.release(made, {CELL: {"reported": 5}})
    released.release(made, {CELL: {"reported": 6}})
    Dataset.objects.filter(pk=made.pk).update(needs_second_person=True)
    return made


def account(name):
    return User.objects.create_superuser(name, password="not-a-real-password")


def of_files(dataset, user):
    return staging.stage(uploads.receive(dataset, [("a.csv", FILE)], user=user))


def of_a_revert(dataset, user):
    asked = {"release": dataset.releases.get(number=1).pk, "seen": dataset.latest_release().pk}
    return staging.stage(Upload.objects.create(dataset=dataset, user=user, asked=asked))


@pytest.mark.parametrize("made", [of_files, of_a_revert])
def test_who_uploaded_may_not_publish_and_a_second_person_may(dataset, made):
    kim, lee = account("kim"), account("lee")
    upload = made(dataset, kim)
    assert upload.state == "staged"
    with pytest.raises(releases.Refused, match="needs a second person"):
        releases.publish(upload, note="News.", kind="scheduled", user=kim, accepted="all")
    Upload.objects.filter(pk=upload.pk).update(state="publishing")
    tasks.publish_upload.func(upload.pk, "News.", "scheduled", kim.pk)
    upload.refresh_from_db()
    assert (upload.state, dataset.releases.count()) == ("staged", 2)
    assert "somebody else must publish" in upload.progress
    releases.publish(upload, note="News.", kind="scheduled", user=lee, accepted="all")
    assert dataset.releases.count() == 3


def test_a_command_has_no_user_and_publishes(dataset):
    releases.publish(of_files(dataset, None), note="News.", kind="scheduled", accepted="all")
    assert dataset.releases.count() == 3
