"""The pages of provinces."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, figure, page, shown
from trade.charts import svg


def test_a_part_year_is_named_so_and_not_compared_with_a_full_one():
    payload = shown("provinces", year=2025)
    assert "in Jan–Sep 2025" in payload["title"]
    assert "than in" not in payload["sentence"] and "as in" not in payload["sentence"]
    drawn = figure(payload, "by-year")
    newest = drawn["categories"][-1]
    assert (newest["label"], newest["partial"], drawn["current"]) == ("Jan–Sep 2025", True, "2025")
    changes = [row["cells"][-1]["text"] for row in figure(payload, "ranked")["table"]["rows"]]
    assert set(changes) == {""}


def test_the_newest_full_year_is_shown_first_not_the_part_year():
    assert shown("provinces")["state"]["year"] == 2024


def test_switching_estimates_off_removes_them_from_every_number():
    payload = shown("provinces", estimates="off", year=2024)
    assert not [one for drawn in payload["figures"] for one in drawn["series"] if one["component"] == "estimate"]
    assert "estimate" not in payload["sentence"] and "Hatched" not in str(payload["figures"])


@pytest.mark.slow
def test_a_colour_never_moves_between_views():
    seen = {}
    for flow in FLOWS:
        for year in (1998, 2016, 2024):
            for name in ("provinces", "commodities"):
                for drawn in shown(name, flow=flow, year=year)["figures"]:
                    things = drawn["categories"] if drawn["kind"] != "stacked" else drawn["series"]
                    for thing in things:
                        key = thing["key"].removesuffix("-estimate")
                        colour = thing["colour"] if thing["colour"] <= 10 else 0  # the greys are no colour
                        assert seen.setdefault((name, key), colour) == colour
    assert max(seen.values()) == 10


@pytest.mark.parametrize("slug", [label["slug"] for label in cubes.province_labels()])
def test_a_provinces_own_page_draws_both_of_its_flows(slug):
    oracle = cubes.province_oracle()
    payload = shown("province", slug)
    for flow in FLOWS:
        drawn = figure(payload, flow.replace("_", "-"))
        for one in drawn["series"]:
            expected = [oracle.part(one["component"], flow, [slug.upper()], year) for year in oracle.years]
            assert [point["value"] for point in one["points"]] == expected
        both = [row["cells"][-3]["value"] for row in drawn["table"]["rows"]]
        assert both == [oracle.value(flow, [slug.upper()], year) for year in oracle.years]


def test_the_table_of_months_holds_months():
    payload = shown("province", "cn-ln", period="months")
    for flow in ("to-dprk", "from-dprk"):
        drawn = figure(payload, flow)
        rows = [row["cells"][0]["value"] for row in drawn["table"]["rows"]]
        assert rows == [point["value"] for point in drawn["series"][0]["points"]] and len(rows) == 9


def test_a_release_without_rows_has_pages_without_figures():
    empty = cube([])
    for name, slug in (("provinces", ""), ("province", "cn-ln")):
        payload = page(empty, name, slug)
        assert (payload["figures"], payload["sentence"]) == ([], "This release contains no figures.")
    assert page(cube([], "commodity"), "commodity", "other")["figures"] == []


def test_a_province_without_trade_has_no_rank_and_no_dollar_on_its_axes():
    payload = shown("province", "cn-xz")
    assert [drawn["id"] for drawn in payload["figures"]] == ["to-dprk", "from-dprk"]
    assert payload["title"] == "Tibet (Xizang)’s exports to the DPRK: US$0 in 2024"
    assert all("US$1<" not in svg.draw(drawn) for drawn in payload["figures"])
