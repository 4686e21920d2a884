"""Columns that are not read: what they say of the whole table is refused, to be ticked or named."""

import pytest

from tests.files import text

HEADER = ["province", "year", "flow", "value"]
ROWS = [["Liaoning", 2023, "to_dprk", 5], ["Liaoning", 2024, "to_dprk", 6], ["Jilin", 2024, "to_dprk", 7]]
CELLS = ["one", "two", "three"]


def with_column(header, cells):
    return text([[*HEADER, header], *([*row, cell] for row, cell in zip(ROWS, cells, strict=True))])


@pytest.mark.parametrize(
    ("header", "cell", "what"),
    [
        ("indicator", "Weight (tonnes)", "a quantity"), ("指标", "出口量(吨)", "a quantity"),
        ("type", "estimate", "an estimate"), ("customs regime", "Re-export", "re-exports"),
        ("累计/当月", "累计", "sums since January"), ("series", "RMB", "currency"),
        ("frequency", "Q3", "a part of a year"),
        ("data type", "growth rate", "growth"), ("price basis", "constant prices", "constant"),
    ],
)  # fmt: skip
def test_one_that_says_that_the_values_are_something_else_is_refused(read, header, cell, what):
    [fault] = read(with_column(header, [cell] * 3)).faults
    assert fault.code == "unread-column"
    assert header in fault.found and cell in fault.found and what in fault.found


@pytest.mark.parametrize(
    ("header", "cells"), [("weather", ["rain"] * 3), ("indicator", CELLS), ("贸易方式", ["一", "二", "三"])]
)
def test_one_that_may_say_something_of_the_table_is_to_be_ticked(read, header, cells):
    found = read(with_column(header, cells))
    [(key, sentence)] = found.doubts
    assert key == "column" and header in sentence and cells[0] in sentence


def test_any_other_is_named(read):
    found = read(with_column("colour", CELLS))
    assert not found.doubts and "colour" in found.remarks[-1]


@pytest.mark.parametrize("cell", ["Thousands", "1000", "3", "millions", "千"])
def test_a_scale_without_a_currency_in_a_column_of_units_is_asked_about(read, cell):
    [question] = read(with_column("unit", [cell] * 3)).questions
    assert question.key == "unit" and cell in question.text


def test_a_currency_and_a_scale_in_two_columns_are_one_unit_to_be_ticked(read):
    header, rows = [*HEADER, "currency", "scale"], [[*row, "USD", "Thousands"] for row in ROWS]
    found = read(text([header, *rows]))
    assert set(found.values().values()) == {5000, 6000, 7000}
    assert [key for key, _sentence in found.doubts] == ["unit"]


@pytest.mark.parametrize(("cell", "code"), [("kg", "unit"), ("人民币", "currency")])
def test_a_column_of_units_that_are_no_dollars_is_refused(read, cell, code):
    assert read(with_column("货币单位", [cell] * 3)).codes == [code]


def test_a_quarter_beside_a_year_is_refused(read):
    assert read(with_column("quarter", [1, 2, 3])).codes == ["part-year"]
