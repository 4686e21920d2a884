"""BACI and its aggregate."""

from tests.files import baci, text

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
