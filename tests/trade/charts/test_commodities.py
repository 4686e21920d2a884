"""The pages of goods."""

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, close, cube, figure, page, row, shown


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_chapters_add_up_to_their_section_and_headings_to_their_chapter(flow):
    oracle, of = cubes.goods_oracle(), cubes.commodities()
    opened = [slug for slug in of["cells"][flow] if slug != "all" and of["nodes"][slug]["children"]]
    assert {"v", "27", "xi", "03"} <= set(opened)
    for slug in opened:
        drawn = figure(page(of, "commodity", slug, flow=flow, year=2016), "by-year")
        for place, year in enumerate(oracle.years):
            total = oracle.value(flow, cubes.codes_below(slug), year)
            assert drawn["totals"][place]["value"] == total
            assert cubes.add(one["points"][place]["value"] for one in drawn["series"]) == total


def test_the_world_is_never_called_china():
    for name, slug in (("commodities", ""), ("commodity", "v"), ("commodity", "27"), ("commodity", "other")):
        for flow in FLOWS:
            payload = page(cubes.world(), name, slug, flow=flow)
            assert "China" not in str(payload) and "Chinese" not in str(payload)


def test_a_code_that_the_dataset_does_not_have_is_an_unknown_key():
    for slug in ("all", "98765", "xxii", "cn-ln", "9999"):
        with pytest.raises(KeyError):
            page(cubes.commodities(), "commodity", slug)
    for slug in ("all", "cn-xx", "v"):
        with pytest.raises(KeyError):
            shown("province", slug)


def test_a_section_without_trade_has_a_page_that_says_so():
    payload = page(cubes.commodities(), "commodity", "xix")
    assert payload["title"] == "China’s imports of arms and ammunition from the DPRK: no figure for 2024"
    assert payload["sentence"].startswith(
        "There is no figure for China’s imports of arms and ammunition from the DPRK in 2024."
    )


@pytest.mark.parametrize("flow", FLOWS)
def test_the_table_of_a_heading_has_its_values_quantities_and_shares_of_its_chapter(flow):
    of, oracle = cubes.commodities(), cubes.goods_oracle()
    written = {(r["code"], r["flow"], r["year"]): r for r in cubes.records(cubes.HEADINGS_FILE)}
    for code in sorted(set(of["cells"][flow]) & set(oracle.keys))[::7]:
        table = figure(page(of, "commodity", code, flow=flow), "by-year")["table"]
        columns = [column["key"] for column in table["columns"]][1:]
        for row_ in table["rows"]:
            cells = dict(zip(columns, row_["cells"], strict=True))
            assert cells["reported"]["value"] == oracle.part("reported", flow, [code], int(row_["key"]))
            value, whole = (oracle.value(flow, cubes.codes_below(c), int(row_["key"])) for c in (code, code[:2]))
            assert (
                (cells["share"]["text"] == "")
                if not value or not whole
                else close(cells["share"]["text"], value, whole)
            )
            record = written.get((code, flow, row_["key"]))
            quantity = record["quantity"] if record else ""
            digits = cells["quantity"]["text"].replace(",", "") if "quantity" in cells else ""
            assert digits == (f"{round(float(quantity))}\xa0{record['quantity_unit']}" if quantity else "")


def test_a_page_of_goods_names_its_codes():
    found = {slug: shown("commodity", slug)["codes"] for slug in ("v", "27", "2701", "other")}
    assert found == {"v": ["25", "26", "27"], "27": ["27"], "2701": ["2701"], "other": []}
    assert shown("commodities")["codes"] == []


def test_the_way_back_leads_through_the_nomenclature_and_keeps_the_choice():
    crumbs = page(cubes.commodities(), "commodity", "2701", year=2016)["crumbs"]
    assert [crumb["url"] for crumb in crumbs] == [
        "/commodities/?year=2016",
        "/commodities/v/?year=2016",
        "/commodities/27/?year=2016",
        "/commodities/2701/?year=2016",
    ]


def test_a_dataset_without_months_says_so_and_shows_years():
    payload = shown("commodities", period="months")
    assert payload["notices"] == ["This dataset has no monthly data; annual data are shown."]
    assert payload["state"]["period"] == "years"


def test_goods_of_no_section_are_always_other_or_unspecified():
    of = cube([row("99", "from_dprk", value=900), row("27", "from_dprk", value=60), row("61", "from_dprk", value=40)],
              "commodity")  # fmt: skip
    bars = figure(page(of, "commodities"), "ranked")
    assert [(c["label"], t["value"]) for c, t in zip(bars["categories"], bars["totals"], strict=True)][-1] == (
        "Other or unspecified",
        900,
    )
    assert of["nodes"]["unspecified"]["colour"] == 0


def test_what_is_gathered_as_other_offers_no_view_over_time_and_says_why():
    payload = page(cubes.commodities(), "commodity", "other", view="lines", unit="index")
    assert payload["notices"] == ["What is gathered here differs from year to year, so it is shown for one year only."]
    assert payload["url"] == "/commodities/other/"
    assert "view" not in {control["name"] for control in payload["controls"]}


def test_what_is_gathered_as_other_offers_a_year_and_no_span():
    payload = page(cubes.commodities(), "commodity", "other", **{"from": "2020", "to": "2022"})
    assert payload["span"] is None and payload["state"]["from"] is None
    assert payload["notices"] == ["What is gathered here differs from year to year, so it is shown for one year only."]
    years = next(control["choices"] for control in payload["controls"] if control["name"] == "year")
    assert len(years) > 20 and payload["url"] == "/commodities/other/?year=2022"
    assert page(cubes.commodities(), "commodity", "v")["span"] is not None


def test_no_link_asks_for_a_span_of_what_is_gathered():
    pie = figure(page(cubes.commodities(), "commodities", **{"from": "2020"}), "pie")
    addresses = [category["url"] for category in pie["categories"] if category["url"]]
    assert [one for one in addresses if "/other/" in one] == ["/commodities/other/"]
    assert all("from=2020" in one for one in addresses if "/other/" not in one)


def test_a_section_has_the_same_colour_in_every_dataset():
    ours, worlds = ({slug: of["nodes"][slug]["colour"] for slug in of["nodes"]["all"]["children"]}
                    for of in (cubes.commodities(), cubes.world()))  # fmt: skip
    both = [slug for slug in ours if ours[slug] and worlds[slug]]
    assert len(both) >= 7 and {slug: ours[slug] for slug in both} == {slug: worlds[slug] for slug in both}
    for colours in (ours, worlds):
        drawn = [colour for colour in colours.values() if colour]
        assert sorted(drawn) == list(range(1, 11))


def test_two_sections_that_share_a_colour_are_told_apart_where_both_are_drawn():
    rows = [row("64", "to_dprk", 2020, 9), row("87", "to_dprk", 2020, 5), row("27", "to_dprk", 2020, 1)]
    nodes = cube(rows, "commodity")["nodes"]
    assert (nodes["xii"]["colour"], nodes["v"]["colour"], nodes["xvii"]["colour"]) == (3, 1, 2)
