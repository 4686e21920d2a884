"""Headlines and sentences against what they claim."""

import re

import pytest

from tests.trade import cubes
from tests.trade.cubes import (
    FLOWS,
    ON_OFF,
    PROVINCES,
    cube,
    page,
    query,
    row,
    shown,
)


def turned(year, value, gap):
    """What turned in a year by the rule of turning_points, the slow way; `value` and `gap` tell of any year."""
    if year == 2025 or gap(year):
        return None
    full = [one for one in range(1998, 2025) if not gap(one)]
    if year - 1 in full and 2 * value(year) <= value(year - 1):
        return f"fell by {100 * (1 - value(year) / value(year - 1)):.0f}% in {year}"
    if year - 1 in full and value(year) >= 2 * value(year - 1):
        return (
            f": {value(year) / value(year - 1):.1f}".removesuffix(".0") + f" times as much in {year} as in {year - 1}"
        )
    if len(full) >= 10 and value(year) == max(map(value, full)):
        return f"{year} was the record year of "
    if len(full) >= 10 and value(year) == min(map(value, full)):
        return f"{year} was the lowest year of "
    return None


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_a_headline_names_who_overtook_whom_what_turned_or_the_largest_province(flow, estimates):
    oracle, names = cubes.province_oracle(), {label["code"]: label["name"] for label in cubes.province_labels()}

    def leader(year):
        return max(PROVINCES, key=lambda code: oracle.value(flow, [code], year, estimates) or 0)

    def whole(year):
        return oracle.value(flow, PROVINCES, year, estimates)

    def gap(year):
        return any(oracle.value(flow, [code], year, estimates) is None for code in PROVINCES)

    for year in oracle.years:
        title = shown("provinces", **query(flow, estimates, year=year))["title"]
        first, before = leader(year), leader(year - 1) if year > 1998 else None
        if before and first != before and year != 2025:
            assert title.startswith(f"{names[first]} overtook {names[before]} in {year} ")
        elif words := turned(year, whole, gap):
            assert words in title
        else:
            verb, share = re.match(rf"{names[first]} (sold|bought) (\d+)% of China’s ", title).groups()
            assert verb == ("sold" if flow == "to_dprk" else "bought")
            assert abs(int(share) - 100 * oracle.value(flow, [first], year, estimates) / whole(year)) <= 0.5


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_a_headline_of_goods_tells_the_same(flow):
    oracle, sections = cubes.goods_oracle(), [slug for slug in cubes.chapters_of_section() if cubes.codes_below(slug)]
    names = {label["slug"]: label["short_title"] for label in cubes.goods_labels()["sections"]}

    def of(slug, year):
        return oracle.value(flow, cubes.codes_below(slug), year)

    def gap(year):
        return any(one is None for key in oracle.keys if (flow, key, year) in oracle.reported
                   for one in [oracle.value(flow, [key], year)])  # fmt: skip

    for year in oracle.years:
        title = shown("commodities", flow=flow, year=year)["title"]
        first = max(sections, key=lambda slug: of(slug, year) or 0)
        before = max(sections, key=lambda slug: of(slug, year - 1) or 0) if year > 1998 else first
        if first != before:
            assert title.startswith(f"{names[first]} overtook {names[before]} in {year} ")
        elif words := turned(year, lambda one: oracle.value(flow, oracle.keys, one), gap):
            assert words in title
        else:
            share = int(re.match(rf"{names[first]} made up (\d+)% of China’s ", title).group(1))
            assert abs(share - 100 * of(first, year) / oracle.value(flow, oracle.keys, year)) <= 0.5


def test_a_sum_with_gaps_turns_nothing_and_a_part_year_is_no_record():
    rows = [row(year=year, value=100) for year in range(2000, 2012)] + [row(year=2012, value=40)]
    assert page(cube(rows), "provinces", year=2012)["title"] == "China’s exports to the DPRK fell by 60% in 2012"
    missing = row("CN-JL", year=2012, value=None, status="O")
    assert page(cube([*rows, missing]), "provinces", year=2012)["title"] == (
        "Liaoning sold 100% of China’s exports to the DPRK in 2012"
    )
    months = [row(year=2013, month=month, value=10) for month in (1, 2)]
    assert "sold" in page(cube([*rows, *months]), "provinces", year=2013)["title"]


def test_guangdong_overtook_liaoning_in_2019_in_the_demonstration():
    title = shown("provinces", year=2019)["title"]
    assert title == "Guangdong overtook Liaoning in 2019 as the largest part of China’s exports to the DPRK"


def test_the_sentence_gives_value_valuation_change_and_the_largest_parts():
    sentence = shown("provinces", year=2024)["sentence"]
    assert sentence == (
        "China’s exports to the DPRK came to US$2.14\xa0bn in 2024 (FOB, of which US$310\xa0m is an estimate), 7.6%"
        " less than in 2023; the largest parts were Liaoning (US$793\xa0m) and Heilongjiang (US$345\xa0m)."
    )


def test_the_headline_of_a_section_is_a_sentence():
    title = shown("commodity", "v", year=2015)["title"]
    assert title.startswith("Mineral fuels made up ") and title.endswith(
        "% of mineral products in China’s imports from the DPRK in 2015"
    )


def test_two_provinces_that_share_the_lead_lead_nothing():
    title = page(cube([row(value=5), row("CN-JL", value=5)]), "provinces")["title"]
    assert title == "China’s exports to the DPRK, 2020"


def test_a_province_without_a_figure_the_year_before_overtook_nobody():
    rows = [row("CN-JL", year=2019, value=12), row(value=10), row("CN-JL", value=9)]
    assert page(cube(rows), "provinces")["title"].startswith("Liaoning sold 53% of")


def test_a_part_that_alone_has_a_figure_is_not_said_to_be_all():
    rows = [row("2716", "from_dprk", value=5), row("2701", "from_dprk", value=None, status="L")]
    title = page(cube(rows, "commodity"), "commodity", "27")["title"]
    assert title == "Mineral fuels in China’s imports from the DPRK: US$5 in 2020"


def test_a_part_year_is_compared_with_the_same_months_of_the_year_before():
    rows = [row(year=year, month=m, value=v) for year, v in ((2019, 10), (2020, 11)) for m in (1, 2, 3)]
    assert "10% more than in Jan–Mar 2019" in page(cube(rows), "provinces")["sentence"]


@pytest.mark.parametrize(
    ("before", "value", "said"),
    [
        (100, 200, "China’s exports to the DPRK: 2 times as much in 2020 as in 2019"),
        (100, 199, "Liaoning sold 100% of"),
        (100, 50, "China’s exports to the DPRK fell by 50% in 2020"),
        (100, 51, "Liaoning sold 100% of"),
    ],
)
def test_twice_and_half_are_turns_and_what_lies_between_is_none(before, value, said):
    rows = [row(year=2019, value=before), row(year=2020, value=value)]
    assert page(cube(rows), "provinces", year=2020)["title"].startswith(said)


def test_a_year_of_which_both_flows_know_all_months_is_whole():
    rows = [row(flow=flow, year=2020, month=month, value=10) for flow in FLOWS for month in range(1, 13)]
    whole, part = (page(cube(some), "provinces", flow="both", year=2020)["sentence"] for some in (rows, rows[:-1]))
    assert " in 2020" in whole and "Jan–" not in whole
    assert "Jan–Nov 2020" in part
