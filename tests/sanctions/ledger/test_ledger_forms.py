"""The forms of measures with their caps: drafts of before the caps, previews, and rows that a draft changes."""

import pytest

from drafts.models import Draft
from sanctions.models import Announcement, Cap, Measure, Resolution
from tests.drafts.steps import acted, drafted, logged_in, pressed, seen_by_readers, url

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


@pytest.fixture
def writer(words, db):
    return logged_in("writer", "view", "add", "change")


@pytest.fixture
def publisher(words, db):
    return logged_in("publisher", "view", "add", "change", "delete", "publish")


def crude_oil():
    return Measure.objects.get(resolution=2397, paragraph="4")


def test_a_cap_is_drafted_with_its_measure_and_published_with_it(writer, publisher):
    draft = drafted(writer, crude_oil(), **{"caps-0-amount": "3000000"})
    assert "4,000,000 barrels" in seen_by_readers("/sanctions/2397/")
    acted(publisher, draft, "publish")
    assert "3,000,000 barrels (525,000 tonnes)" in seen_by_readers("/sanctions/2397/")
    assert list(crude_oil().caps.get().history.values_list("amount", flat=True)) == [3_000_000, 4_000_000]


def test_a_draft_of_before_the_caps_is_published_and_leaves_them_alone(writer, publisher):
    draft = drafted(writer, crude_oil(), goods="crude oil, all of it")
    draft.contents = {name: values for name, values in draft.contents.items() if not name.startswith("caps-")}
    Draft.objects.filter(pk=draft.pk).update(contents=draft.contents)
    assert publisher.get(url(Measure, "change", crude_oil().pk)).status_code == 200
    acted(publisher, Draft.objects.get(), "publish")
    assert (crude_oil().goods, crude_oil().caps.count()) == ("crude oil, all of it", 1)


def test_a_cap_that_cannot_be_is_refused_in_the_form_beside_its_field(publisher):
    page = pressed(publisher, url(Measure, "change", crude_oil().pk), "_save", **{"caps-0-since": "2016-01-01"})
    assert "1 January 2016 is before the measure is in force" in page.content.decode()
    assert Cap.objects.get(measure=crude_oil()).since.year == 2017


def test_an_announcement_is_edited_with_its_resolution(publisher):
    pressed(publisher, url(Resolution, "change", 2375), "_save", **{"announcements-0-what": "No textiles."})
    assert Announcement.objects.get(number="2017 No. 52").what == "No textiles."
    assert "No textiles." in seen_by_readers("/sanctions/2375/")


def test_a_deleted_measure_comes_back_with_its_caps(publisher):
    measure = crude_oil()
    publisher.post(url(Measure, "delete", measure.pk), {"post": "yes"})
    assert not Cap.objects.filter(amount=4_000_000).exists()
    version = Measure.history.filter(history_type="-", id=measure.pk).values_list("pk", flat=True).get()
    publisher.post(url(Measure, "deleted"), {"version": version})
    assert crude_oil().caps.get().amount == 4_000_000
