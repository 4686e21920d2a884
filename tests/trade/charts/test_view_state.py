"""A query string read and written: forgiving, complete, and one address for one view."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples
from tests.trade import cubes
from trade import charts
from trade.charts import view_state

DATASETS = [("china-commodities", "By heading"), ("world-commodities", "World")]


def read(page="provinces", slug="", **query):
    return view_state.read(page, slug, {name: [str(value)] for name, value in query.items()}, cubes.provinces())


def again(address, page, slug, cube, datasets=()):
    return view_state.read(page, slug, parse_qs(urlsplit(address).query), cube, datasets)


def test_nothing_chosen_is_the_newest_full_year_to_the_dprk_with_estimates():
    chosen = read()
    assert chosen.values == {
        "dataset": "china-provinces", "release": None, "flow": "to_dprk", "year": 2024, "month": None, "from": None,
        "to": None, "view": "columns", "scale": "linear", "unit": "usd", "base": None, "period": "years",
        "estimates": "on", "show": "", "highlight": "",
    }  # fmt: skip
    assert (chosen.url(), chosen.notices) == ("/provinces/", [])


def test_goods_open_with_what_the_dprk_sells():
    chosen = view_state.read("commodities", "", {}, cubes.commodities(), DATASETS)
    assert (chosen["flow"], chosen["dataset"]) == ("from_dprk", "china-commodities")


def test_only_what_differs_from_its_default_is_written_and_always_in_one_order():
    assert read(estimates="off", year=2016, flow="from_dprk").url() == (
        "/provinces/?flow=from_dprk&year=2016&estimates=off"
    )
    assert read(flow="to_dprk", year=2024, estimates="on", dataset="china-provinces").url() == "/provinces/"


def test_a_neighbouring_view_keeps_the_rest_of_the_choice():
    assert read(year=2016).url(flow="from_dprk") == "/provinces/?flow=from_dprk&year=2016"
    assert read(year=2016, flow="from_dprk").url(year=2024) == "/provinces/?flow=from_dprk"


def test_the_twin_of_a_page_has_the_same_query():
    assert read(year=2016).url(suffix=".json") == "/provinces.json?year=2016"
    there = view_state.read("commodity", "v", {"year": ["2016"]}, cubes.commodities())
    assert there.url(suffix=".svg") == "/commodities/v.svg?year=2016"


def test_another_dataset_begins_with_its_own_newest_year_and_no_deeper_than_a_chapter():
    for page, slug, there in (("commodities", "", "/commodities/"), ("commodity", "270111", "/commodities/27/")):
        chosen = view_state.read(page, slug, {"year": ["2016"]}, cubes.commodities(), DATASETS)
        assert chosen.url(dataset="world-commodities") == f"{there}?dataset=world-commodities"


def test_a_page_that_knows_fewer_parameters_leaves_the_others_behind():
    chosen = read(year=2016, flow="from_dprk", unit="share", estimates="off")
    assert chosen.at("province", "cn-ln").url() == "/provinces/cn-ln/?year=2016&unit=share&estimates=off"


def test_earliest_and_latest_are_years():
    assert (read(year="earliest")["year"], read(year="latest")["year"]) == (1998, 2025)


def test_a_release_freezes_a_view_even_while_it_is_the_newest():
    assert (read(release=2)["release"], read(release=2).url()) == (2, "/provinces/?release=2")
    assert (read(release="02").url(year=2016), read(release=2).notices) == ("/provinces/?release=2&year=2016", [])
    assert read(release=2).at("province", "cn-ln").url() == "/provinces/cn-ln/?release=2"


def test_another_dataset_has_other_releases():
    chosen = view_state.read("commodities", "", {"release": ["2"]}, cubes.commodities(), DATASETS)
    assert chosen["release"] == 2
    assert chosen.url(dataset="world-commodities") == "/commodities/?dataset=world-commodities"


def test_a_release_that_was_withdrawn_is_not_shown_and_the_reason_is():
    query = {"release": ["1"]}
    chosen = view_state.read("provinces", "", query, cubes.provinces(), withdrawn="A province was counted twice.")
    assert chosen["release"] is None
    assert chosen.notices == ["Release 1 was withdrawn: A province was counted twice. The latest, release 2, is shown."]


@pytest.mark.parametrize(
    ("found", "number"),
    [("2", 2), ("002", 2), ("", None), ("two", None), ("-2", None), ("2.0", None), ("\uff12", None)]
    + [("9" * 9, 999_999_999), ("9" * 10, None)],
)
def test_which_release_is_asked_for_is_known_before_its_cube_is_opened(found, number):
    assert view_state.asked({"release": [found]}, DATASETS).release == number


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"release": "9"}, "This dataset has no release “9”; the latest, release 2, is shown."),
        ({"release": "latest"}, "This dataset has no release “latest”"),
        (
            {"flow": "export"},
            "“export” is not a valid flow. Choose to_dprk, from_dprk, both or balance; to_dprk is shown.",
        ),
        ({"view": "pie"}, "“pie” is not a valid view. Choose columns, lines or seasons; columns is shown."),
        ({"unit": "€"}, "“€” is not a valid unit."),
        ({"period": "weeks"}, "“weeks” is not a valid period."),
        ({"year": "abc"}, "“abc” is not a year in this dataset, which covers 1998 to 2025; 2024 is shown."),
        ({"year": "1997"}, "“1997” is not a year in this dataset"),
        ({"year": "２０１６"}, "is not a year in this dataset"),
        ({"year": "2016.0"}, "is not a year"),
        ({"year": "-2016"}, "is not a year"),
        ({"estimates": "no"}, "“no” is not a valid estimates. Choose on or off; on is shown."),
        ({"dataset": "world"}, "There is no dataset “world” for this page."),
        ({"year": "9" * 5000}, "“999999999999999999999999999999…” is not a year"),
        ({"scale": "log"}, "A logarithmic scale is available only for line charts; columns use a linear scale."),
        ({"show": "cn-xx"}, "“cn-xx” in “show” cannot be shown on this page and is ignored."),
        ({"highlight": "cn-xz"}, "Tibet (Xizang) cannot be highlighted: not shown separately in this view."),
        ({"flow": "a\x00\x1b[31mb"}, "“a��[31mb” is not a valid flow"),
    ],
)
def test_what_is_not_understood_gets_the_default_and_a_reason(query, said):
    chosen = read(**query)
    assert chosen.values == read().values
    assert len(chosen.notices) == 1 and said in chosen.notices[0]
    assert chosen.url() == "/provinces/"


@pytest.mark.parametrize(
    ("query", "settled", "said"),
    [
        ({"flow": "balance", "view": "lines", "scale": "log"}, {"scale": "linear"}, "can be negative"),
        ({"view": "lines", "scale": "log", "unit": "share"}, {"scale": "linear"}, "Shares are drawn on a linear scale"),
        ({"flow": "balance", "unit": "share"}, {"unit": "usd"}, "Shares cannot be calculated for a balance"),
        ({"flow": "both", "view": "lines", "unit": "share"}, {"unit": "usd"}, "shares cannot be shown"),
        ({"flow": "balance", "highlight": "cn-ln"}, {"highlight": ""}, "Liaoning cannot be highlighted"),
        ({"show": "cn-gd", "highlight": "cn-ln,cn-gd"}, {"highlight": "cn-gd"}, "Liaoning cannot be highlighted"),
    ],
)
def test_of_two_choices_that_do_not_go_together_one_gives_way_and_that_is_said(query, settled, said):
    chosen = read(**query)
    assert chosen.values == read().values | query | settled
    assert len(chosen.notices) == 1 and said in chosen.notices[0]


def test_goods_without_parts_have_no_share():
    chosen = view_state.read("commodity", "2701", {"unit": ["share"]}, cubes.commodities())
    assert chosen["unit"] == "usd" and "not broken down further" in chosen.notices[0]
    for slug, has_share in (("2701", False), ("27", True)):
        units = next(one for one in cubes.shown("commodity", slug)["controls"] if one["name"] == "unit")["choices"]
        assert ("share" in [one["value"] for one in units]) == has_share
    assert view_state.read("commodity", "other", {"unit": ["share"]}, cubes.commodities()).notices == []


def test_at_most_ten_are_drawn_by_name_each_once_however_they_are_given():
    twelve = [label["slug"] for label in cubes.province_labels()][:12]
    chosen = read(show=",".join([*twelve, twelve[0]]))
    assert chosen.listed("show") == tuple(twelve[:10])
    assert chosen.notices == ["“show” lists 12 items; only the first 10 are used."]
    one_by_one = view_state.read("provinces", "", {"show": ["cn-ln", "CN-JL"]}, cubes.provinces())
    assert (one_by_one.url(), one_by_one.notices) == ("/provinces/?show=cn-ln,cn-jl", [])


def test_an_eleventh_choice_takes_the_place_of_the_first():
    ten = [label["slug"] for label in cubes.province_labels()][:10]
    assert read(show=",".join(ten)).toggled("show", "cn-xz") == ",".join([*ten[1:], "cn-xz"])
    assert read(show="cn-ln,cn-jl").toggled("show", "cn-ln") == "cn-jl"


def test_what_is_drawn_by_name_is_left_behind_on_another_page():
    chosen = view_state.read("commodities", "", {"show": ["v,xi"]}, cubes.commodities())
    assert chosen.url() == "/commodities/?show=v,xi"
    assert chosen.at("commodity", "v").url() == "/commodities/v/"


def test_both_flows_open_with_the_newest_year_that_both_know_in_full():
    rows = [{"key": "CN-LN", "flow": flow, "year": year, "value_usd": 5}
            for flow, last in (("to_dprk", 2021), ("from_dprk", 2020)) for year in range(2019, last + 1)]  # fmt: skip
    of = cubes.cube(rows)
    assert [view_state.read("provinces", "", {"flow": [f]}, of)["year"] for f in ("to_dprk", "both")] == [
        2021,
        2020,
    ]


def test_of_a_parameter_given_twice_the_last_counts():
    chosen = view_state.read("provinces", "", {"year": ["2015", "2016"]}, cubes.provinces())
    assert (chosen["year"], chosen.notices) == (2016, [])


def test_an_empty_parameter_is_no_parameter():
    assert read(year="", flow=" ").notices == []


def test_a_view_of_months_is_of_one_month():
    asked = read(period="months", year="2004")
    assert asked.notices == ["This dataset has no monthly data for “2004”; Sep 2025 is shown."]
    assert (asked["year"], asked.time, asked.url()) == (2025, "2025-09", "/provinces/?period=months")
    assert read(year="2004").url(period="months") == "/provinces/?period=months"
    assert read(year="2004").beside(period="months").time == "2025-09"
    assert asked.url(period="years") == "/provinces/"
    chosen = read(period="months", month="2025-03")
    assert (chosen.time, chosen.url()) == ("2025-03", "/provinces/?month=2025-03&period=months")


def test_parameters_of_others_are_left_alone():
    assert read(utm_source="letter", fbclid="1").notices == []


VALUES = st.one_of(
    st.sampled_from(
        [
            "2",
            "to_dprk",
            "from_dprk",
            "2016",
            "2025",
            "1998",
            "earliest",
            "on",
            "off",
            "world-commodities",
            "",
            "lines",
            "columns",
            "both",
            "balance",
            "log",
            "cn-ln,cn-gd",
            "v,27",
            "share",
            "usd",
            "months",
            "years",
            "ytd",
            "seasons",
            "sanctions",
            "change",
            "index",
            "quantity",
            "unit-value",
            "2025-03",
            "2010",
        ]
    ),
    st.integers(-(10**6), 10**6).map(str),
    st.text(max_size=40),
)
QUERIES = st.dictionaries(
    st.sampled_from(
        ["release", "flow", "year", "estimates", "dataset", "unit", "view", "period", "scale", "show", "highlight", "x"]
        + ["month", "from", "to", "base", "rules"]
    ),
    st.lists(VALUES, min_size=1, max_size=3),
)
PAGES = st.sampled_from([("provinces", ""), ("province", "cn-ln"), ("commodities", ""), ("commodity", "v"),
                         ("commodity", "27"), ("commodity", "other")])  # fmt: skip


@pytest.mark.slow
@examples(1000)
@given(PAGES, QUERIES)
def test_any_query_is_read_and_its_own_address_says_the_same_without_a_notice(page, query):
    name, slug = page
    place = name.startswith("provinc")
    cube, datasets = (cubes.provinces(), ()) if place else (cubes.commodities(), DATASETS[:1])
    chosen = view_state.read(name, slug, query, cube, datasets)
    second = again(chosen.url(), name, slug, cube, datasets)
    assert (second.values, second.notices, second.url()) == (chosen.values, [], chosen.url())


@pytest.mark.slow
@examples(60)
@given(PAGES, QUERIES)
def test_every_link_of_every_page_leads_to_a_view_that_is_understood(page, query):
    name, slug = page
    cube = cubes.provinces() if name.startswith("provinc") else cubes.commodities()
    payload = cubes.page(cube, name, slug, **{key: values[0] for key, values in query.items()})
    known = set(cube["nodes"]) | {"other"}
    for address in addresses(payload):
        parts = urlsplit(address).path.strip("/").split("/")
        target = {"provinces": "provinces", "commodities": "commodities"}[parts[0].partition(".")[0]]
        target = target if len(parts) == 1 else {"provinces": "province", "commodities": "commodity"}[target]
        assert len(parts) == 1 or parts[1].partition(".")[0] in known
        slug = "" if len(parts) == 1 else parts[1].partition(".")[0]
        assert again(address, target, slug, cube).notices == []


def addresses(payload):
    """Every address of ours in a payload, wherever it stands."""
    if isinstance(payload, dict):
        for key, value in payload.items():
            if key in ("url", "json_url", "csv_url", "svg_url") and value and not value.startswith("/data/"):
                yield value
            yield from addresses(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from addresses(value)


def test_every_page_knows_its_own_address():
    for name, slug in (("provinces", ""), ("province", "cn-ln")):
        assert cubes.page(cubes.provinces(), name, slug, year=2016)["url"].endswith("?year=2016")
    assert charts.home({})["url"] == "/"
