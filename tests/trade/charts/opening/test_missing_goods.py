"""What a year lacks stays in sight among the bars, and leads to its page."""

import pytest

from tests.trade.cubes import cube, figure, page, row, shown


def ranked(payload):
    return figure(payload, "ranked")


def test_coal_has_a_row_in_a_year_that_lacks_it_and_leads_to_its_page():
    drawn = ranked(shown("commodity", "27", year=2024))
    place = [category["key"] for category in drawn["categories"]].index("2701")
    assert drawn["categories"][place]["url"] == "/commodities/2701/"
    total = drawn["totals"][place]
    assert (total["text"], total["share"], total["rank"]) == ("–", "latest figure: 2017", "")
    assert all(series["points"][place]["value"] is None for series in drawn["series"])


def test_a_year_that_was_chosen_does_not_follow_to_the_page_of_what_it_lacks():
    assert {c["key"]: c["url"] for c in ranked(shown("commodity", "27", year=2020))["categories"]} == {
        "2716": "/commodities/2716/?year=2020",
        "2701": "/commodities/2701/",
    }


@pytest.mark.parametrize("flow", ["both", "balance"])
def test_of_two_flows_together_nothing_is_added(flow):
    drawn = ranked(shown("commodity", "27", year=2024, flow=flow))
    assert "latest" not in "".join(total["share"] for total in drawn["totals"])


def test_what_has_no_row_in_a_year_is_not_missing_and_five_rows_are_the_most():
    codes = [f"27{number:02d}" for number in range(1, 9)]
    rows = [row(code, "from_dprk", 2019, 10 + at) for at, code in enumerate(codes)]
    rows += [row(code, "from_dprk", 2020, None, status="O") for code in codes[1:]] + [row("2716", "from_dprk", 2020, 5)]
    drawn = ranked(page(cube(rows, "commodity"), "commodity", "27"))
    assert [category["key"] for category in drawn["categories"]] == ["2716", "2708", "2707", "2706", "2705", "2704"]
