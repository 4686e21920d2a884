"""Headers of periods as people write them: in Korean, over a whole year, as dates, with marks, out of order."""

import datetime as dt

import pytest

from tests.files import ods, raised, text, xls, xlsx

TITLE = "China's exports to North Korea"


def headed(read, *headers, make=xlsx, **said):
    rows = [["Province", *headers], ["Liaoning", *range(1, len(headers) + 1)], ["Jilin", *range(11, len(headers) + 11)]]
    return read(make({TITLE: rows}), **said)


def periods(found):
    return [key[2:] for key in found.values() if key[0] == "Liaoning"]


def status(found):
    frame = found.frame()
    return frame[frame["key"] == "Liaoning"]["status"].where(frame["status"].notna(), "").tolist()


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("2019년", (2019, 0)),
        ("2019년도", (2019, 0)),
        ("2025년 1월", (2025, 1)),
        ("2025년3월", (2025, 3)),
        ("2019년 1~12월", (2019, 0)),
        ("2019\n年", (2019, 0)),
        ("2019 年", (2019, 0)),
        ("2024\n年3月", (2024, 3)),
        ("2019年1-12月", (2019, 0)),
        ("2024年1—12月", (2024, 0)),
        ("2024年1至12月", (2024, 0)),
        ("2024年1-12月累计", (2024, 0)),
        ("2024年全年", (2024, 0)),
        ("Jan-Dec 2024", (2024, 0)),
        ("January to December 2024", (2024, 0)),
        ("2024 (Jan–Dec)", (2024, 0)),
        ("Full year 2024", (2024, 0)),
        ("2019 total", (2019, 0)),
        ("2019年合计", (2019, 0)),
    ],
)
def test_a_period(read, header, period):
    assert periods(headed(read, header, 2020)) == [period, (2020, 0)]


@pytest.mark.parametrize(
    "header",
    [
        "2024年1-9月",
        "1-9月 2024",
        "Jan-Sep 2024",
        "Jan. to Sept. 2024",
        "2024년 1~9월",
        "截至2024年9月",
        "2024年9月止",
        "year to September 2024",
        "2024 YTD",
        "2024年累计",
        "9M 2024",
        "2024年上半年",
        "2024 Q3",
        "2024년 1분기",
        "first nine months of 2024",
        "2024年前三季度",
    ],
)
def test_part_of_a_year_is_refused_with_advice(read, header):
    found = headed(read, 2023, header)
    assert found.codes == ["part-year"]
    assert "each month separately" in found.faults[0].message
    assert found.faults[0].cell == "C1"


@pytest.mark.parametrize("header", ["2024年1-2月", "2024年1—2月累计", "Jan-Feb 2024", "2024年1、2月", "2024년 1~2월"])
def test_january_and_february_in_one_are_never_divided(read, header):
    found = headed(read, 2023, header)
    assert found.codes == ["part-year"]
    assert "one by one" in found.faults[0].message


def test_a_quarter_beside_a_year_is_no_year(read):
    rows = [["province", "year", "quarter", "flow", "value"], ["Liaoning", 2019, 1, "to_dprk", 5]]
    assert read(text(rows)).codes == ["part-year"]


def test_the_total_of_a_year_beside_its_months_is_no_year(read):
    for total in ("2025 total", "2025年合计"):
        found = headed(read, "2025-01", "2025-02", total)
        assert periods(found) == [(2025, 1), (2025, 2)]
        assert [one["value_usd"] for one in found.totals()] == [3, 13]


# --- dates ---------------------------------------------------------------------------------------------------------


def day(year, month=1, day=1):
    return dt.datetime(year, month, day)  # noqa: DTZ001


@pytest.mark.parametrize("make", [xlsx, xls])
def test_dates_of_several_months_are_months(read, make):
    if make is xls:
        found = read(text([["Province", "2025-01-01", "2025-02-01"], ["Liaoning", 1, 2]]), flow="to_dprk")
    else:
        found = headed(read, day(2025, 1), day(2025, 2), day(2025, 3))
    assert periods(found)[:2] == [(2025, 1), (2025, 2)]
    assert [key for key, _text in found.doubts] == ["year"]
    assert "read as months" in found.doubts[0][1]


def test_first_days_of_different_years_are_years(read):
    found = headed(read, day(2019), day(2020), day(2021))
    assert periods(found) == [(2019, 0), (2020, 0), (2021, 0)]
    assert "read as years" in found.doubts[0][1]


def test_last_days_are_as_good_as_first_ones(read):
    assert periods(headed(read, day(2019, 12, 31), day(2020, 12, 31))) == [(2019, 0), (2020, 0)]
    assert periods(headed(read, day(2024, 1, 31), day(2024, 2, 29))) == [(2024, 1), (2024, 2)]


def test_dates_above_flows(read):
    rows = [["", day(2019), "", day(2020), ""], ["地区", "出口", "进口", "出口", "进口"], ["辽宁", 1, 2, 3, 4]]
    found = read(xlsx({"A": rows}))
    assert found.values()["辽宁", "from_dprk", 2020, 0] == 4
    assert len(found.doubts) == 1


def test_dates_down_and_names_across(read):
    rows = [["Date", "Liaoning", "Jilin"], [day(2025, 1), 1, 3], [day(2025, 2), 2, 4]]
    found = read(xlsx({TITLE: rows}))
    assert found.values()["Jilin", "to_dprk", 2025, 2] == 4
    assert len(found.doubts) == 1


@pytest.mark.parametrize("days", [[day(2025, 1, 15), day(2025, 2, 15)], [day(2025, 1, 1), day(2025, 1, 2)]])
def test_other_dates_are_refused_as_a_lone_one_is(read, days):
    assert headed(read, *days).codes == ["date", "date"]
    assert headed(read, 2024, days[0]).codes == ["date"]


def test_a_row_of_values_that_are_formatted_as_dates_is_no_header(read):
    rows = [["Province", 2015, 2016], ["Liaoning", day(2019), day(2020)], ["Jilin", 1, 2]]
    assert read(xlsx({TITLE: rows})).codes == ["date-as-value"] * 2


# --- marks behind years --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "2024p",
        "2024 (p)",
        "2024P",
        "2024(prelim.)",
        "2024 (provisional)",
        "2024 prel.",
        "2024년(잠정)",
        "2024年（初步）",
        "2024年初步",
    ],
)
def test_a_provisional_year_gives_its_values_the_status(read, header):
    found = headed(read, 2023, header)
    assert periods(found) == [(2023, 0), (2024, 0)]
    assert status(found) == ["", "P"]
    assert "provisional" in " ".join(found.remarks)


@pytest.mark.parametrize(
    "header", ["2024r", "2024 (r)", "2024 rev.", "2024¹", "2024⁽¹⁾", "2024*", "2024 1)", "2024年（修订）", "2024†"]
)
def test_a_revised_year_or_one_with_a_note_is_read_and_said(read, header):
    found = headed(read, 2023, header)
    assert periods(found) == [(2023, 0), (2024, 0)]
    assert status(found) == ["", ""]
    assert header.replace("（", "(").replace("）", ")") in " ".join(found.remarks)


def test_a_raised_mark_behind_a_year(read):
    found = headed(read, "2023", raised("2024", "2"))
    assert periods(found) == [(2023, 0), (2024, 0)]
    assert "mark of a note" in " ".join(found.remarks)


@pytest.mark.parametrize("header", ["2024x", "2024 (e)", "2024 f"])
def test_an_unknown_mark_is_said_to_be_in_the_way(read, header):
    found = headed(read, 2023, header)
    assert found.codes == ["header"]
    assert "in the way" in found.faults[0].message and "status" in found.faults[0].message


def test_a_provisional_year_above_flows_and_above_months(read):
    rows = [["", "2023", "", "2024p", ""], ["地区", "出口", "进口", "出口", "进口"], ["辽宁", 1, 2, 3, None]]
    frame = read(xlsx({"A": rows})).frame()
    assert frame["status"].where(frame["status"].notna(), "").tolist() == ["", "", "P", ""]
    rows = [["", "2023", "", "2024p", ""], ["省份", "1月", "2月", "1月", "2月"], ["辽宁", 1, 2, 3, 4]]
    frame = read(xlsx({"A": rows}), flow="to_dprk").frame()
    assert frame["status"].where(frame["status"].notna(), "").tolist() == ["", "", "P", "P"]


def test_a_marked_year_in_a_long_table_is_refused_with_the_way_out(read):
    found = read(text([["province", "year", "flow", "value"], ["Liaoning", "2024p", "to_dprk", 5]]))
    assert found.codes == ["year"]
    assert "status" in found.faults[0].message


def test_the_same_year_with_and_without_a_mark_is_there_twice(read):
    assert headed(read, "2024", "2024p").codes == ["duplicate-column"]


# --- months that run backwards -------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [["Nov", "Dec", "Jan", "Feb"], ["11月", "12月", "1月", "2月"], [11, 12, 1, 2]])
@pytest.mark.parametrize("above", [[None, 2024], ["Province", "2024年"]])
def test_january_after_december_under_one_year_is_refused_at_its_cell(read, months, above):
    rows = [[*above, None, None, None], ["Province", *months], ["Liaoning", 1, 2, 3, 4]]
    found = read(xlsx({TITLE: rows}))
    assert [(fault.code, fault.cell) for fault in found.faults] == [("month", "D2")]
    assert f"Write the year above {months[2]}" in found.faults[0].message


def test_months_that_roll_over_below_a_title_of_one_year_are_refused_too(read):
    rows = [[f"{TITLE}, 2024"], ["Province", "Nov", "Dec", "Jan"], ["Liaoning", 1, 2, 3]]
    assert [fault.cell for fault in read(xlsx({"S": rows})).faults] == ["D2"]


@pytest.mark.parametrize("months", [["Mar", "Feb", "Jan"], ["Jan", "Mar", "Apr"]])
def test_months_newest_first_or_with_gaps_are_read(read, months):
    found = read(xlsx({TITLE: [[None, 2024, None, None], ["Province", *months], ["Liaoning", 1, 2, 3]]}))
    assert len(found.values()) == 3


# --- formulas ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_a_year_that_is_an_uncalculated_formula_is_named_as_a_formula(read, make):
    rows = [["Province", 2015, "=B1+1", "=C1+1"], ["Liaoning", 1, 2, 3], ["Jilin", 4, 5, 6]]
    found = read(make({TITLE: rows}))
    assert [(fault.code, fault.cell) for fault in found.faults] == [
        ("no-stored-value", "C1"),
        ("no-stored-value", "D1"),
    ]
    assert "formula" in found.faults[0].found


def test_years_that_are_all_formulas(read):
    rows = [["Province", "=2014+1", "=B1+1"], ["Liaoning", 1, 2], ["Jilin", 4, 5]]
    found = read(xlsx({TITLE: rows}))
    assert [(fault.code, fault.cell) for fault in found.faults] == [("no-stored-value", "B1")]
