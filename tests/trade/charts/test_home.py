"""The front page."""

from tests.trade import cubes
from tests.trade.cubes import PROVINCES, figure
from trade import charts


def test_the_front_page_draws_both_totals():
    oracle = cubes.province_oracle()
    payload = charts.home({"china-provinces": cubes.provinces(), "world-commodities": cubes.world()})
    drawn = figure(payload, "by-year")
    for one in drawn["series"]:
        flow = one["key"].removesuffix("-estimate").replace("-", "_")
        for point, year in zip(one["points"], oracle.years, strict=True):
            estimate = oracle.part("estimate", flow, PROVINCES, year)
            reported = oracle.part("reported", flow, PROVINCES, year)
            assert point["value"] == (reported if one["component"] == "reported" else estimate)


def test_the_links_of_the_front_page_name_the_dataset_that_its_page_does_not_open_with():
    cube = cubes.world()
    other = cube | {"dataset": cube["dataset"] | {"slug": "russia-commodities"}}
    payload = charts.home({"russia-commodities": other, "world-commodities": cube})
    urls = {cell["url"] for listed in payload["board"] for row in listed["rows"] for cell in row["cells"]}
    assert {"/commodities/", "/commodities/?dataset=world-commodities"} <= urls


def test_real_totals_lead_the_front_page_and_what_is_invented_stands_behind_them():
    payload = charts.home({"china-provinces": cubes.provinces(), "china-totals": cubes.totals()})
    assert payload["dataset"]["slug"] == "china-totals" and not payload["dataset"]["is_demonstration"]
    assert payload["title"].startswith("China’s trade with the DPRK came to US$2.73\xa0bn in 2025")
    assert [one["dataset"]["slug"] for one in payload["board"]] == ["china-totals", "china-provinces"]


def test_the_front_page_of_a_site_without_releases_draws_nothing():
    assert charts.home({})["figures"] == []
