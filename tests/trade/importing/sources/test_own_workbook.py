"""Workbooks as people make them, and our own."""

import datetime as dt

import pytest

from tests.files import (
    LONG_HEADER,
    LONG_ROWS,
    WIDE_ROWS,
    archive,
    ods,
    our_workbook,
    people_wide,
    repacked,
    replaced,
    strict,
    with_cached,
    xls,
    xlsx,
)

THOUSANDS = {
    ("Liaoning", "to_dprk", 2015, 0): 2171000,
    ("Liaoning", "to_dprk", 2016, 0): 1666000,
    ("Jilin", "to_dprk", 2015, 0): None,
    ("Jilin", "to_dprk", 2016, 0): 0,
    ("Nei Mongol", "to_dprk", 2015, 0): None,
    ("Nei Mongol", "to_dprk", 2016, 0): 12000,
}


def known(values):
    """Leave the notes below a table out, as `checks.resolve` does."""
    return {key: value for key, value in values.items() if key[0] in ("Liaoning", "Jilin", "Nei Mongol", "Beijing")}


@pytest.mark.parametrize("make", [xlsx, xls, ods, lambda sheets: strict(xlsx(sheets))])
def test_a_table_with_a_title_above_and_notes_below_is_read_in_every_kind_of_workbook(read, make):
    found = read(make({"Sheet1": people_wide()}))
    assert known(found.values()) == THOUSANDS
    [[name, told]] = found.doubts
    assert (name, told[-32:]) == ("unit", "For example, B4 is US$2,171,000.")
    assert "Sheet “Sheet1”: the values were read as US$ thousand" in told


def test_a_value_knows_its_cell(read):
    row = read(("trade.xlsx", xlsx({"Sheet1": people_wide()}))).frame().iloc[1]
    assert (row["file"], row["sheet"], row["row"], row["column"]) == ("trade.xlsx", "Sheet1", 4, "C")


def test_one_sheet_a_flow(read):
    rows = [["Province", 2016], ["Liaoning", 5]]
    found = read(xlsx({"to_dprk": rows, "from_dprk": [["Province", 2016], ["Liaoning", 7]]}))
    assert found.values() == {("Liaoning", "to_dprk", 2016, 0): 5, ("Liaoning", "from_dprk", 2016, 0): 7}


@pytest.mark.parametrize(
    ("title", "flow"),
    [
        ("China's exports to North Korea", "to_dprk"),
        ("North Korea's exports to China", "from_dprk"),
        ("Chinese imports from the DPRK", "from_dprk"),
        ("DPRK imports from China", "to_dprk"),
        ("中国对朝鲜出口", "to_dprk"),
        ("自朝鲜进口", "from_dprk"),
        ("出口", "to_dprk"),
        ("进口", "from_dprk"),
    ],
)
def test_the_title_says_the_flow(read, title, flow):
    found = read(xlsx({"Sheet1": [[title], *WIDE_ROWS]}))
    assert {key[1] for key in found.values()} == {flow}


def test_exports_without_a_country_is_a_question_not_a_guess(read):
    sheets = {"Exports": [["Province", 2016], ["Liaoning", 5]], "Imports": [["Province", 2016], ["Liaoning", 7]]}
    assert read(xlsx(sheets)).asked == ["exports"]
    found = read(xlsx(sheets), answers={"exports": "partner"}).values()
    assert found == {("Liaoning", "to_dprk", 2016, 0): 5, ("Liaoning", "from_dprk", 2016, 0): 7}
    found = read(xlsx(sheets), answers={"exports": "dprk"}).values()
    assert found == {("Liaoning", "from_dprk", 2016, 0): 5, ("Liaoning", "to_dprk", 2016, 0): 7}


def test_a_sheet_without_a_flow_takes_that_of_the_upload_or_asks(read):
    data = xlsx({"Sheet1": WIDE_ROWS})
    assert read(data).asked == ["flow"]
    assert {key[1] for key in read(data, flow="from_dprk").values()} == {"from_dprk"}
    assert {key[1] for key in read(data, answers={"flow": "to_dprk"}).values()} == {"to_dprk"}


def test_a_flow_at_upload_that_the_title_denies_is_a_fault(read):
    assert read(xlsx({"Sheet1": people_wide()}), flow="from_dprk").codes == ["flow-conflict"]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Exports to the DPRK, US$ million", 1666000000),
        ("Exports to the DPRK (thousands of US dollars)", 1666000),
        ("Exports to the DPRK, USD '000", 1666000),
        ("对朝鲜出口（万美元）", 16660000),
        ("对朝鲜出口 单位：千美元", 1666000),
        ("对朝鲜出口（亿美元）", 166600000000),
        ("Exports to the DPRK, US dollars", 1666),
        ("Exports to the DPRK", 1666),
    ],
)
def test_the_unit_in_the_title_counts(read, title, value):
    found = read(xlsx({"Sheet1": [[title], *WIDE_ROWS]})).values()
    assert found["Liaoning", "to_dprk", 2016, 0] == value


def test_millions_with_decimals_are_whole_dollars(read):
    rows = [["Exports to the DPRK, US$ million"], ["Province", 2015, 2016], ["Liaoning", 1.198162, "4.35"]]
    assert list(read(xlsx({"A": rows})).values().values()) == [1198162, 4350000]


@pytest.mark.parametrize(
    "title",
    ["对朝鲜出口（万元）", "Exports to the DPRK, RMB million", "对朝鲜出口 人民币", "Exports to the DPRK, yuan"],
)
def test_yuan_is_refused_with_advice(read, title):
    found = read(xlsx({"Sheet1": [[title], *WIDE_ROWS]}))
    assert found.codes == ["currency"]
    assert "美元" in found.faults[0].message


@pytest.mark.parametrize(
    "rows",
    [
        [["Exports to the DPRK, US$ thousand"], ["US$ million"], *WIDE_ROWS],
        [["Exports to the DPRK, in thousands"], *WIDE_ROWS],
        [["Exports to the DPRK"], *WIDE_ROWS, ["Note: values in US$ thousand"]],
    ],
)
def test_a_unit_that_is_not_clear_is_a_question(read, rows):
    assert read(xlsx({"A": rows})).asked == ["unit"]
    assert read(xlsx({"A": rows}), answers={"unit": "1000"}).values()["Liaoning", "to_dprk", 2016, 0] == 1666000


def test_a_unit_that_only_another_sheet_names_is_a_question(read):
    data = xlsx({"Exports to DPRK": WIDE_ROWS, "About": [["All values are in US$ million."]]})
    assert read(data).asked == ["unit"]


def test_a_total_row_and_a_total_column_are_kept_apart(read):
    rows = [["Province", 2015, 2016, "Total"], ["Liaoning", 1, 2, 3], ["Jilin", 3, 4, 7], ["合计", 4, 6, 10]]
    found = read(xlsx({"to_dprk": rows}))
    assert len(found.values()) == 4
    stated = {(total["column"], total["row"]): total["value_usd"] for total in found.totals()}
    assert stated == {("B", 4): 4, ("C", 4): 6, ("D", 2): 3, ("D", 3): 7}


@pytest.mark.parametrize("header", ["2016年", "２０１６", "2016.0", " 2016 ", "2016 [note 1]", 2016.0])
def test_years_as_people_write_them(read, header):
    assert list(read(xlsx({"to_dprk": [["Province", header], ["Liaoning", 5]]})).values()) == [
        ("Liaoning", "to_dprk", 2016, 0)
    ]


@pytest.mark.parametrize("header", ["2025-03", "2025年3月", "Mar 2025", "202503", "2025/3", "03/2025"])
def test_months_as_people_write_them(read, header):
    assert list(read(xlsx({"to_dprk": [["Province", header], ["Liaoning", 5]]})).values()) == [
        ("Liaoning", "to_dprk", 2025, 3)
    ]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (dt.date(2016, 1, 1), "date"),
        (dt.datetime(2016, 3, 1), "date"),  # noqa: DTZ001
        ("Jan–Sep 2025", "part-year"),
        ("2025年1-9月", "part-year"),
        ("2016Q1", "part-year"),
        ("1998–2024", "range"),
        ("Mar-16", "two-digit-year"),
        ("2016x", "header"),
        ("2O16", "header"),
        (None, "header"),
        (2015, "duplicate-column"),
    ],
)
def test_a_column_of_values_that_is_no_period_is_a_fault_and_never_lost(read, header, code):
    found = read(xlsx({"to_dprk": [["Province", 2015, header], ["Liaoning", 5, 6], ["Jilin", 7, 8]]}))
    assert found.codes == [code]
    assert found.faults[0].cell == "C1"


def test_a_lost_year_on_the_left_of_the_others_is_a_fault(read):
    rows = [["Province", "1998x", 1999, 2000], ["Liaoning", 5, 6, 7]]
    assert read(xlsx({"to_dprk": rows})).codes == ["header"]


def test_shares_and_growth_are_passed_over_and_said(read):
    rows = [["Province", 2015, 2016, "Growth, %", "Notes"], ["Liaoning", 5, 6, 20.0, "up"]]
    found = read(xlsx({"to_dprk": rows}))
    assert len(found.values()) == 2
    assert "Growth, %" in " ".join(found.remarks)


@pytest.mark.parametrize(
    "value", [-5, "(5)", "1.5e9", 1.5, 1e308, "12%", True, dt.date(2016, 1, 1), "5 million", "n.b.", "#REF!", "1,23"]
)
def test_a_value_that_is_none_is_a_fault_with_its_cell(read, value):
    found = read(xlsx({"to_dprk": [["Province", 2015, 2016], ["Liaoning", 5, value]]}))
    assert len(found.codes) == 1
    assert (found.faults[0].sheet, found.faults[0].cell) == ("to_dprk", "C2")


def test_all_faults_of_a_table_come_at_once(read):
    rows = [["Province", 2015, 2016], ["Liaoning", -1, "x"], ["Jilin", 1.5, 4]]
    assert [fault.cell for fault in read(xlsx({"to_dprk": rows})).faults] == ["B2", "C2", "B3"]


def test_values_without_a_name_are_a_fault(read):
    assert read(xlsx({"to_dprk": [*WIDE_ROWS, [None, 5, 6]]})).codes == ["no-name"]


def test_a_code_and_a_name_that_disagree_are_a_fault(read):
    rows = [["Code", "Name", 2016], ["CN-LN", "Liaoning", 5], ["CN-LN", "Jilin", 6]]
    found = read(xlsx({"to_dprk": rows}))
    assert (found.codes, found.faults[0].cell) == (["contradiction"], "B3")


def test_an_error_value_is_never_taken_for_a_missing_one(read):
    data = replaced(
        xlsx({"to_dprk": WIDE_ROWS}),
        "xl/worksheets/sheet1.xml",
        '<c r="C2" t="n"><v>1666</v>',
        '<c r="C2" t="e"><v>#REF!</v>',
    )
    found = read(data)
    assert [(fault.code, fault.cell, fault.found) for fault in found.faults] == [("no-stored-value", "C2", "#REF!")]


def test_a_formula_is_read_by_its_stored_value_and_said(read):
    found = read(with_cached(xlsx({"to_dprk": WIDE_ROWS}), "C2", "1000+666", "1666"))
    assert found.values()["Liaoning", "to_dprk", 2016, 0] == 1666
    assert any("formula" in remark for remark in found.remarks)


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_a_formula_that_was_never_calculated_is_a_fault(read, make):
    rows = [["Province", 2015, 2016], ["Liaoning", 5, "=1000+666"]]
    found = read(make({"to_dprk": rows}))
    assert [(fault.code, fault.cell) for fault in found.faults] == [("no-stored-value", "C2")]


def test_values_that_a_program_wrote_for_formulas_without_calculating_are_not_believed(read):
    data = with_cached(xlsx({"to_dprk": WIDE_ROWS}), "C2", "1000+666", "0")
    data = replaced(data, "xl/workbook.xml", "<calcPr ", '<calcPr fullCalcOnLoad="1" ')
    assert read(data).codes == ["no-stored-value"]


def test_merged_cells_in_the_title_do_no_harm(read):
    data = xlsx({"A": people_wide()}, merged={"A": ["A1:C1"]})
    assert known(read(data).values()) == THOUSANDS


@pytest.mark.parametrize("area", ["B4:C4", "B4:B5", "A4:A5"])
def test_merged_cells_inside_the_table_are_a_fault(read, area):
    found = read(xlsx({"A": people_wide()}, merged={"A": [area]}))
    assert "merged" in found.codes
    assert found.faults[found.codes.index("merged")].cell == area


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_never_read_and_this_is_said(read, state):
    sheets = {"to_dprk": WIDE_ROWS, "old": [["Exports to DPRK"], ["Province", 2010], ["Liaoning", 999]]}
    found = read(xlsx(sheets, states={"old": state}))
    assert {key[2] for key in found.values()} == {2015, 2016}
    assert any("old" in remark and "hidden" in remark for remark in found.remarks)


def test_a_table_on_a_hidden_sheet_alone_is_a_fault(read):
    found = read(xlsx({"About": [["Data of customs"]], "Data": people_wide()}, states={"Data": "hidden"}))
    assert (found.codes, found.faults[0].sheet) == (["hidden"], "Data")


def test_two_tables_of_one_flow_are_a_question(read):
    sheets = {"2015": people_wide(), "Revised": people_wide([["Province", 2015, 2016], ["Liaoning", 1, 2]])}
    assert read(xlsx(sheets)).asked == ["table"]
    found = read(xlsx(sheets), answers={"table": "2"}).values()
    assert known(found) == {("Liaoning", "to_dprk", 2015, 0): 1000, ("Liaoning", "to_dprk", 2016, 0): 2000}


def test_two_tables_below_each_other_with_a_flow_of_their_own_are_both_read(read):
    below = people_wide(
        [["Province", 2015, 2016], ["Liaoning", 1, 2]], title="China's imports from North Korea, US$ thousand"
    )
    found = read(xlsx({"A": [*people_wide(), [], *below]})).values()
    assert found["Liaoning", "to_dprk", 2016, 0] == 1666000
    assert found["Liaoning", "from_dprk", 2016, 0] == 2000


def test_two_tables_side_by_side_are_told_apart(read):
    rows = [
        ["Exports to the DPRK", None, None, None, "Imports from the DPRK"],
        ["Province", 2015, 2016, None, "Province", 2015, 2016],
        ["Liaoning", 1, 2, None, "Liaoning", 5, 6],
        ["Jilin", 3, 4, None, "Jilin", 7, 8],
    ]
    found = read(xlsx({"A": rows})).values()
    assert found["Jilin", "to_dprk", 2016, 0] == 4
    assert found["Jilin", "from_dprk", 2016, 0] == 8
    assert len(found) == 8


def test_years_down_and_provinces_across_are_turned(read):
    rows = [["Exports to the DPRK"], ["Year", "Liaoning", "Jilin"], [2015, 1, 3], [2016, 2, "–"]]
    found = read(xlsx({"A": rows}))
    assert found.values()["Jilin", "to_dprk", 2016, 0] is None
    assert found.values()["Liaoning", "to_dprk", 2016, 0] == 2
    row = found.frame().query("key == 'Jilin' and year == 2016").iloc[0]
    assert (row["row"], row["column"]) == (4, "C")


def test_a_long_sheet_in_a_workbook(read):
    found = read(xlsx({"Sheet1": [["Trade with the DPRK"], LONG_HEADER, *LONG_ROWS]}))
    assert found.values()["CN-LN", "to_dprk", 2016, 0] == 1666290000
    assert found.values()["CN-JL", "to_dprk", 2016, 0] is None
    assert found.estimates() == {("CN-LN", "to_dprk", 2016, 0): 5000000}


def test_our_workbook_brings_its_long_and_its_wide_sheets_and_its_signature(read):
    wide = {
        "to_dprk": [["Code", "Name", "2016"], ["CN-LN", "Liaoning", 5]],
        "from_dprk": [["Code", "Name", "2016"], ["CN-LN", "Liaoning", 7]],
    }
    header = [
        "code",
        "name",
        "year",
        "month",
        "flow",
        "reported_usd",
        "estimate_usd",
        "status",
        "note",
        "source",
        "release",
    ]
    long = [header, ["CN-LN", "Liaoning", 2016, None, "to_dprk", 5, 9, "A", "oil", "customs", 2]]
    found = read(our_workbook(wide=wide, long=long))
    assert found.form == "Our workbook"
    assert found.reading.signature == {"dataset": "china-provinces", "release": 2}
    assert found.reading.speaks == {"estimate", "status", "note"}
    assert found.values("wide") == {("CN-LN", "to_dprk", 2016, 0): 5, ("CN-LN", "from_dprk", 2016, 0): 7}
    assert found.values("long") == {("CN-LN", "to_dprk", 2016, 0): 5}
    assert found.frame("long").set_index("component")["note"].to_dict() == {
        "reported": pytest.approx(float("nan"), nan_ok=True),
        "estimate": "oil",
    }


def test_chapters_keep_their_zero_and_get_it_back(read):
    rows = [["Chapter", 2016], ["01", 5], [2, 6], [27, 7], ["HS 28", 8], ["第29章", 9]]
    found = read(xlsx({"to_dprk": rows}), kind="commodity")
    assert [key[0] for key in found.values()] == ["01", "02", "27", "28", "29"]


def test_a_workbook_without_a_table_says_what_was_seen_and_what_is_known(read):
    found = read(xlsx({"Notes": [["Minutes of the meeting"], ["Present", "absent"]]}))
    assert found.codes == ["unknown-form"]
    assert "Present" in found.faults[0].found
    assert "reported_usd" in found.faults[0].expected


def test_merged_cells_inside_a_table_of_an_ods_are_a_fault(read):
    rows = [["Province", 2015, 2016], ["Liaoning", ("5", 2, 1), None], ["Jilin", 1, 2]]
    found = read(ods({"to_dprk": rows}))
    assert [(fault.code, fault.cell) for fault in found.faults] == [("merged", "B2:C2")]


def test_a_title_in_thousands_over_cells_that_only_show_thousands_is_a_question(read):
    data = xlsx({"A": people_wide()}, formats={"A": {"B4": "#,##0,"}})
    assert read(data).asked == ["unit"]
    assert "formatted" in read(data).questions[0].text
    assert read(data, answers={"unit": "1"}).values()["Liaoning", "to_dprk", 2016, 0] == 1666


def test_a_column_of_flows_beside_the_names_gives_each_row_its_flow(read):
    rows = [
        ["Trade"],
        ["Province", "Flow", 2016],
        ["Liaoning", "Exports to DPRK", 5],
        ["Liaoning", "imports from DPRK", 6],
    ]
    found = read(xlsx({"A": rows}))
    assert found.values() == {("Liaoning", "to_dprk", 2016, 0): 5, ("Liaoning", "from_dprk", 2016, 0): 6}
    rows[3][1] = "sideways"
    assert [(fault.code, fault.cell) for fault in read(xlsx({"A": rows})).faults] == [("flow", "B4")]


@pytest.mark.parametrize("header", ["Status", "Component", "Partner"])
def test_a_column_that_splits_each_name_into_several_rows_is_refused(read, header):
    rows = [["Province", header, 2015, 2016], ["Liaoning", "1", 5, 6], ["Liaoning", "2", 7, 8]]
    assert read(xlsx({"to_dprk": rows})).codes == ["layout"]


@pytest.mark.parametrize(("unit", "codes"), [("US$ thousand", []), ("RMB", ["currency"]), ("万美元", [])])
def test_a_column_of_units_beside_the_names_counts(read, unit, codes):
    found = read(xlsx({"to_dprk": [["Province", "Unit", 2016], ["Liaoning", unit, 5]]}))
    assert found.codes == codes
    if not codes:
        assert list(found.values().values()) == [5000 if "thousand" in unit else 50000]


def test_the_unit_right_below_the_header_counts(read):
    rows = [["Province", 2015, 2016], [None, "US$ million", "US$ million"], ["Liaoning", 1.5, 2]]
    assert list(read(xlsx({"to_dprk": rows})).values().values()) == [1500000, 2000000]


@pytest.mark.parametrize("title", ["China's exports to South Korea", "Exports to the Republic of Korea", "对韩国出口"])
def test_trade_with_another_country_is_refused(read, title):
    found = read(xlsx({"A": [[title], *WIDE_ROWS]}))
    assert found.codes == ["other-partner"]


def test_values_that_look_like_years_are_values(read):
    rows = [["Exports to DPRK"], ["Place", "2015", "2016"], ["Tibet A.R.", 2003, 1999], ["Jilin", 2, 3]]
    found = read(xlsx({"A": rows})).values()
    assert found["Tibet A.R.", "to_dprk", 2015, 0] == 2003
    assert len(found) == 4


def test_a_binary_workbook_is_refused_by_name(read):
    found = read(
        repacked(xlsx({"A": WIDE_ROWS}), lambda name, c: c if name != "xl/workbook.xml" else None), flow="to_dprk"
    )
    assert found.codes
    data = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\0"})
    assert ".xlsb" in read(data).faults[0].found


@pytest.mark.slow
def test_a_total_of_months_is_no_year(read):
    rows = [["Province", "2025-01", "2025-02", "2025 total"], ["Liaoning", 2, 3, 5]]
    found = read(xlsx({"to_dprk": rows}))
    assert set(found.values()) == {("Liaoning", "to_dprk", 2025, 1), ("Liaoning", "to_dprk", 2025, 2)}
    assert [(total["year"], total["value_usd"]) for total in found.totals()] == [(2025, 5)]


def test_a_total_below_months_is_of_its_month(read):
    rows = [["Province", "2025-01", "2025-02"], ["Liaoning", 2, 3], ["Total", 2, 3]]
    totals = read(xlsx({"to_dprk": rows})).totals()
    assert [(total["year"], total["month"], total["value_usd"]) for total in totals] == [(2025, 1, 2), (2025, 2, 3)]


def test_the_unit_may_stand_beside_the_year(read):
    rows = [["Province", "2015 (US$ m)", "2016 (US$ m)"], ["Liaoning", 1.5, 2]]
    assert list(read(xlsx({"to_dprk": rows})).values().values()) == [1500000, 2000000]
    rows[0][1] = "2015 (US$ thousand)"
    assert read(xlsx({"to_dprk": rows})).asked == ["unit"]


def test_a_flow_is_never_taken_for_a_name(read):
    rows = [["Province", "Flow", 2015], ["Liaoning", "Exports to DPRK", 1], [None, "Imports from DPRK", 2]]
    found = read(xlsx({"A": rows}))
    assert found.values() == {("Liaoning", "to_dprk", 2015, 0): 1, ("Liaoning", "from_dprk", 2015, 0): 2}
    assert "1 row without a name" in found.doubts[0][1]
    again = read(xlsx({"A": [*rows, [None, "Imports from DPRK", 3]]}))
    assert [(fault.code, fault.cell) for fault in again.faults] == [("no-name", "C4")]


def test_totals_of_regions_are_passed_over_and_said(read):
    rows = [
        ["Region", "Province", 2015],
        ["Northeast", "Liaoning", 1],
        [None, "Jilin", 2],
        ["Northeast total", None, 3],
    ]
    found = read(xlsx({"to_dprk": rows}))
    assert set(found.values()) == {("Liaoning", "to_dprk", 2015, 0), ("Jilin", "to_dprk", 2015, 0)}
    assert "1 row of subtotals" in found.remarks[0]


def test_a_copy_of_a_sheet_in_our_workbook_is_said_not_to_be_read(read):
    wide = [["Code", "Name", "2016"], ["CN-LN", "Liaoning", 5]]
    found = read(our_workbook(wide={"to_dprk": wide, "to_dprk (2)": wide}))
    assert len(found.values()) == 1
    assert found.remarks == ["Sheets not read: to_dprk (2)."]
