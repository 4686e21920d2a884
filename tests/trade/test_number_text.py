"""Digits as a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trade import number_text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (1673785123, "1,673,785,123"),
        (-1234, "−1,234"),
    ],
)
def test_an_exact_number_has_thin_gaps_and_a_missing_one_is_a_dash(value, written):
    assert number_text.exact(value) == written


@pytest.mark.parametrize(
    ("value", "precision", "written"),
    [
        (2_630_000_000, 100_000_000, "US$2.6\xa0bn"),
        (2_030_000_000, 10_000_000, "US$2.03\xa0bn"),
        (41_700_000, 1_000_000, "US$42\xa0m"),
        (41_700_000, 10_000, "US$41.7\xa0m"),
        (999_700_000, 1_000_000, "US$1.00\xa0bn"),
        (999_700_000, 10_000_000, "US$1.00\xa0bn"),
        (1_084_700_000, 300_000, "US$1.08\xa0bn"),
        (845_123, 1_000, "US$845,000"),
        (-2_630_000_000, 100_000_000, "−US$2.6\xa0bn"),
        (0, 1_000_000, "US$0"),
    ],
)
def test_no_digit_is_finer_than_the_precision(value, precision, written):
    assert number_text.usd(value, precision) == written


def test_a_change_smaller_than_what_is_known_is_none_and_another_is_about():
    assert number_text.change(105, 100, "2019", 5) == "about the same as in 2019"
    assert number_text.change(112, 100, "2019", 5) == "about 12% more than in 2019"
    assert number_text.change(1_124_000, 1_000_000, "2019", 10) == "12% more than in 2019"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (0, "US$0"),
        (885, "US$885"),
        (845123, "US$845,123"),
        (999_999, "US$999,999"),
        (1_000_000, "US$1.00\xa0m"),
        (12_345_678, "US$12.3\xa0m"),
        (345_600_000, "US$346\xa0m"),
        (999_499_999, "US$999\xa0m"),
        (999_600_000, "US$1.00\xa0bn"),
        (1_673_785_123, "US$1.67\xa0bn"),
        (12_340_000_000, "US$12.3\xa0bn"),
        (1_234_000_000_000, "US$1,234\xa0bn"),
        (-345_600_000, "−US$346\xa0m"),
    ],
)
def test_dollars_in_a_sentence_have_three_digits(value, written):
    assert number_text.usd(value) == written


@given(st.integers(0, 10**15))
def test_dollars_in_a_sentence_are_within_half_a_per_cent_of_the_value(value):
    digits = number_text.usd(value).removeprefix("US$").replace(",", "")
    number, _space, scale = digits.partition("\xa0")
    assert abs(float(number) * {"": 1, "m": 10**6, "bn": 10**9}[scale] - value) <= 0.005 * value


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (43, 100, "43%"),
        (76, 1000, "7.6%"),
        (5, 100, "5%"),
        (1, 5000, "<0.1%"),
        (0, 100, "0%"),
        (100, 100, "100%"),
        (9999, 10000, ">99%"),
        (997, 1000, ">99%"),
        (994, 1000, "99%"),
        (995, 10000, "10%"),
        (-8, 100, "−8%"),
        (-43, 100, "−43%"),
        (None, 100, ""),
        (1, None, ""),
        (1, 0, ""),
        (0, 0, ""),
    ],
)
def test_a_share_is_told_only_where_there_is_one(part, whole, written):
    assert number_text.percent(part, whole) == written


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_the_number_of_a_share_is_the_one_that_is_written(part, whole):
    written, number = number_text.percent(part, whole), number_text.rounded_percent(part, whole)
    if written[:1] in ("", "<", ">"):
        assert number is None
    else:
        assert number == float(written.removesuffix("%").replace(number_text.MINUS, "-"))


def test_less_than_all_is_never_written_as_all_and_something_never_as_nothing():
    assert number_text.percent(10**12 - 1, 10**12) == ">99%"
    assert number_text.percent(1, 10**12) == "<0.1%"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (92, 100, "8% less than in 2023"),
        (108, 100, "8% more than in 2023"),
        (100, 100, "the same as in 2023"),
        (300, 100, "3 times as much as in 2023"),
        (250, 100, "2.5 times as much as in 2023"),
        (100_000, 1, "100,000 times as much as in 2023"),
        (0, 100, "100% less than in 2023"),
        (5, 0, ""),
    ],
)
def test_a_change_is_said_in_words(now, before, said):
    assert number_text.change(now, before, "2023") == said


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (31, "31st"),
    ],
)
def test_a_place_has_its_ending(place, written):
    assert number_text.rank(place, 31) == f"{written} of 31"


def test_months_are_named_as_a_run():
    assert (number_text.months(1, 9), number_text.months(3, 3)) == ("Jan–Sep", "Mar")


@pytest.mark.parametrize(
    ("value", "step", "written"),
    [
        (0, 10**9, "0"),
        (1_500_000_000, 500_000_000, "1.5\xa0bn"),
        (500_000_000, 500_000_000, "500\xa0m"),
        (2_500_000, 500_000, "2.5\xa0m"),
        (20_000, 5_000, "20,000"),
        (-1_000_000_000, 10**9, "−1\xa0bn"),
    ],
)
def test_a_number_on_an_axis_is_as_short_as_its_step_allows(value, step, written):
    assert number_text.tick(value, step) == written


def test_a_day_is_written_out():
    assert number_text.day("2026-11-07") == "7 November 2026"


def test_a_period_is_a_year_or_a_month_of_it():
    assert (number_text.period(2016), number_text.period(2016, 3)) == ("2016", "Mar 2016")
