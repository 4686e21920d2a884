"""The rows of the index of goods, against the CSV files and against the rules of sanctions."""

from datetime import date
from functools import cache

import pytest

from sanctions.provider import level_words
from sanctions.rulebook import Rulebook
from sanctions.rules import Level, Rule
from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, row
from trade.charts.goods_index.index_rows import Index, every
from trade.charts.goods_index.index_table import table
from trade.sanction_levels import NO_RULES

HEADINGS = {"2701": ("Anthracite and other coal", "Coal; briquettes"), "2702": ("Lignite", "Lignite; whether …")}
SINCE, TODAY = date(2017, 8, 5), date(2026, 11, 28)


def index(of, flow="from_dprk", rules=NO_RULES, headings=None):
    return Index(of, flow, rules, level_words, HEADINGS if headings is None else headings)


def by_code(made):
    return {one.slug: one for one in every(made.sections())}


@cache
def demonstration(flow):
    return by_code(index(cubes.commodities(), flow))


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_each_row_has_the_newest_figure_of_the_files_and_its_year(flow):
    oracle = cubes.goods_oracle()
    for slug, made in demonstration(flow).items():
        keys = cubes.codes_below(slug)
        valued = [year for year in oracle.years if oracle.value(flow, keys, year) is not None]
        assert made.year == (valued[-1] if valued else None), slug
        if valued:
            assert made.value == oracle.value(flow, keys, made.year)
            assert made.reported == oracle.part("reported", flow, keys, made.year)
            assert made.estimate == oracle.part("estimate", flow, keys, made.year)
        assert made.values == tuple(oracle.value(flow, keys, year) for year in oracle.years) or not valued


def test_coal_ends_in_2017_and_its_chapter_lacks_a_figure():
    rows = demonstration("from_dprk")
    assert (rows["2701"].period, rows["2701"].text) == ("2017", "US$265\xa0m")
    assert rows["2701"].facts == ("missing in later years",)
    assert rows["27"].period == "2024" and "1 figure missing" in rows["27"].facts


def test_an_estimate_is_marked():
    rows = demonstration("to_dprk")
    assert rows["2709"].facts == ("estimate",) and rows["2709"].reported is None
    assert "estimates included" in rows["27"].facts


def test_a_heading_that_was_never_recorded_is_there_without_a_page_and_says_so():
    lignite = demonstration("from_dprk")["2702"]
    assert not lignite.has_page and not lignite.is_recorded and lignite.facts == ("no trade recorded",)


def test_what_is_missing_in_every_year_is_not_called_untraded():
    of = cube([row("27", "from_dprk", 2016, None, status="Q"), row("26", "from_dprk", 2016, 5)], "commodity")
    rows = by_code(index(of))
    assert rows["27"].facts == ("missing: suppressed",) and rows["25"].facts == ("no trade recorded",)


def test_a_zero_is_a_figure():
    rows = by_code(index(cube([row("27", "from_dprk", 2016, 0)], "commodity")))
    assert rows["27"].is_recorded and rows["27"].text == "US$0"


def test_sections_stand_between_the_mildest_and_the_strictest_of_their_chapters():
    rules = (
        Rule(1, "from_dprk", Level.BANNED, "2701", SINCE),
        Rule(2, "from_dprk", Level.BANNED, "25", SINCE),
        Rule(3, "from_dprk", Level.BANNED_WITH_EXEMPTIONS, "93", SINCE),
        Rule(4, "to_dprk", Level.CAPPED, "2701", SINCE),
        Rule(5, "from_dprk", Level.BANNED, "03", SINCE, date(2020, 1, 1)),
    )
    rows = by_code(index(cubes.commodities(), rules=Rulebook(rules, TODAY)))
    words = {slug: rows[slug].sanctions for slug in ("2701", "27", "25", "26", "v", "93", "xix", "03", "unspecified")}
    assert words == {
        "2701": "banned", "27": "partly banned", "25": "banned", "26": "", "v": "partly banned",
        "93": "banned with exemptions", "xix": "banned with exemptions", "03": "", "unspecified": "",
    }  # fmt: skip
    assert by_code(index(cubes.commodities(), "to_dprk", Rulebook(rules, TODAY)))["2701"].sanctions == "capped"


def test_a_part_year_is_no_point_of_the_small_line_but_named_where_it_is_all_there_is():
    months = [row("27", "from_dprk", 2025, 3, month=month) for month in (1, 2, 3)]
    rows = by_code(index(cube([row("26", "from_dprk", 2024, 5), *months], "commodity")))
    assert (rows["27"].period, rows["27"].values) == ("Jan–Mar 2025", (None, None))


def test_the_file_has_a_row_for_each_line_with_exact_numbers():
    made = index(cubes.commodities())
    rows = {(one["level"], one["code"]): one for one in table(made, made.sections())}
    coal = rows["heading", "2701"]
    assert (coal["value_usd"], coal["latest_period"], coal["recorded"]) == (265277327, "2017", "yes")
    lignite = rows["heading", "2702"]
    assert (lignite["value_usd"], lignite["recorded"], lignite["demonstration"]) == (None, "no", "yes")
    assert len(rows) == len(by_code(made))
