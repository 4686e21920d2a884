"""The front page."""

from tests.trade import cubes
from tests.trade.cubes import PROVINCES, figure
from trade import charts


def test_the_front_page_gives_both_totals_and_the_newest_figures():
    oracle = cubes.province_oracle()
    payload = charts.home({"china-provinces": cubes.provinces(), "world-commodities": cubes.world()})
    drawn = figure(payload, "totals")
    for one in drawn["series"]:
        flow = one["key"].removesuffix("-estimate").replace("-", "_")
        for point, year in zip(one["points"], oracle.years, strict=True):
            estimate = oracle.part("estimate", flow, PROVINCES, year)
            reported = oracle.part("reported", flow, PROVINCES, year)
            with_estimate = None if estimate is None else reported + estimate
            assert point["value"] == (reported if one["component"] == "reported" else with_estimate)
    facts = {(fact["dataset"], fact["url"]): fact["value"] for fact in payload["facts"]}
    assert facts["china-provinces", "/provinces/"] == oracle.value("to_dprk", PROVINCES, 2024)
    assert facts["china-provinces", "/provinces/?flow=from_dprk"] == oracle.value("from_dprk", PROVINCES, 2024)
    assert ("world-commodities", "/commodities/?dataset=world-commodities") in facts


def test_the_front_page_of_a_site_without_releases_draws_nothing():
    assert charts.home({})["figures"] == []
