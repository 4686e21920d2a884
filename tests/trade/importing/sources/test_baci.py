"""BACI and its aggregate."""

import pytest

from tests.files import baci, text, xlsx

ROWS = [
    [2022, 156, 408, 270900, 311.5, "400.000"],
    [2022, 156, 408, 271019, 0.001, "           NA"],
    [2022, 643, 408, 270900, 10, 1],
    [2022, 408, 156, 10121, 2.25, 3],
    [2022, 156, 410, 10121, 99, 3],
]
CHINA = {"partner": "156", "level": "2"}


def test_whose_trade_and_which_level_is_asked(read):
    assert read(baci(ROWS), kind="commodity").asked == ["partner"]
    assert read(baci(ROWS), kind="commodity", answers={"partner": "156"}).asked == ["level"]


def test_thousands_are_dollars_and_codes_keep_their_zero(read):
    found = read(baci(ROWS), kind="commodity", answers=CHINA)
    assert found.values() == {("27", "to_dprk", 2022, 0): 311501, ("01", "from_dprk", 2022, 0): 2250}
    assert found.remarks == ["Not read: 2 rows for other countries."]


def test_all_countries_are_added_up(read):
    found = read(baci(ROWS), kind="commodity", answers={"partner": "world", "level": "6"})
    assert found.values()["270900", "to_dprk", 2022, 0] == 321500
    assert found.frame().set_index("key").loc["270900", "quantity"] == 401


def test_a_sum_of_quantities_with_a_missing_part_is_missing(read):
    frame = read(baci(ROWS), kind="commodity", answers=CHINA).frame().set_index("key")
    assert frame["quantity"].isna()["27"]


def test_a_row_twice_is_a_fault(read):
    assert read(baci([*ROWS, ROWS[0]]), kind="commodity", answers=CHINA).codes == ["duplicate"]


def test_the_aggregate_has_both_flows_and_keeps_its_zeros(read):
    rows = [["year", "hs2", "dprk_exports_to_world_usd", "dprk_imports_from_world_usd"], [2017, "01", 885, 0]]
    found = read(text(rows), kind="commodity")
    assert found.form == "BACI by chapter, trade with the world"
    assert found.values() == {("01", "from_dprk", 2017, 0): 885, ("01", "to_dprk", 2017, 0): 0}


@pytest.mark.parametrize(
    "above", [b"sep=,\n", b"BACI HS22\n\n", b'"Trade of the DPRK, 2022",,,,,\n', b"\xef\xbb\xbfsep=,\r\n"]
)
def test_lines_above_the_header_do_no_harm(read, above):
    found = read(above + baci(ROWS), kind="commodity", answers=CHINA)
    assert (found.form, len(found.values())) == ("BACI", 2)


def test_columns_are_known_in_any_case_and_below_a_title_in_a_workbook(read):
    rows = [["BACI"], ["T", "I", "J", "K", "V", "Q"], [2022, 156, 408, 270900, 311.5, 400]]
    assert read(xlsx({"A": rows}), kind="commodity", answers=CHINA).values() == {("27", "to_dprk", 2022, 0): 311500}


def test_lines_above_the_header_of_the_aggregate_do_no_harm(read):
    rows = [["year", "hs2", "dprk_exports_to_world_usd", "dprk_imports_from_world_usd"], [2017, "01", 885, 0]]
    found = read(b"sep=,\nBACI by chapter\n" + text(rows), kind="commodity", partner="the world")
    assert found.form == "BACI by chapter, trade with the world"
    assert found.values() == {("01", "from_dprk", 2017, 0): 885, ("01", "to_dprk", 2017, 0): 0}


def test_codes_as_numbers_with_a_point_are_codes(read):
    rows = [["2022", "156.0", "408.0", "270900.0", "311.5", "400"]]
    assert read(baci(rows), kind="commodity", answers=CHINA).values() == {("27", "to_dprk", 2022, 0): 311500}


def test_files_that_were_joined_are_read_as_one(read):
    other = [[2023, 156, 408, 270900, 1, 1]]
    found = read(baci(ROWS) + b"\xef\xbb\xbf" + baci(other), kind="commodity", answers=CHINA)
    assert {key[2] for key in found.values()} == {2022, 2023}
    assert found.remarks == ["Not read: 2 rows for other countries."]


@pytest.mark.parametrize(("partner", "usd"), [("China", 311501), ("the world", 321501)])
def test_the_dataset_says_whose_trade_is_read(read, partner, usd):
    found = read(baci(ROWS), kind="commodity", partner=partner, answers={"level": "2"})
    assert found.values()["27", "to_dprk", 2022, 0] == usd
    assert found.reading.asked == {"level"}


@pytest.mark.parametrize(("partner", "answer"), [("China", "world"), ("the world", "156"), ("Russia", "156")])
def test_an_answer_that_contradicts_the_dataset_is_a_fault(read, partner, answer):
    found = read(baci(ROWS), kind="commodity", partner=partner, answers={"partner": answer, "level": "2"})
    assert (found.codes, found.faults[0].expected) == (["other-dataset"], f"trade with {partner}")
    said = read(baci(ROWS), kind="commodity", partner="China", answers=CHINA)
    assert said.reading.asked == {"partner", "level"}


def test_trade_with_the_world_is_refused_in_a_dataset_about_china(read):
    rows = [["year", "hs2", "dprk_exports_to_world_usd", "dprk_imports_from_world_usd"], [2017, "01", 885, 0]]
    [fault] = read(text(rows), kind="commodity", partner="China").faults
    assert (fault.code, fault.found, fault.expected) == (
        "other-dataset",
        "BACI: trade with the world",
        "trade with China",
    )
    assert fault.message.startswith("Choose the dataset that the file belongs to: ")
    assert len(read(text(rows), kind="commodity", partner="the world").values()) == 2
