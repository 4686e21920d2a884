"""Every drawn number against the input file added up by hand; every sentence against what it claims."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import examples, slow_after
from tests.trade import cubes
from tests.trade.cubes import FLOWS, cube, figure, page, shown
from trade import charts
from trade.charts.cube_reader import Cells

ON_OFF = [True, False]
PROVINCES = [label["code"] for label in cubes.province_labels()]


def keys_of(one: dict, payload: dict) -> list[str]:
    """The province codes behind a series or bar: its own, or for "other" those that are drawn nowhere else."""
    slug = one["key"].removesuffix("-estimate")
    if slug != "others":
        return [slug.upper()]
    return [code for code in PROVINCES if code not in payload]


def query(flow, estimates, **more):
    return {"flow": flow, "estimates": "on" if estimates else "off"} | more


def drawn_keys(figure_, what):
    return {one["key"].removesuffix("-estimate").upper() for one in figure_[what]}


# Provinces.


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_column_of_the_provinces_is_the_files_sum(flow, estimates):
    oracle = cubes.province_oracle()
    drawn = figure(shown("provinces", **query(flow, estimates)), "by-year")
    named = drawn_keys(drawn, "series")
    assert [category["key"] for category in drawn["categories"]] == [str(year) for year in oracle.years]
    for one in drawn["series"]:
        keys = keys_of(one, named)
        expected = [oracle.part(one["component"], flow, keys, year) for year in oracle.years]
        assert [point["value"] for point in one["points"]] == expected
    totals = [oracle.value(flow, PROVINCES, year, estimates) for year in oracle.years]
    assert [total["value"] for total in drawn["totals"]] == totals


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_columns_parts_add_up_to_its_stated_total(flow, estimates):
    drawn = figure(shown("provinces", **query(flow, estimates)), "by-year")
    for place, total in enumerate(drawn["totals"]):
        assert cubes.add(one["points"][place]["value"] for one in drawn["series"]) == total["value"]


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_bar_and_row_of_every_year_is_the_files_value(flow, estimates):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        payload = shown("provinces", **query(flow, estimates, year=year))
        drawn = figure(payload, "ranked")
        named = drawn_keys(drawn, "categories")
        for place, category in enumerate(drawn["categories"]):
            keys = keys_of(category, named)
            for one in drawn["series"]:
                assert one["points"][place]["value"] == oracle.part(one["component"], flow, keys, year)
            assert drawn["totals"][place]["value"] == oracle.value(flow, keys, year, estimates)
        rows = {row["key"]: row for row in drawn["table"]["rows"]}
        columns = [column["key"] for column in drawn["table"]["columns"]][1:]
        for code in PROVINCES:
            cells = dict(zip(columns, rows[code.lower()]["cells"], strict=True))
            assert cells["reported"]["value"] == oracle.part("reported", flow, [code], year)
            both = cells["total" if "total" in cells else "reported"]["value"]
            assert both == oracle.value(flow, [code], year, estimates)
        total = dict(zip(columns, rows["all"]["cells"], strict=True))
        assert total["total" if "total" in total else "reported"]["value"] == oracle.value(
            flow, PROVINCES, year, estimates
        )
        assert cubes.add(total["value"] for total in drawn["totals"]) == oracle.value(flow, PROVINCES, year, estimates)


@pytest.mark.parametrize("flow", FLOWS)
def test_ranks_and_shares_are_those_of_the_shown_values(flow):
    oracle = cubes.province_oracle()
    for year in oracle.years:
        drawn = figure(shown("provinces", flow=flow, year=year), "ranked")
        values = {code: oracle.value(flow, [code], year) for code in PROVINCES}
        there = [value for value in values.values() if value is not None]
        for category, total in zip(drawn["categories"], drawn["totals"], strict=True):
            if category["key"] == "others":
                assert total["rank"] == ""
                continue
            own = values[category["key"].upper()]
            place, of = re.fullmatch(r"(\d+)(?:st|nd|rd|th) of (\d+)", total["rank"]).groups()
            assert (int(place), int(of)) == (1 + sum(value > own for value in there), len(there))
            assert close(total["share"], own, sum(there))


def close(written: str, part: int, whole: int) -> bool:
    """Whether "7.6%" is the share, within what its digits can say."""
    share = 100 * part / whole
    if written.startswith(("<", ">")):
        return eval(f"{share} {written[0]} {written[1:-1]}")  # noqa: S307 - our own digits
    digits = len(written.rstrip("%").partition(".")[2])
    return abs(float(written.rstrip("%")) - share) <= 0.5 * 10**-digits + 1e-9 or (digits == 0 and share < 10)


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


def test_a_part_year_is_named_so_and_not_compared_with_a_full_one():
    payload = shown("provinces", year=2025)
    assert payload["title"].endswith("in Jan–Sep 2025")
    assert "than in" not in payload["sentence"] and "as in" not in payload["sentence"]
    drawn = figure(payload, "by-year")
    newest = drawn["categories"][-1]
    assert (newest["label"], newest["partial"], drawn["current"]) == ("Jan–Sep 2025", True, "2025")
    changes = [row["cells"][-1]["text"] for row in figure(payload, "ranked")["table"]["rows"]]
    assert set(changes) == {""}


def test_the_newest_full_year_is_shown_first_not_the_part_year():
    assert shown("provinces")["state"]["year"] == 2024


def test_switching_estimates_off_removes_them_from_every_number():
    payload = shown("provinces", estimates="off", year=2024)
    assert not [one for drawn in payload["figures"] for one in drawn["series"] if one["component"] == "estimate"]
    assert "estimate" not in payload["sentence"] and "Hatched" not in str(payload["figures"])


def test_estimates_are_series_of_their_own_above_everything_reported():
    drawn = figure(shown("provinces"), "by-year")
    components = [one["component"] for one in drawn["series"]]
    assert components == ["reported"] * (len(components) - 1) + ["estimate"]
    assert drawn["series"][-1]["key"] == "cn-hl-estimate"


def test_a_colour_never_moves_between_views():
    seen = {}
    for flow in FLOWS:
        for year in (1998, 2016, 2024):
            for name in ("provinces", "commodities"):
                for drawn in shown(name, flow=flow, year=year)["figures"]:
                    things = drawn["categories"] if drawn["kind"] != "stacked" else drawn["series"]
                    for thing in things:
                        key = thing["key"].removesuffix("-estimate")
                        colour = thing["colour"] if thing["colour"] <= 10 else 0  # the greys are no colour
                        assert seen.setdefault((name, key), colour) == colour
    assert max(seen.values()) == 10


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


@pytest.mark.parametrize("slug", [label["slug"] for label in cubes.province_labels()])
def test_a_provinces_own_page_draws_both_of_its_flows(slug):
    oracle = cubes.province_oracle()
    payload = shown("province", slug)
    for flow in FLOWS:
        drawn = figure(payload, flow.replace("_", "-"))
        for one in drawn["series"]:
            expected = [oracle.part(one["component"], flow, [slug.upper()], year) for year in oracle.years]
            assert [point["value"] for point in one["points"]] == expected
        both = [row["cells"][-3]["value"] for row in drawn["table"]["rows"]]
        assert both == [oracle.value(flow, [slug.upper()], year) for year in oracle.years]


# Goods.


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


@pytest.mark.parametrize("flow", FLOWS)
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
        assert [category["key"] for category in bars["categories"][:-1]] == large[:7]
        rest = [value for slug, value in sections.items() if slug not in large[:7]]
        assert bars["totals"][-1]["value"] == cubes.add(rest)
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


def test_a_pie_has_at_most_eight_parts_and_an_estimate_beside_its_own():
    for flow in FLOWS:
        for year in cubes.goods_oracle().years:
            pie = figure(shown("commodities", flow=flow, year=year), "pie")
            reported = [c for c in pie["categories"] if c["component"] == "reported"]
            assert len(reported) <= 8
            for place, category in enumerate(pie["categories"]):
                if category["component"] == "estimate" and place:
                    assert pie["categories"][place - 1]["key"] == category["key"].removesuffix("-estimate")


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


@pytest.mark.parametrize("flow", FLOWS)
def test_every_rank_table_of_goods_holds_the_files_values(flow):
    oracle, of = cubes.goods_oracle(), cubes.commodities()
    for slug in ["all", *(s for s in of["cells"][flow] if s != "all" and len(of["nodes"][s]["children"]) > 1)]:
        name, own = ("commodities", "") if slug == "all" else ("commodity", slug)
        for drawn in page(of, name, own, flow=flow, year=2016)["figures"]:
            if drawn["id"] != "ranked":
                continue
            columns = [column["key"] for column in drawn["table"]["columns"]][1:]
            for row in drawn["table"]["rows"]:
                cells = dict(zip(columns, row["cells"], strict=True))
                codes = cubes.codes_below(slug if row["total"] else row["key"])
                assert cells["reported"]["value"] == oracle.part("reported", flow, codes, 2016)
                if "total" in cells:
                    assert cells["total"]["value"] == oracle.value(flow, codes, 2016)


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
    assert payload["title"] == "Arms and ammunition in China’s imports from the DPRK: no figure for 2024"
    assert payload["sentence"].startswith(
        "There is no figure for arms and ammunition in China’s imports from the DPRK in 2024."
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
            digits = cells["quantity"]["text"].replace("\u202f", "") if "quantity" in cells else ""
            assert digits == (f"{round(float(quantity))}\xa0{record['quantity_unit']}" if quantity else "")


def test_a_page_of_goods_names_its_chapters():
    found = {slug: shown("commodity", slug)["chapters"] for slug in ("v", "27", "2701", "other")}
    assert found == {"v": ["25", "26", "27"], "27": ["27"], "2701": ["27"], "other": []}
    assert shown("commodities")["chapters"] == []


def test_the_headline_of_a_section_is_a_sentence():
    title = shown("commodity", "v", year=2015)["title"]
    assert title.startswith("Mineral fuels made up ") and title.endswith(
        "% of mineral products in China’s imports from the DPRK in 2015"
    )


def test_the_way_back_leads_through_the_nomenclature_and_keeps_the_choice():
    crumbs = page(cubes.commodities(), "commodity", "2701", year=2016)["crumbs"]
    assert [crumb["url"] for crumb in crumbs] == [
        "/commodities/?year=2016",
        "/commodities/v/?year=2016",
        "/commodities/27/?year=2016",
        "/commodities/2701/?year=2016",
    ]


# The front page.


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


# The same numbers in other forms.


@pytest.mark.parametrize("name", ["provinces", "commodities"])
def test_lines_draw_the_values_of_the_columns_and_with_estimates_their_sum(name):
    columns, lines = (figure(shown(name, flow="to_dprk", view=view), "by-year") for view in ("columns", "lines"))
    assert (columns["kind"], lines["kind"]) == ("stacked", "line")
    values = {one["key"]: [point["value"] for point in one["points"]] for one in columns["series"]}
    for line in lines["series"]:
        key = line["key"].removesuffix("-estimate")
        expected = values[key]
        if line["component"] == "estimate":
            both = zip(values[key], values[line["key"]], strict=True)
            expected = [None if e is None else cubes.add([r, e]) for r, e in both]
        assert [point["value"] for point in line["points"]] == expected


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


@pytest.mark.parametrize("flow", FLOWS)
def test_months_are_those_of_the_file_and_add_up_to_the_part_year(flow):
    drawn = figure(shown("provinces", flow=flow, period="months"), "by-year")
    assert [category["label"] for category in drawn["categories"]][::8] == ["Jan 2025", "Sep 2025"]
    months = {}
    for record in cubes.records(cubes.MONTHS_FILE):
        if record["flow"] == flow:
            months.setdefault(f"2025-{int(record['month']):02d}", []).append(cubes.number(record["reported_usd"]))
    expected = [cubes.add(months[category["key"]]) for category in drawn["categories"]]
    assert [total["value"] for total in drawn["totals"]] == expected
    assert sum(expected) == cubes.province_oracle().value(flow, PROVINCES, 2025)


def test_the_table_of_months_holds_months():
    payload = shown("province", "cn-ln", period="months")
    for flow in ("to-dprk", "from-dprk"):
        drawn = figure(payload, flow)
        rows = [row["cells"][0]["value"] for row in drawn["table"]["rows"]]
        assert rows == [point["value"] for point in drawn["series"][0]["points"]] and len(rows) == 9


def test_a_dataset_without_months_says_so_and_shows_years():
    payload = shown("commodities", period="months")
    assert payload["notices"] == ["This dataset has no months; years are shown."]
    assert payload["state"]["period"] == "years"


# Missing is not zero.


def row(key="CN-LN", flow="to_dprk", year=2020, value=100, **more):
    return {"key": key, "flow": flow, "year": year, "value_usd": value} | more


def test_missing_stays_missing_and_zero_stays_zero():
    of = cube([row(value=None, status="O"), row("CN-JL", value=0), row("CN-GD", value=7)])
    drawn = figure(page(of, "provinces", year=2020), "by-year")
    values = {one["key"]: one["points"][0]["value"] for one in drawn["series"]}
    assert values["cn-jl" if "cn-jl" in values else "others"] in (0,)
    rows = {r["key"]: r["cells"][1] for r in figure(page(of, "provinces"), "ranked")["table"]["rows"]}
    assert (rows["cn-ln"]["text"], rows["cn-ln"]["status_text"]) == ("–", "missing")
    assert (rows["cn-jl"]["text"], rows["cn-jl"]["value"]) == ("0", 0)
    assert rows["cn-bj"]["status_text"] == "missing: no figure in this release"


def test_a_sum_with_missing_parts_says_how_many_are_missing():
    payload = page(cube([row(value=None, status="O"), row("CN-JL", value=5), row("CN-GD", value=7)]), "provinces")
    assert "2020: 1 figure is missing or incomplete" in figure(payload, "ranked")["notes"][0]


def test_a_year_between_two_others_that_nobody_reported_is_a_gap():
    drawn = figure(page(cube([row(year=2018), row(year=2020)]), "provinces"), "by-year")
    assert [category["key"] for category in drawn["categories"]] == ["2018", "2019", "2020"]
    assert [total["value"] for total in drawn["totals"]] == [100, None, 100]
    assert drawn["totals"][1]["status_text"].startswith("missing")


def test_a_value_that_is_only_estimated_disappears_with_the_estimates():
    rows = [row(value=None, status="L"), row(value=50, component="estimate", status="E"), row("CN-JL", value=5)]
    shown, hidden = (page(cube(rows), "provinces", estimates=e) for e in ("on", "off"))
    assert figure(shown, "by-year")["totals"][0]["value"] == 55
    assert figure(hidden, "by-year")["totals"][0]["value"] == 5
    assert "missing" not in str(figure(shown, "ranked")["notes"])
    assert "1 figure is missing" in str(figure(hidden, "ranked")["notes"])
    reported = next(one for one in figure(shown, "by-year")["series"] if one["key"] == "cn-ln")
    assert reported["points"][0]["status_text"] == "missing: may exist, not collected"


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


def test_twelve_months_make_a_full_year_and_eleven_do_not():
    months = [row(month=month, value=month) for month in range(1, 13)]
    drawn = figure(page(cube(months), "provinces"), "by-year")
    assert (drawn["categories"][0]["label"], drawn["totals"][0]["value"]) == ("2020", 78)
    drawn = figure(page(cube(months[1:]), "provinces"), "by-year")
    assert (drawn["categories"][0]["label"], drawn["totals"][0]["value"]) == ("Feb–Dec 2020", 77)
    drawn = figure(page(cube([months[0], *months[2:]]), "provinces"), "by-year")
    assert drawn["categories"][0]["label"] == "11 months of 2020"


def test_a_part_year_is_compared_with_the_same_months_of_the_year_before():
    rows = [row(year=year, month=m, value=v) for year, v in ((2019, 10), (2020, 11)) for m in (1, 2, 3)]
    assert "10% more than in Jan–Mar 2019" in page(cube(rows), "provinces")["sentence"]


def test_a_blank_month_makes_its_year_incomplete():
    rows = [row(month=1, value=4), row(month=2, value=None, status="O")]
    payload = page(cube(rows), "provinces")
    assert figure(payload, "by-year")["totals"][0]["value"] == 4
    assert "1 figure is missing or incomplete" in str(figure(payload, "ranked")["notes"])


def test_goods_of_no_section_are_always_other_or_unspecified():
    of = cube([row("99", "from_dprk", value=900), row("27", "from_dprk", value=60), row("61", "from_dprk", value=40)],
              "commodity")  # fmt: skip
    bars = figure(page(of, "commodities"), "ranked")
    assert [(c["label"], t["value"]) for c, t in zip(bars["categories"], bars["totals"], strict=True)][-1] == (
        "Other or unspecified",
        900,
    )
    assert of["nodes"]["unspecified"]["colour"] == 0


def test_no_pie_is_drawn_of_one_part_or_of_nothing():
    one = page(cube([row("27", "from_dprk")], "commodity"), "commodities")
    nothing = page(cube([row("27", "from_dprk", value=0), row("61", "from_dprk", value=0)], "commodity"), "commodities")
    assert not [d for payload in (one, nothing) for d in payload["figures"] if d["kind"] == "pie"]


def test_a_release_without_rows_has_pages_without_figures():
    empty = cube([])
    for name, slug in (("provinces", ""), ("province", "cn-ln")):
        payload = page(empty, name, slug)
        assert (payload["figures"], payload["sentence"]) == ([], "This release holds no figures.")
    assert page(cube([], "commodity"), "commodity", "other")["figures"] == []


def test_a_flow_without_rows_is_a_page_of_gaps():
    payload = page(cube([row()]), "provinces", flow="from_dprk")
    assert payload["sentence"].startswith("There is no figure for China’s imports from the DPRK in 2020.")
    assert [total["value"] for total in figure(payload, "by-year")["totals"]] == [None]


def test_subheadings_open_below_their_heading():
    of = cube([row("270111", "from_dprk", value=30), row("270119", "from_dprk", value=10)], "commodity")
    drawn = figure(page(of, "commodity", "2701"), "ranked")
    assert [(c["key"], t["value"]) for c, t in zip(drawn["categories"], drawn["totals"], strict=True)] == [
        ("270111", 30),
        ("270119", 10),
    ]
    assert drawn["categories"][0]["url"] == "/commodities/270111/"


KEYS = st.sampled_from(["270111", "270119", "2709", "610910", "990001", "030617"])
ROWS = st.dictionaries(
    st.tuples(KEYS, st.sampled_from(FLOWS), st.integers(2018, 2021), st.integers(0, 12),
              st.sampled_from(["reported", "estimate"])),
    st.one_of(st.none(), st.integers(0, 10**12)),
    max_size=40,
)  # fmt: skip


@examples(50)
@given(ROWS)
def test_any_node_of_any_rows_is_the_sum_of_what_lies_below_it(values):
    rows = [
        row(key, flow, year, 0 if value is None and component == "estimate" else value, month=month,
            component=component, status="E" if component == "estimate" else "A" if value is not None else "O")
        for (key, flow, year, month, component), value in values.items()
    ]  # fmt: skip
    of = cube(rows, "commodity")
    for flow in FLOWS:
        for estimates in ON_OFF:
            cells = Cells(of, flow, estimates=estimates)
            for slug, starts in (("all", ""), ("v", "27"), ("27", "27"), ("2701", "2701"), ("xi", "61"), ("99", "99")):
                for year in of["years"]:
                    expected = cubes.add(
                        r["value_usd"]
                        for r in rows
                        if r["key"].startswith(starts) and r["flow"] == flow and r["year"] == year
                        and (estimates or r["component"] == "reported")
                    )  # fmt: skip
                    assert cells.value([slug], year) == expected


@pytest.mark.parametrize("slug", ["cn-ln", "cn-gd", "cn-hl", "cn-xz"])
def test_the_rank_of_a_province_is_counted_among_those_with_a_value(slug):
    oracle = cubes.province_oracle()
    drawn = figure(shown("province", slug), "ranks")
    siblings = [label["slug"].upper() for label in cubes.province_labels()]
    for one in drawn["series"]:
        for category, point in zip(drawn["categories"], one["points"], strict=True):
            values = [oracle.value(one["flow"], [other], int(category["key"])) for other in siblings]
            own = values[siblings.index(slug.upper())]
            above = sum(value > own for value in values if value is not None) if own is not None else None
            assert point["value"] == (None if own is None else above + 1)
            assert point["text"].startswith("–" if own is None else f"{above + 1}")
    cells = [row["cells"] for row in drawn["table"]["rows"]]
    assert [[cell["value"] for cell in row] for row in zip(*cells, strict=True)] == [
        [point["value"] for point in one["points"]] for one in drawn["series"]
    ]


def test_months_have_no_rank_and_a_year_without_a_value_is_a_gap():
    assert [one["id"] for one in shown("province", "cn-ln", period="months")["figures"]] == ["to-dprk", "from-dprk"]
    rows = [
        {"key": key, "flow": "to_dprk", "year": year, "value_usd": value}
        for year, values in {2001: (9, 5), 2002: (None, 5), 2003: (5, 5)}.items()
        for key, value in zip(("CN-LN", "CN-JL"), values, strict=True)
    ]
    line = figure(page(cube(rows), "province", "cn-ln"), "ranks")["series"][0]
    assert [point["value"] for point in line["points"]] == [1, None, 1]
    assert line["points"][1]["text"] == "–" and line["points"][0]["share"] == "US$9"


def test_goods_chosen_by_name_without_figures_in_a_flow_are_drawn_as_missing():
    drawn = figure(shown("commodities", flow="from_dprk", show="iii"), "by-year")
    assert [one["member"] for one in drawn["series"]] == ["iii"]
    assert {point["text"] for point in drawn["series"][0]["points"]} == {"–"}
