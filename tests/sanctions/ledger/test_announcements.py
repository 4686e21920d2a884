"""China's announcements: what the site begins with, and what an editor may not write."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sanctions.models import Announcement, Measure

pytestmark = pytest.mark.both_databases
DAY = dt.date


def test_the_eight_announcements_carry_out_five_resolutions_and_two_numbers_are_not_confirmed(words, db):
    assert Announcement.objects.count() == 8
    assert set(Announcement.objects.values_list("resolution", flat=True)) == {2270, 2321, 2371, 2375, 2397}
    unconfirmed = Announcement.objects.filter(is_number_confirmed=False)
    assert [(one.number, one.note) for one in unconfirmed] == [
        ("2017 No. 12", "Its number is not confirmed."),
        ("2017 No. 55", "Its number is not confirmed."),
    ]
    assert Announcement.objects.get(number="2017 No. 52").codes == ["2709000000", "2711110000", "2710", "2712", "2713"]


@pytest.mark.parametrize(
    ("changed", "name", "message"),
    [
        ({"issued": DAY(2017, 8, 1)}, "issued", "1 August 2017 is too early: the resolution was adopted on 5 August"),
        ({"issued": DAY(2107, 8, 1)}, "issued", "1 August 2107 is in the future"),
        ({"codes_text": "2701 and coal"}, "codes_text", "“2701 and coal” is not a list of HS codes"),
        ({"number": "2017 No. 52"}, "__all__", "already exists"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused_beside_its_field(words, db, changed, name, message):
    entry = Announcement.objects.get(number="2017 No. 40")
    for field, value in changed.items():
        setattr(entry, field, value)
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert message in " ".join(refused.value.message_dict[name])


@pytest.mark.parametrize(
    ("changed", "name", "message"),
    [
        ({"grace_until": DAY(2017, 8, 1)}, "grace_until", "1 August 2017 is too early"),
        ({"grace_until": DAY(2107, 8, 1)}, "grace_until", "1 August 2107 is too late"),
        ({"checked_by": "Kim"}, "checked_on", "Enter the day of the check"),
        ({"checked_on": DAY(2107, 8, 1)}, "checked_on", "1 August 2107 is in the future"),
        ({"checked_on": DAY(2026, 1, 1), "basis": "R"}, "basis", "the basis names no source"),
        ({"edition": "2018"}, "edition", "is not a valid choice"),
        ({"codes_stated": "as China has it"}, "codes_stated", "is not a list of HS codes"),
        ({"codes_announced": "2701 and more"}, "codes_announced", "is not a list of HS codes"),
    ],
)
def test_what_cannot_be_said_of_a_measure_is_refused_beside_its_field(words, db, changed, name, message):
    entry = Measure.objects.get(resolution=2371, paragraph="8")
    for field, value in changed.items():
        setattr(entry, field, value)
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert message in " ".join(refused.value.message_dict[name])
