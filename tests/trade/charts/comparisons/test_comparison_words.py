"""What is said of several that a reader compares: who led in which years, and the range of each."""

import random

import pytest

from tests.samples import some
from tests.trade import cubes
from tests.trade.charts.sentences import judge, random_datasets
from tests.trade.charts.sentences.rows_by_hand import Raw
from tests.trade.cubes import row, shown


def view(rows, *slugs, **query):
    return cubes.page(cubes.cube(rows), "provinces", show=",".join(slugs), **query)


def years(key, values, first=2010, **more):
    return [row(key=key, year=first + place, value=value, **more) for place, value in enumerate(values)]


def test_the_rarer_leader_of_two_is_named_with_its_years():
    rows = years("CN-LN", [9, 9, 1, 1, 9, 9, 9]) + years("CN-GD", [5] * 7)
    title = view(rows, "cn-ln", "cn-gd")["title"]
    assert title == "Guangdong sold the DPRK more than Liaoning in 2012 and 2013 only, of 7 years from 2010 to 2016"


def test_who_always_led_is_said_to_have_led_in_every_year():
    rows = years("CN-LN", [9] * 4, flow="from_dprk") + years("CN-GD", [5] * 4, flow="from_dprk")
    title = view(rows, "cn-gd", "cn-ln", flow="from_dprk")["title"]
    assert title == "Liaoning bought more from the DPRK than Guangdong in every year from 2010 to 2013"


def test_of_three_the_first_has_a_count_and_the_others_their_years():
    rows = years("CN-LN", [9, 9, 9, 1]) + years("CN-GD", [5, 5, 5, 6]) + years("CN-JL", [2] * 4)
    assert view(rows, "cn-ln", "cn-gd", "cn-jl")["title"] == (
        "Of the 3 provinces compared, Liaoning led China’s exports to the DPRK in 3 of 4 years from 2010 to 2013; "
        "Guangdong led in 2013"
    )


def test_a_year_with_a_missing_figure_is_left_out_and_the_title_says_so():
    rows = years("CN-LN", [9, None, 9]) + years("CN-GD", [5, 99, 5])
    title = view(rows, "cn-ln", "cn-gd")["title"]
    assert title == "Liaoning sold the DPRK more than Guangdong in all 2 comparable years from 2010 to 2012"


def test_a_lead_that_rests_on_an_estimate_says_what_was_reported():
    rows = years("CN-LN", [9, 9]) + years("CN-HL", [5, 5]) + years("CN-HL", [8], 2011, component="estimate", status="E")
    assert view(rows, "cn-ln", "cn-hl")["title"] == (
        "Heilongjiang sold the DPRK more than Liaoning in 2011 only, of 2 years from 2010 to 2011 "
        "(2011 includes estimates; on reported values alone, Liaoning led in 2011)"
    )


def test_shares_that_are_compared_say_of_what_they_are():
    sentence = shown("provinces", show="cn-ln,cn-gd", unit="share", year=2024)["sentence"]
    assert sentence.startswith("Shares of China’s exports to the DPRK in 2024 (FOB, the total includes an estimate): ")


def test_the_range_of_each_is_of_full_years_and_of_too_many_there_is_none():
    rows = years("CN-LN", [9, 1, 4]) + years("CN-GD", [5, 5, 5])
    sentence = view(rows, "cn-ln", "cn-gd")["sentence"]
    assert sentence.endswith(" Lowest and highest year: Liaoning US$1 in 2011, US$9 in 2010.")
    many = ",".join(f"cn-{one}" for one in ("ln", "gd", "jl", "hl", "sd", "zj"))
    assert "Lowest" not in shown("provinces", show=many)["sentence"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", some(range(1000), 30))
def test_no_comparison_of_random_rows_says_what_they_do_not_bear(seed):
    kind, rows = random_datasets.dataset(seed)
    chance = random.Random(seed)
    if not rows or kind == "total":
        return
    cube = random_datasets.cube(kind, rows, worked_out=False)
    # A list of names with commas is written with semicolons, at which the oracle would cut it.
    nodes = cube["nodes"]
    parts = [one for one in nodes["all"]["children"] if "," not in nodes[one]["name"] and one != "unspecified"]
    estimates = chance.choice(["on", "off"])
    query = {"flow": chance.choice(["to_dprk", "from_dprk", "both"]), "unit": chance.choice(["usd", "share"])}
    query |= {"estimates": estimates, "show": ",".join(chance.sample(parts, min(len(parts), chance.randint(2, 6))))}
    payload = cubes.page(cube, "provinces" if kind == "province" else "commodities", **query)
    raw = Raw(kind, rows, estimates=estimates == "on")
    assert judge.faults(payload, raw, {slug: node["name"] for slug, node in nodes.items()}) == []
