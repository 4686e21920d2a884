"""Caps: their sentence, what charts are told, and what an editor may not write."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sanctions import provider
from sanctions.models import Cap, Measure

pytestmark = pytest.mark.both_databases
DAY = dt.date


def of(number, paragraph):
    return Measure.objects.get(resolution=number, paragraph=paragraph)


@pytest.mark.parametrize(
    ("number", "paragraph", "said"),
    [
        (
            2321,
            "26(b)",
            [
                "US$53,495,894 or 1,000,866 tonnes, whichever is lower, in all from 30 November 2016 to "
                "31 December 2016 (R)",
                "US$400,870,018 or 7,500,000 tonnes, whichever is lower, in each calendar year from 1 January 2017",
            ],
        ),
        (2397, "4", ["4,000,000 barrels (525,000 tonnes) in each 12 months from 22 December 2017"]),
        (2375, "14", ["500,000 barrels in all from 1 October 2017 to 31 December 2017"]),
        (2321, "28", []),
    ],
)
def test_caps_of_the_same_days_are_one_sentence_and_what_is_recalled_is_marked(words, db, number, paragraph, said):
    assert of(number, paragraph).caps_in_words == said


def test_charts_are_told_amounts_with_their_tonnes_where_a_source_gives_them(words, db, django_assert_num_queries):
    with django_assert_num_queries(2):
        caps = provider.caps()
    measure = of(2397, "5")
    assert caps[-1] == {
        "measure": measure.pk,
        "direction": "to_dprk",
        "codes": ["2710", "2712", "2713"],
        "amount": 500_000,
        "unit": "barrels",
        "tonnes": 60_000,
        "since": DAY(2018, 1, 1),
        "until": None,
        "period": "twelve_months",
        "checked": True,
        "label": "500,000 barrels (60,000 tonnes)",
        "resolution": 2397,
        "paragraph": "5",
        "url": measure.get_absolute_url(),
    }
    assert {cap["tonnes"] for cap in caps if cap["unit"] == "tonnes"} == {1_000_866, 7_500_000}
    assert [cap["checked"] for cap in caps] == [False, False, True, True, True, True, True]


def test_a_cap_ends_with_its_measure(words, db):
    Measure.objects.filter(resolution=2397, paragraph="4").update(until=DAY(2030, 1, 1))
    assert {cap["until"] for cap in provider.caps() if cap["amount"] == 4_000_000} == {DAY(2030, 1, 1)}


def test_labels_name_each_measure(words, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        named = provider.named()
    coal = of(2321, "26(b)")
    assert named[coal.pk]["words"] == "Resolution 2321, paragraph 26(b): cap, coal"
    assert len(named) == Measure.objects.count()


@pytest.mark.parametrize(
    ("changed", "name", "message"),
    [
        ({"amount": 0}, "amount", "greater than or equal to 1"),
        ({"amount": None}, "amount", "cannot be null"),
        ({"since": DAY(2016, 1, 1)}, "since", "1 January 2016 is before the measure is in force, 30 November 2016"),
        ({"until": DAY(2016, 12, 1)}, "until", "The last day is before the first"),
        ({"period": "in_all"}, "until", "Enter the last day"),
        ({"tonnes": 5}, "tonnes", "Tonnes are given beside barrels only"),
        ({"unit": "bushels"}, "unit", "is not a valid choice"),
    ],
)
def test_a_cap_that_cannot_be_is_refused_beside_its_field(words, db, changed, name, message):
    given = {"amount": 1, "unit": "usd", "period": "year", "since": DAY(2017, 1, 1)} | changed
    with pytest.raises(ValidationError) as refused:
        Cap(measure=of(2321, "26(b)"), **given).full_clean()
    assert message in " ".join(refused.value.message_dict[name])


def test_a_measure_has_one_cap_in_a_unit_and_period_from_a_day(words, db):
    with pytest.raises(ValidationError) as refused:
        Cap(
            measure=of(2397, "4"), amount=5, unit="barrels", period="twelve_months", since=DAY(2017, 12, 22)
        ).full_clean()
    assert "has a cap in this unit and period from this day already" in str(refused.value)
