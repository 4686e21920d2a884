"""What is said before all else of goods whose series ends, or that are banned as a whole."""

from datetime import date

import pytest

from sanctions.rulebook import Rulebook
from sanctions.rules import Level, Rule
from tests.trade import cubes
from trade import charts
from trade.charts import view_state

SINCE = date(2017, 8, 5)


def book(level=Level.BANNED, code="2701", **more):
    return Rulebook((Rule(8, "from_dprk", level, code, SINCE, **more),), date(2026, 11, 28), (), {8: 2371})


def sentence(slug, rules=None, **query):
    of = cubes.commodities()
    asked = {name: [str(value)] for name, value in query.items()}
    state = view_state.read("commodity", slug, asked, of, rules=lambda: rules or book())
    return charts.commodity(of, slug, state)["sentence"]


def test_coal_leads_with_the_end_of_its_series_and_its_ban():
    assert sentence("2701").startswith(
        "There is no figure after 2017. UN resolution 2371 has banned these imports since 5 August 2017. "
        "China’s imports of anthracite and other coal from the DPRK came to US$265\xa0m in 2017 (CIF)"
    )


def test_a_year_after_the_last_figure_names_it():
    assert sentence("2701", year=2024).endswith(
        "There is no figure for China’s imports of anthracite and other coal from the DPRK in 2024; "
        "the latest is for 2017."
    )


@pytest.mark.parametrize(
    "level, said",
    [
        (Level.BANNED_WITH_EXEMPTIONS, "has banned these imports, with exemptions, since 5 August 2017."),
        (Level.CAPPED, "has capped these imports since 5 August 2017."),
    ],
)
def test_exemptions_and_caps_are_said_as_such(level, said):
    assert f"UN resolution 2371 {said}" in sentence("2701", book(level))


@pytest.mark.parametrize(
    "slug, rules, query",
    [
        ("27", book(), {}),  # a part of the chapter alone
        ("2701", book(in_part=True), {}),
        ("2701", book(until=date(2019, 1, 1)), {}),
        ("2701", book(), {"flow": "to_dprk"}),  # the other direction
        ("2701", book(), {"flow": "both"}),
        ("v", book(code="25"), {}),
    ],
)
def test_what_is_not_banned_as_a_whole_today_is_not_said_to_be(slug, rules, query):
    assert "resolution" not in sentence(slug, rules, **query)


def test_goods_that_are_still_traded_have_no_end():
    assert "no figure after" not in sentence("27") + sentence("27", year=2016)
