"""HS codes as programs and people write them."""

import pytest

from spreadsheets.sheet import Sheet, Stop
from tests.files import text, xlsx
from trade.importing.hs_codes import Codes


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (27.0, "27"), ("27.0", "27"), ("27.00", "27"), (2701.0, "2701"), ("2701.0", "2701"), (2701.12, "270112"),
        ("2701.12", "270112"), ("2701.00", "270100"), (27.01, "2701"), ("27 01", "2701"), ("27\u00a001", "2701"),
        ("27 01 12", "270112"), ("2701.12.10", "27011210"), ("2701.1210", "27011210"), ("'27", "27"), ("’0101", "0101"),
        ('="0101"', "0101"), ("HS 2701.12", "270112"), ("Chapter 27.", "27"), ("第27章", "27"), ("3.0", "03"),
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_written(cell, code):
    assert Codes().read(cell) == code


@pytest.mark.parametrize("cell", [27.1, "27.1", 2701.1, "2701.1", "27,01", "2701-2710", "2.7E+05", "27..", "270 1"])
def test_what_may_be_two_codes_is_left_as_it_is(cell):
    assert Codes().read(cell) == str(cell)


def test_a_zero_in_front_of_a_number_with_a_point_is_put_back_as_in_whole_numbers():
    codes, sheet = Codes(), Sheet("a.csv", "", lambda: iter([]))
    assert codes.read(101.21) == "010121"
    with pytest.raises(Stop):
        codes.check(sheet)
    codes.read("2701.12")
    assert "10121 was read as 010121" in codes.check(sheet)


def test_codes_of_a_program_are_read_in_a_tidy_file_and_in_a_wide_one(read):
    rows = [["code", "year", "flow", "reported_usd"], ["27.0", 2024, "to_dprk", 5], ["'26", 2024, "to_dprk", 6]]
    assert {key[0] for key in read(text(rows), kind="commodity").values()} == {"27", "26"}
    wide = [["Code", 2023, 2024], [2701.12, 1, 2], ["'2601.11", 3, 4]]
    found = read(xlsx({"to_dprk": wide}), kind="commodity")
    assert {key[0] for key in found.values()} == {"270112", "260111"}
