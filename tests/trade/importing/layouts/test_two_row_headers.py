"""Headers that say two things: flows above or below periods, months across beside a column of years."""

import pytest

from tests.files import ods, xls, xlsx

PROVINCES = ["Liaoning", "Jilin"]


def grid(read, rows, **said):
    return read(xlsx({"Sheet1": rows}), **said)


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_months_across_beside_a_column_of_years_are_of_the_year_of_their_row(read, write):
    rows = [
        ["China's exports to North Korea, US$"],
        ["Province", "Year", "Jan", "Feb", "Mar", "Total"],
        ["Liaoning", 2015, 1, 2, "–", 3],
        ["Liaoning", 2016, 3, 4, 5, 12],
        ["Jilin", 2015, 6, 7, 8, 21],
    ]
    found = read(write({"Sheet1": rows}))
    values = found.values()
    assert values["Liaoning", "to_dprk", 2016, 3] == 5
    assert values["Liaoning", "to_dprk", 2015, 3] is None
    assert values["Jilin", "to_dprk", 2015, 1] == 6
    assert len(values) == 9
    assert [(total["year"], total["value_usd"]) for total in found.totals()] == [(2015, 3), (2016, 12), (2015, 21)]


def test_chinese_months_beside_a_column_of_years(read):
    rows = [
        ["中国对朝鲜出口额（美元）"],
        ["年份", "省份", *[f"{month}月" for month in range(1, 13)]],
        ["2015年", "辽宁省", *range(101, 113)],
        ["2016年", "辽宁省", *range(201, 213)],
    ]
    values = grid(read, rows).values()
    assert len(values) == 24
    assert values["辽宁省", "to_dprk", 2015, 1] == 101
    assert values["辽宁省", "to_dprk", 2016, 12] == 212


def test_a_column_of_months_beside_years_across(read):
    rows = [["Province", "Month", 2015, 2016], ["Liaoning", "Jan", 5, 6], ["Liaoning", "2月", 7, 8]]
    values = grid(read, rows, flow="to_dprk").values()
    assert values == {
        ("Liaoning", "to_dprk", 2015, 1): 5,
        ("Liaoning", "to_dprk", 2016, 1): 6,
        ("Liaoning", "to_dprk", 2015, 2): 7,
        ("Liaoning", "to_dprk", 2016, 2): 8,
    }


@pytest.mark.parametrize("year", ["", "15", "2015-03", "mid-2015"])
def test_a_row_of_months_without_a_plain_year_is_refused_at_its_cell(read, year):
    rows = [["Province", "Year", "Jan", "Feb"], ["Liaoning", 2015, 1, 2], ["Jilin", year, 3, 4]]
    faults = grid(read, rows, flow="to_dprk").faults
    assert [fault.cell for fault in faults] == ["B3"]


def test_months_beside_years_without_names_lack_a_key(read):
    assert grid(read, [["Year", "Jan", "Feb"], [2015, 1, 2], [2016, 3, 4]], flow="to_dprk").codes == ["no-key"]


@pytest.mark.parametrize("merged", [None, {"Sheet1": ["B2:C2", "D2:E2", "A2:A3"]}])
def test_years_above_flows(read, merged):
    rows = [
        ["Trade with the DPRK, US$"],
        ["Province", 2015, None, 2016, None],
        [None, "Exports", "Imports", "Exports", "Imports"],
        ["Liaoning", 1, 2, 3, 4],
        ["Jilin", 5, None, 7, 8],
    ]
    book = xlsx({"Sheet1": rows}, merged=merged)
    assert read(book).asked == ["exports"]
    values = read(book, answers={"exports": "partner"}).values()
    assert values["Liaoning", "to_dprk", 2015, 0] == 1
    assert values["Liaoning", "from_dprk", 2016, 0] == 4
    assert values["Jilin", "from_dprk", 2015, 0] is None
    assert read(book, answers={"exports": "dprk"}).values()["Liaoning", "from_dprk", 2015, 0] == 1


def test_one_direction_chosen_at_upload_contradicts_a_table_of_both(read):
    rows = [["Province", 2015, None], [None, "China's exports", "China's imports"], ["Liaoning", 1, 2]]
    assert grid(read, rows, flow="to_dprk").codes == ["flow-conflict"]


def test_flows_above_years(read):
    rows = [
        ["Trade by province"],
        ["", "To DPRK (US$ thousand)", "", "From DPRK (US$ thousand)", ""],
        ["Province", 2015, 2016, 2015, 2016],
        ["Liaoning", 1, 2, 3, 4],
    ]
    found = grid(read, rows)
    assert found.values() == {
        ("Liaoning", "to_dprk", 2015, 0): 1000,
        ("Liaoning", "to_dprk", 2016, 0): 2000,
        ("Liaoning", "from_dprk", 2015, 0): 3000,
        ("Liaoning", "from_dprk", 2016, 0): 4000,
    }
    assert found.doubts[0][0] == "unit"


def test_flows_above_years_above_months(read):
    rows = [
        ["", "出口", "", "", "", "进口", "", "", ""],
        ["", 2015, "", 2016, "", 2015, "", 2016, ""],
        ["省份", "1月", "2月", "1月", "2月", "1月", "2月", "1月", "2月"],
        ["辽宁", 1, 2, 3, 4, 5, 6, 7, 8],
    ]
    values = grid(read, rows).values()
    assert values["辽宁", "to_dprk", 2016, 1] == 3
    assert values["辽宁", "from_dprk", 2015, 2] == 6


def test_chinese_flows_below_years_are_seen_from_china_unless_the_title_is_about_the_dprk(read):
    rows = [["", "2015年", "", "2016年", ""], ["地区", "出口", "进口", "出口", "进口"], ["吉林省", 1, 2, 3, 4]]
    values = grid(read, rows).values()
    assert values["吉林省", "to_dprk", 2016, 0] == 3
    assert values["吉林省", "from_dprk", 2016, 0] == 4
    assert grid(read, [["朝鲜对外贸易"], *rows]).asked == ["exports"]
    assert grid(read, [["中国与朝鲜贸易"], *rows]).values() == values


def test_the_balance_and_total_of_both_flows_are_not_read_and_named(read):
    rows = [
        ["", 2015, "", "", "", 2016, "", "", ""],
        ["地区", "出口", "进口", "差额", "合计", "出口", "进口", "差额", "合计"],
        ["吉林省", 1, 2, -1, 3, 3, 4, -1, 7],
    ]
    found = grid(read, rows)
    assert len(found.values()) == 4
    assert found.totals() == []
    assert "差额" in " ".join(found.remarks)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Share of China's imports", "flow-conflict"),
        ("Imports from DPRK (estimate)", "flow-conflict"),
        ("China's imports from South Korea", "other-partner"),
    ],
)
def test_a_group_of_columns_that_is_of_another_measure_or_country_is_refused(read, label, code):
    rows = [["", "To DPRK", "", label, ""], ["Province", 2015, 2016, 2015, 2016], ["Liaoning", 1, 2, 3, 4]]
    assert grid(read, rows).codes == [code]


@pytest.mark.parametrize(
    "header",
    [
        [["", "", "Exports", "", "", "Imports", ""], ["Province", 2014, 2015, 2016, 2014, 2015, 2016]],
        [["", "Exports", "", "", "", "Imports", ""], ["Province", 2014, 2015, 2016, 2014, 2015, 2016]],
        [["", "Exports", "", "Imports", "", "", ""], ["Province", 2014, 2015, 2016, 2014, 2015, 2016]],
    ],
)
def test_labels_that_do_not_stand_above_the_first_of_their_columns_are_refused(read, header):
    rows = [*header, ["Liaoning", 1, 2, 3, 4, 5, 6]]
    found = grid(read, rows, answers={"exports": "partner"})
    assert set(found.codes) == {"duplicate-column"}
