"""Tables whose columns are exports, imports and their sum, of a year that stands in a title, a sheet name, a header."""

import pytest

from tests.files import ods, text, xls, xlsx

LIAONING = {("辽宁", "to_dprk", 2019, 0): 5, ("辽宁", "from_dprk", 2019, 0): 2}
JILIN = {("吉林", "to_dprk", 2019, 0): 3, ("吉林", "from_dprk", 2019, 0): 1}
BODY = [["辽宁", 7, 5, 2], ["吉林", 4, 3, 1]]
WHOSE = {"exports": "partner"}


def keys(found):
    return [key for key, _text in found.doubts]


def sheet(read, rows, name="Sheet1", make=xlsx, **said):
    return read(make({name: rows}), **said)


# --- one period in the title or the sheet name ---------------------------------------------------------------------


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_a_year_in_the_title_above_columns_of_flows_and_their_sum(read, make):
    found = sheet(read, [["2019年各省对朝鲜贸易"], ["地区", "进出口", "出口", "进口"], *BODY], make=make)
    assert found.values() == LIAONING | JILIN
    assert keys(found) == ["year"]
    assert "2019年各省对朝鲜贸易" in found.doubts[0][1]
    assert "2 sums of both directions were compared" in " ".join(found.remarks)


@pytest.mark.parametrize(
    "header",
    [
        ["地区", "进出口总额", "出口额", "进口额"],
        ["省份", "进出口合计（美元）", "出口（美元）", "进口（美元）"],
        ["地 区", "合　计", "出 口", "进 口"],
        [None, "总值", "出口", "进口"],
        ["省市", "贸易总额", "出口总额", "进口总额"],
    ],
)
def test_the_headers_of_flows_and_sums_as_people_write_them(read, header):
    assert sheet(read, [["2019年各省对朝鲜贸易"], header, *BODY]).values() == LIAONING | JILIN


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Trade with North Korea, 2019", ["Province", "Total", "Exports", "Imports"]),
        ("China–DPRK trade by province, Jan–Dec 2019", ["Province", "Total trade", "Exports", "Imports"]),
        ("2019년 북중 무역", ["지역", "교역액", "수출", "수입"]),
        ("2019", ["Region", "Exports + imports (US$)", "Exports (US$)", "Imports (US$)"]),
    ],
)
def test_exports_and_imports_do_not_say_whose(read, title, header):
    rows = [[title], header, *BODY]
    assert sheet(read, rows).asked == ["exports"]
    assert sheet(read, rows, answers=WHOSE).values() == LIAONING | JILIN


def test_columns_of_exports_and_imports_alone_in_any_order(read):
    rows = [["2019年对朝鲜贸易"], ["地区", "进口", "出口"], ["辽宁", 2, 5]]
    assert sheet(read, rows).values() == LIAONING


def test_a_month_in_the_title(read):
    rows = [["2024年3月各省对朝鲜出口、进口"], ["地区", "出口", "进口"], ["辽宁", 5, 2]]
    values = sheet(read, rows).values()
    assert values == {("辽宁", "to_dprk", 2024, 3): 5, ("辽宁", "from_dprk", 2024, 3): 2}


def test_one_column_of_values_below_a_title_that_says_flow_and_year(read):
    rows = [["China's exports to North Korea, 2019"], ["Province", "Value (US$)"], ["Liaoning", 5], ["Jilin", 3]]
    assert sheet(read, rows).values() == {("Liaoning", "to_dprk", 2019, 0): 5, ("Jilin", "to_dprk", 2019, 0): 3}


def test_a_sheet_a_year(read):
    sheets = {name: [["地区", "进出口", "出口", "进口"], *BODY] for name in ("2019", "2020年", "2021년", "2022 年度")}
    found = read(xlsx(sheets))
    assert {key[2] for key in found.values()} == {2019, 2020, 2021, 2022}
    assert len(found.values()) == 16
    assert keys(found) == ["year"]  # one tick for all sheets


def test_two_sheets_of_one_year_and_flow_are_still_a_question(read):
    sheets = {"2019": [["地区", "出口"], ["辽宁", 5]], "2019年": [["地区", "出口"], ["辽宁", 6]]}
    assert read(xlsx(sheets)).asked == ["table"]


def test_a_sheet_a_province(read):
    rows = [["年份", "进出口", "出口", "进口"], [2019, 7, 5, 2], ["2020年", 9, 6, 3], ["合计", 16, 11, 5]]
    found = read(xlsx({"辽宁": rows, "吉林": [[None, *rows[0][1:]], *rows[1:]]}))
    assert len(found.values()) == 8
    assert found.values()["吉林", "from_dprk", 2020, 0] == 3
    row = found.frame().query("key == '辽宁' and year == 2020 and flow == 'from_dprk'").iloc[0]
    assert (row["sheet"], row["row"], row["column"]) == ("辽宁", 3, "D")
    rows[1][1] = 8
    assert "辽宁 B2 is 8, but both directions add up to 7" in read(xlsx({"辽宁": rows})).doubts[0][1]


def test_a_sheet_a_province_with_years_across_and_flows_down(read):
    rows = [[None, 2019, 2020], ["进出口", 7, 9], ["出口", 5, 6], ["进口", 2, 3], ["差额", 3, 3]]
    values = read(xlsx({"辽宁": rows, "吉林": rows})).values()
    assert values["吉林", "from_dprk", 2020, 0] == 3
    assert len(values) == 8


def test_a_sheet_a_month(read):
    for names in (
        ("2024-03", "2024-04"),
        ("202403", "202404"),
        ("2024年3月", "2024년 4월"),
        ("Mar 2024", "April 2024"),
    ):
        found = read(xlsx({name: [["地区", "出口", "进口"], ["辽宁", 5, 2]] for name in names}))
        assert {key[2:] for key in found.values()} == {(2024, 3), (2024, 4)}


def test_a_sheet_a_province_with_months_below_a_title_of_one_year(read):
    rows = [["2024年"], ["月份", "出口", "进口"], ["1月", 5, 2], ["2月", 6, 3]]
    found = read(xlsx({"辽宁": rows, "吉林": rows}))
    assert found.values()["吉林", "from_dprk", 2024, 2] == 3
    assert keys(found) == ["year"]


def test_a_title_that_calls_the_year_provisional(read):
    rows = [["China's exports to North Korea, 2024 (provisional)"], ["Province", "Value (US$)"], ["Liaoning", 5]]
    assert sheet(read, rows).frame()["status"].tolist() == ["P"]


@pytest.mark.parametrize("header", ["差额", "净出口", "顺差", "Balance", "수지", "贸易差额"])
def test_a_balance_beside_flows_is_not_read_and_said(read, header):
    found = sheet(read, [["2019年对朝鲜贸易"], ["地区", "出口", "进口", header], ["辽宁", 5, 2, 3]])
    assert found.values() == LIAONING
    assert header in " ".join(found.remarks)


def test_a_title_and_a_sheet_name_that_say_two_years_are_a_fault(read):
    rows = [["2019年各省对朝鲜贸易"], ["地区", "出口", "进口"], ["辽宁", 5, 2]]
    found = sheet(read, rows, name="2020")
    assert found.codes == ["year"]
    assert "2020" in found.faults[0].found


@pytest.mark.parametrize(
    ("title", "advice"),
    [
        ("2024年1-9月各省对朝鲜贸易", "cumulative"),
        ("截至2024年9月各省对朝鲜贸易", "cumulative"),
        ("2024年上半年各省对朝鲜贸易", "half-yearly"),
        ("2024年1-2月各省对朝鲜贸易", "one by one"),
    ],
)
def test_part_of_a_year_in_the_title_is_refused_with_advice(read, title, advice):
    found = sheet(read, [[title], ["地区", "出口", "进口"], ["辽宁", 5, 2]])
    assert found.codes == ["part-year"]
    assert advice in found.faults[0].message


def test_the_date_of_a_source_is_not_the_year_of_the_values(read):
    rows = [["2019年对朝鲜贸易"], ["数据来源：海关总署，2021年查询"], ["地区", "出口", "进口"], ["辽宁", 5, 2]]
    assert sheet(read, rows).values() == LIAONING


def test_tables_below_each_other_each_with_its_year(read):
    rows = [
        ["2019年"],
        ["地区", "出口", "进口"],
        ["辽宁", 5, 2],
        [],
        ["2020年"],
        ["地区", "出口", "进口"],
        ["辽宁", 6, 3],
    ]
    assert sheet(read, rows).values() == LIAONING | {
        ("辽宁", "to_dprk", 2020, 0): 6,
        ("辽宁", "from_dprk", 2020, 0): 3,
    }


@pytest.mark.parametrize("title", ["各省对朝鲜贸易", "Trade by province"])
def test_a_table_without_a_year_says_that_the_year_is_missing(read, title):
    found = sheet(read, [[title], ["地区", "出口", "进口"], ["辽宁", 5, 2], ["吉林", 3, 1]])
    assert found.codes == ["unknown-form"]
    assert "No year is named" in found.faults[0].message


def test_months_below_a_title_of_two_years_say_that_the_year_is_not_clear(read):
    found = sheet(read, [["Exports to the DPRK, 2015 and 2016"], ["Province", "Jan", "Feb"], ["Liaoning", 4, 5]])
    assert (found.codes, "which year" in found.faults[0].message) == (["unknown-form"], True)


def test_goods_with_quantity_and_value(read):
    rows = [["2019年中国对朝鲜出口商品"], ["商品编码", "商品名称", "数量", "金额（千美元）"], ["27", "矿物燃料", 90, 5]]
    found = sheet(read, rows, kind="commodity")
    assert found.values() == {("27", "to_dprk", 2019, 0): 5000}
    assert "数量" in " ".join(found.remarks)


def test_a_csv_of_flows_below_a_title(read):
    rows = [["2019年各省对朝鲜贸易", "", "", ""], ["地区", "进出口", "出口", "进口"], *BODY]
    assert read(text(rows)).values() == LIAONING | JILIN


# --- a period in each header ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ["地区", "2019年出口", "2019年进口", "2020年出口", "2020年进口"],
        ["地区", "出口（2019年）", "进口（2019年）", "出口（2020年）", "进口（2020年）"],
        ["地区", "2019年1-12月出口额", "2019年1-12月进口额", "2020年出口额", "2020年进口额"],
    ],
)
def test_year_and_flow_in_one_header(read, header):
    values = sheet(read, [["对朝鲜贸易"], header, ["辽宁", 5, 2, 6, 3]]).values()
    assert values == LIAONING | {("辽宁", "to_dprk", 2020, 0): 6, ("辽宁", "from_dprk", 2020, 0): 3}


def test_year_and_flow_in_one_header_in_english(read):
    rows = [["Province", "Exports 2019", "Imports 2019", "Total 2019"], ["Liaoning", 5, 2, 8]]
    found = sheet(read, rows, answers=WHOSE)
    assert len(found.values()) == 2
    assert keys(found) == ["totals"]


# --- the sum of both directions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("merged", [None, {"Sheet1": ["B2:D2", "E2:G2"]}])
@pytest.mark.parametrize(
    "words", [("进出口", "出口", "进口"), ("合计", "出口", "进口"), ("进出口总额", "出口额", "进口额")]
)
def test_sum_exports_and_imports_below_each_year(read, words, merged):
    rows = [
        ["对朝鲜贸易"],
        [None, "2019年", None, None, "2020年", None, None],
        ["地区", *words, *words],
        ["辽宁", 7, 5, 2, 9, 6, 3],
    ]
    found = read(xlsx({"Sheet1": rows}, merged=merged))
    assert found.values() == LIAONING | {("辽宁", "to_dprk", 2020, 0): 6, ("辽宁", "from_dprk", 2020, 0): 3}
    assert found.doubts == []
    rows[3][1] = 70
    wrong = read(xlsx({"Sheet1": rows}, merged=merged))
    assert keys(wrong) == ["totals"]
    assert "Sheet1 B4 (辽宁 2019) is 70, but both directions add up to 7" in wrong.doubts[0][1]


def test_a_sum_of_rounded_values_may_differ_by_one_in_its_last_digit(read):
    rows = [["2019年对朝鲜贸易（万美元）"], ["地区", "进出口", "出口", "进口"], ["辽宁", 8, 5, 2]]
    assert keys(sheet(read, rows)) == ["unit", "year"]


def test_sums_above_years(read):
    rows = [
        ["", "进出口", "", "出口", "", "进口", ""],
        ["地区", 2019, 2020, 2019, 2020, 2019, 2020],
        ["辽宁", 7, 9, 5, 6, 2, 3],
    ]
    found = sheet(read, rows)
    assert len(found.values()) == 4 and found.doubts == []


TABLES = {
    "进出口": [["地区", 2019, 2020], ["辽宁", 7, 9]],
    "出口": [["地区", 2019, 2020], ["辽宁", 5, 6]],
    "进口": [["地区", 2019, 2020], ["辽宁", 2, 3]],
}


def test_three_sheets_of_which_one_is_the_sum(read):
    found = read(xlsx(TABLES))
    assert len(found.values()) == 4 and found.doubts == []
    wrong = read(xlsx(TABLES | {"进出口": [["地区", 2019, 2020], ["辽宁", 7, 99]]}))
    assert keys(wrong) == ["totals"]


@pytest.mark.parametrize("title", ["{}总额", "二、{}（美元）", "一、{}", "{}"])
def test_three_tables_below_each_other_of_which_one_is_the_sum(read, title):
    rows = [row for flow, table in TABLES.items() for row in ([title.format(flow)], *table, [])]
    found = sheet(read, rows)
    assert len(found.values()) == 4 and found.doubts == []


def test_rows_of_flows_of_which_one_is_the_sum(read):
    rows = [["地区", "流向", 2019], ["辽宁", "进出口", 7], ["辽宁", "出口", 5], [None, "进口", 2]]
    found = sheet(read, rows)
    assert found.values() == LIAONING
    assert keys(found) == ["heading"]


@pytest.mark.parametrize(
    "rows",
    [
        [["各省对朝鲜进出口总额（美元）"], ["地区", 2019, 2020], ["辽宁", 7, 9]],
        [["중국의 대북 교역액"], ["지역", 2019, 2020], ["辽宁", 7, 9]],
        [["Total trade between China and North Korea"], ["Province", 2019, 2020], ["Liaoning", 7, 9]],
        [["2019年各省对朝鲜贸易"], ["地区", "进出口"], ["辽宁", 7]],
        [["2019年各省对朝鲜进出口总值"], ["地区", "金额（美元）"], ["辽宁", 7]],
    ],
)
@pytest.mark.parametrize("flow", ["", "to_dprk"])
def test_the_sum_alone_is_refused_with_what_to_upload_instead(read, rows, flow):
    found = sheet(read, rows, flow=flow)
    assert found.codes == ["flow"]
    assert "sum of both directions" in found.faults[0].message
