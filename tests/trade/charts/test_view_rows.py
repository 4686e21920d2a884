"""The rows of a view's files: one meaning for each component, every row of the tables, numbers as numbers."""

import csv
import io

import pytest

from tests.trade import cubes
from tests.trade.cubes import cube, page, row, shown
from trade import charts
from trade.charts import csv_file, view_columns, view_rows


def found(payload, **wanted) -> list[dict]:
    """The rows that have these values: found(payload, chart="ranked", member="cn-hl")."""
    rows = view_rows.of(payload)
    return [one for one in rows if all(one[name] == value for name, value in wanted.items())]


def values(rows) -> dict:
    return {one["component"]: one["value_usd"] for one in rows}


def test_a_line_that_includes_estimates_is_shown_and_neither_reported_nor_an_estimate():
    heilongjiang = {"chart": "by-year", "member": "cn-hl", "period": "2014"}
    lines = values(found(shown("provinces", view="lines"), **heilongjiang))
    columns = values(found(shown("provinces", view="columns"), **heilongjiang))
    assert lines == {"reported": 40_050_749, "shown": 420_642_674}
    assert columns == {"reported": 40_050_749, "estimate": 380_591_925}


def test_the_reported_column_of_a_year_holds_no_estimate_and_the_three_add_up():
    ranked = values(found(shown("provinces", year=2016), chart="ranked", member="cn-hl"))
    assert ranked["reported"] + ranked["estimate"] == ranked["shown"] and ranked["estimate"] > 160_000_000


def test_a_grid_and_a_pie_draw_what_is_shown():
    grid = cubes.figure(shown("provinces", year=2016), "map")["series"]
    pie = cubes.figure(shown("commodities", year=2016), "pie")["series"]
    assert [one["component"] for one in (*grid, *pie)] == ["shown", "shown"]


@pytest.mark.parametrize("view", ["columns", "lines"])
def test_a_balance_is_a_component_of_its_own(view):
    rows = view_rows.of(shown("provinces", flow="balance", view=view, year=2016))
    assert {one["component"] for one in rows if one["flow"] == "balance"} == {"balance"}
    assert {one["component"] for one in rows if one["flow"] != "balance"} == {"shown"}
    liaoning = {one["flow"]: one["value_usd"] for one in rows if (one["chart"], one["member"]) == ("ranked", "cn-ln")}
    assert liaoning["balance"] == liaoning["to_dprk"] - liaoning["from_dprk"]


def test_the_front_page_adds_up_what_is_reported_and_estimated():
    rows = found(charts.home({"china-totals": cubes.totals()}), period="2021")
    assert {(one["flow"], one["component"]): one["value_usd"] for one in rows} == {
        ("to_dprk", "reported"): 260_165_000,
        ("from_dprk", "reported"): 57_874_000,
        ("both", "shown"): 318_039_000,
    }
    estimated = found(charts.home({"china-provinces": cubes.provinces()}), period="2021")
    several = {(one["flow"], one["component"]): one["value_usd"] for one in estimated}
    assert several["both", "shown"] == sum(value for (flow, _component), value in several.items() if flow != "both")


def test_a_sum_that_was_published_is_reported_of_the_flow_total():
    rows = found(page(cubes.totals(), "totals", flow="both"), period="1998")
    assert [(one["flow"], one["component"]) for one in rows if one["value_usd"]] == [
        ("total", "reported"),
        ("both", "shown"),
    ]
    assert len({one["value_usd"] for one in rows if one["value_usd"]}) == 1


def test_files_have_every_row_of_the_table_those_below_ten_and_the_total_too():
    payload = shown("provinces", flow="from_dprk", year=2016)
    members = [one["member"] for one in found(payload, chart="ranked")]
    rows = [one["key"] for one in cubes.figure(payload, "ranked")["table"]["rows"]]
    assert members == rows and len(rows) == 32 and rows[-1] == "all"
    assert "all" in {one["member"] for one in found(payload, chart="by-year")}


def test_a_share_and_a_rank_are_numbers_beside_of_what_and_of_how_many():
    [liaoning] = found(shown("provinces", year=2016), chart="ranked", member="cn-ln", component="shown")
    share = 100 * 1_673_784_811 / 3_360_168_523
    assert (liaoning["share_percent"], liaoning["share_of"]) == (round(share, 4), "all provinces")
    assert (liaoning["rank"], liaoning["rank_of"], liaoning["change_from"]) == (1, 30, "2015")


def test_a_place_is_told_of_the_value_that_has_it():
    by_year = found(shown("provinces"), chart="by-year", member="cn-hl", period="2024")
    assert {one["component"]: one["rank"] for one in by_year} == {"reported": None, "estimate": None}
    ranked = found(shown("provinces", year=2024), chart="ranked", member="cn-hl")
    assert {one["component"]: one["rank"] for one in ranked} == {"reported": None, "estimate": None, "shown": 2}


def test_a_chart_of_places_has_the_values_that_earned_them():
    [place] = found(shown("province", "cn-hl", year=2016), chart="ranks", flow="to_dprk", period="2014")
    assert (place["member"], place["rank"], place["rank_of"], place["value_usd"]) == ("cn-hl", 3, 31, 420_642_674)
    assert place["component"] == "shown"


def test_a_view_of_shares_has_the_dollars_too():
    liaoning = {"chart": "by-year", "member": "cn-ln", "period": "2016"}
    dollars, shares = (found(shown("provinces", unit=unit), **liaoning) for unit in ("usd", "share"))
    assert dollars == shares and dollars[0]["value_usd"] == 1_673_784_811 and dollars[0]["unit"] == "US$"


def test_table_chart_and_files_of_a_heading_say_the_same_share_and_of_what():
    payload = shown("commodity", "2701", year=2016)
    drawn = cubes.figure(payload, "by-year")
    place = [category["key"] for category in drawn["categories"]].index("2016")
    assert drawn["series"][0]["points"][place]["share"].startswith(">99% of 27 ")
    [coal] = found(payload, chart="by-year", period="2016")
    assert (coal["share_percent"], coal["rank"], coal["rank_of"]) == (99.542, 1, 2)
    [column] = [one for one in drawn["table"]["columns"] if one["measure"] == "share"]
    assert column["of"] == coal["share_of"] and coal["share_of"].startswith("27 ")


def test_quantity_and_unit_value_stand_beside_what_is_reported():
    [coal] = found(shown("commodity", "27", year=2016), chart="ranked", member="2701")
    assert (coal["quantity"], coal["quantity_unit"], coal["component"]) == (13_933_443, "t", "reported")
    assert coal["unit_value_usd"] == pytest.approx(coal["value_usd"] / coal["quantity"], rel=1e-5)


def test_a_missing_value_is_a_row_without_a_value_and_no_estimate_is_no_row():
    of = cube([row(year=2019), row(value=None, status="Q"), row("CN-HL"), row("CN-HL", component="estimate", value=5)])
    rows = found(page(of, "provinces", year=2020), chart="ranked", member="cn-ln")
    assert [(one["component"], one["value_usd"], one["status"]) for one in rows] == [
        ("reported", None, "Q"),
        ("shown", None, "Q"),
    ]


def test_the_csv_has_the_columns_that_are_described_and_numbers_without_words():
    text = csv_file.as_csv(shown("provinces", year=2016)).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert list(table[0]) == [column.name for column in view_columns.described()] == list(view_columns.NAMES)
    for name in ("value_usd", "share_percent", "change_percent", "rank", "rank_of"):
        written = [one[name] for one in table if one[name]]
        assert written and all(float(text) is not None for text in written), name


def test_every_code_of_a_view_is_explained():
    queries = ({}, {"flow": "both"}, {"flow": "balance"})
    payloads = [shown("provinces", **query) for query in queries] + [page(cubes.totals(), "totals", flow="both")]
    codes = {column.name: column.codes for column in view_columns.described() if column.codes}
    assert set(codes) == {"flow", "component", "status"}
    for payload in payloads:
        for one in view_rows.of(payload):
            assert all(one[name] in known or one[name] == "" for name, known in codes.items()), one


def test_text_that_a_spreadsheet_would_run_is_made_inert():
    payload = shown("provinces", year=2016)
    hostile = payload | {"dataset": payload["dataset"] | {"source": "=1+1"}}
    text = csv_file.as_csv(hostile).decode("utf-8-sig")
    assert {one["source"] for one in csv.DictReader(io.StringIO(text))} == {"'=1+1"}
