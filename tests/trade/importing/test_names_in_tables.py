"""Names as tables hold them, from the cell to the code."""

import pytest

from tests.files import PROVINCE_NAMES, text, xlsx
from trade.importing import checks


def resolved(found):
    table, faults = checks.resolve(found.frame(), PROVINCE_NAMES, "province")
    assert faults == []
    return set(table["key"])


def test_names_in_two_languages_are_found_in_a_table_that_lies_on_its_side(read):
    rows = [["Year", "辽宁省 Liaoning", "Jilin (吉林)"], [2015, 1, 2], [2016, 3, 4]]
    assert resolved(read(xlsx({"to_dprk": rows}))) == {"CN-LN", "CN-JL"}


def test_names_by_syllables_and_behind_numbers_are_found_in_a_wide_and_in_a_long_table(read):
    names = ["1. Liao Ning", "2. Ji Lin", "3. Nei Mongol Zi Zhi Qu"]
    wide = [["Province", 2015, 2016], *([name, 1, 2] for name in names)]
    long = [["province", "year", "flow", "reported_usd"], *([name, 2016, "to_dprk", 5] for name in names)]
    for data in (xlsx({"to_dprk": wide}), text(long)):
        assert resolved(read(data)) == {"CN-LN", "CN-JL", "CN-NM"}


def test_a_name_in_two_languages_beside_its_code_does_not_contradict_it(read):
    rows = [["code", "name", "year", "flow", "reported_usd"], ["CN-LN", "辽宁省 Liaoning", 2016, "to_dprk", 5]]
    assert resolved(read(text(rows))) == {"CN-LN"}
    rows[1][0] = "CN-JL"
    assert read(text(rows)).codes == ["contradiction"]


@pytest.mark.parametrize("number", ["1.1", 1.1, "2-1", "(21)", "2 1", 1])
def test_the_number_of_a_line_in_a_column_of_names_is_refused(read, number):
    found = read(xlsx({"to_dprk": [["Province", 2015, 2016], [number, 1, 2], ["Liaoning", 3, 4]]}))
    _, [fault] = checks.resolve(found.frame(), PROVINCE_NAMES, "province")
    assert (fault.code, fault.found, fault.cell) == ("unknown-name", str(number), "row 2")


@pytest.mark.parametrize("code", [210000, "210000", 21, "21", "CN-LN"])
def test_a_code_in_a_column_of_codes_is_one(read, code):
    rows = [["code", "year", "flow", "reported_usd"], [code, 2016, "to_dprk", 5]]
    names = PROVINCE_NAMES | {"210000": "CN-LN"}
    for data in (text(rows), xlsx({"A": rows})):
        table, faults = checks.resolve(read(data).frame(), names, "province")
        assert (table["key"].tolist(), faults) == (["CN-LN"], [])
