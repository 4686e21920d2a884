"""Ranked bars and their tables: every value, rank and share against the input file added up by hand."""

import re

import pytest

from tests.trade import cubes
from tests.trade.cubes import (
    FLOWS,
    ON_OFF,
    PROVINCES,
    close,
    cube,
    drawn_keys,
    figure,
    keys_of,
    page,
    query,
    row,
    shown,
)


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_bar_and_row_of_every_year_is_the_files_value(flow, estimates):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        payload = shown("provinces", **query(flow, estimates, year=year))
        drawn = figure(payload, "ranked")
        named = drawn_keys(drawn, "categories")
        for place, category in enumerate(drawn["categories"]):
            keys = keys_of(category, named)
            for one in drawn["series"]:
                assert one["points"][place]["value"] == oracle.part(one["component"], flow, keys, year)
            assert drawn["totals"][place]["value"] == oracle.value(flow, keys, year, estimates)
        rows = {row["key"]: row for row in drawn["table"]["rows"]}
        columns = [column["key"] for column in drawn["table"]["columns"]][1:]
        for code in PROVINCES:
            cells = dict(zip(columns, rows[code.lower()]["cells"], strict=True))
            assert cells["reported"]["value"] == oracle.part("reported", flow, [code], year)
            both = cells["shown" if "shown" in cells else "reported"]["value"]
            assert both == oracle.value(flow, [code], year, estimates)
        total = dict(zip(columns, rows["all"]["cells"], strict=True))
        assert total["shown" if "shown" in total else "reported"]["value"] == oracle.value(
            flow, PROVINCES, year, estimates
        )
        assert cubes.add(total["value"] for total in drawn["totals"]) == oracle.value(flow, PROVINCES, year, estimates)


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_ranks_and_shares_are_those_of_the_shown_values(flow):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        drawn = figure(shown("provinces", flow=flow, year=year), "ranked")
        values = {code: oracle.value(flow, [code], year) for code in PROVINCES}
        there = [value for value in values.values() if value is not None]
        for category, total in zip(drawn["categories"], drawn["totals"], strict=True):
            if category["key"] == "others":
                assert total["rank"] == ""
                continue
            own = values[category["key"].upper()]
            place, of = re.match(r"(\d+)(?:st|nd|rd|th) of (\d+)", total["rank"]).groups()
            assert (int(place), int(of)) == (1 + sum(value > own for value in there), len(there))
            assert close(total["share"], own, sum(there))


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_every_rank_table_of_goods_holds_the_files_values(flow):
    oracle, of = cubes.goods_oracle(), cubes.commodities()
    for slug in ["all", *(s for s in of["cells"][flow] if s != "all" and len(of["nodes"][s]["children"]) > 1)]:
        name, own = ("commodities", "") if slug == "all" else ("commodity", slug)
        for drawn in page(of, name, own, flow=flow, year=2016)["figures"]:
            if drawn["id"] != "ranked":
                continue
            columns = [column["key"] for column in drawn["table"]["columns"]][1:]
            for line in drawn["table"]["rows"]:
                cells = dict(zip(columns, line["cells"], strict=True))
                codes = cubes.codes_below(slug if line["total"] else line["key"])
                assert cells["reported"]["value"] == oracle.part("reported", flow, codes, 2016)
                if "total" in cells:
                    assert cells["total"]["value"] == oracle.value(flow, codes, 2016)


def test_a_sum_with_missing_parts_says_how_many_are_missing():
    payload = page(cube([row(value=None, status="O"), row("CN-JL", value=5), row("CN-GD", value=7)]), "provinces")
    assert "2020: 1 figure is missing or incomplete" in figure(payload, "ranked")["notes"][0]


def test_subheadings_open_below_their_heading():
    of = cube([row("270111", "from_dprk", value=30), row("270119", "from_dprk", value=10)], "commodity")
    drawn = figure(page(of, "commodity", "2701"), "ranked")
    assert [(c["key"], t["value"]) for c, t in zip(drawn["categories"], drawn["totals"], strict=True)] == [
        ("270111", 30),
        ("270119", 10),
    ]
    assert drawn["categories"][0]["url"] == "/commodities/270111/"
