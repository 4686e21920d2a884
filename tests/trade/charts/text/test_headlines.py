"""Headlines and sentences: which story leads, and the words of each."""

import pytest

from tests.trade.cubes import FLOWS, cube, page, row, shown
from trade.charts.text import labels

EXPORTS = "China’s exports to the DPRK"


def test_a_change_of_half_wins_over_a_change_of_leader():
    rows = [row(year=2019, value=100), row("CN-JL", year=2019, value=80), row(value=10), row("CN-JL", value=30)]
    title = page(cube(rows), "provinces", year=2020)["title"]
    assert title == f"{EXPORTS} came to US$40 in 2020, 78% less than in 2019"


@pytest.mark.parametrize(
    ("before", "value", "said"),
    [
        (100, 150, f"{EXPORTS} came to US$150 in 2020, 50% more than in 2019"),
        (100, 149, "Liaoning led"),
        (100, 50, f"{EXPORTS} came to US$50 in 2020, 50% less than in 2019"),
        (100, 51, "Liaoning led"),
    ],
)
def test_half_more_and_half_less_are_large_and_what_lies_between_is_not(before, value, said):
    rows = [row(year=2019, value=before - 1), row(value=value - 1)]
    rows += [row("CN-JL", year=year, value=1) for year in (2019, 2020)]
    assert page(cube(rows), "provinces", year=2020)["title"].startswith(said)


def test_across_a_missing_figure_what_has_a_figure_in_both_years_is_compared():
    rows = [row("CN-JL", year=2019, value=70), row("CN-JL", value=None, status="O")]
    payload = page(cube([*rows, row(year=2019, value=100), row(value=40)]), "provinces", year=2020)
    assert payload["title"] == (
        f"{EXPORTS} came to US$40 in 2020, 60% less than in 2019"
        " where both periods have a figure (1 figure missing in 2020)"
    )
    alone = page(cube(rows), "provinces", year=2020)
    assert alone["title"] == f"{EXPORTS}: no figure for 2020"


def test_a_break_is_not_compared_across_and_the_sentence_says_so():
    payload = page(cube([row(year=2019, value=100), row(value=10, status="B")]), "provinces", year=2020)
    assert payload["title"] == f"{EXPORTS}: US$10 in 2020"
    assert "not compared with 2019: break in series between the two periods" in payload["sentence"]


def test_a_break_that_a_provisional_figure_outweighs_is_a_break_all_the_same():
    rows = [row(year=2019, value=100), row("CN-JL", year=2019, value=50), row(value=10, status="P")]
    rows += [row("CN-JL", value=5, status="B")]
    assert "less than" not in page(cube(rows), "provinces", year=2020)["title"]


def test_a_figure_of_low_reliability_makes_no_headline_and_is_named():
    rows = [row(year=2019, value=100), row("CN-JL", year=2019, value=50), row("CN-JL", value=30)]
    payload = page(cube([*rows, row(value=900, status="U")]), "provinces", year=2020)
    assert payload["title"] == f"{EXPORTS}: US$930 in 2020 (low reliability in 2020)"
    assert "(FOB, low reliability), not compared with 2019: figures are of low reliability" in payload["sentence"]


def test_where_the_estimates_differ_what_was_reported_is_compared():
    rows = [row(year=2019, value=100), row(value=40), row(value=90, component="estimate", status="E")]
    assert page(cube(rows), "provinces", year=2020)["title"] == (
        f"{EXPORTS} came to US$130 in 2020, on reported values alone 60% less than in 2019 (2020 includes estimates)"
    )


def test_an_estimate_that_decides_who_leads_is_named_as_deciding_it():
    rows = [row(value=50), row("CN-HL", value=4), row("CN-HL", value=60, component="estimate", status="E")]
    assert page(cube(rows), "provinces")["title"] == (
        f"Heilongjiang led {EXPORTS} in 2020, with 56%"
        " (2020 includes estimates; on reported values alone, Liaoning led in 2020)"
    )


def test_a_year_that_lacks_months_of_some_province_is_not_compared_as_if_it_had_them():
    rows = [row(key, year=2019, value=120) for key in ("CN-LN", "CN-JL")]
    rows += [row("CN-LN", month=month, value=10) for month in range(1, 13)] + [row("CN-JL", month=1, value=10)]
    assert "1 figure missing" in page(cube(rows), "provinces", year=2020)["title"]


def test_a_part_year_sets_no_record_and_belongs_to_no_run_of_years():
    rows = [row(year=year, value=100 + year) for year in range(2004, 2015)]
    rows += [row(year=2015, month=month, value=9_000) for month in range(1, 13)]
    rows += [row(year=2016, month=month, value=9_000) for month in (1, 2, 3)]
    titles = {year: page(cube(rows), "provinces", year=year)["title"] for year in (2004, 2016)}
    assert titles[2004] == f"2004 was the lowest year for {EXPORTS} from 2004 to 2015: US$2,104"
    assert "year of" not in titles[2016]


def test_a_remainder_overtakes_nobody_and_leads_nobody():
    rows = [row("9901", "from_dprk", year=year, value=value) for year, value in ((2019, 10), (2020, 90))]
    rows += [row(code, "from_dprk", year=year, value=60) for year in (2019, 2020) for code in ("2701", "6403")]
    title = page(cube(rows, "commodity"), "commodities", year=2020)["title"]
    assert "Unspecified" not in title and "led" not in title


def test_the_headline_of_a_section_is_a_sentence():
    title = shown("commodity", "v", year=2015)["title"]
    assert title.startswith("Mineral fuels led China’s imports of mineral products from the DPRK in 2015, with ")


def test_a_balance_of_goods_gives_the_two_sides_of_these_goods():
    rows = [row("2701", "to_dprk", value=5), row("2701", "from_dprk", value=9), row("6109", "to_dprk", value=7)]
    assert page(cube(rows, "commodity"), "commodity", "27", flow="balance")["sentence"] == (
        "In 2020: China’s exports of mineral fuels to the DPRK came to US$5 (FOB);"
        " China’s imports of mineral fuels from the DPRK came to US$9 (CIF)."
    )


def test_a_balance_of_provinces_compared_gives_the_two_sides_of_these():
    rows = [row(value=5), row("CN-JL", value=6), row("CN-HL", value=7), row("CN-LN", "from_dprk", value=1)]
    assert page(cube(rows), "provinces", flow="balance", show="cn-ln,cn-jl")["sentence"] == (
        "In 2020: China’s exports to the DPRK from Liaoning and Jilin came to US$11 (FOB);"
        " China’s imports from the DPRK into Liaoning and Jilin came to US$1 (CIF)."
    )


def test_where_one_part_alone_was_reported_nobody_is_said_to_lead_what_was_reported():
    rows = [row(value=50), row("CN-HL", value=None, status="O")]
    rows.append(row("CN-HL", value=60, component="estimate", status="E"))
    assert page(cube(rows), "provinces")["title"] == (
        f"Heilongjiang led {EXPORTS} in 2020, with 55%"
        " (2020 includes estimates; only Liaoning has a reported value in 2020)"
    )


def test_years_in_a_row_with_estimates_are_named_as_a_span():
    years = range(2009, 2021)
    rows = [row(year=year, value=100 + year - years[0]) for year in years]
    rows += [row("CN-HL", year=year, value=10, component="estimate", status="E") for year in years]
    assert page(cube(rows), "provinces")["title"].endswith(" (2009–2020 include estimates)")


def test_two_years_that_lack_as_many_figures_are_named_together():
    rows = [row("CN-GD", year=year, value=None, status="O") for year in (2019, 2020)]
    assert page(cube([*rows, row(year=2019, value=100), row(value=300)]), "provinces")["title"].endswith(
        "where both periods have a figure (1 figure missing in each of 2019 and 2020)"
    )


def test_what_holds_of_both_years_is_said_once():
    rows = [row("2710", year=2019, value=60), row("2710", value=100)]
    for year in (2019, 2020):
        rows += [row("2709", year=year, value=None, status="O")]
        rows += [row("2709", year=year, value=70, component="estimate", status="E")]
    assert page(cube(rows, "commodity"), "commodity", "27", flow="to_dprk")["title"].endswith(
        " (2019 and 2020 include estimates; only refined petroleum has a reported value in 2019 and 2020)"
    )


def test_a_change_that_estimates_move_by_a_tenth_is_given_without_them_too():
    estimates = [row("CN-HL", year=year, value=100, component="estimate", status="E") for year in (2019, 2020)]
    rows = [row(year=2019, value=100), row(value=70), row("CN-HL", year=2019, value=1), row("CN-HL", value=1)]
    sentence = page(cube(rows + estimates), "provinces")["sentence"]
    assert (
        "15% less than in 2019 (2019 includes estimates; on reported values alone, 30% less than in 2019)" in sentence
    )


def test_names_that_hold_commas_are_parted_by_semicolons():
    assert labels.listed(["Coal", "Fish", "Iron ore"]) == "Coal, Fish and Iron ore"
    assert labels.listed(["Stone, glass", "Fish"]) == "Stone, glass; and Fish"


def test_two_provinces_that_share_the_lead_lead_nothing():
    title = page(cube([row(value=5), row("CN-JL", value=5)]), "provinces")["title"]
    assert title == f"{EXPORTS}: US$10 in 2020"


def test_a_province_without_a_figure_the_year_before_overtook_nobody():
    rows = [row("CN-JL", year=2019, value=12), row(value=10), row("CN-JL", value=7)]
    assert page(cube(rows), "provinces")["title"].startswith("Liaoning led")


def test_a_part_that_alone_has_a_figure_is_not_said_to_be_all():
    rows = [row("2716", "from_dprk", value=5), row("2701", "from_dprk", value=None, status="L")]
    title = page(cube(rows, "commodity"), "commodity", "27")["title"]
    assert title == "China’s imports of mineral fuels from the DPRK: US$5 in 2020 (1 figure missing in 2020)"


def test_a_part_year_is_compared_with_the_same_months_of_the_year_before():
    rows = [row(year=year, month=m, value=v) for year, v in ((2019, 10), (2020, 11)) for m in (1, 2, 3)]
    assert "10% more than in Jan–Mar 2019" in page(cube(rows), "provinces")["sentence"]


def test_a_rank_out_of_all_and_a_small_share_are_said_in_words():
    assert shown("province", "cn-nx", year=2024, estimates="off")["title"] == (
        f"Ningxia ranked 28th of 31 provinces in {EXPORTS} in 2024, with less than 0.1%"
    )


def test_a_value_that_is_estimated_altogether_is_said_to_be():
    rows = [row(value=5), row("CN-HL", value=7, component="estimate", status="E")]
    assert "Heilongjiang (US$7, all of it estimated)" in page(cube(rows), "provinces")["sentence"]


def test_what_cannot_be_known_of_a_direction_that_nobody_published_is_not_added_up():
    rows = [row(flow=flow, year=2019, value=100) for flow in FLOWS] + [row(value=120)]
    title = page(cube(rows), "provinces", flow="both", year=2020)["title"]
    assert title == "China’s trade with the DPRK: US$120 in 2020 (1 figure missing in 2020)"


def test_a_year_of_which_both_flows_know_all_months_is_whole():
    rows = [row(flow=flow, year=2020, month=month, value=10) for flow in FLOWS for month in range(1, 13)]
    whole, part = (page(cube(some), "provinces", flow="both", year=2020)["sentence"] for some in (rows, rows[:-1]))
    assert " in 2020" in whole and "Jan–" not in whole
    assert "Jan–Nov 2020" in part
