"""The small line beside a number."""

from trade.charts.goods_index import sparkline


def test_a_line_goes_from_nought_to_the_largest_year():
    assert sparkline.path([0, 10, 5]) == "M0 20L4 0L8 10"


def test_a_missing_year_is_a_gap_and_a_year_alone_a_dot():
    assert sparkline.path([0, 10, None, 5]) == "M0 20L4 0M12 10h0"


def test_nothing_is_no_line_and_noughts_are_a_line_at_the_bottom():
    assert sparkline.path([None, None]) == "" and sparkline.path([0, 0]) == "M0 20L4 20"
