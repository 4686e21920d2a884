"""Files of totals, which list nothing but periods: a row a value, or a column a direction."""

import pytest

TO, BACK, SUM = ("all", "to_dprk", 2016, 0), ("all", "from_dprk", 2016, 0), ("all", "total", 2016, 0)
HEADER = "year,flow,reported_usd,estimate_usd,status,precision_usd,note,publisher,source\n"


def test_a_row_a_value_gives_the_flow_total_and_where_each_figure_was_printed(read):
    lines = "2016,to_dprk,,30,O,10,worked out,KITA,a page\n2015,total,50,,A,1000000,,KOTRA,another\n"
    found = read((HEADER + lines).encode(), kind="total")
    assert found.values() == {TO: None, ("all", "total", 2015, 0): 50}
    assert found.estimates() == {TO: 30}
    frame = found.frame()
    assert set(frame["publisher"]) == {"KITA", "KOTRA"} and set(frame["source"]) == {"a page", "another"}
    assert frame.set_index("year").loc[2015, "precision_usd"] == 1_000_000
    assert found.reading.speaks == {"estimate", "status", "note", "publisher", "source", "precision_usd"}


@pytest.mark.parametrize("word", ["Total", "Total trade", "Both directions", "Sum", "进出口总额"])
def test_a_column_a_direction_is_read_with_the_sum_beside_it(read, word):
    header = f"Year,Exports to North Korea (US$),Imports from North Korea (US$),{word}\n"
    found = read(f"{header}2016,30,20,50\n".encode(), kind="total")
    assert found.values() == {TO: 30, BACK: 20, SUM: 50}


@pytest.mark.parametrize("column", ["province", "HS code", "name"])
def test_a_file_by_province_or_goods_is_refused(read, column):
    found = read(f"{column},year,flow,reported_usd\n27,2016,to_dprk,5\n".encode(), kind="total")
    assert found.codes == ["other-kind"]


def test_the_flow_total_is_none_of_a_dataset_by_province(read):
    found = read(b"province,year,flow,reported_usd\nLiaoning,2016,total,5\n")
    assert found.codes == ["flow"]


def test_a_file_that_names_no_flow_is_asked_about(read):
    assert read(b"year,value (US$)\n2016,5\n", kind="total").asked == ["flow"]


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("Exports to North Korea (US$ million),Imports from North Korea,Total", ["unit"]),
        ("Exports to North Korea (US$ million),Imports from North Korea (US$),Total (US$)", []),
        ("Exports to North Korea,Imports from North Korea,Total", []),
    ],
)
def test_the_unit_of_one_column_is_asked_for_the_others_that_name_none(read, header, asked):
    found = read(f"Year,{header}\n2016,30,20,50\n".encode(), kind="total")
    assert (found.asked, found.codes) == (asked, [])


def test_the_answer_is_the_unit_of_the_columns_that_name_none(read):
    header = "Year,Exports to North Korea (US$ million),Imports from North Korea,Total"
    found = read(f"{header}\n2016,30,20,50\n".encode(), kind="total", answers={"unit": "1000000"})
    assert found.values() == {TO: 30_000_000, BACK: 20_000_000, SUM: 50_000_000}
