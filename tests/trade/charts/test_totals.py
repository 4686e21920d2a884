"""The page of all trade together: what is drawn, and what its title may say."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import figure, number, page, records, totals_of
from trade.charts.cube_reader import reading

ROOT = ("all",)


def published() -> dict:
    """What the file says, added up by hand: {1996: (497020000, 68630000, 565650000), 1997: (None, None, 656290000)}."""
    found = {}
    for record in records(cubes.TOTALS_FILE):
        parts = [number(record[name]) for name in ("reported_usd", "estimate_usd")]
        shown = sum(part for part in parts if part is not None)
        found.setdefault(int(record["year"]), {})[record["flow"]] = shown
    return {
        year: (to := flows.get("to_dprk"), back := flows.get("from_dprk"), flows.get("total") or to + back)
        for year, flows in found.items()
    }


def value(flow, year, amount, **more):
    return {"key": "x", "flow": flow, "year": year, "value_usd": amount} | more


def title(rows, **query):
    return page(totals_of(rows), "totals", **query)["title"]


def test_each_direction_and_the_sum_are_those_that_were_published():
    both = reading(cubes.totals(), "both")
    for year, (to, back, whole) in published().items():
        assert [side.value(ROOT, year) for side in both.sides] == [to, back]
        assert both.value(ROOT, year) == whole


def test_columns_add_up_to_the_sum_of_each_year():
    drawn = figure(page(cubes.totals(), "totals"), "by-year")
    years = [category["key"] for category in drawn["categories"]]
    assert years == [str(year) for year in range(1993, 2026)]
    for place, year in enumerate(years):
        parts = [one["points"][place]["value"] for one in drawn["series"]]
        assert sum(part for part in parts if part) == drawn["totals"][place]["value"] == published()[int(year)][2]


def test_a_sum_that_stands_alone_is_a_series_of_its_own_and_its_directions_are_missing():
    drawn = figure(page(cubes.totals(), "totals"), "by-year")
    series = {one["key"]: one for one in drawn["series"]}
    at = [category["key"] for category in drawn["categories"]].index("1997")
    points = {key: one["points"][at]["value"] for key, one in series.items()}
    assert points.pop("published-sum") == 656_290_000
    assert set(points.values()) == {None}
    row = next(row for row in drawn["table"]["rows"] if row["key"] == "1996")
    cells = dict(zip([column["key"] for column in drawn["table"]["columns"][1:]], row["cells"], strict=True))
    assert (cells["published-sum"]["text"], cells["publisher"]["text"]) == ("", "GACC via Dong-A Ilbo")


def test_one_direction_alone_is_no_sum():
    made = totals_of([value("to_dprk", 2019, 5), value("from_dprk", 2019, 4), value("to_dprk", 2020, 5)])
    assert reading(made, "both").value(ROOT, 2020) is None
    assert title([value("to_dprk", 2020, 5)], year=2020) == "China’s trade with the DPRK: no figure for 2020"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2025, "came to US$2.73\xa0bn in 2025, 25% more than in 2024 (2024 worked out from published figures)"),
        (2020, "came to US$539\xa0m in 2020, 81% less than in 2019"),
        (2022, "came to US$1.03\xa0bn in 2022, 3.2 times as much as in 2021"),
        (2009, "came to US$2.68\xa0bn in 2009, about 4% less than in 2008"),  # printed to ten million
        (
            2016,  # printed to a hundred million
            "came to US$5.8\xa0bn in 2016, about 7% more than in 2015"
            " (2015 and 2016 partly worked out from published figures)",
        ),
    ],
)
def test_the_title_says_what_the_figures_bear(year, said):
    assert page(cubes.totals(), "totals", year=year)["title"] == f"China’s trade with the DPRK {said}"


def test_a_year_with_none_before_it_says_its_value_and_one_after_a_break_its_own_run_of_years():
    assert page(cubes.totals(), "totals", year=1993)["title"] == "China’s trade with the DPRK: US$900\xa0m in 1993"
    assert page(cubes.totals(), "totals", year=2014)["title"] == (
        "2014 was the peak year for China’s trade with the DPRK from 2014 to 2025: US$6.39\xa0bn"
        " (2015, 2016 and 2024 partly worked out from published figures)"
    )


def test_a_difference_within_the_precision_is_none():
    amounts = {2019: 500_000_000, 2020: 510_000_000}
    rows = [
        value(flow, year, amount, precision_usd=10_000_000)
        for flow in ("to_dprk", "from_dprk")
        for year, amount in amounts.items()
    ]
    assert title(rows, flow="to_dprk").endswith("came to US$510\xa0m in 2020, about the same as in 2019")


def test_a_break_is_named_with_its_reason_and_another_publisher_is_named():
    broken = page(cubes.totals(), "totals", year=2014)["sentence"]
    assert (
        "China’s exports to the DPRK are not compared with 2013: from January 2014 Chinese returns hold no crude oil."
        in broken
    )
    assert "The total is the sum of exports valued FOB and imports valued CIF." in broken
    assert page(cubes.totals(), "totals", year=2025)["sentence"].endswith(
        "Source for 2025: GACC via News1. Source for 2024: GACC via Kyodo."
    )
    alone = page(cubes.totals(), "totals", year=1998)["sentence"]
    assert alone == "For 1998, only total trade (both directions combined) was published."


@pytest.mark.parametrize("flow", ["to_dprk", "from_dprk", "both", "balance"])
@pytest.mark.parametrize("view", ["columns", "lines"])
def test_every_view_can_be_drawn(flow, view):
    for estimates in ("on", "off"):
        drawn = page(cubes.totals(), "totals", flow=flow, view=view, estimates=estimates)
        assert drawn["notices"] == [] and drawn["figures"][0]["series"]


def test_without_what_is_worked_out_a_year_has_a_gap():
    drawn = figure(page(cubes.totals(), "totals", estimates="off"), "by-year")
    at = [category["key"] for category in drawn["categories"]].index("2024")
    assert drawn["totals"][at]["value"] is None


def test_a_balance_of_two_figures_that_were_worked_out_says_so_and_not_partly():
    title = page(cubes.totals(), "totals", flow="balance", year=2024)["title"]
    assert title.endswith("than it bought in 2024 (2024 worked out from published figures)")
