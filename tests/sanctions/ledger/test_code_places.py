"""Where each code of a measure stands: in the resolution, in China's announcement, or as our assignment."""

import pytest

from sanctions.code_text import parse
from sanctions.ledger.code_places import place_of
from sanctions.models import Measure, MeasureCode

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("code", "stated", "announced", "place"),
    [
        ("84", "84", "", "text"),
        ("8471", "84", "", "text"),
        ("84", "8471", "", "assigned"),
        ("84 (part)", "8471", "", "text"),
        ("84", "84 (part)", "", "assigned"),
        ("2701", "none", "2701", "announcement"),
        ("2709", "none", "2709000000", "announcement"),
        ("2601", "none", "2601111000; 2601112000", "assigned"),
        ("2711 (part)", "none", "2711110000", "announcement"),
        ("2701", "2701", "2701", "text"),
        ("72 (part)", "none", "2701", "assigned"),
    ],
)
def test_a_code_stands_in_the_first_list_that_names_it(code, stated, announced, place):
    assert place_of(*parse(code), parse(stated), parse(announced)) == place


@pytest.mark.parametrize(
    ("number", "paragraph", "places"),
    [
        (2397, "7", {"text"}),
        (2375, "16", {"assigned"}),
        (2375, "14", {"announcement"}),
        (2371, "8", {"announcement", "assigned"}),
    ],
)
def test_codes_of_the_first_list_say_where_they_stand(words, db, number, paragraph, places):
    codes = MeasureCode.objects.filter(measure__resolution=number, measure__paragraph=paragraph)
    assert set(codes.values_list("named_in", flat=True)) == places


def test_naming_a_code_in_the_resolution_moves_it_there(words, db):
    textiles = Measure.objects.get(resolution=2375, paragraph="16")
    textiles.codes_stated = "61; 62"
    textiles.full_clean()
    textiles.save()
    assert [(place.label, len(codes)) for place, codes in textiles.codes_by_place] == [
        ("assigned by us", 12),
        ("named in the resolution", 2),
    ]


def test_a_code_of_ten_digits_is_stored_and_found_from_above_and_below(words, db):
    coal = Measure.objects.get(resolution=2321, paragraph="26(b)")
    coal.codes_text, coal.edition = "2701110010", "2017"
    coal.full_clean()
    coal.save()
    [rule] = coal.rules
    assert (rule.digits, rule.edition, rule.covers("270111")) == ("2701110010", "2017", "part")
    for code in ("27", "2701", "270111", "27011100", "2701110010"):
        assert coal in Measure.objects.on_goods([code])
    assert coal not in Measure.objects.on_goods(["270112"])
