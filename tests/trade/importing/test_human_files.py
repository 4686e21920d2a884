"""What people do to a table that a program would read wrongly without a word: each is read right, asked, or refused."""

import pytest

from tests.files import ods, people_wide, raised, replaced, text, xls, xlsx

WIDE = [["Province", 2015, 2016], ["Liaoning", 1, 2], ["Jilin", 3, 4]]
TITLE = "China's exports to North Korea"
LONG = ["Province", "Year", "Value (US$)"]


def doubts(found):
    found.frame()
    return [name for name, _text in found.doubts]


# --- headers in two levels ---------------------------------------------------------------------------------------

MONTHS = {
    ("Liaoning", "to_dprk", 2016, 11): 1,
    ("Liaoning", "to_dprk", 2016, 12): 2,
    ("Liaoning", "to_dprk", 2017, 1): 3,
}


@pytest.mark.parametrize(
    ("years", "months"),
    [
        (["Province", 2016, None, 2017], [None, "Nov", "Dec", "Jan"]),
        ([None, "2016", None, "2017"], ["Province", "November", "December", "January"]),
        ([None, "2016年", "2016年", "2017年"], ["省份", "11月", "12月", "1月"]),
        (["Province", 2016, None, 2017], [None, 11, 12, 1]),
    ],
)
def test_years_above_months_are_read_together(read, years, months):
    found = read(xlsx({TITLE: [years, months, ["Liaoning", 1, 2, 3]]}))
    assert found.values() == MONTHS
    assert not found.doubts


def test_years_merged_above_their_months_are_read_and_cells_keep_their_places(read):
    rows = [["Province", 2016, None, 2017], [None, "Nov", "Dec", "Jan"], ["Liaoning", 1, 2, "many"]]
    found = read(xlsx({TITLE: rows}, merged={TITLE: ["A1:A2", "B1:C1"]}))
    assert [fault.cell for fault in found.faults] == ["D3"]


def test_a_total_among_months_is_that_of_its_year(read):
    rows = [["Province", 2016, None, None], [None, "Jan", "Feb", "Total"], ["Liaoning", 1, 2, 9], ["Jilin", 3, 4, 7]]
    found = read(xlsx({TITLE: rows}))
    assert {(total["year"], total["value_usd"]) for total in found.totals()} == {(2016, 9), (2016, 7)}
    assert len(found.values()) == 4


@pytest.mark.parametrize("months", [["Jan", "Feb", "Mar"], ["1月", "2月", "3月"], [1, 2, 3]])
def test_months_under_a_title_with_one_year_must_be_ticked(read, months):
    found = read(xlsx({"S": [[f"{TITLE}, 2016"], ["Province", *months], ["Liaoning", 4, 5, 6]]}))
    assert found.values() == {("Liaoning", "to_dprk", 2016, month): month + 3 for month in (1, 2, 3)}
    assert doubts(found) == ["year"]


@pytest.mark.parametrize("title", [TITLE, f"{TITLE}, 2015–2016", f"{TITLE}, 2015 and 2016"])
def test_months_whose_year_is_not_plain_are_refused(read, title):
    found = read(xlsx({"S": [[title], ["Province", "Jan", "Feb"], ["Liaoning", 4, 5]]}))
    assert found.codes == ["unknown-form"]


def test_small_values_under_years_are_never_taken_for_months(read):
    rows = [["Province", 2015, 2016, 2017], ["Liaoning", 1, 2, 3], ["Jilin", 4, 5, 6]]
    assert read(xlsx({TITLE: rows})).values()["Liaoning", "to_dprk", 2016, 0] == 2
    nameless = read(xlsx({TITLE: [rows[0], [None, 1, 2, 3], *rows[1:]]}))
    assert nameless.codes == ["no-name"]


# --- headings within a table -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "China's imports from the DPRK",
        "Exports to South Korea",
        "South Korea",
        "Quantity, tonnes",
        "数量",
        "Share of total, %",
        "Growth",
    ],
)
def test_a_heading_that_tells_apart_what_follows_is_refused_with_its_cell(read, heading):
    wide = read(xlsx({TITLE: [*WIDE[:2], [heading], *WIDE[2:]]}))
    assert [(fault.code, fault.cell) for fault in wide.faults] == [("heading", "A3")]
    rows = [LONG, ["Liaoning", 2015, 1], [heading], ["Jilin", 2015, 2]]
    assert read(text(rows), flow="to_dprk").codes == ["heading"]
    assert read(xlsx({TITLE: rows})).codes == ["heading"]


def test_two_bare_flows_as_headings_are_refused(read):
    rows = [LONG, ["Exports"], ["Liaoning", 2015, 1], ["Imports"], ["Jilin", 2015, 2]]
    assert read(text(rows), flow="to_dprk").codes == ["heading", "heading"]


def test_a_year_that_stands_alone_in_a_long_table_is_refused(read):
    rows = [LONG, ["Liaoning", 2015, 1], [2016], ["Jilin", 2015, 2]]
    assert read(text(rows), flow="to_dprk").codes == ["heading"]


def test_any_other_heading_within_a_table_must_be_ticked(read):
    found = read(xlsx({TITLE: [WIDE[0], ["North-East"], *WIDE[1:], ["Source: customs, imports and exports."]]}))
    assert doubts(found) == ["heading"]
    assert "“North-East” (A2)" in found.doubts[0][1]
    assert "Source" not in found.doubts[0][1]


def test_the_same_flow_as_a_heading_says_nothing_new(read):
    found = read(xlsx({TITLE: [WIDE[0], ["China's exports to the DPRK"], *WIDE[1:]]}))
    assert doubts(found) == ["heading"]


# --- parts of a year -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    ["January–September 2016", "2016年1-9月", "Jan. to Sept. 2016", "first half of 2016", "2016年上半年", "2016 H1"],
)
def test_a_year_under_a_title_about_part_of_it_must_be_ticked(read, said):
    above = read(xlsx({"S": [[f"{TITLE}, {said}"], *WIDE]}))
    assert doubts(above) == ["part-year"]
    below = read(xlsx({TITLE: [*WIDE, [], [f"* {said}"]]}))
    assert doubts(below) == ["part-year"]
    long = read(text([[said], LONG, ["Liaoning", 2016, 1]]), flow="to_dprk")
    assert doubts(long) == ["part-year"]


@pytest.mark.parametrize(
    "said", ["January–December 2016", "2016年1-12月", "Retrieved in March 2017", "10-15 provinces"]
)
def test_a_whole_year_needs_no_tick(read, said):
    assert doubts(read(xlsx({"S": [[f"{TITLE}, {said}"], *WIDE]}))) == []


def test_months_need_no_tick_for_part_of_a_year(read):
    found = read(
        xlsx({"S": [[f"{TITLE}, January–February 2016"], ["Province", "2016-01", "2016-02"], ["Jilin", 1, 2]]})
    )
    assert doubts(found) == []


# --- what the format of a cell shows -------------------------------------------------------------------------------


def formatted(code, cells=("B2", "C2", "B3", "C3")):
    return xlsx({TITLE: WIDE}, formats={TITLE: dict.fromkeys(cells, code)})


@pytest.mark.parametrize("code", ['"¥"#,##0', "[$¥-804]#,##0", "[$€-2] #,##0", '#,##0 "万元"', '#,##0 "RMB"'])
def test_values_that_are_shown_in_another_currency_are_refused(read, code):
    assert read(formatted(code)).codes == ["currency"]


def test_values_that_are_shown_as_shares_are_refused(read):
    assert read(formatted("0%")).codes == ["percent"]


@pytest.mark.parametrize("code", ['#,##0"k"', '#,##0 "mn"', '#,##0"万"'])
def test_a_scale_that_only_the_format_shows_is_a_question(read, code):
    assert read(formatted(code)).asked == ["unit"]


@pytest.mark.parametrize("code", ['"US$"#,##0', "[$$-409]#,##0", "#,##0;[Red]-#,##0", '#,##0.0,,"m"', "@", "General"])
def test_other_formats_say_nothing_of_the_value(read, code):
    assert read(formatted(code)).values()["Jilin", "to_dprk", 2016, 0] == 4


def test_a_format_of_cells_that_are_not_read_says_nothing(read):
    rows = [[*WIDE[0], "Growth, %"], [*WIDE[1], 0.5], [*WIDE[2], 0.25]]
    book = xlsx({TITLE: rows}, formats={TITLE: {"D2": "0%", "D3": "0%", "F9": '"¥"0'}})
    assert read(book).values()["Jilin", "to_dprk", 2016, 0] == 4


def test_a_long_table_is_held_to_the_formats_of_its_values_too(read):
    rows = [["province", "year", "flow", "value"], ["Liaoning", 2016, "to_dprk", 5]]
    assert read(xlsx({"S": rows}, formats={"S": {"D2": '"¥"#,##0'}})).codes == ["currency"]


def test_an_ods_says_the_currency_of_each_cell(read):
    book = replaced(ods({TITLE: WIDE}), "content.xml", 'office:value-type="float" office:value="4"',
                    'office:value-type="currency" office:currency="CNY" office:value="4"')  # fmt: skip
    assert read(book).codes == ["currency"]


# --- hidden rows and columns ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hidden_rows_are_read_and_must_be_ticked(read):
    rows = [["Province", 2015], *([f"Liaoning {n}", n] for n in range(8_000))]
    book = replaced(xlsx({TITLE: rows}), "xl/worksheets/sheet1.xml", '<row r="7900"', '<row r="7900" hidden="1"')
    assert doubts(read(book)) == ["hidden"]
    old = replaced(
        ods({TITLE: WIDE}), "content.xml", "<table:table-row>", '<table:table-row table:visibility="collapse">'
    )
    assert doubts(read(old)) == ["hidden"]


def test_a_table_in_plain_sight_needs_no_tick(read):
    for make in (xlsx, xls, ods):
        assert doubts(read(make({TITLE: people_wide(title=TITLE)}))) == []


# --- marks of notes, and tables beyond measure ---------------------------------------------------------------------


def test_a_raised_mark_of_a_note_is_never_taken_for_a_digit(read):
    book = xlsx({TITLE: [WIDE[0], ["Liaoning", raised("1234", "2"), 2], ["Jilin", 3, 4]]})
    assert [(fault.code, fault.cell) for fault in read(book).faults] == [("note-mark", "B2")]
    title = xlsx({TITLE: [[raised("Exports to the DPRK", "1")], *WIDE]})
    assert read(title).values()["Jilin", "to_dprk", 2016, 0] == 4


@pytest.mark.slow
def test_a_wide_table_of_more_rows_than_there_are_names_is_refused_at_once(read):
    rows = [["Province", 2015], *(["Liaoning", n] for n in range(100_001))]
    assert read(text(rows), flow="to_dprk").codes == ["rows"]


def test_a_line_of_more_fields_than_there_are_columns_is_refused_at_once(read):
    assert read(b"," * 3 * 2**20, flow="to_dprk").codes == ["no-table"]
    assert read(b"province,2015\nCN-LN,1\n" + b"," * 3 * 2**20, flow="to_dprk").codes == ["no-table"]
