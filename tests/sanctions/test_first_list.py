"""The list of measures that the site begins with: corrected, and sure of no more than its sources say."""

import csv
from pathlib import Path

import pytest

from sanctions import provider
from sanctions.models import Measure, Resolution

pytestmark = pytest.mark.both_databases

DATA = Path(__file__).parents[2] / "data"


def measure(number, paragraph, goods=""):
    return Measure.objects.get(resolution=number, paragraph=paragraph, goods__startswith=goods)


@pytest.mark.parametrize(
    ("number", "paragraph", "goods", "codes"),
    [
        (2270, "29", "coal", "2701 2702 2601 72*"),
        (2270, "30", "gold", "7108 2616* 2614 2615 2530* 2846*"),
        (2321, "5 / Annex IV", "", "57 5805 6911*"),
        (2371, "8", "coal", "2701 2702 2601 72*"),
        (2371, "9", "seafood", "03 1603* 1604 1605"),
        (2375, "14", "", "2710 2712 2713"),
        (2397, "4", "", "2709*"),
        (2397, "5", "", "2710 2712 2713"),
    ],
)
def test_corrected_codes_are_stored_with_what_is_a_part_only(words, db, number, paragraph, goods, codes):
    stored = measure(number, paragraph, goods).codes.values_list("digits", "partial")
    assert " ".join(digits + "*" * partial for digits, partial in stored) == codes


@pytest.mark.parametrize(
    ("number", "paragraph", "goods", "caution"),
    [
        (1695, "3-4", "", ""),
        (1718, "8(a)-(b)", "", "Not yet checked: sub-paragraph letters."),
        (1874, "9-10", "", "Not yet checked: paragraphs, goods and exemption."),
        (2087, "", "", "Not yet checked: everything but the date."),
        (2094, "20 / Annex III", "", "Not yet checked."),
        (2270, "31", "", ""),
        (2270, "6", "", "Not yet checked: number of the paragraph."),
        (2321, "26(b)", "", "Not yet checked: the last digits of the limits for 2016."),
        (2371, "8", "", "Not yet checked: which part of chapter 72."),
        (2375, "13", "", ""),
        (2375, "16", "", ""),
        (2397, "6", "wood", "Not yet checked in full."),
        (2397, "7", "industrial", "Not yet checked: lack of a grace period."),
        (2397, "7", "iron", ""),
    ],
)
def test_only_what_was_confirmed_lost_its_mark_part_by_part(words, db, number, paragraph, goods, caution):
    assert measure(number, paragraph, goods).caution == caution


def test_the_resolutions_thirty_days_stay_marked_where_only_chinas_dates_were_confirmed(words, db):
    for entry in Measure.objects.filter(resolution=2397, paragraph="6").exclude(codes_text=""):
        assert "to 21 January 2018 (R). China cleared such goods until 22 January" in entry.wind_down_or_cap


@pytest.mark.parametrize(
    ("number", "paragraph", "announcement"),
    [
        (2270, "29", "11/2016"),
        (2270, "31", "11/2016"),
        (2321, "26(b)", "81/2016"),
        (2371, "8", "40/2017"),
        (2371, "9", "40/2017"),
        (2371, "12", "47/2017"),
        (2375, "18", "55/2017, number not confirmed"),
        (2375, "13", "52/2017"),
        (2375, "16", "52/2017"),
        (2397, "4", "4/2018"),
    ],
)
def test_chinas_announcements_are_named_as_sources(words, db, number, paragraph, announcement):
    [entry] = Measure.objects.filter(resolution=number, paragraph=paragraph)[:1]
    assert f"Announcement {announcement}" in entry.sources


@pytest.mark.parametrize(
    ("number", "paragraph", "goods", "words_"),
    [
        (2270, "6", "small arms", "extended to small arms and light weapons"),
        (2321, "", "iron; iron ore", "is tightened"),
        (2371, "11", "overseas workers", "no more work permits"),
        (2371, "12", "joint ventures", "no new investment in existing ones"),
        (2375, "17", "overseas workers", "no work permits"),
    ],
)
def test_measures_that_were_missing_are_there(words, db, number, paragraph, goods, words_):
    assert words_.lower() in measure(number, paragraph, goods).measure.lower()


def test_1695_requires_vigilance(words, db):
    assert Resolution.objects.get(pk=1695).summary.startswith("Requires all states to be vigilant")


def test_each_entry_of_the_file_has_a_position_of_its_own_within_its_resolution():
    with (DATA / "sanctions.csv").open(encoding="utf-8", newline="") as file:
        places = [(row["resolution"], row["position"]) for row in csv.DictReader(file)]
    assert len(set(places)) == len(places)


def test_no_ban_on_arms_bears_on_totals_and_every_other_measure_does(words, db):
    arms = set(Measure.objects.filter(category="arms").values_list("goods", flat=True))
    sanctions = [event for event in provider.chart_events() if event["kind"] == "sanction"]
    assert {event["text"].partition(": ")[2] for event in sanctions if not event["on_totals"]} <= arms
    assert not [event for event in sanctions if event["on_totals"] and event["text"].partition(": ")[2] in arms]
