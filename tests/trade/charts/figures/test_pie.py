"""Pies: slices that add up to the file's total, what is gathered as other, and colours that differ side by side."""

import pytest

from tests.samples import slow_after
from tests.trade import cubes
from tests.trade.cubes import FLOWS, ON_OFF, cube, figure, page, query, row, shown


@pytest.mark.slow
@pytest.mark.parametrize("flow", slow_after(3, FLOWS))
@pytest.mark.parametrize("slug", ["", "v", "xi", "xvi"])
def test_no_two_neighbours_round_a_pie_look_alike(slug, flow):
    """Nor does a part of another look in the bars beside it."""
    for year in range(1998, 2025):
        figures = {
            one["id"]: one
            for one in shown("commodity" if slug else "commodities", slug, flow=flow, year=year)["figures"]
        }
        if "pie" not in figures:
            continue
        slices = figures["pie"]["categories"]
        looks = [(one["colour"], one["component"]) for one in slices]
        assert all(looks[place - 1] != look for place, look in enumerate(looks)) and len(looks) > 1
        bars = {one["key"]: one["colour"] for one in figures["ranked"]["categories"]}
        assert {one["key"]: one["colour"] for one in slices if one["component"] == "reported"}.items() <= bars.items()
        assert bars.get("other", 0) == 0


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_the_pie_and_its_bars_add_up_to_the_files_total_in_every_year(flow, estimates):
    oracle = cubes.goods_oracle()
    for year in oracle.years:
        payload = shown("commodities", **query(flow, estimates, year=year))
        total = oracle.value(flow, oracle.keys, year, estimates)
        pie, bars = figure(payload, "pie"), figure(payload, "ranked")
        assert sum(point["value"] for point in pie["series"][0]["points"]) == total
        assert cubes.add(one["value"] for one in bars["totals"]) == total
        for category, point in zip(pie["categories"], pie["series"][0]["points"], strict=True):
            slug = category["key"].removesuffix("-estimate")
            if slug != "other":
                assert point["value"] == oracle.part(category["component"], flow, cubes.codes_below(slug), year)


@pytest.mark.slow
@pytest.mark.parametrize("flow", slow_after(1, FLOWS))
@pytest.mark.parametrize("estimates", ON_OFF)
def test_other_holds_the_sections_below_two_per_cent_and_those_after_the_seventh(flow, estimates):
    oracle = cubes.goods_oracle()
    for year in oracle.years:
        payload = shown("commodities", **query(flow, estimates, year=year))
        total = oracle.value(flow, oracle.keys, year, estimates)
        sections = {
            slug: oracle.value(flow, cubes.codes_below(slug), year, estimates)
            for slug in cubes.chapters_of_section()
            if cubes.codes_below(slug)
        }
        large = sorted((slug for slug, v in sections.items() if (v or 0) >= 0.02 * total), key=lambda s: -sections[s])
        bars = figure(payload, "ranked")
        valued = [one for one in zip(bars["categories"], bars["totals"], strict=True) if one[1]["value"] is not None]
        assert [category["key"] for category, _total in valued[:-1]] == large[:7]
        rest = [value for slug, value in sections.items() if slug not in large[:7]]
        assert valued[-1][1]["value"] == cubes.add(rest)
        opened = page(cubes.commodities(), "commodity", "other", **query(flow, estimates, year=year))
        assert cubes.add(one["value"] for one in figure(opened, "ranked")["totals"]) == cubes.add(rest)


def test_a_pie_of_shares_has_per_cent_for_values_and_the_same_words_beside_its_slices():
    dollars, shares = (figure(shown("commodities", year=2016, unit=unit), "pie") for unit in ("usd", "share"))
    assert (dollars["unit"], shares["unit"]) == ("US$", "%")
    assert [total["share"] for total in shares["totals"]] == [total["share"] for total in dollars["totals"]]
    whole = sum(point["value"] for point in dollars["series"][0]["points"])
    for one, other in zip(dollars["series"][0]["points"], shares["series"][0]["points"], strict=True):
        assert abs(other["value"] - 100 * one["value"] / whole) < 0.001
        assert (other["text"], other["share"]) == (other["part"], one["text"])


@pytest.mark.slow
def test_a_pie_has_at_most_eight_parts_and_an_estimate_beside_its_own():
    for flow in FLOWS:
        for year in cubes.goods_oracle().years:
            pie = figure(shown("commodities", flow=flow, year=year), "pie")
            reported = [c for c in pie["categories"] if c["component"] == "reported"]
            assert len(reported) <= 8
            for place, category in enumerate(pie["categories"]):
                if category["component"] == "estimate" and place:
                    assert pie["categories"][place - 1]["key"] == category["key"].removesuffix("-estimate")


@pytest.mark.slow
def test_no_pie_is_drawn_of_one_part_or_of_nothing():
    one = page(cube([row("27", "from_dprk")], "commodity"), "commodities")
    nothing = page(cube([row("27", "from_dprk", value=0), row("61", "from_dprk", value=0)], "commodity"), "commodities")
    assert not [d for payload in (one, nothing) for d in payload["figures"] if d["kind"] == "pie"]
