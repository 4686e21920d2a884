"""The one cell cleaner, as a table of cases."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trade.importing import cell_values
from trade.importing.cell_values import Wrong
from trade.importing.texts import period_values

MILLION = 10**6

VALUES = [
    (1198162, 1198162),
    (1198162.0, 1198162),
    (0, 0),
    (-0.0, 0),
    ("0", 0),
    ("1198162", 1198162),
    (" 1198162 ", 1198162),
    ("1198162.00", 1198162),
    ("1,198,162", 1198162),
    ("1 198 162", 1198162),
    ("1\u00a0198\u00a0162", 1198162),
    ("1\u2009198\u202f162", 1198162),
    ("1'198'162", 1198162),
    ("1’198’162", 1198162),
    ("１１９８１６２", 1198162),
    ("１，１９８，１６２", 1198162),
    ("\ufeff12", 12),
    ("$1,234", 1234),
    ("US$ 1,234", 1234),
    ("1,234 USD", 1234),
    ("1234美元", 1234),
    # float noise is not a fraction
    (1198161.9999999998, 1198162),
    (10**13, 10**13),
]


@pytest.mark.parametrize(("cell", "dollars"), VALUES)
def test_a_value(cell, dollars):
    assert cell_values.money(cell) == dollars


@pytest.mark.parametrize(
    "cell", [None, "", " ", "\u3000", "-", "–", "—", "－", "--", "..", "...", "…", "n/a", "N/A", "NA", "无"]
)
def test_a_missing_value_is_none_and_not_zero(cell):
    assert cell_values.money(cell) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1.5, "fraction"),
        ("1.5", "fraction"),
        (0.0004, "fraction"),
        (-1, "negative"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("(123)", "negative"),
        ("5-", "negative"),
        ("1.2E+08", "exponent"),
        ("1e5", "exponent"),
        ("####", "exponent"),
        (1e308, "too-large"),
        (10**13 + 1, "too-large"),
        ("99999999999999999999", "too-large"),
        (float("nan"), "not-a-number"),
        (float("inf"), "not-a-number"),
        ("NaN", "not-a-number"),
        ("inf", "not-a-number"),
        ("null", "not-a-number"),
        (True, "not-a-number"),
        ("TRUE", "not-a-number"),
        ("+5", "not-a-number"),
        ("٣", "not-a-number"),
        ("①", "not-a-number"),
        ("12$34", "not-a-number"),
        ("1,234,56", "not-a-number"),
        ("1,234 567", "not-a-number"),
        ("12%", "percent"),
        ("#REF!", "error-value"),
        ("#N/A", "error-value"),
        ("#DIV/0!", "error-value"),
        ("0123", "leading-zero"),
        ("00", "leading-zero"),
        ("1234,56", "decimal-comma"),
        ("1,23", "decimal-comma"),
        ("1.234.567", "decimal-comma"),
        ("1.234.567,8", "decimal-comma"),
        ("12万", "unit-in-cell"),
        ("3 million", "unit-in-cell"),
        ("2.5bn", "unit-in-cell"),
        ("HK$5", "currency"),
        ("¥5", "currency"),
        ("5 元", "currency"),
        ("€5", "currency"),
        ("123*", "note-mark"),
        ("10²", "note-mark"),
        ("123 [note 1]", "note-mark"),
        ("=A1+B1", "formula-as-text"),
        (dt.date(2016, 1, 1), "date-as-value"),
        (dt.time(3, 4), "date-as-value"),
        (dt.timedelta(hours=3), "date-as-value"),
    ],
)
def test_what_is_no_value_is_wrong_with_its_reason(cell, code):
    found = cell_values.money(cell)
    assert isinstance(found, Wrong)
    assert (found.code, found.found != "", found.advice != "") == (code, True, True)


@pytest.mark.parametrize(
    ("cell", "unit", "dollars"),
    [
        (1.198162, MILLION, 1198162),
        ("1.198162", MILLION, 1198162),
        (4.35, MILLION, 4350000),
        (0.1, MILLION, 100000),
        (1666.29, 1000, 1666290),
        ("1,666.29", 1000, 1666290),
        (2.171, 10**9, 2171000000),
        (216.6, 10**4, 2166000),
        (0, 1000, 0),
    ],
)
def test_a_unit_scales_to_whole_dollars(cell, unit, dollars):
    assert cell_values.money(cell, unit) == dollars


@pytest.mark.parametrize(("cell", "unit"), [(1.1981625001, MILLION), ("0.0000001", MILLION), (0.0004, 1000)])
def test_a_fraction_of_a_dollar_is_refused_in_any_unit(cell, unit):
    assert cell_values.money(cell, unit).code == "fraction"


def test_a_comma_marks_decimals_only_where_the_editor_said_so():
    assert cell_values.money("1.234.567,0", 1, ",") == 1234567
    assert cell_values.money("1.234", 1, ",") == 1234
    assert cell_values.money("1234,5", 1000, ",") == 1234500
    assert cell_values.money("1,234", 1, ",").code == "fraction"


@pytest.mark.parametrize(
    ("cell", "unit", "dollars"),
    [("12.5", 1, 12), ("13.5", 1, 14), (0.4, 1, 0), ("311.5", 1000, 311500), ("7", 1, 7), ("", 1, None)],
)
def test_sources_that_publish_cents_are_rounded_half_to_even(cell, unit, dollars):
    assert cell_values.rounded(cell, unit) == dollars


@pytest.mark.slow
@given(
    st.lists(
        st.one_of(
            st.text("0123456789,. -–'%E+$\u2009", max_size=14),
            st.integers(-10, 10**14),
            st.floats(),
            st.booleans(),
            st.none(),
            st.sampled_from([value for value, _ in VALUES]),
        )
    ),
    st.sampled_from([1, 1000, MILLION]),
)
def test_a_column_is_read_as_its_cells_are_one_by_one(column, unit):
    assert repr(cell_values.values(column, unit)) == repr([cell_values.money(cell, unit) for cell in column])


@given(st.integers(0, 10**13), st.sampled_from([1, 1000, 10**4, MILLION, 10**8]))
def test_dollars_divided_by_a_unit_come_back_exactly(dollars, unit):
    assert cell_values.money(dollars / unit, unit) == dollars
    assert cell_values.money(format(Decimal(dollars) / unit, "f"), unit) == dollars


@given(st.text(max_size=12))
def test_any_text_is_a_value_missing_or_wrong_and_never_an_error(written):
    assert cell_values.money(written) is None or isinstance(cell_values.money(written), (int, Wrong))
    assert isinstance(period_values.period(written), (tuple, type(None)))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (2016, (2016, 0)),
        (2016.0, (2016, 0)),
        ("2016", (2016, 0)),
        ("2016.0", (2016, 0)),
        ("２０１６", (2016, 0)),
        ("2016年", (2016, 0)),
        ("2016 年度", (2016, 0)),
        ("2016*", (2016, 0)),
        ("2016 [note 1]", (2016, 0)),
        ("2016-03", (2016, 3)),
        ("2016/3", (2016, 3)),
        ("2016.03", (2016, 3)),
        ("201603", (2016, 3)),
        (201603.0, (2016, 3)),
        ("2016年3月", (2016, 3)),
        ("2016年03月份", (2016, 3)),
        ("2016M03", (2016, 3)),
        ("03/2016", (2016, 3)),
        ("Mar 2016", (2016, 3)),
        ("March 2016", (2016, 3)),
        ("2016 Sept", (2016, 9)),
    ],
)
def test_a_period(cell, expected):
    assert period_values.period(cell) == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (dt.date(2016, 1, 1), "date"),
        ("2016-03-01", "date"),
        ("1/3/2016", "date"),
        (2016.03, "month"),
        ("2016.3", "month"),
        ("2016-13", "range"),
        ("Mar-16", "two-digit-year"),
        ("'16", "two-digit-year"),
        ("1–9 2025", "part-year"),
        ("2025年1-9月", "part-year"),
        ("Jan–Sep 2025", "part-year"),
        ("2025 (Jan-Sep)", "part-year"),
        ("2016Q1", "part-year"),
        ("2016年第一季度", "part-year"),
        ("2016上半年", "part-year"),
        ("1998–2024", "range"),
        ("2016/17", "range"),
    ],
)
def test_what_is_meant_as_a_period_and_is_none_is_wrong(cell, code):
    assert period_values.period(cell).code == code


@pytest.mark.parametrize(
    "cell", [None, "", "Total", "2O16", "2016p", "20161", 300, 1899, True, "Province", "1998 and 1999"]
)
def test_what_is_not_meant_as_a_period_is_none(cell):
    assert period_values.period(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"), [("", 0), (None, 0), (3.0, 3), ("03", 3), ("3月", 3), ("March", 3), ("0", 0)]
)
def test_a_month(cell, expected):
    assert period_values.month(cell) == expected


@pytest.mark.parametrize("cell", ["13", "-1", True, dt.date(2016, 1, 1), "Jan-Sep", "52"])
def test_what_is_no_month_is_wrong(cell):
    assert period_values.month(cell).code == "month"


@pytest.mark.parametrize(("cell", "expected"), [("A", "A"), ("p", "P"), ("provisional", "P"), ("", None), (None, None)])
def test_a_status(cell, expected):
    assert cell_values.status(cell) == expected


@pytest.mark.parametrize("cell", ["E", "estimated", "X", "AP", "M"])
def test_what_is_no_status_of_a_reported_value_is_wrong(cell):
    assert cell_values.status(cell).code == "status"


@pytest.mark.parametrize(("cell", "expected"), [("135,531.5", 135531.5), (12, 12.0), ("", None), ("-", None), (0, 0.0)])
def test_a_quantity(cell, expected):
    assert cell_values.quantity(cell) == expected


@pytest.mark.parametrize("cell", [-1, float("inf"), True, "12 t", dt.date(2016, 1, 1)])
def test_what_is_no_quantity_is_wrong(cell):
    assert isinstance(cell_values.quantity(cell), Wrong)
