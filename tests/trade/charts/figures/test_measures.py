"""Shares in place of dollars."""

import pytest

from tests.trade.cubes import FLOWS, figure, shown


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("name", ["provinces", "commodities"])
def test_shares_are_of_each_years_total_and_add_up_to_a_hundred(name, flow):
    dollars, shares = (figure(shown(name, flow=flow, unit=unit), "by-year") for unit in ("usd", "share"))
    assert shares["unit"] == "%"
    for place, total in enumerate(dollars["totals"]):
        for one, of in zip(shares["series"], dollars["series"], strict=True):
            value, part = of["points"][place]["value"], one["points"][place]["value"]
            assert (part is None) == (value is None)
            assert part is None or abs(part - 100 * value / total["value"]) < 0.0001
        assert abs(sum(one["points"][place]["value"] or 0 for one in shares["series"]) - 100) < 0.01


def test_a_share_says_its_dollars_and_its_table_is_in_per_cent():
    drawn = figure(shown("provinces", unit="share", year=2024), "by-year")
    liaoning = drawn["series"][0]["points"][-2]
    assert (liaoning["text"], liaoning["share"]) == ("37%", "US$793\xa0m")
    assert drawn["table"]["rows"][-2]["cells"][0]["text"] == "37%"
    assert figure(shown("provinces", unit="share", year=2024), "ranked")["totals"][0]["text"] == "37%"
