"""The grid of provinces: every one of them once, each value the file's, each colour an order of size."""

from collections import Counter, defaultdict
from xml.etree import ElementTree

import pytest

from tests.samples import slow_after
from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, figure, page, shown
from trade.charts import svg
from trade.charts.figures import province_grid
from trade.templatetags import chart_page

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
def test_a_tile_holds_the_files_value_and_no_colour_holds_two_that_are_more_than_ten_times_apart(flow, estimates):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        drawn = figure(shown("provinces", flow=flow, year=year, estimates="on" if estimates else "off"), "map")
        held = defaultdict(list)
        for category, point in zip(drawn["categories"], drawn["series"][0]["points"], strict=True):
            value = oracle.value(flow, [category["key"].upper()], year, estimates)
            assert point["value"] == value
            assert (point["step"] is None, point["step"] == 0) == (value is None, value == 0)
            held[point["step"]] += [value] if value else []
        assert all(max(values) <= 10 * min(values) for values in held.values() if values)


def test_the_legend_covers_every_size_without_a_hole_and_is_the_same_in_every_year():
    legends = [figure(shown("provinces", year=year), "map")["steps"] for year in (1998, 2016, 2024)]
    sizes = [[step["label"] for step in legend if step["step"]] for legend in legends]
    assert sizes[0] == sizes[1] == sizes[2]
    first, *between, last = sizes[0]
    ends = [first.removeprefix("less than "), *(end for label in between for end in label.split(" to "))]
    ends.append(last.removesuffix(" or more"))
    assert ends[::2] == ends[1::2] and 5 <= len(sizes[0]) <= 7


def test_the_legend_counts_the_tiles_of_each_colour():
    drawn = figure(shown("provinces", year=2024), "map")
    steps = [point["step"] for point in drawn["series"][0]["points"]]
    assert {step["step"]: step["count"] for step in drawn["steps"] if step["count"]} == Counter(steps)


def test_57_million_and_793_million_have_different_colours():
    rows = [{"key": key, "flow": "to_dprk", "year": 2020, "value_usd": value}
            for key, value in (("CN-ZJ", 57_000_000), ("CN-LN", 793_000_000))]  # fmt: skip
    tiles = {tile["key"]: tile for tile in chart_page.tiles(figure(page(cube(rows), "provinces"), "map"))}
    assert tiles["cn-zj"]["look"] != tiles["cn-ln"]["look"]
    assert (tiles["cn-zj"]["brief"], tiles["cn-ln"]["brief"]) == ("57.0\u00a0m", "793\u00a0m")


def test_a_balance_has_colours_on_either_side_of_nought():
    drawn = figure(shown("provinces", flow="balance", year=2016), "map")
    for point in drawn["totals"]:
        assert point["value"] is None or (point["step"] > 0) == (point["value"] > 0)
    words = {step["label"].split(" of ")[0] for step in drawn["steps"] if step["step"]}
    assert words == {"deficit", "surplus"} and any(point["brief"].startswith("−") for point in drawn["totals"])


def test_an_estimate_in_a_value_is_marked_and_said():
    rows = [
        {"key": "CN-LN", "flow": "to_dprk", "year": 2020, "value_usd": 5_000},
        {"key": "CN-HL", "flow": "to_dprk", "year": 2020, "value_usd": 100, "status": "P"},
        {"key": "CN-HL", "flow": "to_dprk", "year": 2020, "value_usd": 900, "component": "estimate", "status": "E"},
    ]
    drawn = figure(page(cube(rows), "provinces"), "map")
    tiles = {tile["key"]: tile for tile in chart_page.tiles(drawn)}
    assert (tiles["cn-hl"]["mark"], tiles["cn-ln"]["mark"]) == ("ep", "")
    assert tiles["cn-hl"]["look"].endswith(" estimate") and "includes an estimate" in tiles["cn-hl"]["says"]
    assert "Hatched, e: includes an estimate." in drawn["notes"]
    assert svg.draw(drawn).count("<path") == 1


def test_a_letter_that_all_would_have_is_said_once():
    rows = [{"key": key, "flow": "to_dprk", "year": 2020, "value_usd": 5, "status": "P"} for key in ("CN-LN", "CN-GD")]
    drawn = figure(page(cube(rows), "provinces"), "map")
    assert {point["mark"] for point in drawn["totals"]} == {""} and "All values are provisional." in drawn["notes"]


def test_missing_is_no_colour_and_no_trade_is_not_missing():
    rows = [{"key": "CN-LN", "flow": "to_dprk", "year": 2020, "value_usd": 5},
            {"key": "CN-JL", "flow": "to_dprk", "year": 2020, "value_usd": 0},
            {"key": "CN-GD", "flow": "to_dprk", "year": 2020, "value_usd": None, "status": "O"}]  # fmt: skip
    drawn = figure(page(cube(rows), "provinces"), "map")
    steps = dict(zip([c["key"] for c in drawn["categories"]], [p["step"] for p in drawn["totals"]], strict=True))
    assert (steps["cn-ln"], steps["cn-jl"], steps["cn-gd"], steps["cn-bj"]) == (7, 0, None, None)
    assert [(step["label"], step["count"]) for step in drawn["steps"]][1:] == [("no trade", 1), ("missing", 29)]
    assert "29 of 31" in " ".join(drawn["notes"])


def test_equal_values_share_a_colour():
    rows = [
        {"key": label["code"], "flow": "to_dprk", "year": 2020, "value_usd": 7} for label in cubes.province_labels()
    ]
    assert {p["step"] for p in figure(page(cube(rows), "provinces"), "map")["totals"]} == {7}


def test_a_grid_of_shares_has_a_legend_of_shares():
    drawn = figure(shown("provinces", year=2024, unit="share"), "map")
    labels = [step["label"] for step in drawn["steps"] if step["step"]]
    assert all("%" in label and "US$" not in label for label in labels) and len(labels) > 4


def test_the_drawing_has_a_tile_a_province_that_opens_it():
    drawn = figure(shown("provinces", year=2024), "map")
    root = ElementTree.fromstring(svg.draw(drawn))
    links = list(root.iter("{http://www.w3.org/2000/svg}a"))
    assert {link.get("href").split("?")[0] for link in links} == {
        f"/provinces/{c['key']}/" for c in drawn["categories"]
    }
    assert len([e for e in root.iter() if "tile" in e.get("class", "").split()]) == 31 + len(drawn["steps"])
