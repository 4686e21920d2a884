"""What stands beside the values of wide tables: totals with spaces, regions, ranks, shares, sums since January."""

import pytest

from tests.files import text, xlsx

TITLE = "中国对朝鲜出口"
HEADER = ["地区", 2023, 2024]
ROWS = [["辽宁", 5, 6], ["吉林", 3, 4]]
VALUES = {
    ("辽宁", "to_dprk", 2023, 0): 5,
    ("辽宁", "to_dprk", 2024, 0): 6,
    ("吉林", "to_dprk", 2023, 0): 3,
    ("吉林", "to_dprk", 2024, 0): 4,
}


def remarks(found):
    found.frame()
    return " ".join(found.remarks)


# --- totals and regions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "合 计",
        "总    计",
        "合　计",
        "全 国",
        "전국",
        "전 국",
        "합 계",
        "총 계",
        "合计",
        "全国合计",
        "总 计：",
        "Grand total",
        "전체",
        "계",
    ],
)
def test_a_row_of_totals_with_spaces_inside_its_label(read, label):
    for rows in ([*ROWS, [label, 8, 10]], [[label, 8, 10], *ROWS]):
        found = read(xlsx({TITLE: [HEADER, *rows]}))
        assert found.values() == VALUES
        assert [total["value_usd"] for total in found.totals()] == [8, 10]


@pytest.mark.parametrize("label", ["合 计", "总    计", "Total", "합　계"])
def test_a_column_of_totals_with_spaces_inside_its_header(read, label):
    found = read(xlsx({TITLE: [[*HEADER, label], ["辽宁", 5, 6, 11]]}))
    assert [total["value_usd"] for total in found.totals()] == [11]


@pytest.mark.parametrize(
    "region",
    [
        "华东",
        "东北",
        "东北地区",
        "东北三省",
        "西 部",
        "Northeast",
        "North-East China",
        "Eastern region",
        "Coastal provinces",
        "동북3성",
        "화동",
    ],
)
def test_rows_of_regions_between_provinces_are_not_read_and_said(read, region):
    found = read(xlsx({TITLE: [HEADER, [region, 8, 10], *ROWS]}))
    assert found.values() == VALUES
    assert region in remarks(found)


@pytest.mark.parametrize("name", ["海南", "河北", "Hainan", "Inner Mongolia", "西藏", "广东", "山东", "湖北", "东北虎"])
def test_a_province_is_no_region(read, name):
    found = read(xlsx({TITLE: [HEADER, [name, 8, 10], *ROWS]}))
    assert (name, "to_dprk", 2023, 0) in found.values()


def test_a_subtotal_with_spaces_is_counted(read):
    found = read(xlsx({TITLE: [HEADER, *ROWS, ["小 计", 8, 10], ["东北合计", 8, 10]]}))
    assert found.values() == VALUES
    assert "2 rows of subtotals" in remarks(found)


# --- ranks and shares ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["排名", "名次", "排 名", "순위", "순번", "Rank", "No.", "序号", "#"])
@pytest.mark.parametrize("make", [lambda rows: xlsx({TITLE: rows}), text])
def test_a_column_of_ranks_is_not_read_and_said(read, header, make):
    for at, ranks in ((0, (21, 22)), (1, ("22", "21")), (3, (1, 2))):
        rows = [[*row[:at], cell, *row[at:]] for row, cell in zip([HEADER, *ROWS], [header, *ranks], strict=True)]
        found = read(make(rows), flow="to_dprk")
        assert found.values() == VALUES
        assert header.replace(" ", "") in remarks(found).replace(" ", "")


def test_running_numbers_without_a_header_are_not_read_and_said(read):
    found = read(xlsx({TITLE: [[None, *HEADER], [1, *ROWS[0]], [2, *ROWS[1]]]}))
    assert found.values() == VALUES
    assert "running numbers" in remarks(found)


@pytest.mark.parametrize("header", ["占比", "份额", "Share", "비중", "构成(%)", "增长%", None])
@pytest.mark.parametrize("shares", [("21%", "22 %"), ("37.5%", "–")])
def test_a_column_of_shares_in_text_is_not_read_and_said(read, header, shares):
    for at in (1, 2, 3):
        rows = [[*row[:at], cell, *row[at:]] for row, cell in zip([HEADER, *ROWS], [header, *shares], strict=True)]
        found = read(xlsx({TITLE: rows}))
        assert found.values() == VALUES
        assert (header or "shares") in remarks(found)


def test_shares_between_flows(read):
    rows = [
        ["2024年对朝鲜贸易"],
        ["地区", "出口", "占比", "进口", "占比"],
        ["辽宁", 5, "60%", 2, "40%"],
        ["吉林", 3, "40%", 3, "60%"],
    ]
    found = read(xlsx({"A": rows}))
    assert len(found.values()) == 4
    assert "占比" in remarks(found)


def test_a_code_and_a_name_that_disagree_are_still_a_fault(read):
    rows = [["Code", None, 2016], ["CN-LN", "Liaoning", 5], ["CN-LN", "Jilin", 6]]
    assert read(xlsx({TITLE: rows})).codes == ["contradiction"]


# --- the month and the sum since January, the value and the quantity -----------------------------------------------

MARCH = {("辽宁", "to_dprk", 2024, 3): 5, ("吉林", "to_dprk", 2024, 3): 3}
SUMMED = [["辽宁", 5, 15], ["吉林", 3, 9]]


@pytest.mark.parametrize(
    "header",
    [
        [["2024年3月"], ["地区", "当月", "累计"]],
        [[None, "2024年3月", None], ["地区", "当月", "累计"]],
        [["地区", "2024年3月当月", "2024年1-3月累计"]],
        [["地区", "2024年3月", "2024年1-3月"]],
        [[None, "2024年", None], ["地区", "3月", "1-3月累计"]],
        [["2024年3月"], ["地区", "3月当月", "1至3月累计"]],
        [["2024年3月"], ["地区", "3月", "1-3月"]],
        [["2024年"], ["地区", "3月", "1—3月累计"]],
    ],
)
def test_the_month_is_read_and_the_sum_since_january_is_not(read, header):
    found = read(xlsx({TITLE: [*header, *SUMMED]}))
    assert found.values() == MARCH
    assert "not read" in remarks(found)


def test_months_with_their_sums_below_flows(read):
    rows = [
        ["2024年3月进出口（千美元）"],
        [None, "进出口", None, "出口", None, "进口", None],
        ["地区", "当月", "累计", "当月", "累计", "当月", "累计"],
        ["辽宁", 7, 20, 5, 15, 2, 5],
    ]
    found = read(xlsx({"A": rows}))
    assert found.values() == {("辽宁", "to_dprk", 2024, 3): 5000, ("辽宁", "from_dprk", 2024, 3): 2000}
    assert {key for key, _text in found.doubts} == {"unit", "year"}


def test_the_table_of_the_customs_with_months_sums_and_growth(read):
    rows = [
        ["2024年3月进出口总值表 单位：千美元"],
        ["收发货人所在地", "进出口", "", "出口", "", "进口", "", "累计比去年同期±%", "", ""],
        ["", "3月", "1至3月", "3月", "1至3月", "3月", "1至3月", "进出口", "出口", "进口"],
        ["总 值", 7, 21, 5, 15, 2, 6, 3.1, 2.2, 1.1],
        ["辽宁", 7, 21, 5, 15, 2, 6, 3.1, 2.2, 1.1],
    ]
    found = read(xlsx({"A": rows}))
    assert found.values() == {("辽宁", "to_dprk", 2024, 3): 5000, ("辽宁", "from_dprk", 2024, 3): 2000}
    assert "1至3月" in remarks(found) and "±%" in remarks(found)


def test_months_each_with_its_sum(read):
    rows = [
        [None, "2024年2月", None, "2024年3月", None],
        ["地区", "当月", "累计", "当月", "累计"],
        ["辽宁", 4, 9, 5, 14],
    ]
    values = read(xlsx({TITLE: rows})).values()
    assert values == {("辽宁", "to_dprk", 2024, 2): 4, ("辽宁", "to_dprk", 2024, 3): 5}


@pytest.mark.parametrize(
    "header", [[["2024年"], ["地区", "当月", "累计"]], [[None, "2024年", None], ["地区", "当月", "累计"]]]
)
def test_a_month_that_is_not_named_is_never_the_year(read, header):
    found = read(xlsx({TITLE: [*header, *SUMMED]}))
    assert set(found.codes) == {"month"}


def test_the_sum_since_january_without_its_month_is_refused(read):
    found = read(xlsx({TITLE: [["地区", 2023, "2024年1-3月累计"], ["辽宁", 5, 6]]}))
    assert found.codes == ["part-year"]


def test_values_beside_quantities_below_years(read):
    rows = [
        [None, 2023, None, 2024, None],
        ["商品编码", "数量（吨）", "金额（千美元）", "数量（吨）", "金额（千美元）"],
        ["27", 90, 5, 80, 6],
    ]
    found = read(xlsx({TITLE: rows}), kind="commodity")
    assert found.values() == {("27", "to_dprk", 2023, 0): 5000, ("27", "to_dprk", 2024, 0): 6000}
    assert "数量" in remarks(found)


def test_values_and_quantities_in_one_header_with_the_year(read):
    rows = [
        ["HS", "2023 value (US$)", "2023 quantity (t)", "2024 value (US$)", "2024 quantity (t)"],
        ["27", 5, 90, 6, 80],
    ]
    found = read(xlsx({TITLE: rows}), kind="commodity")
    assert found.values() == {("27", "to_dprk", 2023, 0): 5, ("27", "to_dprk", 2024, 0): 6}


# --- names that are written once -----------------------------------------------------------------------------------


def test_a_pivot_table_that_writes_each_name_once(read):
    rows = [
        ["Row Labels", "Flow", 2023, 2024],
        ["Liaoning", "Exports to DPRK", 5, 6],
        [None, "Imports from DPRK", 2, 3],
        ["Jilin", "Exports to DPRK", 3, 4],
        [None, "Imports from DPRK", 1, 1],
        ["Grand Total", None, 11, 14],
    ]
    found = read(xlsx({"A": rows}))
    assert found.values()["Jilin", "from_dprk", 2024, 0] == 1
    assert len(found.values()) == 8
    assert "2 rows without a name" in found.doubts[0][1]


def test_a_name_written_once_above_its_years(read):
    rows = [["Province", "Year", "Jan", "Feb"], ["Liaoning", 2023, 1, 2], [None, 2024, 3, 4], ["Jilin", 2023, 5, 6]]
    values = read(xlsx({TITLE: rows}), flow="to_dprk").values()
    assert values["Liaoning", "to_dprk", 2024, 2] == 4
