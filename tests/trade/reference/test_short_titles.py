"""Short titles of headings: written or by the rule, at most 40 characters, no two of a chapter alike."""

import csv
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import undone
from trade.models import Commodity, names_of, short_titles
from trade.reference import seed as reference

DATA = Path(__file__).parents[3] / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def account(django_db_setup, django_db_blocker):
    with undone(django_db_blocker):
        yield reference.load()


@pytest.fixture
def loaded(account, db):
    """The reference tables as they are loaded the first time."""


# The rule.


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Coal; briquettes, ovoids and similar solid fuels manufactured from coal", "Coal"),
        ("Petroleum oils and oils from bituminous minerals, not crude; other", "Petroleum oils and oils"),
        ("Fertilizers (not mixed) of heading 3105", "Fertilizers"),
        ("Nickel mattes, obtained from ores", "Nickel mattes"),
        ("Road rollers, graders, levellers, scrapers, mechanical shovels", "Road rollers, graders, levellers"),
        (
            "Generators for producer or water gas with or without their purifiers",
            "Generators for producer or water gas",
        ),
        ("N.e.c. in chapter 26", "N.e.c. in chapter 26"),
    ],
)
def test_a_heading_is_named_by_the_first_words_of_its_title(title, name):
    assert short_titles.by_rule({"2799": title}) == {"2799": name}


def test_headings_that_begin_alike_and_subheadings_are_named_by_what_follows():
    titles = {
        "7601": "Aluminium; unwrought",
        "7604": "Aluminium; bars, rods and profiles",
        "760110": "Aluminium; unwrought, (not alloyed)",
        "760120": "Aluminium; unwrought, alloys",
    }
    assert list(short_titles.by_rule(titles).values()) == [
        "Aluminium: unwrought",
        "Aluminium: bars, rods and profiles",
        "Aluminium: unwrought (760110)",
        "Aluminium: unwrought, alloys",
    ]


def test_a_name_that_is_taken_is_told_apart_by_the_code():
    assert short_titles.by_rule({"2702": "Coal; not pulverised"}, ["COAL"]) == {"2702": "Coal (2702)"}


@pytest.mark.slow
@given(
    st.dictionaries(st.from_regex(r"27\d\d(\d\d)?", fullmatch=True), st.text("abc of;,()", max_size=90), max_size=12)
)
def test_names_by_the_rule_are_short_and_never_equal(titles):
    titles = {code: title if title.strip(" ,;") else code for code, title in titles.items()}
    names = list(short_titles.by_rule(titles, ["abc", "a"]).values())
    assert all(0 < len(name) <= 40 for name in names)
    assert len({name.lower() for name in [*names, "abc", "a"]}) == len(titles) + 2


# What is loaded.


@pytest.mark.both_databases
def test_every_short_title_has_40_characters_at_most_and_no_two_of_a_chapter_are_alike(loaded):
    names = list(Commodity.objects.values_list("chapter", "short_title"))
    assert max(len(name) for _chapter, name in names) <= 40
    assert len({(chapter, name.lower()) for chapter, name in names}) == len(names)
    assert not [name for _chapter, name in names if not name.strip() or re.search(r"[\s,:]$|,,", name)]


def test_a_written_title_stands_for_each_heading_of_a_dataset_or_measure(loaded):
    written = {row["code"]: row["short_title"] for row in rows("hs_heading_short_titles.csv")}
    traded = {row["code"] for row in rows("china_dprk_trade_by_heading_demo.csv")}
    codes = " ".join(row["hs_codes_for_matching"] for row in rows("sanctions.csv"))
    assert traded | set(re.findall(r"\b\d{4}\b", codes)) <= set(written)
    assert names_of("commodity", written) == written


def test_crude_and_refined_petroleum_and_coal_are_told_apart(loaded):
    assert names_of("commodity", ["2701", "2709", "2710"]) == {
        "2701": "Anthracite and other coal",
        "2709": "Crude petroleum",
        "2710": "Refined petroleum",
    }
    assert names_of("commodity", ["2709"], official=True)["2709"].startswith("Petroleum oils and oils obtained from")


def test_no_heading_needs_its_code_to_be_told_apart(loaded):
    assert not Commodity.objects.filter(code__regex=r"^\d{4}$", short_title__contains="(")


def test_loading_again_leaves_a_name_to_the_heading_that_an_editor_gave_it(loaded):
    Commodity.objects.filter(code="2702").delete()
    Commodity.objects.filter(code="2703").update(short_title="Lignite")
    reference.load()
    assert names_of("commodity", ["2702", "2703"]) == {"2702": "Lignite (2702)", "2703": "Lignite"}


# What an editor writes.


def test_a_short_title_that_is_left_blank_is_made_of_the_title(loaded):
    coal = Commodity(code="270199", chapter_id="27", title="Coal; brown, whether or not washed")
    coal.full_clean()
    coal.save()
    assert coal.short_title == "Coal: brown"


def test_a_short_title_of_another_row_of_the_chapter_is_refused_in_words(loaded):
    heading = Commodity.objects.get(code="2710")
    heading.short_title = "crude Petroleum"
    with pytest.raises(ValidationError) as refused:
        heading.full_clean()
    assert refused.value.message_dict == {
        "short_title": ["“crude Petroleum” is already the short title of 2709. Choose another for 2710."]
    }


@pytest.mark.both_databases
def test_the_database_keeps_two_rows_of_a_chapter_from_having_one_short_title(loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Commodity.objects.filter(code="2710").update(short_title="CRUDE petroleum")
    Commodity.objects.filter(code="2601").update(short_title="Crude petroleum")  # of another chapter
