"""The grid of provinces: every one of them once, each value the file's, each colour a fifth of those that trade."""

from xml.etree import ElementTree

import pytest

from tests.samples import slow_after
from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, figure, page, shown
from trade.charts import svg
from trade.charts.figures import province_grid

# Who borders whom by land on the map, of those whose neighbours are fewest: the grid must keep them side by side.
BORDERS = (
    "HL-JL JL-LN BJ-TJ HE-BJ SH-JS GD-HI GD-GX GD-HN FJ-GD FJ-JX YN-GZ YN-SC XJ-GS XJ-XZ XZ-QH SD-HA ZJ-JX NM-HE GX-GZ "
    "CQ-SC NX-GS NX-SN SX-HE"
)


def test_every_province_has_one_tile_of_its_own():
    drawn = figure(shown("provinces"), "map")
    places = [(one["row"], one["column"]) for one in drawn["categories"]]
    assert len(set(places)) == len(places) == 31
    assert {one["key"] for one in drawn["categories"]} == {label["slug"] for label in cubes.province_labels()}
    assert max(row for row, _column in places) == 8 and max(column for _row, column in places) == 7


@pytest.mark.parametrize("pair", BORDERS.split())
def test_neighbours_stand_side_by_side(pair):
    one, other = pair.split("-")
    (row, column), (row2, column2) = (
        province_grid.PLACES[f"cn-{one.lower()}"],
        province_grid.PLACES[f"cn-{other.lower()}"],
    )
    assert abs(row - row2) + abs(column - column2) == 1


@pytest.mark.parametrize("flow", slow_after(1, FLOWS))
@pytest.mark.parametrize("estimates", [True, False])
def test_a_tile_holds_the_files_value_and_its_colour_is_its_fifth(flow, estimates):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        payload = shown("provinces", flow=flow, year=year, estimates="on" if estimates else "off")
        drawn = figure(payload, "map")
        values = {}
        for category, point in zip(drawn["categories"], drawn["series"][0]["points"], strict=True):
            values[category["key"]] = oracle.value(flow, [category["key"].upper()], year, estimates)
            assert point["value"] == values[category["key"]]
        trading = [value for value in values.values() if value]
        for category, point in zip(drawn["categories"], drawn["series"][0]["points"], strict=True):
            own = values[category["key"]]
            smaller = sum(value < own for value in trading) if own else 0
            fifth = own if not own else next(n for n in range(1, 6) if smaller < n * len(trading) / 5)
            assert point["step"] == fifth


def test_the_legend_says_which_values_a_colour_holds_and_how_many():
    drawn = figure(shown("provinces", year=2024), "map")
    points = drawn["series"][0]["points"]
    for step in drawn["steps"]:
        held = sorted((p for p in points if p["step"] == step["step"]), key=lambda p: p["value"])
        assert step["count"] == len(held)
        if step["step"]:
            assert step["label"] == f"{held[0]['text']} – {held[-1]['text']}"
    assert sum(step["count"] for step in drawn["steps"]) == sum(p["step"] is not None for p in points)


def test_missing_is_no_colour_and_no_trade_is_not_missing():
    rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 2020, "value_usd": 5},
            {"key": "CN-JL", "flow": "to_dprk", "year": 2020, "value_usd": 0},
            {"key": "CN-GD", "flow": "to_dprk", "year": 2020, "value_usd": None, "status": "O"}]  # fmt: skip
    drawn = figure(page(cube(rows), "provinces"), "map")
    steps = dict(zip([c["key"] for c in drawn["categories"]], [p["step"] for p in drawn["totals"]], strict=True))
    assert (steps["cn-ln"], steps["cn-jl"], steps["cn-gd"], steps["cn-bj"]) == (1, 0, None, None)
    assert [step["label"] for step in drawn["steps"]] == ["no trade", "US$5"]
    assert "29 of 31" in " ".join(drawn["notes"])


def test_equal_values_share_a_colour():
    rows = [
        {"key": label["code"], "flow": "to_dprk", "year": 2020, "value_usd": 7} for label in cubes.province_labels()
    ]
    assert {p["step"] for p in figure(page(cube(rows), "provinces"), "map")["totals"]} == {1}


def test_a_grid_of_shares_has_a_legend_of_shares():
    drawn = figure(shown("provinces", year=2024, unit="share"), "map")
    assert all(step["label"].count("%") == 2 for step in drawn["steps"] if step["step"])


def test_the_drawing_has_a_tile_a_province_that_opens_it():
    drawn = figure(shown("provinces", year=2024), "map")
    root = ElementTree.fromstring(svg.draw(drawn))
    links = list(root.iter("{http://www.w3.org/2000/svg}a"))
    assert {link.get("href").split("?")[0] for link in links} == {
        f"/provinces/{c['key']}/" for c in drawn["categories"]
    }
    assert len([e for e in root.iter() if "tile" in e.get("class", "").split()]) == 31 + len(drawn["steps"])
