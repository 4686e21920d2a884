"""Tables as people lay them out: names that stand once, parties by column, dates, sums, one province in a title."""

import datetime as dt
import io

import openpyxl
import pytest

from tests.files import text, xlsx

TITLE = "China's trade with North Korea (US$)"


def keys(found):
    assert not found.faults and not found.questions, (found.faults, found.questions)
    return [key for key, _sentence in found.doubts]


def sheet(*rows, title=TITLE):
    return xlsx({"S": [[title], *rows]})


def test_a_name_and_a_flow_that_stand_once_are_those_of_the_rows_below(read):
    header = ["Province", "Flow", "Year", "Value (US$)"]
    rows = [
        ["Liaoning", "Exports to North Korea", 2018, 1],
        [None, None, 2019, 2],
        [None, "Imports from North Korea", 2018, 3],
        [None, None, 2019, 4],
        ["Jilin", "Exports to North Korea", 2018, 5],
        [None, None, 2019, 6],
    ]
    found = read(sheet(header, *rows))
    assert keys(found) == ["heading", "heading"]
    assert found.values()["Liaoning", "from_dprk", 2019, 0] == 4
    assert found.values()["Jilin", "to_dprk", 2019, 0] == 6


def test_a_name_holds_for_a_row_of_which_one_value_is_missing(read):
    header = ["Province", "Year", "Exports to North Korea (US$)", "Imports from North Korea (US$)"]
    rows = [["Liaoning", 2018, 1, 2], [None, 2019, None, 3], [None, 2020, 4, 5], ["Jilin", 2018, 6, 7]]
    found = read(sheet(header, *rows)).values()
    assert found["Liaoning", "from_dprk", 2019, 0] == 3


def test_one_blank_in_a_column_that_repeats_its_names_is_a_fault(read):
    header = ["Province", "Year", "Exports to North Korea (US$)"]
    rows = [["Liaoning", 2018, 1], ["Liaoning", 2019, 2], ["", 2020, 3], ["Jilin", 2018, 4]]
    assert read(sheet(header, *rows)).codes == ["no-name"]


@pytest.mark.parametrize(("total", "ticked"), [(4, False), (9, True)], ids=["the sum", "another number"])
def test_a_column_of_both_directions_is_compared_and_not_stored(read, total, ticked):
    found = read(
        sheet(["年份", "地区", "出口", "进口", "进出口"], [2019, "辽宁", 1, 3, total], title="对朝鲜贸易（美元）")
    )
    assert ("totals" in keys(found)) == ticked
    assert set(found.values().values()) == {1, 3}


def test_totals_of_both_directions_beside_their_sum(read):
    rows = [["年份", "出口", "进口", "进出口"], [2018, 10, 4, 14], [2019, 11, 3, 14]]
    found = read(sheet(*rows, title="中国对朝鲜贸易（美元）"), kind="total", partner="China")
    assert found.values()["all", "total", 2019, 0] == 14


@pytest.mark.parametrize(("reporter", "flow"), [("China", "to_dprk"), ("156", "to_dprk"), ("PRK", "from_dprk")])
def test_whose_exports_they_are_the_reporter_says(read, reporter, flow):
    header = ["Reporter", "Partner", "Province", "Year", "Flow", "Value (US$)"]
    partner = "North Korea" if flow == "to_dprk" else "China"
    found = read(text([header, [reporter, partner, "Liaoning", 2019, "Export", 5]]), partner="China")
    assert found.values() == {("Liaoning", flow, 2019, 0): 5}


def test_exporters_and_importers_say_the_direction(read):
    header = ["year", "exporter", "importer", "code", "value_usd"]
    rows = [[2019, "CHN", "PRK", "27", 5], [2019, "North Korea", "China", "26", 6]]
    found = read(text([header, *rows]), kind="commodity", partner="China").values()
    assert found == {("27", "to_dprk", 2019, 0): 5, ("26", "from_dprk", 2019, 0): 6}
    other = read(text([header, *rows, [2019, "RUS", "PRK", "27", 7]]), kind="commodity", partner="China")
    assert other.codes == ["other-partner"] and other.faults[0].found == "RUS to PRK"


def test_trade_of_all_countries_is_none_of_china(read):
    rows = [["year", "exporter", "importer", "code", "value_usd"], [2019, "World", "PRK", "27", 7]]
    assert read(text(rows), kind="commodity", partner="China").codes == ["other-partner"]


def test_a_status_in_merged_cells_is_a_fault(read):
    header = ["Province", "Year", "Exports to North Korea (US$)", "Status"]
    book = openpyxl.load_workbook(io.BytesIO(sheet(header, ["Liaoning", 2018, 1, "P"], ["Liaoning", 2019, 2, None])))
    book.active.merge_cells("D3:D4")
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()).codes == ["merged"]


@pytest.mark.parametrize(
    ("days", "periods"),
    [
        ([dt.date(2019, 1, 1), dt.date(2019, 2, 1)], [(2019, 1), (2019, 2)]),
        (["2019-01-31", "2019-02-28"], [(2019, 1), (2019, 2)]),
        ([dt.date(2018, 1, 1), dt.date(2019, 1, 1)], [(2018, 0), (2019, 0)]),
    ],
)
def test_dates_that_begin_or_end_months_or_years_are_these(read, days, periods):
    rows = [["Liaoning", day, n] for n, day in enumerate(days, start=5)]
    found = read(sheet(["Province", "Date", "Exports to North Korea (US$)"], *rows))
    assert keys(found) == ["year"]
    assert [key[2:] for key in found.values()] == periods


def test_other_dates_are_no_periods(read):
    rows = [["Liaoning", dt.date(2019, 1, 1), 5], ["Liaoning", dt.date(2019, 2, 14), 6]]
    assert read(sheet(["Province", "Date", "Exports to North Korea (US$)"], *rows)).codes == ["date", "date"]


def test_a_month_written_with_its_year_in_a_column_of_months(read):
    rows = [["Month", "Exports to the DPRK (US$)", "Imports from the DPRK (US$)"], ["2019-01", 1, 2], ["2019-02", 3, 4]]
    found = read(text(rows), kind="total", partner="China").values()
    assert found["all", "from_dprk", 2019, 2] == 4


@pytest.mark.parametrize(
    ("title", "header", "rows"),
    [
        ("辽宁省对朝鲜出口（万美元）", ["年份", "出口额"], [[2018, 1], [2019, 2]]),
        ("2019年辽宁省对朝鲜出口（万美元）", ["月份", "出口额"], [["一月", 1], ["十二月", 2]]),
    ],
)
def test_the_one_province_of_a_title_is_that_of_all_rows(read, title, header, rows):
    found = read(sheet(header, *rows, title=title))
    assert "heading" in keys(found)
    assert {key[0] for key in found.values()} == {"辽宁"} and sorted(found.values().values()) == [10_000, 20_000]


def test_two_provinces_in_a_title_are_none(read):
    rows = [["年份", "出口额"], [2018, 1], [2019, 2]]
    assert read(sheet(*rows, title="辽宁省和吉林省对朝鲜出口（万美元）")).codes == ["unknown-form"]


@pytest.mark.parametrize("corner", ["구분", "项目", "Item"])
def test_totals_with_their_flows_down_and_years_across(read, corner):
    rows = [[corner, 2018, 2019], ["对朝鲜出口", 10, 11], ["自朝鲜进口", 4, 3], ["合计", 14, 14], ["差额", 6, 8]]
    found = read(sheet(*rows, title="中国对朝鲜贸易（万美元）"), kind="total", partner="China")
    assert found.values()["all", "from_dprk", 2019, 0] == 30_000


def test_a_table_goes_on_below_its_repeated_header(read):
    header = ["地区", 2018, 2019]
    rows = [header, ["辽宁", 1, 2], ["吉林", 3, 4], ["续表"], header, ["山东", 5, 6], ["云南", 7, 8]]
    found = read(sheet(*rows, title="各省对朝鲜出口（万美元）"))
    assert found.values()["云南", "to_dprk", 2019, 0] == 80_000


def test_names_headed_with_a_word_that_may_head_flows(read):
    found = read(sheet(["구분", 2018, 2019], ["랴오닝성", 1, 2], ["지린성", 3, 4], title="중국의 대북한 수출(달러)"))
    assert found.values()["지린성", "to_dprk", 2019, 0] == 4


def test_a_direction_that_was_added_to_a_download_of_customs_is_read(read):
    header = ["数据年月", "贸易伙伴编码", "贸易伙伴名称", "注册地编码", "注册地名称", "进出口", "美元"]
    rows = [
        ["201901", "109", "朝鲜", "21", "辽宁省", "出口", "5"],
        ["201901", "109", "朝鲜", "21", "辽宁省", "进口", "6"],
    ]
    found = read(text([header, *rows]), partner="China").values()
    assert found == {("21", "to_dprk", 2019, 1): 5, ("21", "from_dprk", 2019, 1): 6}


def test_a_refusal_names_the_headers_that_were_not_understood(read):
    rows = [["Province", "Year", "Exports of coal to North Korea (US$)"], ["Liaoning", 2019, 5]]
    [fault] = read(text(rows)).faults
    assert "Not understood: “Exports of coal to North Korea (US$)” (coal)" in fault.message
