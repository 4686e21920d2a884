"""Briefs: what they say is what their pages of charts say."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import PROVINCES, figure
from trade import number_text
from trade.charts import view_state
from trade.charts.brief import brief_payload
from trade.charts.text import view_links

FLOWS = cubes.FLOWS


def state(cube, page, slug="", **query):
    return view_state.read(page, slug, {name: [str(value)] for name, value in query.items()}, cube)


def brief(cube, slug="", **query):
    """The brief of a cube's thing, beside the payload of its page."""
    kind = cube["kind"]
    page = {"province": "province", "commodity": "commodity", "total": "totals"}[kind]
    make = {"province": brief_payload.of_province, "commodity": brief_payload.of_goods}.get(kind)
    chosen = state(cube, page, slug, **query)
    made = make(cube, slug, chosen) if make else brief_payload.of_totals(cube, chosen)
    return made, cubes.page(cube, page, slug, **query)


def numbers(made, flow):
    [direction] = [one for one in made["brief"]["directions"] if one.flow == flow]
    return {number.cell["span"]: number for number in direction.numbers}


@pytest.mark.parametrize("query", [{}, {"year": 2014}, {"year": 2014, "estimates": "off"}])
def test_the_brief_of_a_province_has_the_title_sentence_and_columns_of_its_page(query):
    made, page = brief(cubes.provinces(), "cn-hl", **query)
    assert (made["title"], made["brief"]["sentences"]) == (page["title"], [page["sentence"]])
    for name in ("to-dprk", "from-dprk", "ranks"):
        drawn, shown = figure(made, name), figure(page, name)
        assert drawn["series"] == shown["series"] and "events" not in drawn
    assert made["share"]["citation"] == page["share"]["citation"]
    assert made["brief"]["page_url"] == page["url"]


@pytest.mark.parametrize("flow", FLOWS)
def test_the_key_numbers_of_a_province_are_those_of_the_files(flow):
    oracle, year = cubes.province_oracle(), 2016
    made, page = brief(cubes.provinces(), "cn-ln", year=year)
    found = numbers(made, flow)
    value, whole = oracle.value(flow, ["CN-LN"], year), oracle.value(flow, PROVINCES, year)
    assert (found["year"].cell["value"], found["year"].cell["label"]) == (value, "2016")
    assert found["year"].share == f"{number_text.percent(value, whole)} of all provinces"
    larger = [code for code in PROVINCES if (oracle.value(flow, [code], year) or -1) > value]
    assert found["year"].rank.startswith(f"{number_text.ordinal(len(larger) + 1)} of ")
    assert found["to_date"].cell["value"] == oracle.value(flow, ["CN-LN"], 2025)
    september = [
        int(r["reported_usd"]) for r in cubes.records(cubes.MONTHS_FILE)
        if (r["province"], r["flow"], r["year"], r["month"]) == ("CN-LN", flow, "2025", "9")
    ]  # fmt: skip
    assert found["month"].cell["value"] == sum(september)
    assert found["year"].cell["text"] in page["sentence"]


def test_goods_have_both_directions_whichever_was_chosen_and_the_title_of_the_one_chosen():
    cube = cubes.commodities()
    made, page = brief(cube, "27", year=2016, flow="to_dprk")
    assert made["title"] == page["title"]
    pages = {flow: cubes.page(cube, "commodity", "27", year=2016, flow=flow) for flow in FLOWS}
    assert made["brief"]["sentences"] == [pages[flow]["sentence"] for flow in FLOWS]
    assert [one["id"] for one in made["figures"]] == ["by-year-to-dprk", "by-year-from-dprk"]
    for drawn, flow in zip(made["figures"], FLOWS, strict=True):
        assert drawn["series"] == figure(pages[flow], "by-year")["series"]


def test_what_was_chosen_is_told_first_and_what_has_no_value_is_not_drawn():
    made, page = brief(cubes.commodities(), "2701", year=2016)
    assert made["brief"]["sentences"][0] == page["sentence"]
    assert [one["id"] for one in made["figures"]] == ["by-year-from-dprk"]
    assert not made["brief"]["has_estimates"] and brief(cubes.commodities(), "27")[0]["brief"]["has_estimates"]


def test_the_largest_headings_of_goods_add_up_and_have_their_shares_of_them():
    oracle = cubes.Oracle(cubes.HEADINGS_FILE)
    made, _page = brief(cubes.commodities(), "v", year=2016)
    codes = [code for code in oracle.keys if code[:2] in ("25", "26", "27")]
    for largest in made["brief"]["largest"]:
        values = {code: oracle.value(largest.flow, [code], 2016) for code in codes}
        ranked = sorted((code for code in codes if values[code]), key=lambda code: -values[code])
        assert [part.slug for part in largest.parts] == ranked[:6] and largest.others == len(ranked[6:])
        whole = sum(values[code] for code in ranked)
        assert [part.share for part in largest.parts] == [number_text.percent(values[c], whole) for c in ranked[:6]]
    assert [one.flow for one in made["brief"]["largest"]] == list(FLOWS)


def test_a_heading_has_a_share_of_its_chapter_and_no_parts():
    made, _page = brief(cubes.commodities(), "2701", year=2016)
    assert made["brief"]["largest"] == []
    assert " of 27 " in numbers(made, "from_dprk")["year"].share


def test_all_trade_has_both_directions_and_their_sum():
    made, page = brief(cubes.totals())
    assert [one.flow for one in made["brief"]["directions"]] == ["both", *FLOWS]
    assert numbers(made, "both")["year"].cell["text"] in page["title"]
    assert [one["id"] for one in made["figures"]] == ["by-year-to-dprk", "by-year-from-dprk"]


def test_what_is_older_than_the_chosen_year_is_no_news():
    made, _page = brief(cubes.provinces(), "cn-ln", year=2025)
    assert [number.cell["label"] for number in made["brief"]["directions"][0].numbers] == ["Jan–Sep 2025", "Sep 2025"]


@pytest.mark.parametrize(
    ("page", "slug", "expected"),
    [
        ("province", "cn-ln", ["/provinces/cn-ln/brief/?year=2016", "/provinces/cn-ln/releases.atom"]),
        ("provinces", "", []),
    ],
)
def test_a_page_gives_the_addresses_of_its_brief_and_its_feed(page, slug, expected):
    chosen = state(cubes.provinces(), page, slug, year=2016, view="lines")
    assert list(view_links.beside(chosen).values()) == expected


def test_a_brief_keeps_the_release_the_flow_and_the_estimates_of_its_page_and_no_more():
    cube = cubes.commodities()
    chosen = state(cube, "commodity", "27", release=2, flow="to_dprk", estimates="off", unit="share", view="lines")
    assert view_links.beside(chosen)["brief_url"] == "/commodities/27/brief/?release=2&flow=to_dprk&estimates=off"
    assert view_links.beside(state(cube, "commodity", "other")) == {}
    assert view_links.beside(state(cubes.totals(), "totals")) == {"brief_url": "/totals/brief/"}


@pytest.mark.parametrize("slug", ["all", "other", "nothing"])
def test_what_is_no_good_has_no_brief(slug):
    cube = cubes.commodities()
    with pytest.raises(KeyError):
        brief_payload.of_goods(cube, slug, state(cube, "commodity", slug))
