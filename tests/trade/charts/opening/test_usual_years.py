"""The year with which a page opens, against the CSV files."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, page, row
from trade.charts import view_state
from trade.charts.time.usual_years import usual_years


@pytest.mark.parametrize("flow", FLOWS)
def test_a_page_of_goods_opens_with_the_newest_year_that_has_a_figure(flow):
    oracle, of = cubes.goods_oracle(), cubes.commodities()
    for slug in (slug for slug in of["nodes"] if slug != "all"):
        valued = [year for year in oracle.years if oracle.value(flow, cubes.codes_below(slug), year) is not None]
        assert usual_years(of, slug)[flow] == (valued or oracle.years)[-1], slug


def test_coal_opens_with_the_last_year_before_the_ban():
    assert usual_years(cubes.commodities(), "2701")["from_dprk"] == 2017


def test_a_province_opens_with_the_newest_full_year_in_which_either_flow_has_a_figure():
    oracle, of = cubes.province_oracle(), cubes.provinces()
    for slug in of["nodes"]["all"]["children"]:
        valued = [y for y in oracle.years[:-1] for flow in FLOWS if oracle.value(flow, [slug.upper()], y) is not None]
        assert usual_years(of, slug)["to_dprk"] == max(valued)


def test_what_never_had_a_figure_opens_with_the_year_of_all_trade():
    of = cubes.commodities()
    assert usual_years(of, "xix") == usual_years(of, "") == usual_years(of, "no such page") == usual_years(of, "all")


def test_of_both_flows_the_newest_year_with_a_sum_counts_and_of_a_balance_the_newest_with_both():
    of = cube([row("27", "to_dprk", 2016, 1), row("27", "from_dprk", 2016, 1), row("27", "from_dprk", 2018, 1),
               row("26", "to_dprk", 2018, 1)], "commodity")  # fmt: skip
    assert usual_years(of, "27") == {"to_dprk": 2016, "from_dprk": 2018, "both": 2018, "balance": 2016}


def test_only_a_year_that_differs_from_a_pages_own_is_written():
    of = cubes.commodities()
    assert (
        page(of, "commodity", "2701")["url"] == page(of, "commodity", "2701", year=2017)["url"] == "/commodities/2701/"
    )
    assert page(of, "commodity", "2701", year=2024)["url"] == "/commodities/2701/?year=2024"


def test_a_year_that_nobody_chose_stays_unchosen_from_page_to_page():
    of = cubes.commodities()
    opened, chosen = (view_state.read("commodity", "27", query, of) for query in ({}, {"year": ["2020"]}))
    assert opened.url_of("2701") == "/commodities/2701/" and chosen.url_of("2701") == "/commodities/2701/?year=2020"
    coal = view_state.read("commodity", "2701", {}, of)
    assert coal["year"] == 2017 and coal.at("commodity", "27").url() == "/commodities/27/"
    before_the_ban = view_state.read("commodity", "27", {"year": ["2017"]}, of)
    assert before_the_ban.url_of("2701") == "/commodities/2701/"  # 2017 is its own
