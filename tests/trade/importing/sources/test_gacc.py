"""Downloads of the online query of China's customs."""

import tempfile
from pathlib import Path

import pytest

from tests.files import CHAPTER_NAMES, gacc, text, xlsx
from tests.trade.importing.conftest import LIMITS
from trade.importing import checks, read_upload

ROWS = [
    ["202301", "109", "27011100", "1296592", "5,917,063"],
    ["202301", "502", "27011100", "7", "9"],
    ["202302", "109", "27011100", "0", "-"],
    ["202302", "109", "03061400", "12", "1,000"],
]
READ = {
    ("27011100", "to_dprk", 2023, 1): 5917063,
    ("27011100", "to_dprk", 2023, 2): None,
    ("03061400", "to_dprk", 2023, 2): 1000,
}


def test_a_download_is_read_with_its_months_and_without_other_partners(read):
    found = read(gacc(ROWS), kind="commodity", flow="to_dprk")
    assert found.form == "GACC online query"
    assert found.values() == READ
    assert found.remarks == ["Not read: 1 row for partners other than the DPRK."]


@pytest.mark.slow
def test_part_files_of_goods_at_eight_digits_in_dollars_become_months_of_six_digits():
    """Through the child and the names, as an editor's upload goes: 10,000 rows a part, other partners among them."""
    parts = [[["2023" + month, "109", f"270111{n:02d}", "7", "1,000"] for n in range(90)] for month in ("01", "02")]
    parts[0] += [["202301", "502", "27011100", "7", "9"]] * 5
    with tempfile.TemporaryDirectory() as folder:
        files = [(f"{n}.csv", Path(folder, str(n))) for n in range(2)]
        for (_name, path), rows in zip(files, parts, strict=True):
            path.write_bytes(gacc(rows))
        found = read_upload.read(files, kind="commodity", flow="from_dprk", limits=LIMITS)
    resolved, faults = checks.resolve(found.tables["long"], CHAPTER_NAMES, "commodity")
    assert (faults, checks.faults(resolved, "commodity")) == ([], [])
    rows = resolved[["key", "flow", "year", "month", "value_usd", "quantity", "quantity_unit"]].values.tolist()
    assert rows == [["270111", "from_dprk", 2023, month, 90_000, 630, "kg"] for month in (1, 2)]


def test_quantities_have_the_units_of_the_harmonized_system(read):
    frame = read(gacc(ROWS), kind="commodity", flow="to_dprk").frame()
    assert frame.iloc[0][["quantity", "quantity_unit"]].tolist() == [1296592.0, "kg"]
    assert frame.iloc[1]["quantity_unit"] != "kg"


def test_the_direction_is_asked(read):
    assert read(gacc(ROWS), kind="commodity").asked == ["flow"]
    found = read(gacc(ROWS), kind="commodity", answers={"flow": "from_dprk"})
    assert {key[1] for key in found.values()} == {"from_dprk"}


def test_yuan_are_refused_with_the_advice_to_query_dollars(read):
    found = read(gacc(ROWS, money="人民币"), kind="commodity", flow="to_dprk")
    assert found.codes == ["currency"]
    assert "美元" in found.faults[0].message


def test_several_parts_make_one_reading(read):
    found = read(("1.csv", gacc(ROWS[:2])), ("2.csv", gacc(ROWS[2:])), kind="commodity", flow="to_dprk")
    assert found.values() == READ
    assert set(found.frame()["file"]) == {"1.csv", "2.csv"}


def test_a_part_that_comes_twice_is_a_fault_and_not_a_double_sum(read):
    found = read(("1.csv", gacc(ROWS)), ("2.csv", gacc(ROWS[:1])), kind="commodity", flow="to_dprk")
    assert found.codes == ["duplicate"]
    assert (found.faults[0].file, "1.csv" in found.faults[0].found) == ("2.csv", True)


def test_a_download_that_excel_saved_is_known_by_its_columns(read):
    assert read(gacc(ROWS, encoding="utf-8-sig"), kind="commodity", flow="to_dprk").values() == READ
    rows = [["数据年月", "贸易伙伴编码", "商品编码", "美元"], [202301, 109, 27011100, 5917063]]
    found = read(xlsx({"Sheet1": rows}), kind="commodity", flow="to_dprk")
    assert found.values() == {("27011100", "to_dprk", 2023, 1): 5917063}


PLACES = [
    ["202301", "109", "27", "21", "5"],
    ["202301", "109", "03", "21", "6"],
    ["202301", "109", "27", "22", "7"],
]
BY_PLACE = ("period", "partner", "goods", "place")


def test_what_a_value_is_split_by_is_added_up_once_the_editor_says_it_is_complete(read):
    data = gacc(PLACES, columns=BY_PLACE)
    asked = read(data, flow="to_dprk")
    assert asked.asked == ["add-up"]
    assert "2 goods" in asked.questions[0].text
    found = read(data, flow="to_dprk", answers={"add-up": "yes"})
    assert found.values() == {("21", "to_dprk", 2023, 1): 11, ("22", "to_dprk", 2023, 1): 7}
    found = read(data, kind="commodity", flow="to_dprk", answers={"add-up": "yes"})
    assert found.values() == {("27", "to_dprk", 2023, 1): 12, ("03", "to_dprk", 2023, 1): 6}


def test_goods_at_two_levels_are_a_question_before_they_are_added_up_by_place(read):
    data = gacc([*PLACES, ["202301", "109", "2701", "21", "5"]], columns=BY_PLACE)
    assert read(data, flow="to_dprk").asked == ["level"]
    found = read(data, flow="to_dprk", answers={"level": "2", "add-up": "yes"})
    assert found.values() == {("21", "to_dprk", 2023, 1): 11, ("22", "to_dprk", 2023, 1): 7}


def test_goods_at_two_levels_are_a_question_by_goods_too(read):
    rows = [["202301", "109", "27", "0", "9"], ["202301", "109", "2701", "0", "9"]]
    assert read(gacc(rows), kind="commodity", flow="to_dprk").asked == ["level"]
    found = read(gacc(rows), kind="commodity", flow="to_dprk", answers={"level": "4"})
    assert found.values() == {("2701", "to_dprk", 2023, 1): 9}


def test_a_query_without_months_asks_for_its_year(read):
    data = gacc([["109", "27", "0", "9"]], columns=("partner", "goods", "quantity"))
    assert read(data, kind="commodity", flow="to_dprk").asked == ["year"]
    found = read(data, kind="commodity", flow="to_dprk", answers={"year": "2023"})
    assert found.values() == {("27", "to_dprk", 2023, 0): 9}


def test_a_query_without_partners_asks_whether_it_is_north_korea(read):
    data = gacc([["202301", "27", "0", "9"]], columns=("period", "goods", "quantity"))
    assert read(data, kind="commodity", flow="to_dprk").asked == ["partner"]
    assert read(data, kind="commodity", flow="to_dprk", answers={"partner": "109"}).values()


def test_a_query_without_north_korea_is_a_fault(read):
    found = read(gacc(ROWS[1:2]), kind="commodity", flow="to_dprk")
    assert found.codes == ["no-rows"]


def test_a_query_without_places_cannot_fill_a_dataset_by_province(read):
    assert read(gacc(ROWS), flow="to_dprk").codes == ["no-key"]


@pytest.mark.parametrize("value", ["-5", "1.5", "abc", "1,23"])
def test_a_value_that_is_none_is_a_fault_with_its_line(read, value):
    found = read(gacc([["202301", "109", "27", "0", value]]), kind="commodity", flow="to_dprk")
    assert found.faults[0].cell == "line 2, column 美元"


def test_a_download_that_was_cut_off_is_a_fault(read):
    data = gacc(ROWS)
    assert read(data[:-30], kind="commodity", flow="to_dprk").codes in (["ragged"], ["quotes"])


def test_zeros_that_were_put_back_are_said_and_three_digits_are_refused(read):
    rows = [["202301", "109", "1012100", "0", "9"], ["202301", "109", "27011100", "0", "9"]]
    found = read(gacc(rows), kind="commodity", flow="to_dprk")
    assert ("01012100" in {key[0] for key in found.values()}, "01012100" in found.remarks[0]) == (True, True)
    rows[0][2] = "101"
    assert read(gacc(rows), kind="commodity", flow="to_dprk").codes == ["code-length"]


def test_parts_of_different_queries_are_refused(read):
    other = gacc(PLACES, columns=BY_PLACE)
    assert "columns-differ" in read(gacc(ROWS), other, kind="commodity", flow="to_dprk").codes


def test_parts_of_different_forms_are_refused(read):
    other = text([["code", "year", "flow", "reported_usd"], ["27", 2016, "to_dprk", 5]])
    assert read(gacc(ROWS), other, kind="commodity", flow="to_dprk").codes == ["forms-differ"]


def test_codes_as_numbers_with_a_point_are_codes(read):
    rows = [["202301", "109.0", "27011100.0", "7", "5"], ["202301", "502.0", "27011100.0", "7", "9"]]
    assert read(gacc(rows), kind="commodity", flow="to_dprk").values() == {("27011100", "to_dprk", 2023, 1): 5}
    places = [["202301", "109.0", "27", "21.0", "5"]]
    found = read(gacc(places, columns=BY_PLACE), flow="to_dprk", answers={"add-up": "yes"})
    assert found.values() == {("21", "to_dprk", 2023, 1): 5}


def test_parts_that_were_joined_are_read_as_one(read):
    first, second = (gacc(rows, encoding="utf-8-sig") for rows in (ROWS[:2], ROWS[2:]))
    found = read(first + second, kind="commodity", flow="to_dprk")
    assert found.values() == READ
    assert found.remarks == ["Not read: 1 row for partners other than the DPRK."]


@pytest.mark.parametrize(("kind", "columns"), [("commodity", None), ("province", BY_PLACE)])
def test_a_download_is_refused_in_a_dataset_about_the_world(read, kind, columns):
    data = gacc(PLACES, columns=columns) if columns else gacc(ROWS)
    [fault] = read(data, kind=kind, flow="to_dprk", partner="the world").faults
    assert (fault.code, fault.found) == ("other-dataset", "GACC online query: trade with China")
    assert read(data, kind=kind, flow="to_dprk", partner="China", answers={"add-up": "yes"}).values()
