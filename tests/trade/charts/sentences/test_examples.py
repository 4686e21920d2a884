"""What readers found misleading in the demonstration data, each as it is said now."""

import re

import pytest

from tests.trade import cubes
from tests.trade.cubes import figure, page, shown
from trade import charts
from trade.charts import svg

IMPORTS, EXPORTS = "China’s imports from the DPRK", "China’s exports to the DPRK"


def test_mineral_fuels_of_2018_are_not_compared_as_if_no_coal_were_missing():
    assert shown("commodity", "27", year=2018)["title"] == (
        "China’s imports of mineral fuels from the DPRK came to US$13.6\xa0m in 2018, 75% less than in 2017"
        " where both periods have a figure"
        " (1 figure missing in 2018)"
    )
    table = figure(shown("commodities", year=2018), "ranked")["table"]
    at = [column["key"] for column in table["columns"]].index("change") - 1
    minerals = next(row for row in table["rows"] if row["key"] == "v")
    assert minerals["cells"][at]["text"] == ""


def test_heilongjiang_of_2021_leads_by_an_estimate_and_the_title_says_so():
    title = shown("provinces", year=2021)["title"]
    assert (
        title.startswith(f"Heilongjiang led {EXPORTS} in 2021")
        and "on reported values alone, Liaoning led in 2021" in title
    )


def test_the_share_of_a_year_without_estimates_stands_beside_none_that_has_them():
    assert shown("provinces", year=2024)["title"] == (
        f"Liaoning led {EXPORTS} in 2024, with 37% (2024 includes estimates)"
    )
    assert shown("provinces", year=2025)["title"] == f"Liaoning led {EXPORTS} in Jan–Sep 2025, with 45%"


def test_a_tooltip_says_that_its_rank_counts_estimates():
    drawn = figure(shown("provinces"), "by-year")
    at = [category["key"] for category in drawn["categories"]].index("2024")
    point = next(one for one in drawn["series"] if one["key"] == "cn-hl")["points"][at]
    assert (point["share"], point["rank"]) == ("1.6% of all provinces", "2nd of 31, estimates included")


def test_the_fall_of_2018_and_of_2020_wins_over_who_overtook_whom():
    assert f"{IMPORTS} came to US$213\xa0m in 2018, 80% less" in shown("commodities", year=2018)["title"]
    assert f"{EXPORTS} came to US$652\xa0m in 2020, 77% less" in shown("provinces", year=2020)["title"]


def test_guangdong_overtook_liaoning_in_2019():
    title = shown("provinces", year=2019)["title"]
    assert title.startswith(f"Guangdong overtook Liaoning in 2019 as the largest contributor to {EXPORTS}")


def test_a_comparison_speaks_of_those_compared():
    payload = shown("provinces", show="cn-ln,cn-gd")
    title = "Guangdong sold the DPRK more than Liaoning in 2019 only, of 27 years from 1998 to 2024"
    assert payload["title"] == title
    assert payload["sentence"].startswith(f"{EXPORTS} in 2024 (FOB): Liaoning US$793\xa0m; Guangdong US$247\xa0m. ")


def test_no_view_of_a_part_year_sets_a_record():
    for flow in ("to_dprk", "from_dprk", "both"):
        assert "year of" not in shown("provinces", flow=flow, year=2025)["title"]


def test_a_year_with_one_direction_is_titled_by_that_direction():
    rows = [{"key": "x", "flow": "to_dprk", "year": year, "value_usd": 100 + year} for year in (2019, 2020)]
    payload = charts.home({"china-totals": cubes.totals_of(rows)})
    assert payload["title"] == f"{EXPORTS} came to US$2,120 in 2020, less than 0.1% more than in 2019"
    assert "–" not in payload["title"] + payload["sentence"]


def test_the_months_view_speaks_of_months():
    payload = shown("provinces", period="months")
    assert payload["title"] == f"Liaoning led {EXPORTS} in Sep 2025, with 46%"
    assert "in Sep 2025" in payload["sentence"] and "than in" not in payload["sentence"]  # no months of 2024 here
    assert figure(payload, "by-year")["table"]["columns"][0]["label"] == "Month"
    assert all("Sep 2025" in figure(payload, name)["title"] for name in ("ranked", "map"))


def test_a_heading_has_one_share_of_one_whole_everywhere():
    payload = shown("commodity", "2701", year=2016)
    drawn = figure(payload, "by-year")
    at = [category["key"] for category in drawn["categories"]].index("2016")
    assert drawn["series"][0]["points"][at]["share"] == ">99% of 27 Mineral fuels"
    column = next(one for one in drawn["table"]["columns"] if one["key"] == "share")
    assert column["label"] == "Share of 27 Mineral fuels"
    assert payload["title"] == (
        f"Anthracite and other coal ranked 1st of 2 headings of mineral fuels in {IMPORTS} in 2016, with more than 99%"
    )


def test_a_card_holds_the_whole_of_a_long_title_and_of_its_sentence():
    payload = shown("commodities", year=2018)
    words = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg.card(payload, payload["figures"][0]))
    drawn = " ".join(words).replace("&#x27;", "'")
    assert payload["title"] in drawn and payload["sentence"] in drawn


@pytest.mark.parametrize("view", ["columns", "lines"])
@pytest.mark.parametrize("flow", ["to_dprk", "both", "balance"])
def test_columns_and_lines_have_one_title(view, flow):
    assert page(cubes.provinces(), "provinces", flow=flow, view=view)["title"] == shown("provinces", flow=flow)["title"]
