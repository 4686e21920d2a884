"""Columns and lines: every drawn number against the input file added up by hand, and missing is not zero."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, ON_OFF, PROVINCES, cube, drawn_keys, figure, keys_of, page, query, row, shown


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_column_of_the_provinces_is_the_files_sum(flow, estimates):
    oracle = cubes.province_oracle()
    drawn = figure(shown("provinces", **query(flow, estimates)), "by-year")
    named = drawn_keys(drawn, "series")
    assert [category["key"] for category in drawn["categories"]] == [str(year) for year in oracle.years]
    for one in drawn["series"]:
        keys = keys_of(one, named)
        expected = [oracle.part(one["component"], flow, keys, year) for year in oracle.years]
        assert [point["value"] for point in one["points"]] == expected
    totals = [oracle.value(flow, PROVINCES, year, estimates) for year in oracle.years]
    assert [total["value"] for total in drawn["totals"]] == totals


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_columns_parts_add_up_to_its_stated_total(flow, estimates):
    drawn = figure(shown("provinces", **query(flow, estimates)), "by-year")
    for place, total in enumerate(drawn["totals"]):
        assert cubes.add(one["points"][place]["value"] for one in drawn["series"]) == total["value"]


def test_estimates_are_series_of_their_own_above_everything_reported():
    drawn = figure(shown("provinces"), "by-year")
    components = [one["component"] for one in drawn["series"]]
    assert components == ["reported"] * (len(components) - 1) + ["estimate"]
    assert drawn["series"][-1]["key"] == "cn-hl-estimate"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["provinces", "commodities"])
def test_lines_draw_the_values_of_the_columns_and_with_estimates_their_sum(name):
    columns, lines = (figure(shown(name, flow="to_dprk", view=view), "by-year") for view in ("columns", "lines"))
    assert (columns["kind"], lines["kind"]) == ("stacked", "line")
    values = {one["key"]: [point["value"] for point in one["points"]] for one in columns["series"]}
    for line in lines["series"]:
        key = line["member"]
        expected = values[key]
        assert line["component"] == ("shown" if line["estimated"] else "reported")
        if line["estimated"]:
            both = zip(values[key], values[f"{key}-estimate"], strict=True)
            expected = [None if e is None else cubes.add([r, e]) for r, e in both]
        assert [point["value"] for point in line["points"]] == expected


@pytest.mark.parametrize("flow", FLOWS)
def test_months_are_those_of_the_file_and_add_up_to_the_part_year(flow):
    drawn = figure(shown("provinces", flow=flow, period="months"), "by-year")
    assert [category["label"] for category in drawn["categories"]][::8] == ["Jan 2025", "Sep 2025"]
    months = {}
    for record in cubes.records(cubes.MONTHS_FILE):
        if record["flow"] == flow:
            months.setdefault(f"2025-{int(record['month']):02d}", []).append(cubes.number(record["reported_usd"]))
    expected = [cubes.add(months[category["key"]]) for category in drawn["categories"]]
    assert [total["value"] for total in drawn["totals"]] == expected
    assert sum(expected) == cubes.province_oracle().value(flow, PROVINCES, 2025)


def test_missing_stays_missing_and_zero_stays_zero():
    of = cube([row(value=None, status="O"), row("CN-JL", value=0), row("CN-GD", value=7)])
    drawn = figure(page(of, "provinces", year=2020), "by-year")
    values = {one["key"]: one["points"][0]["value"] for one in drawn["series"]}
    assert values["cn-jl" if "cn-jl" in values else "others"] in (0,)
    rows = {r["key"]: r["cells"][1] for r in figure(page(of, "provinces"), "ranked")["table"]["rows"]}
    assert (rows["cn-ln"]["text"], rows["cn-ln"]["status_text"]) == ("–", "missing")
    assert (rows["cn-jl"]["text"], rows["cn-jl"]["value"]) == ("0", 0)
    assert rows["cn-bj"]["status_text"] == "missing: no figure in this release"


def test_a_year_between_two_others_that_nobody_reported_is_a_gap():
    drawn = figure(page(cube([row(year=2018), row(year=2020)]), "provinces"), "by-year")
    assert [category["key"] for category in drawn["categories"]] == ["2018", "2019", "2020"]
    assert [total["value"] for total in drawn["totals"]] == [100, None, 100]
    assert drawn["totals"][1]["status_text"].startswith("missing")


def test_a_flow_without_rows_is_a_page_of_gaps():
    payload = page(cube([row()]), "provinces", flow="from_dprk")
    assert payload["sentence"].startswith("There is no figure for China’s imports from the DPRK in 2020.")
    assert [total["value"] for total in figure(payload, "by-year")["totals"]] == [None]


def test_goods_chosen_by_name_without_figures_in_a_flow_are_drawn_as_missing():
    drawn = figure(shown("commodities", flow="from_dprk", show="iii"), "by-year")
    assert [one["member"] for one in drawn["series"]] == ["iii"]
    assert {point["text"] for point in drawn["series"][0]["points"]} == {"–"}
