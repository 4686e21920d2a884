"""Both flows in one chart, and their balance: every number against the input file added up by hand."""

from xml.etree import ElementTree

import pytest

from tests.trade import cubes
from tests.trade.cubes import FLOWS, ON_OFF, PROVINCES, cube, figure, page, query, shown
from trade.charts import svg
from trade.charts.svg import axes

SVG = "{http://www.w3.org/2000/svg}"


def codes_of(key, drawn):
    """The provinces behind a member: its own, or for "others" those that are not drawn by themselves."""
    return [key.upper()] if key != "others" else [code for code in PROVINCES if code.lower() not in drawn]


def balance(codes, year, estimates):
    to, from_ = (cubes.province_oracle().value(flow, codes, year, estimates) for flow in FLOWS)
    return None if None in (to, from_) else to - from_


@pytest.mark.parametrize("estimates", ON_OFF)
def test_every_column_of_both_flows_is_the_files_sum_and_hangs_where_it_belongs(estimates):
    oracle, drawn = cubes.province_oracle(), figure(shown("provinces", **query("both", estimates)), "by-year")
    named = {one["member"] for one in drawn["series"]}
    assert {(one["flow"], one["sign"]) for one in drawn["series"]} == {("to_dprk", 1), ("from_dprk", -1)}
    for one in drawn["series"]:
        codes = codes_of(one["member"], named)
        expected = [oracle.part(one["component"], one["flow"], codes, year) for year in oracle.years]
        assert [point["value"] for point in one["points"]] == expected
    for flow, totals in drawn["flow_totals"].items():
        assert [one["value"] for one in totals] == [oracle.value(flow, PROVINCES, y, estimates) for y in oracle.years]
    both = [cubes.add(oracle.value(flow, PROVINCES, year, estimates) for flow in FLOWS) for year in oracle.years]
    assert [total["value"] for total in drawn["totals"]] == both


@pytest.mark.parametrize("estimates", ON_OFF)
def test_lines_of_both_flows_are_their_totals(estimates):
    oracle = cubes.province_oracle()
    for show, codes in (("", PROVINCES), ("cn-ln,cn-gd", ["CN-LN", "CN-GD"])):
        drawn = figure(shown("provinces", **query("both", estimates, view="lines", show=show)), "by-year")
        lines = {(one["flow"], one["component"]): one["points"] for one in drawn["series"]}
        assert {flow for flow, _component in lines} == set(FLOWS) and {one["sign"] for one in drawn["series"]} == {1}
        for (flow, component), points in lines.items():
            for year, point in zip(oracle.years, points, strict=True):
                whole = oracle.value(flow, codes, year)
                estimated = oracle.part("estimate", flow, codes, year)
                with_estimates = whole if estimated is not None else None
                expected = oracle.part("reported", flow, codes, year) if component == "reported" else with_estimates
                assert point["value"] == expected


@pytest.mark.parametrize("estimates", ON_OFF)
@pytest.mark.parametrize("view", ["columns", "lines"])
def test_a_balance_is_one_flow_less_the_other_and_missing_where_either_is(estimates, view):
    oracle, drawn = (
        cubes.province_oracle(),
        figure(shown("provinces", **query("balance", estimates, view=view)), "by-year"),
    )
    named = {one["member"] for one in drawn["series"]}
    assert named == {"balance"} if view == "columns" else {"cn-ln", "others"} <= named
    for one in drawn["series"]:
        codes = PROVINCES if view == "columns" else codes_of(one["member"], named)
        expected = [balance(codes, year, estimates) for year in oracle.years]
        assert [point["value"] for point in one["points"]] == expected
        assert all(point["share"] == "" for point in one["points"])
    assert [total["value"] for total in drawn["totals"]] == [balance(PROVINCES, y, estimates) for y in oracle.years]


@pytest.mark.slow
@pytest.mark.parametrize("estimates", ON_OFF)
def test_bars_and_rows_of_a_balance_are_the_files(estimates):
    oracle = cubes.province_oracle()
    for year in oracle.years[::3]:
        drawn = figure(shown("provinces", **query("balance", estimates, year=year)), "ranked")
        values = [total["value"] for total in drawn["totals"]]
        assert values == sorted(values, reverse=True)
        for category, total in zip(drawn["categories"], drawn["totals"], strict=True):
            assert total["value"] == balance([category["key"].upper()], year, estimates)
        known = [abs(b) for code in PROVINCES if (b := balance([code], year, estimates)) is not None]
        assert sorted(map(abs, values)) == sorted(sorted(known)[-10:])
        columns = [column["key"] for column in drawn["table"]["columns"]][1:]
        for row in drawn["table"]["rows"]:
            cells = dict(zip(columns, row["cells"], strict=True))
            codes = PROVINCES if row["total"] else [row["key"].upper()]
            assert cells["balance"]["value"] == balance(codes, year, estimates)
            for flow in FLOWS:
                assert cells[flow.replace("_", "-")]["value"] == oracle.value(flow, codes, year, estimates)


@pytest.mark.parametrize("estimates", ON_OFF)
def test_bars_of_both_flows_go_both_ways_and_their_number_is_the_sum(estimates):
    oracle = cubes.province_oracle()
    drawn = figure(shown("provinces", **query("both", estimates, year=2016)), "ranked")
    named = {category["key"] for category in drawn["categories"]}
    for place, category in enumerate(drawn["categories"]):
        codes = codes_of(category["key"], named)
        for one in drawn["series"]:
            assert one["points"][place]["value"] == oracle.part(one["component"], one["flow"], codes, 2016)
            assert one["sign"] == (1 if one["flow"] == "to_dprk" else -1)
        assert drawn["totals"][place]["value"] == cubes.add(oracle.value(f, codes, 2016, estimates) for f in FLOWS)


def test_of_both_flows_and_of_a_balance_there_is_no_pie():
    for flow in ("both", "balance"):
        for name, slug in (("commodities", ""), ("commodity", "v")):
            kinds = [one["kind"] for one in shown(name, slug, flow=flow, year=2016)["figures"]]
            assert kinds == ["bars", "stacked"]


def test_the_words_of_a_balance_say_who_sold_more_and_give_both_sides():
    payload = shown("provinces", flow="balance", year=2024)
    assert payload["title"] == (
        "China sold the DPRK US$1.80\xa0bn more than it bought in 2024"
        " (2024 includes estimates; 3 figures missing in 2024)"
    )
    assert payload["sentence"] == (
        "In 2024: China’s exports to the DPRK came to US$2.14\xa0bn (FOB, of which US$310\xa0m is an estimate);"
        " China’s imports from the DPRK came to US$347\xa0m (CIF, 3 figures missing)."
    )
    for flow, value in zip(FLOWS, ("US$2.14\xa0bn", "US$347\xa0m"), strict=True):
        assert f"came to {value} in 2024" in shown("provinces", flow=flow, year=2024)["sentence"]


def rows(to, from_):
    found = [("to_dprk", to), ("from_dprk", from_)]
    return [{"key": "CN-LN", "flow": flow, "year": 2020, "value_usd": v, "status": "A" if v is not None else "Q"}
            for flow, v in found]  # fmt: skip


@pytest.mark.parametrize(
    ("to", "from_", "title"),
    [
        (7, 9, "China bought US$2 more from the DPRK than it sold in 2020"),
        (9, 9, "China sold the DPRK as much as it bought in 2020"),
        (9, None, "China’s trade balance with the DPRK: no figure for 2020"),
    ],
)
def test_a_deficit_an_even_trade_and_a_missing_side_are_told_apart(to, from_, title):
    payload = page(cube(rows(to, from_)), "provinces", flow="balance", year=2020)
    assert payload["title"] == title
    point = figure(payload, "by-year")["series"][0]["points"][0]
    assert point["value"] == (None if from_ is None else to - from_)
    if from_ is None:
        assert point["status_text"] == "missing: suppressed"


def test_a_deficit_is_drawn_below_nought_and_to_the_left():
    payload = page(cube(rows(7, 9)), "provinces", flow="balance")
    root = ElementTree.fromstring(svg.draw(figure(payload, "by-year")))
    axis = next(e for e in root.iter(f"{SVG}line") if e.get("class") == "axis")
    plot = next(e for e in root.iter(f"{SVG}svg") if "viewBox" in e.attrib)
    stroke = next(e.get("d") for e in plot.iter(f"{SVG}path"))
    bottom, height = (float(n) for n in stroke.partition(" ")[2].split("v-"))
    assert 100 * (bottom - height) / axes.PLOT >= float(axis.get("y1").removesuffix("%")) - 0.1
    bar = next(
        e
        for e in ElementTree.fromstring(svg.draw(figure(payload, "ranked"))).iter(f"{SVG}rect")
        if "bar" in e.get("class")
    )
    assert (bar.get("x"), bar.get("width")) == ("0%", "100%")


def test_what_hangs_below_the_axis_is_as_long_as_its_value():
    drawn = figure(page(cube(rows(30, 10)), "provinces", flow="both", estimates="off"), "by-year")
    root = ElementTree.fromstring(svg.draw(drawn))
    plot = next(e for e in root.iter(f"{SVG}svg") if e.get("viewBox"))
    height = float(plot.get("viewBox").split()[3])
    heights = [float(e.get("d").split("v-")[1]) for e in plot.iter(f"{SVG}path") if "v-" in e.get("d")]
    marks = [float(t.text.replace("US$", "")) for t in root.iter(f"{SVG}text") if t.text.replace("US$", "").isdigit()]
    span = max(marks) * 2 if marks.count(max(marks)) > 1 else None
    assert len(heights) == 2 and abs(heights[0] / heights[1] - 3) < 0.1
    assert span is None or heights[0] < height


def test_a_logarithmic_scale_keeps_ratios_and_draws_no_nought():
    values = [(2016, 10), (2017, 1000), (2018, 0), (2019, 100_000)]
    of = cube([{"key": "CN-LN", "flow": "to_dprk", "year": year, "value_usd": v} for year, v in values])
    drawn = figure(page(of, "provinces", view="lines", scale="log"), "by-year")
    assert (
        drawn["scale"] == "log"
        and "zero cannot be shown" in " ".join(drawn["notes"])
        and "not shown" in " ".join(drawn["notes"])
    )
    root = ElementTree.fromstring(svg.draw(drawn))
    d = next(e.get("d") for e in root.iter(f"{SVG}path") if e.get("class") == "line")
    first, second, third = (float(part.split(" ")[1].partition("h")[0]) for part in d.replace("L", "M").split("M")[1:])
    assert abs((first - second) - (second - third)) < 0.2 and d.count("M") == 2
    ticks = [t.text for t in root.iter(f"{SVG}text") if t.text and ("US$" in t.text or t.text in ("10", "1,000"))]
    assert ticks == ["10", "1,000", "US$100,000"]


def test_a_break_in_the_source_is_drawn_said_and_joined_by_no_line():
    facts = [(2018, "A"), (2019, "A"), (2020, "B"), (2021, "A")]
    of = cube([{"key": "CN-LN", "flow": "to_dprk", "year": year, "value_usd": 5, "status": s} for year, s in facts])
    drawn = figure(page(of, "provinces", view="lines"), "by-year")
    assert [category["break_before"] for category in drawn["categories"]] == [False, False, True, False]
    assert "Break in series before 2020" in " ".join(drawn["notes"]) and "b: break in the series." in drawn["notes"]
    root = ElementTree.fromstring(svg.draw(drawn))
    assert next(e.get("d") for e in root.iter(f"{SVG}path") if e.get("class") == "line").count("M") == 2
    assert len([e for e in root.iter(f"{SVG}line") if e.get("class") == "break"]) == 1
    assert [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "mark"] == ["b"]
    columns = ElementTree.fromstring(svg.draw(figure(page(of, "provinces"), "by-year")))
    assert len([e for e in columns.iter(f"{SVG}line") if e.get("class") == "break"]) == 1


def test_low_reliability_is_marked_in_the_drawing_the_table_and_the_notes():
    of = cube([{"key": "CN-LN", "flow": "to_dprk", "year": 2020, "value_usd": 5, "status": "U"}])
    for view in ("columns", "lines"):
        drawn = figure(page(of, "provinces", view=view), "by-year")
        root = ElementTree.fromstring(svg.draw(drawn))
        assert [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "mark"] == ["u"]
        assert "u: low reliability." in drawn["notes"]
        assert drawn["table"]["rows"][0]["cells"][0]["status_text"] == "low reliability"


def test_what_is_drawn_by_name_is_drawn_alone_each_in_a_colour_of_its_own():
    oracle, asked = cubes.province_oracle(), "cn-xz,cn-ln,cn-qh,cn-nx"
    payload = shown("provinces", show=asked, highlight="cn-xz", view="lines")
    drawn = figure(payload, "by-year")
    assert [one["member"] for one in drawn["series"]] == asked.split(",")
    assert len({one["colour"] for one in drawn["series"]} - {0}) == 4
    assert [one["dim"] for one in drawn["series"]] == [False, True, True, True]
    for one in drawn["series"]:
        expected = [oracle.value("to_dprk", [one["member"].upper()], year) for year in oracle.years]
        assert [point["value"] for point in one["points"]] == expected


def test_a_share_of_what_is_drawn_by_name_is_of_all_provinces():
    drawn = figure(shown("provinces", show="cn-ln", unit="share"), "by-year")
    oracle = cubes.province_oracle()
    for year, point in zip(oracle.years, drawn["series"][0]["points"], strict=True):
        part, whole = (oracle.value("to_dprk", codes, year) for codes in (["CN-LN"], PROVINCES))
        assert abs(point["value"] - 100 * part / whole) < 0.001


def test_the_share_of_a_point_is_its_own_and_not_its_members():
    oracle, drawn = cubes.province_oracle(), figure(shown("provinces", year=2024), "ranked")
    place = [category["key"] for category in drawn["categories"]].index("cn-hl")
    whole = oracle.value("to_dprk", PROVINCES, 2024)
    for one in drawn["series"]:
        part = oracle.part(one["component"], "to_dprk", ["CN-HL"], 2024)
        assert abs(float(one["points"][place]["share"].partition("%")[0]) - 100 * part / whole) <= 0.5
    assert (
        abs(float(drawn["totals"][place]["share"].rstrip("%")) - 100 * oracle.value("to_dprk", ["CN-HL"], 2024) / whole)
        <= 0.5
    )


def quantities(code, year):
    """What the file has of a code: its rows with a value, and their quantities in tonnes."""
    found = [r for r in cubes.records(cubes.HEADINGS_FILE) if r["code"].startswith(code) and int(r["year"]) == year]
    return [r for r in found if r["flow"] == "from_dprk" and r["reported_usd"] not in ("", "0")]


@pytest.mark.slow
@pytest.mark.parametrize("chapter", ["25", "26", "27"])
def test_a_quantity_is_the_sum_where_all_is_weighed_and_its_unit_value_the_quotient(chapter):
    of = cubes.commodities()
    for year in (1998, 2010, 2016, 2018):
        drawn = [one for one in page(of, "commodity", chapter, year=year)["figures"] if one["id"] == "ranked"]
        columns = [column["key"] for column in drawn[0]["table"]["columns"]][1:]
        assert ("quantity" in columns) == any(r["quantity"] for r in quantities(chapter, year))
        for row in drawn[0]["table"]["rows"]:
            cells = dict(zip(columns, row["cells"], strict=True))
            if "quantity" not in cells or row["total"]:
                continue
            held = quantities(row["key"], year)
            weighed = bool(held) and all(r["quantity"] for r in held)
            tonnes = sum(float(r["quantity"]) for r in held if r["quantity"])
            expected = f"{round(tonnes):,}" + "\xa0t" if weighed else ""
            assert cells["quantity"]["text"] == expected
            if weighed:
                each = sum(int(r["reported_usd"]) for r in held) / tonnes
                said = float(cells["unit-value"]["text"].removeprefix("US$").removesuffix("/t").replace(",", ""))
                assert abs(said - each) <= 0.006 * each


def test_quantities_in_two_units_are_not_added():
    rows = [{"key": code, "flow": "from_dprk", "year": 2020, "value_usd": 10, "quantity": 2.0, "quantity_unit": unit}
            for code, unit in (("2701", "t"), ("2716", "kWh"), ("2601", "t"), ("2603", "t"))]  # fmt: skip
    table = figure(page(cube(rows, "commodity"), "commodity", "v"), "ranked")["table"]
    at = [column["key"] for column in table["columns"]].index("quantity") - 1
    assert {row["key"]: row["cells"][at]["text"] for row in table["rows"]} == {"26": "4\xa0t", "27": "", "all": ""}
