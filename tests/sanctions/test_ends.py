"""Measures that ended: what pages, charts and checks say of them, and which days an editor may enter."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sanctions import provider
from sanctions.models import Event, Measure, Resolution
from tests.words import text_of
from trade.publishing import staging

BOTH = pytest.mark.both_databases
DAY = dt.date


@pytest.fixture
def ended(words, db):
    """The cap on coal of 2321, which the full ban of 2371 replaced."""
    cap = Measure.objects.get(resolution=2321, paragraph="26(b)")
    cap.until, cap.replaced_by = (
        DAY(2017, 8, 4),
        Measure.objects.filter(resolution=2371, goods__startswith="coal").first(),
    )
    cap.full_clean()
    cap.save()
    return cap


@BOTH
def test_pages_say_until_when_it_applied_and_what_took_its_place(ended, client):
    text = text_of(client.get("/sanctions/2321/")).replace(" ;", ";")
    assert "No longer in force: it applied until 4 August 2017; replaced by Resolution 2371 (2017), paragraph 8" in text
    assert "It took the place of Resolution 2321, paragraph 26(b)" in text_of(client.get("/sanctions/2371/"))
    assert "from 30 November 2016 to 4 August 2017" in text_of(client.get("/sanctions/"))
    assert "One of them is no longer in force." in text_of(client.get("/sanctions/"))


def test_a_measure_that_ends_in_time_to_come_still_applies(ended, client):
    Measure.objects.update(until=timezone.now().date() + dt.timedelta(days=2), replaced_by=None)
    text = text_of(client.get("/sanctions/2321/"))
    assert "It applies until" in text
    assert "No longer in force" not in text
    assert Measure.objects.account()["ended"] == 0


@BOTH
def test_charts_mark_its_beginning_and_its_end(ended):
    events = [one for one in provider.chart_events() if "annual" in one["text"] or "coal" in one["text"]]
    ends = [one for one in events if one["text"].startswith("No longer in force")]
    assert [(one["date"], one["label"], one["url"], one["codes"]) for one in ends] == [
        ("2017-08-05", "Resolution 2371", "/sanctions/2371/", ["2701", "2702"])
    ]
    assert [one["date"] for one in events if one["label"] == "Resolution 2321" and one["text"].startswith("Cap")]


@BOTH
def test_a_full_ban_that_ended_says_so(words, db):
    Measure.objects.filter(resolution=2371, goods__startswith="coal").update(until=DAY(2020, 6, 30))
    assert {ban["until"] for ban in provider.full_bans() if ban["code"] == "2701"} == {DAY(2020, 6, 30)}
    assert None in {ban["until"] for ban in provider.full_bans()}


def faults(entry):
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    return {name: " ".join(messages) for name, messages in refused.value.message_dict.items()}


@pytest.mark.parametrize(
    ("changed", "name", "message"),
    [
        (
            {"effective_from": DAY(2006, 1, 6)},
            "effective_from",
            "6 January 2006 is too early: the resolution was adopted",
        ),
        ({"until": DAY(2017, 8, 4)}, "until", "4 August 2017 is too early"),
        ({"effective_from": DAY(2107, 8, 5)}, "effective_from", "5 August 2107 is too late"),
        ({"until": DAY(2107, 8, 4)}, "until", "4 August 2107 is too late"),
        ({"effective_from": DAY(2018, 1, 1), "until": DAY(2017, 12, 31)}, "until", "is in force from 1 January 2018"),
        ({"ended_by_id": 2397}, "until", "Enter the last day on which the measure applied."),
    ],
)
def test_days_of_a_measure_that_cannot_be_are_refused(words, db, changed, name, message):
    measure = Measure.objects.filter(resolution=2371).first()
    for field, value in changed.items():
        setattr(measure, field, value)
    assert message in faults(measure)[name]


def test_a_measure_is_replaced_by_another_and_not_by_an_earlier_one(words, db):
    measure = Measure.objects.filter(resolution=2371).first()
    measure.until, measure.replaced_by = DAY(2020, 1, 1), measure
    assert "cannot replace itself" in faults(measure)["replaced_by"]
    measure.replaced_by = Measure.objects.filter(resolution=1718).first()
    assert "before this measure" in faults(measure)["replaced_by"]
    measure.replaced_by, measure.until = Measure.objects.filter(resolution=2397).first(), None
    assert "in force from the day after 2017-12-21" in faults(measure)["until"]


@pytest.mark.parametrize(
    ("changed", "name", "message"),
    [
        ({"number": 2900}, "title", "The title says 2371, but the number above is 2900."),
        ({"adopted": DAY(2016, 8, 5)}, "title", "The title says 2017, but the year of adoption above is 2016."),
        ({"adopted": DAY(2062, 8, 5)}, "adopted", "5 August 2062 is in the future."),
        ({"adopted": DAY(1917, 8, 5)}, "adopted", "before the first resolution"),
    ],
)
def test_a_resolution_agrees_with_its_title_and_with_the_calendar(words, db, changed, name, message):
    entry = Resolution.objects.get(number=2371)
    for field, value in changed.items():
        setattr(entry, field, value)
    assert message in faults(entry)[name]


@pytest.mark.parametrize(
    ("changed", "name"), [({"date": "2107"}, "date"), ({"until": "2107-01"}, "until"), ({"date": "01/06/2020"}, "date")]
)
def test_events_lie_in_years_that_can_be(words, db, changed, name):
    event = Event.objects.first()
    for field, value in changed.items():
        setattr(event, field, value)
    message = faults(event)[name]
    assert "The year 2107 is not between 1948 and" in message or "can be 1 June 2020 or 6 January 2020" in message


def test_a_sentence_that_ends_with_a_full_stop_gets_no_second_one(words, db, client):
    Measure.objects.filter(resolution=2371).update(measure="All of it is prohibited.")
    page = text_of(client.get("/sanctions/2371/"))
    assert "All of it is prohibited." in page
    assert "prohibited.." not in page


def test_a_basis_that_is_not_stated_is_not_yet_checked(words, db):
    measure = Measure.objects.filter(resolution=2371).first()
    measure.basis = ""
    measure.full_clean()
    measure.save()
    assert (measure.checked, measure.caution) == ("recalled", "Not yet checked.")


def test_an_upload_is_checked_against_a_ban_for_the_whole_years_that_it_held(words, db):
    coal = Measure.objects.filter(kind="full_ban", codes__digits="03", direction="from_dprk")
    assert _years("03") == {(2018,)}
    for until, years in [(DAY(2020, 6, 30), (2018, 2019)), (DAY(2020, 12, 31), (2018, 2020))]:
        Measure.objects.filter(pk__in=coal.values("pk")).update(until=until)
        assert _years("03") == {years}


def _years(chapter):
    return {tuple(years) for flow, code, *years in staging._banned() if (flow, code) == ("from_dprk", chapter)}
