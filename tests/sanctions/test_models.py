"""Resolutions and measures: what is stored, what is derived, what is loaded first."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sanctions import code_text, provider, seed
from sanctions.models import Measure, MeasureCode, Resolution
from trade.models import Chapter
from trade.reference import seed as reference

pytestmark = pytest.mark.both_databases

DATA = Path(__file__).parents[2] / "data"


def sanctions():
    with (DATA / "sanctions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(**fields):
    base = {
        "resolution_id": 2371,
        "direction": "from_dprk",
        "category": "minerals",
        "kind": "full_ban",
        "goods": "coal",
        "measure": "Full ban",
        "basis": "S:example.org",
    }
    return Measure(**base | fields)


# The first words


def test_every_entry_of_the_file_becomes_a_measure_with_its_basis(words, db):
    stored = Measure.objects.values_list("resolution", "paragraph", "goods", "codes_text", "basis", "kind")
    named = ("resolution", "paragraph", "goods", "hs_codes_for_matching", "basis", "kind")
    wanted = [tuple(row[name] for name in named) for row in sanctions()]
    assert sorted((str(number), *rest) for number, *rest in stored) == sorted(wanted)
    assert (Measure.objects.count(), Resolution.objects.count()) == (44, 11)


def test_the_codes_of_every_measure_are_those_of_its_text(words, db):
    for entry in Measure.objects.prefetch_related("codes"):
        stored = {(code.digits, code.partial) for code in entry.codes.all()}
        assert stored == {(code.digits, code.partial) for code in code_text.parse(entry.codes_text)}


def test_every_kind_direction_and_category_is_one_that_readers_can_choose(words, db):
    for entry in [*Measure.objects.all(), *Resolution.objects.all()]:
        entry.full_clean()


def test_loading_the_first_words_again_changes_nothing(words, db):
    before = list(Measure.history.values_list("pk", flat=True))
    assert seed.load() == {"created": 0, "updated": 0, "unchanged": 44 + 11 + 16 + 7 + 8}
    assert list(Measure.history.values_list("pk", flat=True)) == before


def test_what_an_editor_changed_or_deleted_stays_so(words, db):
    entry = Measure.objects.get(goods="statues")
    entry.goods = "statues and busts"
    entry.save()
    count = Measure.objects.count()
    assert seed.load()["created"] == 0
    assert Measure.objects.count() == count


# What a measure knows of itself


@pytest.mark.parametrize(
    ("fields", "checked", "caution"),
    [
        ({"basis": "S:un.org"}, "read", ""),
        ({"basis": "R"}, "recalled", "Not yet checked."),
        (
            {"basis": "S:un.org; thompsonhine; grace period R"},
            "part",
            "Not yet checked: grace period.",
        ),
        (
            {"basis": "S:un.org", "wind_down_or_cap": "90 days (R)"},
            "part",
            "Not yet checked in full.",
        ),
        ({"basis": "S:un.org", "codes_text": "84 (R)"}, "part", None),
        ({"basis": "S:ROBERT; Rand"}, "read", ""),
    ],
)
def test_a_measure_says_how_far_it_was_checked(words, db, fields, checked, caution):
    entry = measure(**fields)
    entry.save()
    entry.refresh_from_db()
    assert entry.checked == checked
    assert caution in (None, entry.caution)


def test_no_measure_with_an_r_passes_as_checked(words, db):
    for entry in Measure.objects.all():
        recalled = entry.basis == "R" or entry.basis.endswith(" R") or " R;" in entry.basis
        marked = "(R)" in "".join([entry.measure, entry.wind_down_or_cap, entry.exemptions, entry.codes_stated])
        assert (entry.checked == "read") == (not recalled and not marked), entry


def test_the_sources_are_named_without_their_marks():
    assert measure(basis="S:un.org fr s/res/2375; thompsonhine; grace period R").sources == (
        "un.org fr s/res/2375; thompsonhine"
    )


@pytest.mark.parametrize(
    ("stated", "text", "reading"),
    [
        ("none", "50-63", True),
        ("", "50-63", True),
        ("none (China list)", "2701", True),
        ("84", "84", False),
        ("none", "", False),
    ],
)
def test_codes_that_the_resolution_does_not_name_are_a_reading(stated, text, reading):
    assert measure(codes_stated=stated, codes_text=text).codes_are_a_reading is reading


def test_the_textiles_of_2375_are_shown_as_a_reading_of_chapters_50_to_63(words, db):
    textiles = Measure.objects.get(resolution=2375, paragraph="16")
    assert [chapter.code for chapter in textiles.chapters] == [str(n) for n in range(50, 64)]
    assert textiles.codes_are_a_reading


def test_the_codes_of_2397_paragraph_6_are_named_by_the_resolution(words, db):
    entries = Measure.objects.filter(resolution=2397, paragraph="6").exclude(codes_text="")
    chapters = {chapter.code for entry in entries for chapter in entry.chapters}
    assert chapters == {"07", "08", "12", "25", "44", "84", "85", "89"}
    assert not any(entry.codes_are_a_reading for entry in entries)


def test_changing_the_text_of_codes_changes_what_they_mean(words, db):
    entry = measure(codes_text="27; 26")
    entry.save()
    entry.codes_text = "2701 (part)"
    entry.save()
    assert list(entry.codes.values_list("digits", "partial", "chapter")) == [("2701", True, "27")]


def test_saving_again_rewrites_no_codes(words, db):
    entry = measure(codes_text="27; 26")
    entry.save()
    before = list(entry.codes.values_list("pk", flat=True))
    entry.goods = "coal and ores"
    entry.save()
    assert list(entry.codes.values_list("pk", flat=True)) == before


def test_codes_that_cannot_be_understood_are_refused_in_the_parsers_words(words, db):
    with pytest.raises(ValidationError) as raised:
        measure(codes_text="27; coal").full_clean()
    assert "“coal” is not a list of HS codes" in raised.value.message_dict["codes_text"][0]


def test_a_chapter_that_is_not_in_the_table_is_refused(words, db):
    MeasureCode.objects.filter(chapter="89").delete()
    Chapter.objects.get(pk="89").commodities.all().delete()
    Chapter.objects.get(pk="89").delete()
    with pytest.raises(ValidationError) as raised:
        measure(codes_text="89").full_clean()
    assert raised.value.message_dict["codes_text"] == [
        "Not found in the table of chapters: 89. Correct the code or add the chapter."
    ]


def test_the_database_holds_a_code_to_its_chapter(words, db):
    entry = Measure.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureCode.objects.create(measure=entry, digits="2701", chapter_id="26")


def test_every_change_has_its_line_of_history(words, db):
    entry = Measure.objects.get(goods="statues")
    entry.goods = "statues and busts"
    entry.save()
    assert list(entry.history.values_list("goods", flat=True)) == ["statues and busts", "statues"]


# What charts and checks ask


def test_an_event_holds_what_a_chart_marks(words, db):
    event = next(e for e in provider.chart_events() if e["label"] == "Resolution 2371" and "27" in str(e["codes"]))
    assert event == {
        "date": "2017-08-05",
        "label": "Resolution 2371",
        "text": "Full ban: coal; iron; iron ore",
        "url": "/sanctions/2371/",
        "kind": "sanction",
        "checked": False,
        "flow": "from_dprk",
        "codes": ["2601", "2701", "2702", "72"],
        "until": "",
        "when": "5 August 2017",
        "provinces": [],
        "on_totals": True,
        "weight": 3,
        "sources": [],
    }


def test_every_measure_on_goods_is_one_event_and_no_designation_is(words, db):
    wanted = [
        (m.resolution.adopted.isoformat(), m.get_absolute_url().partition("#")[0], m.direction, m.goods)
        for m in Measure.objects.order_by("resolution__adopted", "resolution", "position", "pk")
        if m.direction != "none" and m.kind not in ("designations", "other")
    ]
    sanctions = [event for event in provider.chart_events() if event["kind"] == "sanction"]
    assert [(e["date"], e["url"], e["flow"], e["text"].partition(": ")[2]) for e in sanctions] == wanted
    assert "/sanctions/2087/" not in {event["url"] for event in provider.chart_events()}


@pytest.mark.parametrize("code", ["27", "2701", "270112", "8802", "880211", "88", "99"])
def test_measures_on_goods_are_those_of_the_slow_way(words, db, code):
    def touches(entry):
        return any(c.digits.startswith(code) or code.startswith(c.digits) for c in entry.codes.all())

    found = Measure.objects.on_goods([code])
    assert list(found) == [entry for entry in Measure.objects.all() if touches(entry)]


def test_all_that_charts_mark_takes_two_queries(words, db, django_assert_num_queries):
    with django_assert_num_queries(2):
        provider.chart_events()


def test_full_bans_are_named_with_their_dates(words, db):
    bans = Measure.objects.banned_chapters()
    seafood = {"flow": "from_dprk", "code": "03", "since": dt.date(2017, 8, 5), "until": None, "resolution": 2371}
    assert seafood | {"paragraph": "9"} in bans
    assert not [ban for ban in bans if ban["code"] == "2710"]  # a cap is no ban
    by_hand = {
        (entry.direction, code.digits)
        for entry in Measure.objects.filter(kind="full_ban")
        for code in entry.codes.all()
        if not code.partial
    }
    assert {(ban["flow"], ban["code"]) for ban in bans} == by_hand


@pytest.mark.slow
def test_the_reference_tables_can_be_loaded_over_the_first_words(words, db):
    assert reference.load(refresh=True)["updated"] == 0
